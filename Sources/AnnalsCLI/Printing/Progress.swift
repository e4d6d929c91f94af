// A progress line on stderr, when that is a terminal.

import Foundation
import Projections

/// Draws how far a long work is: counts, the rate, and the time that is left where the end is known.
final class Progress: @unchecked Sendable {
  /// Between two drawings, and before the first: what is done in a moment is not told.
  private static let pauseSeconds = 0.1

  private let what: String
  private let isShown: Bool
  private let lock = NSLock()
  private let begun: Date
  private var drawn: Date
  /// How many were done when the work began.
  private let start: Int

  init(_ what: String, quiet: Bool, start: Int = 0) {
    self.what = what
    self.start = start
    isShown = Terminal.showsProgress && !quiet
    begun = Date()
    drawn = begun
  }

  /// Tells how many are done, and of how many if that is known.
  func update(_ count: Int, of total: Int? = nil) {
    guard isShown else { return }
    lock.withLock {
      let now = Date()
      guard now.timeIntervalSince(drawn) > Self.pauseSeconds else { return }
      drawn = now
      let line = Self.line(
        what, count: count, of: total, start: start, seconds: now.timeIntervalSince(begun))
      Output.write(toStandardError: "\r\(line)\u{1b}[K")
    }
  }

  /// Clears the line.
  func finish() { if isShown { Output.write(toStandardError: "\r\u{1b}[K") } }

  private static func line(_ what: String, count: Int, of total: Int?, start: Int, seconds: Double) -> String
  {
    let rate = Double(max(0, count - start)) / max(0.001, seconds)
    guard let total, total > 0 else { return "\(what): \(count) (\(Int(rate)) a second)" }
    let left = rate >= 1 ? ", \(duration(Double(max(0, total - count)) / rate)) left" : ""
    return "\(what): \(count) of \(total) (\(Int(rate)) a second\(left))"
  }

  private static func duration(_ seconds: Double) -> String {
    let seconds = Int(min(seconds.rounded(.up), 1e9))
    if seconds < 100 { return "\(seconds) s" }
    let minutes = (seconds + 59) / 60
    return minutes < 60 ? "\(minutes) min" : "\(minutes / 60) h \(minutes % 60) min"
  }
}

/// Tells on stderr of views that take longer than a moment, whichever command has to wait for them.
final class ViewWatch: @unchecked Sendable {
  private let quiet: Bool
  private let lock = NSLock()
  private var progress: Progress?

  init(quiet: Bool) { self.quiet = quiet }

  func tell(_ views: ViewProgress) {
    lock.withLock {
      if views.isFinished {
        progress?.finish()
        progress = nil
        return
      }
      if progress == nil {
        if views.isRebuild, views.start > 0, !quiet {
          Output.note(
            "going on with views that were half made: \(views.start) of \(views.total) events are projected already "
              + "(annals rebuild --anew starts over)")
        }
        progress = Progress("projecting", quiet: quiet, start: Int(clamping: views.start))
      }
      progress?.update(Int(clamping: views.done), of: Int(clamping: views.total))
    }
  }
}
