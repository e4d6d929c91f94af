// annals check-snapshot: is this what the log gives?

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing

struct CheckSnapshot: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-snapshot", abstract: "Compare a snapshot with what the log gives.",
    discussion: """
      Reads out of the snapshot what it says that it is: the log, how much was known, the day, the scope. Makes the same \
      anew from the log and compares every byte; then the checkpoint that lies beside it, if there is one. The log may \
      have grown since. Exits 0 if all is the same, 1 if anything differs, with the first difference; one that was made \
      under other restrictions (a consent was taken back since) is told apart. 65 if it is no snapshot.

      Examples:
        annals check-snapshot world.json
        annals check-snapshot metoo --format json
      """)

  @Argument(help: "The snapshot: a file, or the directory of a data package.", completion: .file())
  var snapshot: String

  @OptionGroup var options: GlobalOptions

  func run() throws {
    let ledger = try options.open()
    let check: SnapshotCheck
    do {
      check = try SnapshotCheck(SnapshotPlace(reading: snapshot), against: ledger)
    } catch let error as NoSnapshot {
      throw Failure("\(snapshot): is no snapshot: \(error)", code: ExitStatus.badInput)
    }
    switch options.format {
    case .json, .jsonl: try Output.json(.object(JSONObject(check.members)))
    case .csv:
      try Output.line(CSVText.line(check.members.map(\.0)))
      try Output.line(CSVText.line(check.members.map { $0.1.plainText }))
    case .text: try Output.line(Printable.text("\(snapshot): \(check.words)"))
    }
    if !check.isSame { throw Failure(nil, code: ExitStatus.no) }
  }
}
