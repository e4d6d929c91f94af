// annals check-disclosure: yes or no, without a ledger.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Publishing
import TransparencyLog

struct CheckDisclosure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-disclosure",
    abstract: "Check a disclosure that was handed over. Reads no ledger and no vault.",
    discussion: """
      Answers yes and exits 0, or answers no with the reason and exits 1. Yes means: these fields were sealed, to the \
      letter, in an event that stands in the log at the position that is told, among so many events of a root that the \
      log's keeper has signed. Whether it is true what stands in them is another matter. The verifier key must come \
      from the log's keeper by a way that nobody can tamper with. With --published the whole published log is verified \
      besides, and must continue what the proof leads to. What is disclosed is printed with --disclose alone.

      Examples:
        annals check-disclosure handed-over.json \\
          --key "$(annals keys)" --published www
      """)

  @Argument(help: "The file that annals disclose wrote.")
  var file: String

  @Option(
    help: ArgumentHelp("A verifier key of the log; several if the key was changed.", valueName: "vkey"),
    transform: VerifierKeyArgument.parse)
  var key: [VerifierKey]

  @Option(help: "The log that is meant; the name of the keys if not given.")
  var origin: String?

  @Option(
    help: ArgumentHelp("A directory with the published log, to hold it to.", valueName: "dir"),
    completion: .directory)
  var published: String?

  @Flag(help: "Print what is disclosed. Mind who sees the screen.")
  var disclose = false

  // Those that name a ledger have no effect here: no ledger is read.
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let names = Set(key.map { Array($0.identity.name.utf8) })
    if key.isEmpty { throw ValidationError("Give the log's verifier key with --key.") }
    if names.count > 1 && origin == nil {
      throw ValidationError("The keys are those of different logs; say with --origin which is meant.")
    }
  }

  func run() throws {
    options.prepare()
    let bytes = try WholeFile.read(file, bytesMax: DisclosureFile.bytesMax)
    let origin = origin ?? key.first?.identity.name ?? ""
    do {
      let found = try DisclosureCheck.check(bytes, keys: key, origin: origin, published: published)
      try print(found, members(found))
    } catch let refusal as DisclosureCheck.Refusal {
      try print(nil, Self.refused(refusal, origin: origin))
      if options.format == .text { try Output.line(Printable.text("no: \(refusal)")) }
      try Output.flush()
      throw Failure(nil, code: ExitStatus.no)
    } catch let error as ContentsError { throw LedgerError.contents(error) }
  }

  private static func refused(_ refusal: DisclosureCheck.Refusal, origin: String) -> [(String, JSONValue)] {
    [
      ("holds", false), ("reason", .string(refusal.description)), ("origin", .string(origin)),
      ("position", .null), ("id", .null), ("type", .null), ("subject", .null), ("size", .null),
      ("root", .null), ("signedBy", .null), ("publishedSize", .null), ("recipient", .null),
      ("handedOver", .null), ("number", .null), ("fieldNames", .null), ("fields", .array([])),
    ]
  }

  private func members(_ found: DisclosureCheck.Verified) -> [(String, JSONValue)] {
    [
      ("holds", true), ("reason", .null), ("origin", .string(found.checkpoint.origin)),
      ("position", .integer(found.file.position)), ("id", .string(found.event.id)),
      ("type", .string(found.event.type)), ("subject", .string(found.event.subject)),
      ("size", Self.number(found.checkpoint.size)), ("root", .string(found.checkpoint.root.base64)),
      ("signedBy", .string(found.signedBy.map(\.description).joined(separator: ", "))),
      ("publishedSize", found.publishedSize.map(Self.number) ?? .null),
      ("recipient", .string(found.file.recipient)), ("handedOver", .string(found.file.handedOver)),
      ("number", .integer(found.file.number)),
      ("fieldNames", .string(found.fields.map(\.name).joined(separator: ", "))),
      (
        "fields",
        .array(
          found.fields.map { field in
            [
              "field": .string(field.name), "digest": .string(field.digest),
              "values": .array(disclose ? field.value.list : []),
            ]
          })
      ),
    ]
  }

  /// Documents hold integers up to 2^53 − 1; no log has as many events, but a proof may say anything.
  private static func number(_ number: UInt64) -> JSONValue { .integer(Int64(min(number, 1 << 53 - 1))) }

  private func print(_ found: DisclosureCheck.Verified?, _ members: [(String, JSONValue)]) throws {
    switch options.format {
    case .json, .jsonl: try Output.json(.object(JSONObject(members)))
    case .csv:
      let plain = members.filter { $0.0 != "fields" }
      try Output.line(CSVText.line(plain.map(\.0)))
      try Output.line(CSVText.line(plain.map { $0.1.plainText }))
    case .text: if let found { for line in lines(found) { try Output.line(Printable.text(line)) } }
    }
  }

  private func lines(_ found: DisclosureCheck.Verified) -> [String] {
    let signers = found.signedBy.map(\.description).joined(separator: ", ")
    let names = found.fields.map(\.name).joined(separator: ", ")
    var lines = [
      "yes: \(names) sealed in \(found.event.type) \(found.event.id), about \(found.event.subject)",
      "the event stands in \(found.checkpoint.origin) at position \(found.file.position), among \(found.checkpoint.size) events of root \(found.checkpoint.root.base64), signed by \(signers)",
    ]
    if let size = found.publishedSize {
      lines.append("the published log, \(size) events, is whole and continues it")
    }
    lines.append(
      "handed over to \(found.file.recipient) on \(found.file.handedOver), as entry \(found.file.number) of the archive's register; nothing vouches for this line"
    )
    if disclose { lines += found.fields.map { "  \($0.name): \($0.value.plainText)" } }
    return lines
  }
}
