// annals verify: is the log what was signed?

import ArgumentParser
import CanonicalJSON
import Foundation
import Ledger
import Publishing
import TransparencyLog

struct Verify: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Verify a ledger, a copy of a log, or a published log, from its events up.",
    discussion: """
      Makes every leaf hash, every tile and the root anew from the stored bytes of the events, and compares them with \
      what is stored and with all that was signed. What is wrong is told with its kind, the first position that is \
      concerned, and the file. A ledger is held to the last checkpoint that it signed, and its vault and its views to \
      its log: what was sealed is present, erased by an event that tells so, withheld where there is no vault, or \
      missing. A \
      copy of a log.db is held to its own head, and with --key and --since to what was signed. A published log needs \
      --key, unless it is that of the ledger named by --ledger.

      Exits 0 if all is as it must be; 80 if a checkpoint that was signed is not continued (rollback or fork); 1 if \
      anything else is wrong.

      Examples:
        annals verify
        annals verify copies/log.db --since kept-checkpoint \\
          --key "$(annals keys)"
        annals verify www --key "$(annals keys)"
      """)

  @Argument(
    help: "A ledger's directory, a copy of its log.db, or a directory with a published log; else the ledger.")
  var place: String?

  @Option(
    help: ArgumentHelp("A verifier key of the log; several if the key was changed.", valueName: "vkey"),
    transform: VerifierKeyArgument.parse)
  var key: [VerifierKey] = []

  @Option(
    help: ArgumentHelp(
      "A checkpoint that you kept, which the log must continue; may be repeated.", valueName: "file"))
  var since: [String] = []

  @OptionGroup var options: GlobalOptions

  func run() throws {
    options.prepare()
    let kept = try since.map { file in
      LogVerification.Kept(
        name: file, note: try WholeFile.read(file, bytesMax: LogLimits.noteLengthMaxBytes))
    }
    let progress = Progress("verifying", quiet: options.quiet)
    let found = try verify(kept, progress)
    progress.finish()
    try print(found)
    if found.report.isIntact, found.signedSize == 0, found.report.size != 0 {
      options.note(
        "annals: no signature vouches for this yet: sign a checkpoint with annals checkpoint, or compare with one "
          + "that was kept, --since FILE --key VKEY")
    }
    guard !found.report.isIntact else { return }
    throw Failure(nil, code: found.report.showsRollbackOrFork ? ExitStatus.fork : ExitStatus.no)
  }

  private func verify(_ kept: [LogVerification.Kept], _ progress: Progress) throws -> LogVerification {
    let tell = { (events: UInt64, size: UInt64) in
      progress.update(Int(clamping: events), of: Int(clamping: size))
    }
    guard let place else { return try verifyLedger(options.directory, kept, progress) }
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: place, isDirectory: &isDirectory) else {
      throw Failure("\(place): there is no such file or directory", code: ExitStatus.noInput)
    }
    guard isDirectory.boolValue else {
      return try LogVerification.copy(place, keys: key, kept: kept, progress: tell)
    }
    let hasLog = FileManager.default.fileExists(atPath: LedgerPaths(directory: place).log)
    if hasLog { return try verifyLedger(place, kept, progress) }
    return try LogVerification.published(place, keys: publishedKeys(place), kept: kept, progress: tell)
  }

  private func verifyLedger(
    _ directory: String, _ kept: [LogVerification.Kept], _ progress: Progress
  ) throws -> LogVerification {
    let watch = ViewWatch(quiet: options.quiet)
    return try LogVerification.ledger(
      LedgerPaths(directory: directory, keys: options.keys), keys: key, kept: kept,
      progress: { events, size in progress.update(Int(clamping: events), of: Int(clamping: size)) },
      viewProgress: { watch.tell($0) })
  }

  private func publishedKeys(_ place: String) throws -> [VerifierKey] {
    if !key.isEmpty { return key }
    let paths = LedgerPaths(directory: options.directory)
    guard FileManager.default.fileExists(atPath: paths.log) else {
      throw ValidationError(
        "\(place) is no ledger; to verify a published log, give its verifier key with --key.")
    }
    return try Ledger.open(options.directory, keys: options.keys).logKeys().map(\.verifierKey)
  }

  // MARK: Printing

  private func print(_ found: LogVerification) throws {
    let report = found.report
    let rows = report.failures.map(\.json)
    switch options.format {
    case .json:
      try Output.json([
        "ok": .bool(report.isIntact), "origin": .text(found.origin),
        "size": report.size.map { .integer(Int64(clamping: $0)) } ?? .null,
        "root": .text(report.root?.base64),
        "signedSize": .integer(Int64(clamping: found.signedSize)),
        "disclosures": found.disclosures?.json ?? .null, "failures": .array(rows),
      ])
    case .jsonl: for row in rows { try Output.json(row) }
    case .csv:
      let columns = ["kind", "position", "file", "detail"]
      try Output.line(CSVText.line(columns))
      for row in rows { try Output.line(CSVText.line(row, columns: columns)) }
    case .text:
      let size = report.size.map { "\($0) events" } ?? "unknown size"
      let root = report.root.map { ", root \($0.base64)" } ?? ""
      let verdict = report.isIntact ? "intact, \(found.signedSize) of them signed for" : "NOT INTACT"
      try Output.line("\(Printable.text(found.origin ?? "unknown log")): \(size)\(root): \(verdict)")
      if let line = found.disclosures?.line { try Output.line(line) }
      for failure in report.failures { try Output.line(Printable.text(failure.description)) }
    }
  }
}

extension DisclosureCounts {
  /// The counts as a document has them.
  fileprivate var json: JSONValue {
    [
      "present": .integer(present), "erased": .integer(erased), "withheld": .integer(withheld),
      "missing": .integer(missing),
    ]
  }

  /// The counts for people; nil where nothing was ever sealed.
  fileprivate var line: String? {
    let parts = [(present, "present"), (erased, "erased"), (withheld, "withheld"), (missing, "MISSING")]
      .filter { $0.0 > 0 }
    return parts.isEmpty ? nil : "sealed: " + parts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
  }
}

extension VerificationFailure {
  /// The failure as a document has it.
  var json: JSONValue {
    .object(
      JSONObject([
        ("kind", .string(kind.rawValue)),
        ("position", position.map { .integer(Int64(clamping: $0)) } ?? .null),
        ("file", .text(file)), ("detail", .string(detail)),
      ]))
  }
}
