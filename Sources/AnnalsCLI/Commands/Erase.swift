// annals erase: what was sealed is removed for good; that it was there, and that it was erased, stays.

import ArgumentParser
import CanonicalJSON
import Foundation
import Ledger
import LogStore
import Milestones
import Publishing
import TransparencyLog

struct Erase: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: "Erase what was sealed about a person, a subject or an event, for good.",
    discussion: """
      A subject is erased with all its events, an event with those that correct it, a person with every testimony in \
      which the sealed field person says just these words. First the log records disclosure.erased, then the vault \
      forgets: rows, free pages and journal. The events, their proofs and their digests stay. What was entered in \
      clear stays too, and so does what was handed over before: to whom is told, so that they can be asked to destroy it. \
      docs/privacy.md tells more.

      To keep a name out of the shell's history, give - and write it on stdin. On a terminal the command shows what it \
      is about to erase and asks; elsewhere it needs --yes. What is erased already is no failure.

      Examples:
        annals erase 30 --reason withdrawn --yes \\
          --authority 'data protection officer'
        annals erase - --as person --reason court-order --yes \\
          --authority '12 O 345/26' < name.txt
      """)

  @Argument(
    help: "A position or id, a subject, a person as named in what is sealed, or - for a line of stdin.")
  var what: String

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      "How that is meant: event, subject or person; needed only where it can be several.", valueName: "what"),
    completion: .list(ErasureScope.allCases.map(\.rawValue)), transform: { try Self.choice($0) })
  var scope: ErasureScope?

  @Option(
    help: ArgumentHelp(
      "Why: withdrawn, unlawful, court-order, mistaken or retention.", valueName: "code"),
    completion: .list(ErasureReason.allCases.map(\.rawValue)), transform: { try Self.choice($0) })
  var reason: ErasureReason

  @Option(
    help: "By whose authority: an office or a file number, never a person; in clear in the log for good.")
  var authority: String

  @Flag(help: "Do not ask.")
  var yes = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    try options.refuseTable(of: "an erasure")
    if what.isEmpty { throw ValidationError("Say what is to be erased.") }
  }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    let meant = try target()
    let plan = try ledger.planErasure(of: meant, meaning: scope)
    if !plan.targets.isEmpty && !yes { try confirm(plan) }
    let erasure = try ledger.erase(
      meant, meaning: scope, reason: reason, authority: authority, recorder: Recorder.name)
    try print(erasure, ledger)
    if erasure.targets.isEmpty { options.note("all of it was erased before; nothing was done") }
    if plan.clearCount > 0 {
      options.note(
        "\(plan.clearCount) events of it hold nothing sealed: what they say in clear stays in the log for good"
      )
    }
    guard let warning = erasure.warning else { return }
    try Output.flush()
    throw Failure(warning, code: ExitStatus.busy)
  }

  private static func choice<T: RawRepresentable & CaseIterable>(
    _ text: String
  ) throws -> T where T.RawValue == String {
    if let choice = T(rawValue: text) { return choice }
    let known = T.allCases.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("\"\(text)\" is none of: \(known).")
  }

  /// What is named, read from stdin where `-` is given.
  private func target() throws -> String {
    guard what == "-" else { return what }
    guard yes else {
      throw ValidationError("With - the answer cannot be read from stdin as well; give --yes.")
    }
    guard let line = readLine(), !line.isEmpty else {
      throw Failure("stdin: is empty; write what is to be erased on one line", code: ExitStatus.noInput)
    }
    return line
  }

  /// Shows what is about to be erased, and asks. What is sealed is not shown.
  private func confirm(_ plan: ErasurePlan) throws {
    guard isatty(0) == 1 && isatty(2) == 1 else {
      throw ValidationError("Nobody can be asked here; give --yes to erase \(Self.count(plan.targets)).")
    }
    for target in plan.targets {
      Output.note("[\(target.position)] \(target.type) \(target.subject): \(target.digests.count) digests")
    }
    Output.write(
      toStandardError: "Erase what is sealed in \(Self.count(plan.targets)), for good? Type yes: ")
    guard readLine()?.lowercased() == "yes" else {
      throw Failure("nothing was erased", code: ExitStatus.no)
    }
  }

  private static func count(_ targets: [ErasurePlan.Target]) -> String {
    targets.count == 1 ? "1 event" : "\(targets.count) events"
  }

  private func print(_ erasure: Erasure, _ ledger: Ledger) throws {
    let head = try ledger.head()
    switch options.format {
    case .json, .jsonl, .csv:
      try Output.json([
        "origin": .string(ledger.origin), "size": .integer(head.size), "root": .string(head.root.base64),
        "reason": .string(reason.rawValue), "authority": .string(authority),
        "erasedBefore": .bool(erasure.targets.isEmpty),
        "positions": .array(erasure.positions.map { .integer($0) }),
        "events": .array(erasure.targets.map(\.json)),
        "handedOver": .array(erasure.handedOver.map(\.json)),
      ])
    case .text:
      guard !erasure.targets.isEmpty else { return }
      let places = erasure.positions.map { "\($0)" }.joined(separator: ", ")
      try Output.line("\(Self.count(erasure.targets)) erased, as position \(places) tells")
      for target in erasure.targets { try Output.line("  [\(target.position)] \(target.subject)") }
      for entry in erasure.handedOver {
        try Output.line(
          Printable.text(
            "  had been handed over, and cannot be called back: [\(entry.position)] \(entry.fields.joined(separator: ", ")) to \(entry.recipient) on \(entry.time.day)"
          ))
      }
    }
  }
}

extension ErasurePlan.Target {
  /// The event as a document has it.
  fileprivate var json: JSONValue {
    [
      "position": .integer(position), "id": .string(id), "type": .string(type), "subject": .string(subject),
      "digestCount": .integer(Int64(digests.count)),
    ]
  }
}
