// annals disclose: hands sealed fields over, and keeps a register of it.

import ArgumentParser
import CanonicalJSON
import Ledger
import LogStore
import Milestones
import Publishing
import TransparencyLog

struct Disclose: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "disclose",
    abstract: "Hand sealed fields of an event over, in a file that its holder can verify.",
    discussion: """
      Writes a file that only you can read, with the fields, the event in which they are sealed, and the proof that it \
      is in the log: annals check-disclosure checks it without a ledger and without the vault. To whom it went is noted \
      in the register in vault.db, which --register lists. What the person did not consent to is refused, unless \
      --beyond-consent says so, as a court may; the register notes that too. What is handed over cannot be called back, \
      and no erasure reaches it.

      Examples:
        annals disclose metoo-T7 --to 'Archive of Valdivia' \\
          --field country --field language -o disclosure.json \\
          --beyond-consent
        annals disclose --register
      """)

  @Argument(help: "The event: its position or its id.")
  var event: String?

  @Option(help: ArgumentHelp("Who receives it, in a line.", valueName: "name"))
  var to: String?

  @Option(
    name: .shortAndLong, help: ArgumentHelp("The file to write; it must not be there.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("A sealed field; may be repeated. All of them if not given.", valueName: "name"))
  var field: [String] = []

  @Flag(name: .customLong("beyond-consent"), help: "Hand over also what the person did not consent to.")
  var beyondConsent = false

  @Flag(help: "List what was handed over, of one event or of all.")
  var register = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if register {
      guard to == nil, output == nil, field.isEmpty, !beyondConsent else {
        throw ValidationError("--register lists what was handed over, and goes with no option that does it.")
      }
      return
    }
    try options.refuseTable(of: "a disclosure")
    if event == nil { throw ValidationError("Name the event: its position or its id.") }
    if to == nil { throw ValidationError("Say who receives it, with --to; it is noted in the register.") }
    if output == nil {
      throw ValidationError("Name the file with -o; what is sealed is not written to the screen.")
    }
  }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: register)
    if register { return try printRegister(ledger) }
    let path = output ?? ""
    let entry = try handOver(ledger, into: path)
    let head = try ledger.head()
    switch options.format {
    case .json, .jsonl:
      try Output.json(
        .object(
          JSONObject(
            [
              ("origin", .string(ledger.origin)), ("size", .integer(head.size)),
              ("root", .string(head.root.base64)), ("file", .string(path)),
            ] + entry.members)))
    case .csv, .text:
      try Output.line(
        Printable.text(
          "\(entry.fields.joined(separator: ", ")) of position \(entry.position) handed over to \(entry.recipient), in \(path): entry \(entry.number) of the register"
        ))
      if entry.isBeyondConsent {
        options.note("this is beyond the consent that was given, as the register notes")
      }
    }
  }

  private func handOver(_ ledger: Ledger, into path: String) throws -> Handover {
    do {
      return try ledger.handOver(
        event ?? "", to: to ?? "", fields: field.isEmpty ? nil : field, into: path,
        beyondConsent: beyondConsent, recorder: Recorder.name)
    } catch {
      guard case .file(let failure) = error, failure.isMissing else { throw error }
      throw Failure(failure.description, code: ExitStatus.cannotCreate)
    }
  }

  // MARK: The register

  private func printRegister(_ ledger: Ledger) throws {
    let entries = try ledger.handovers(of: event)
    let rows = entries.map { entry, erasedAt -> JSONValue in
      .object(JSONObject(entry.members + [("erasedAt", erasedAt.map { .integer($0) } ?? .null)]))
    }
    let columns = [
      "number", "time", "position", "recipient", "recorder", "fieldNames", "beyondConsent", "erasedAt",
    ]
    let head = try ledger.head()
    switch options.format {
    case .json:
      try Output.json([
        "origin": .string(ledger.origin), "size": .integer(head.size), "root": .string(head.root.base64),
        "rows": .array(rows),
      ])
    case .jsonl: for row in rows { try Output.json(row) }
    case .csv:
      try Output.line(CSVText.line(columns))
      for row in rows { try Output.line(CSVText.line(row, columns: columns)) }
    case .text:
      if entries.isEmpty { return options.note("nothing was handed over") }
      var table = Table([
        .init(heading: "NUMBER"), .init(heading: "TIME"), .init(heading: "POSITION"), .init(heading: "TO"),
        .init(heading: "FIELDS"), .init(heading: "BY"), .init(heading: "REMARKS"),
      ])
      for (entry, erasedAt) in entries {
        let remarks = [
          entry.isBeyondConsent ? "beyond the consent" : nil, erasedAt.map { "erased since [\($0)]" },
        ]
        table.add([
          "\(entry.number)", entry.time.description, "\(entry.position)", entry.recipient,
          entry.fields.joined(separator: ", "), entry.recorder,
          remarks.compactMap(\.self).joined(separator: "; "),
        ])
      }
      for line in table.lines(widthMax: Terminal.width) { try Output.line(line) }
    }
  }
}

extension Handover {
  /// The entry as documents have it.
  var members: [(String, JSONValue)] {
    [
      ("number", .integer(number)), ("time", .string(time.description)), ("position", .integer(position)),
      ("recipient", .string(recipient)), ("recorder", .string(recorder)),
      ("fields", .array(fields.map { .string($0) })),
      ("fieldNames", .string(fields.joined(separator: ", "))),
      ("digests", .array(digests.map { .string($0) })), ("beyondConsent", .bool(isBeyondConsent)),
    ]
  }

  var json: JSONValue { .object(JSONObject(members)) }
}
