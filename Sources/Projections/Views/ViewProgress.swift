// How far views are that take longer than a moment: told to whoever opened them.

/// How far views are that are made anew, or brought up to date with many events.
public struct ViewProgress: Sendable, Equatable {
  /// Whether they are made anew; otherwise they are brought up to date.
  public let isRebuild: Bool
  /// How many events they contained when the work began. If they are made anew and it is more than none, the work goes
  /// on where it was cut off.
  public let start: Int64
  /// How many events they contain by now.
  public internal(set) var done: Int64
  /// How many events the log has; more may come.
  public internal(set) var total: Int64
  /// Whether the work is at its end, be it that it failed.
  public internal(set) var isFinished = false
}
