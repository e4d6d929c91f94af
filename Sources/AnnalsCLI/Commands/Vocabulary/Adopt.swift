// annals vocabulary adopt: a ledger's own families of types, from files.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Publishing

extension VocabularyCommand {
  struct Adopt: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "adopt",
      abstract: "Adopt families of types from vocabulary files, for this ledger and from now on.",
      discussion: """
        Each file holds one family and is called after it: climate.json holds the family climate. Families that are \
        not named stay as they are. A later vocabulary adds: what events are read by is never changed, and a file that \
        would change it is refused, with the events that it would hurt. To adopt what is in force already does \
        nothing. The files' form is described in docs/vocabulary-format.md.

        Examples:
          annals vocabulary adopt climate.json --dry-run
          annals vocabulary adopt climate.json
        """)

    @Argument(help: "The files, each called after its family.")
    var files: [String]

    @Flag(name: .customLong("dry-run"), help: "Only tell what would be adopted, or why nothing would be.")
    var dryRun = false

    @OptionGroup var options: GlobalOptions

    func run() throws {
      let ledger = try options.open()
      let files = try files.map(VocabularyFileReader.file)
      let adoption = try ledger.adopt(files, recorder: Recorder.name, isRehearsal: dryRun)
      if let warning = adoption.warning { Output.note("annals: warning: \(warning)") }
      switch options.format {
      case .json: try Output.json(document(adoption))
      case .jsonl: for family in adoption.families { try Output.json(family.json) }
      case .csv:
        try Output.line("family,digest,new,position")
        for family in adoption.families {
          try Output.line(CSVText.line(family.json, columns: ["family", "digest", "new", "position"]))
        }
      case .text: for line in lines(adoption) { try Output.line(line) }
      }
    }

    private func lines(_ adoption: Adoption) -> [String] {
      if adoption.families.isEmpty { return ["in force already; nothing had to be adopted"] }
      let families = adoption.families.map { "\($0.name) (\($0.isNew ? "new" : "changed"))" }
      var lines = ["\(dryRun ? "would adopt" : "adopted") \(families.joined(separator: ", "))"]
      // What a new family is made of goes without saying that the family is new.
      lines += adoption.additions.filter { $0.what != .family }.map { "  + \($0)" }
      if adoption.additions.isEmpty { lines.append("  texts alone") }
      let types = "\(adoption.typeCount) types of events"
      if let first = adoption.families.first?.position, let last = adoption.manifestPosition {
        lines.append("\(types) are in force from position \(last) on; told at positions \(first) to \(last)")
      } else {
        lines.append("\(types) would be in force; nothing was recorded")
      }
      return lines
    }

    private func document(_ adoption: Adoption) -> JSONValue {
      [
        "additions": .array(
          adoption.additions.map { ["what": .string($0.what.rawValue), "name": .string($0.name)] }),
        "alreadyInForce": .bool(adoption.families.isEmpty), "digest": .string(adoption.digest),
        "dryRun": .bool(dryRun), "families": .array(adoption.families.map(\.json)),
        "position": adoption.manifestPosition.map { .integer($0) } ?? .null, "size": .integer(adoption.size),
        "typeCount": .integer(Int64(adoption.typeCount)),
      ]
    }
  }
}

extension Adoption.Family {
  /// The family as a document has it.
  fileprivate var json: JSONValue {
    [
      "family": .string(name), "digest": .string(digest), "new": .bool(isNew),
      "position": position.map { .integer($0) } ?? .null,
    ]
  }
}
