// Publishes a ledger: the log as tiles, and beside it the site.

internal import CanonicalJSON
internal import EDTF
package import Ledger
internal import Milestones
internal import Projections
package import TransparencyLog

/// What a publication did, log and site.
package struct SitePublication: Sendable {
  /// What was done for the log.
  package let log: Publication
  /// What was done for the site; nil if none was published.
  package let site: SiteCounts?

  package init(log: Publication, site: SiteCounts?) {
    self.log = log
    self.site = site
  }
}

/// A part of the work, for whoever watches it.
package enum PublishingStep: Sendable {
  /// Events of the log.
  case events
  /// Pages of the site.
  case pages
}

/// Publishes a ledger.
package struct SitePublisher {
  private let ledger: Ledger

  /// How often a checkpoint is signed anew because events were recorded meanwhile.
  private static let attemptsMax = 20

  package init(_ ledger: Ledger) {
    self.ledger = ledger
  }

  /// Publishes the log, and the site beside it.
  ///
  /// - Parameters:
  ///   - directory: where; made if it is not there.
  ///   - isComplete: whether pages that nothing has changed are made anew, too.
  ///   - progress: is told how far each step is.
  /// - Returns: what was done.
  /// - Throws: `LedgerError`. What was published before stands.
  package func publish(
    to directory: String, isComplete: Bool = false,
    progress: (_ step: PublishingStep, _ done: Int, _ of: Int) -> Void = { _, _, _ in }
  ) throws(LedgerError) -> SitePublication {
    for _ in 0..<Self.attemptsMax {
      do throws(LedgerError) {
        var counts = SiteCounts()
        let log = try ledger.publish(
          to: directory,
          progress: { done, size in progress(.events, Int(clamping: done), Int(clamping: size)) }
        ) { files, checkpoint in
          counts = try publish(into: files, checkpoint, isComplete: isComplete) { done, total in
            progress(.pages, done, total)
          }
        }
        return SitePublication(log: log, site: counts)
      } catch {
        // Somebody appends: the site is to be that of the checkpoint.
        guard case .views(.busy) = error else { throw error }
      }
    }
    throw .views(.busy)
  }

  private func publish(
    into files: DirectoryFiles, _ checkpoint: SignedCheckpoint, isComplete: Bool,
    progress: (Int, Int) -> Void
  ) throws -> SiteCounts {
    let releases = try ledger.releasedTallies().content
    let keys = try ledger.logKeys().map { "\($0.verifierKey)" }
    // Views make what is thrown in them a failure of theirs; this one is none.
    var failure: (any Error)?
    let answer = try ledger.reading { snapshot, day throws -> SiteCounts in
      guard snapshot.knownAt + 1 == Int64(checkpoint.size) else { throw LedgerError.views(.busy) }
      do {
        let source = try SiteSource(ledger: ledger, snapshot: snapshot, day: day, releases: releases)
        var run = try SiteRun(source: source, files: files, keys: keys, root: checkpoint.root)
        return try run.publish(isComplete: isComplete, progress: progress)
      } catch {
        failure = error
        return SiteCounts()
      }
    }
    if let failure { throw failure }
    return answer.content
  }
}
