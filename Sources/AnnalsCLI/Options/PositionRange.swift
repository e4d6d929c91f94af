// The options of commands that print events by position.

import ArgumentParser
import Ledger

/// Which events are meant, by their positions.
struct PositionRange: ParsableArguments {
  @Option(help: "The first position.")
  var from: Int64 = 0

  @Option(help: "The last position, inclusive.")
  var to: Int64?

  func validate() throws {
    guard from >= 0, to ?? 0 >= 0 else { throw ValidationError("Positions are 0 or more.") }
    if let to, to < from { throw ValidationError("--to must not be less than --from.") }
  }

  /// Passes if the log has these events. To be asked before anything is printed: a part of what was asked for could be
  /// taken for all of it.
  ///
  /// - Throws: ``Failure``.
  func requireEvents(of ledger: Ledger) throws {
    let size = try ledger.size()
    for position in [from, to ?? from] where position >= size {
      throw Failure(
        "there is no event at position \(position); the last of the log is at \(size - 1)",
        code: ExitStatus.noInput)
    }
  }
}
