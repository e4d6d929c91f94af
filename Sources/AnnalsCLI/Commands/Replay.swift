// annals replay: the events themselves, byte for byte.

import ArgumentParser
import Ledger

struct Replay: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Print the events themselves, canonical bytes, one a line, in the order of recording.",
    discussion: """
      Each line is a CloudEvents 1.0 event in the form of RFC 8785: the bytes that are stored and hashed. They are the \
      same for every --format but csv, which is refused: events are no table. annals timeline has one, and annals export --format csv. The events are \
      as they were recorded, whatever corrected or retracted them later: there is no --known-at here, since --to says \
      where to end.

      Examples:
        annals replay
        annals replay --from 14 --to 20
      """)

  @OptionGroup var range: PositionRange

  @OptionGroup var options: GlobalOptions

  func validate() throws { try options.refuseTable(of: "the events themselves") }

  func run() throws {
    let ledger = try options.open()
    try range.requireEvents(of: ledger)
    let lineBreak = [UInt8(ascii: "\n")]
    try ledger.replay(from: range.from, through: range.to) { _, leaf in
      try Output.bytes(leaf)
      try Output.bytes(lineBreak)
    }
  }
}
