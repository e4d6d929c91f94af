// annals append: one event.

import ArgumentParser
import CanonicalJSON
import Foundation
import Ledger
import Milestones
import Publishing
import TransparencyLog

struct Append: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "append",
    abstract: "Append one event.",
    discussion: """
      Fields are given as FIELD=VALUE; a repeated field is a list. annals append TYPE --help tells the fields of a \
      type, annals vocabulary list the types. A source has to be given, or unsourced=true.

      What stands in the log in clear stays there for good. An event about a testimony or a person is refused if it \
      would show what looks like an e-mail address, a phone number, an account, an exact address, or a name that is \
      sealed elsewhere; --i-know records it all the same.

      Examples:
        annals append bill.introduced subject=measure:us-115-hr4396 \\
          occurred=2017-11-15 country=US institution=us/congress/house \\
          identifier='H.R. 4396' chamber=house \\
          title='ME TOO Congress Act' \\
          source.citation='govinfo.gov BILLS-115hr4396ih'
        annals append testimony.shared campaign=campaign:metoo \\
          occurred=2018-03-05 country=CL person=Aurora
        annals append campaign.founded subject=campaign:xx name=xx \\
          founder='a private person' occurred=2019 --seal founder \\
          unsourced=true
        annals append --json event.json --dry-run
      """)

  @Argument(
    help: "The type of the event, such as bill.introduced.",
    completion: .custom { words, _, _ in Candidates.types(words, isAppending: true) })
  var type: String?

  @Argument(
    help: "Fields, each FIELD=VALUE.",
    completion: .custom { words, _, prefix in Candidates.fields(words, startingWith: prefix) })
  var fields: [String] = []

  @Option(help: "Read the event from a file that holds one JSON object; - for stdin.", completion: .file())
  var json: String?

  @Flag(name: .customLong("dry-run"), help: "Only check it, and tell how dates and codes are understood.")
  var dryRun = false

  @Option(
    help: ArgumentHelp("Seal a field that is not sealed by itself; may be repeated.", valueName: "field"))
  var seal: [String] = []

  @Flag(
    name: .customLong("i-know"),
    help: "Record what looks like personal data in clear: that of a public figure, meant for all to see.")
  var iKnow = false

  @Option(help: "Append only if the subject has so many events.")
  var expect: Int64?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if let expect, expect < 0 {
      throw ValidationError("--expect takes the number of events of the subject, 0 or more.")
    }
    if json != nil && type != nil { throw ValidationError("Give a type and fields, or --json, not both.") }
    if json == nil && type == nil { throw ValidationError("Give a type and fields, or --json FILE.") }
  }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    let event = try ledger.check(try draft())
    let gate: GateRule = iKnow ? .pass : .refuse
    if dryRun {
      if let position = try ledger.rehearse(event, expectedVersion: expect, gate: gate) {
        options.note("the same event stands in the ledger already, at position \(position)")
      }
      try tellOfPersonalData(event, ledger)
      try printReadings(event)
      return
    }
    let appended = try ledger.append(
      event, recorder: Recorder.name, expectedVersion: expect, gate: gate)
    if !appended.wasThere { try tellOfPersonalData(event, ledger) }
    if !options.quiet {
      for reading in event.readings { Output.note("\(reading.field) \(reading.value): \(reading.meaning)") }
      if !event.sealed.isEmpty {
        Output.note("sealed: \(event.sealed.map(\.name).joined(separator: ", "))")
        Output.note("in clear: \(event.namesInClear.joined(separator: ", "))")
      }
      if appended.wasThere { Output.note("the same event stands in the ledger already; nothing was added") }
    }
    if let warning = appended.warning { Output.note("annals: warning: \(warning)") }
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "id": .string(appended.id), "position": .integer(appended.position), "size": .integer(appended.size),
        "root": .text(appended.root?.base64), "alreadyThere": .bool(appended.wasThere),
      ])
    case .csv:
      try Output.line("id,position,size,root,alreadyThere")
      try Output.line(
        CSVText.line([
          appended.id, "\(appended.position)", "\(appended.size)", appended.root?.base64 ?? "",
          "\(appended.wasThere)",
        ]))
    case .text: try Output.line("position \(appended.position)  id \(Printable.text(appended.id))")
    }
    // The position is told as soon as it stands; the views have no more than this process to follow in.
    if let warning = ledger.waitForViews() { Output.note("annals: warning: \(warning)") }
  }

  /// What passed the gate and looks like personal data all the same: by `--i-know`, or in an event about the world.
  private func tellOfPersonalData(_ event: CheckedEvent, _ ledger: Ledger) throws {
    for finding in try ledger.personalData(in: event).findings {
      options.note("annals: warning: \(finding.sentence)")
    }
  }

  private func draft() throws -> Draft {
    var draft = try draftAsGiven()
    for field in seal { draft.add("seal", .string(field)) }
    return draft
  }

  private func draftAsGiven() throws -> Draft {
    guard let json else { return try Draft(type: type ?? "", arguments: fields) }
    var bytes: [UInt8] = []
    for line in try LineReader(path: json) {
      if case .failed = line { throw LineReader.failure(reading: json) }
      guard case .bytes(let line) = line, bytes.count <= LineReader.lineMaxBytes else {
        throw Failure(
          "\(json): is longer than \(LineReader.lineMaxBytes) bytes; an event has at most 65535",
          code: ExitStatus.badInput)
      }
      bytes += line + [UInt8(ascii: "\n")]
    }
    do {
      return try ImportFile.draft(bytes).get()
    } catch { throw Failure("\(json): \(error)", code: ExitStatus.badInput) }
  }

  private func printReadings(_ event: CheckedEvent) throws {
    let readings = event.readings
    let list = readings.map { reading -> JSONValue in
      [
        "field": .string(reading.field), "value": .string(reading.value),
        "meaning": .string(reading.meaning),
      ]
    }
    switch options.format {
    case .jsonl: for reading in list { try Output.json(reading) }
    case .json:
      try Output.json([
        "dryRun": true, "readings": .array(list), "sealed": .array(event.sealed.map { .string($0.name) }),
        "type": .string(event.type.name),
      ])
    case .csv:
      try Output.line("field,value,meaning")
      for reading in list {
        try Output.line(CSVText.line(reading, columns: ["field", "value", "meaning"]))
      }
    case .text:
      try Output.line("\(event.type.name): well-formed; nothing was recorded")
      for reading in readings {
        try Output.line(Printable.text("  \(reading.field) \(reading.value): \(reading.meaning)"))
      }
      if !event.sealed.isEmpty {
        try Output.line("  sealed: \(event.sealed.map(\.name).joined(separator: ", "))")
      }
    }
  }
}
