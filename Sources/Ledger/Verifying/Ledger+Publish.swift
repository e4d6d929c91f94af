// Publishing a ledger's log, and holding its views to it.

internal import Foundation
internal import LogStore
internal import Projections
public import TransparencyLog

extension Ledger {
  /// Publishes the log as static files (C2SP tlog-tiles) at its newest checkpoint, which is signed for it if events
  /// have come since the last one.
  ///
  /// - Parameters:
  ///   - directory: where; made if it is not there.
  ///   - progress: is told the number of events published and the size.
  /// - Returns: what was done.
  /// - Throws: ``LedgerError/publishing(_:)`` and what ``checkpoint()`` throws. What was published before stands.
  public func publish(
    to directory: String, progress: (_ events: UInt64, _ size: UInt64) -> Void = { _, _ in }
  ) throws(LedgerError) -> Publication {
    try publish(to: directory, progress: progress) { _, _ in }
  }

  /// The same, with something beside the log.
  ///
  /// - Parameters:
  ///   - directory: where; made if it is not there.
  ///   - progress: is told the number of events published and the size.
  ///   - beside: publishes what else there is at this checkpoint, when the tiles are in their places and before the
  ///     checkpoint is. If it throws, the old checkpoint stays.
  /// - Returns: what was done.
  /// - Throws: ``LedgerError``, what `beside` throws as well.
  package func publish(
    to directory: String, progress: (_ events: UInt64, _ size: UInt64) -> Void,
    beside: (DirectoryFiles, SignedCheckpoint) throws -> Void
  ) throws(LedgerError) -> Publication {
    let checkpoint = try checkpoint()
    let keys = try logKeys().map(\.verifierKey)
    // What publishes beside has errors of its own, of which the publisher of the log knows nothing.
    var failure: (any Error)?
    do {
      let files = try DirectoryFiles(publishingInto: directory)
      let publisher = LogPublisher(files: files, origin: origin, logKeys: keys)
      return try StoredLog.read(paths.log) { stored in
        try publisher.publish(stored, checkpoint: checkpoint.note, progress: progress) {
          () throws(ContentsError) in
          do { try beside(files, checkpoint) } catch {
            failure = error
            throw ContentsError(place: directory, reason: "\(error)")
          }
        }
      }
    } catch { throw LedgerError(failure ?? error) }
  }

  /// What is wrong with the views: nil if they are what the log gives, or are kept in memory only.
  ///
  /// They are made anew beside the old ones and compared by the digests of their rows.
  func viewFailure(
    progress: @escaping @Sendable (ViewProgress) -> Void
  ) throws(LedgerError) -> VerificationFailure? {
    guard !isReadOnly else { return nil }
    let found = try viewsDigest()
    // The pages of these views are not needed while the others are made, which take as many.
    try? views().releaseMemory()
    let place = FileManager.default.temporaryDirectory.appendingPathComponent("annals-" + UUID().uuidString)
    do {
      try FileManager.default.createDirectory(
        at: place, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw .file(FileFailure(place.path, code: EACCES)) }
    defer { try? FileManager.default.removeItem(at: place) }
    do {
      let fresh = try ViewStore(
        path: place.appendingPathComponent("views.db").path, vocabulary: vocabulary,
        busyTimeoutMilliseconds: busyTimeoutMilliseconds, watch: progress)
      try fresh.rebuild(from: log)
      let expected = try fresh.digest()
      // Events that came meanwhile are in the one and not in the other.
      let again = expected == found ? found : try viewsDigest()
      if again != found { return nil }
      guard expected != found else { return nil }
      return VerificationFailure(
        .viewOutOfStep, file: URL(fileURLWithPath: paths.views).lastPathComponent,
        detail: "expected rows of the digest \(expected), found \(found); annals rebuild makes them anew")
    } catch { throw LedgerError(error) }
  }
}
