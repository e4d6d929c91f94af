// A progress line on stderr, when that is a terminal.

import Foundation

/// Draws how far a long work is: counts, and the rate.
final class Progress: @unchecked Sendable {
  private let what: String
  private let isShown: Bool
  private let begun = Date()
  private let lock = NSLock()
  private var drawn = Date.distantPast

  init(_ what: String, quiet: Bool) {
    self.what = what
    isShown = Terminal.showsProgress && !quiet
  }

  /// Tells how many are done.
  func update(_ count: Int) {
    guard isShown else { return }
    lock.withLock {
      let now = Date()
      guard now.timeIntervalSince(drawn) > 0.1 else { return }
      drawn = now
      let rate = Double(count) / max(0.001, now.timeIntervalSince(begun))
      Output.write(toStandardError: "\r\(what): \(count) (\(Int(rate)) a second)\u{1b}[K")
    }
  }

  /// Clears the line.
  func finish() { if isShown { Output.write(toStandardError: "\r\u{1b}[K") } }
}
