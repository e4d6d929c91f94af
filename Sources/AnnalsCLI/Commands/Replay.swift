// annals replay: the events themselves, byte for byte.

import ArgumentParser
import Ledger

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Print the events themselves, canonical bytes, one a line, in the order of recording.",
    discussion: """
      Each line is a CloudEvents 1.0 event in the form of RFC 8785: the bytes that are stored and hashed. They are the \
      same for every --format but csv, which is refused: events are no table. annals timeline has one. The events are \
      as they were recorded, whatever corrected or retracted them later: there is no --known-at here, since --to says \
      where to end.

      Examples:
        annals replay
        annals replay --from 14 --to 20
      """)

  @Option(help: "The first position.")
  var from: Int64 = 0

  @Option(help: "The last position, inclusive.")
  var to: Int64?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    guard from >= 0, to ?? 0 >= 0 else { throw ValidationError("Positions are 0 or more.") }
    try options.refuseTable(of: "the events themselves")
    if let to, to < from { throw ValidationError("--to must not be less than --from.") }
  }

  func run() throws {
    let ledger = try options.open()
    let size = try ledger.size()
    // Before anything is printed: a part of what was asked for could be taken for all of it.
    for position in [from, to ?? from] where position >= size {
      throw Failure(
        "there is no event at position \(position); the last of the log is at \(size - 1)",
        code: ExitStatus.noInput)
    }
    let lineBreak = [UInt8(ascii: "\n")]
    try ledger.replay(from: from, through: to) { _, leaf in
      try Output.bytes(leaf)
      try Output.bytes(lineBreak)
    }
  }
}
