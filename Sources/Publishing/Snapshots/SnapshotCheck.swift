// Comparing a snapshot with the log: what it says that it is, is made anew, and laid beside it byte by byte.

internal import EDTF
package import Ledger
internal import Projections
internal import TransparencyLog

/// What a comparison of a snapshot with a ledger found.
package struct SnapshotCheck: Sendable {
  /// What was found.
  package enum Verdict: Sendable, Equatable {
    /// The snapshot is what this log gives, to the byte.
    case same
    /// It was made of another log.
    case otherLog(ledger: String)
    /// It was made of more events than this ledger has.
    case newerThanLedger(size: Int64)
    /// The log's tree had another root at its size: one of the two was rewritten.
    case otherHistory(root: String)
    /// What may be shown was restricted otherwise when it was made.
    case otherRestrictions(restrictionsAt: Int64?, difference: SnapshotDifference?)
    /// It was made by a version of the program that writes snapshots otherwise.
    case otherFormat(isOfSameRows: Bool)
    /// It was altered.
    case altered(SnapshotDifference)
    /// The checkpoint beside it, or what proves that it continues the snapshot, is none of this log.
    case checkpoint(String)
  }

  /// What the snapshot says that it is.
  package let claims: SnapshotClaims
  /// What was found.
  package let verdict: Verdict
  /// How many events the checkpoint beside it vouches for; nil if there is none.
  package let checkpointSize: Int64?

  /// Whether the answer is yes.
  package var isSame: Bool { verdict == .same }
}

extension SnapshotCheck {
  /// Compares a snapshot with a ledger.
  ///
  /// - Parameters:
  ///   - place: the snapshot's place.
  ///   - ledger: the ledger.
  /// - Throws: ``NoSnapshot``, `FileFailure`, `LedgerError`.
  package init(_ place: SnapshotPlace, against ledger: Ledger) throws {
    claims = try place.claims()
    let checkpoint = try place.read(place.checkpointPath)
    var checkpointSize: Int64?
    verdict = try Self.verdict(claims, place, ledger, checkpoint, &checkpointSize)
    self.checkpointSize = checkpointSize
  }

  private static func verdict(
    _ claims: SnapshotClaims, _ place: SnapshotPlace, _ ledger: Ledger, _ checkpoint: [UInt8]?,
    _ checkpointSize: inout Int64?
  ) throws -> Verdict {
    guard claims.origin.utf8.elementsEqual(ledger.origin.utf8) else {
      return .otherLog(ledger: ledger.origin)
    }
    let size = try ledger.size()
    guard claims.size <= size, claims.knownAt < size else { return .newerThanLedger(size: size) }
    let root = try ledger.root(atSize: claims.knownAt + 1).base64
    // A size that does not go with the position is an alteration, found below.
    guard claims.size != claims.knownAt + 1 || root.utf8.elementsEqual(claims.root.utf8) else {
      return .otherHistory(root: root)
    }
    guard let snapshot = try made(as: claims, ledger) else {
      return .altered(SnapshotDifference(unknownScope: claims.scope ?? ""))
    }
    guard claims.formatVersion == Snapshot.formatVersion else {
      return .otherFormat(isOfSameRows: snapshot.digest.utf8.elementsEqual(claims.digest.utf8))
    }
    let found = try place.files(claims.format)
    let isRestrictedOtherwise =
      snapshot.restrictionsAt != claims.restrictionsAt || snapshot.restrictionsOn != claims.restrictionsOn
    var asThen = snapshot
    asThen.restrictionsAt = claims.restrictionsAt
    asThen.restrictionsOn = claims.restrictionsOn
    let expected = try asThen.files(claims.format)
    let difference = SnapshotDifference(found: found, expected: expected, format: claims.format)
    if isRestrictedOtherwise {
      // What was there to be shown then, is not to be shown again.
      return .otherRestrictions(
        restrictionsAt: snapshot.restrictionsAt, difference: difference?.withoutContent)
    }
    if let difference { return .altered(difference) }
    guard let checkpoint else { return .same }
    let vouched = vouched(by: checkpoint, for: claims, place, ledger)
    checkpointSize = vouched.size
    return vouched.failure.map { .checkpoint($0) } ?? .same
  }

  /// The snapshot that the log gives; nil if no event tells of its subject.
  private static func made(as claims: SnapshotClaims, _ ledger: Ledger) throws -> Snapshot? {
    let answer: Answer<LedgerState>
    do {
      answer = try ledger.state(
        of: Scope(text: claims.scope), on: claims.on, knownAt: .position(claims.knownAt))
    } catch {
      if case .unknownSubject = error { return nil }
      throw error
    }
    return try Snapshot(answer)
  }

  /// What is wrong with the checkpoint beside it, or with the proof that this continues the snapshot.
  private static func vouched(
    by checkpoint: [UInt8], for claims: SnapshotClaims, _ place: SnapshotPlace, _ ledger: Ledger
  ) -> (size: Int64?, failure: String?) {
    do {
      let size = try ledger.requireOwn(checkpoint)
      let consistency = try ledger.consistency(from: claims.size, to: checkpoint, ofSize: size)
      let told = try place.read(place.consistencyPath)
      if told == nil || told == consistency { return (size, nil) }
      return (
        size, "\(place.consistencyPath) does not prove that the checkpoint continues the snapshot"
      )
    } catch { return (nil, "\(place.checkpointPath): \(error)") }
  }
}

extension SnapshotCheck {
  /// What was found, in a sentence.
  package var words: String {
    switch verdict {
    case .same:
      let vouched = checkpointSize.map { "; the checkpoint beside it vouches for \($0) events of this log" }
      return "the snapshot is what the log gives, to the byte" + (vouched ?? "")
    case .otherLog(let ledger):
      return "the snapshot was made of the log \(claims.origin), and this ledger is \(ledger)"
    case .newerThanLedger(let size):
      return "the snapshot was made of \(claims.size) events, and this ledger has \(size): "
        + "ask a ledger that is up to date"
    case .otherHistory(let root):
      return
        "the snapshot was made of another history: it says the root \(claims.root) of \(claims.size) events, "
        + "and this log had \(root)"
    case .otherRestrictions(let position, let difference):
      let now = position.map { "up to [\($0)]" } ?? "none"
      let then = claims.restrictionsAt.map { "up to [\($0)]" } ?? "none"
      let ended = claims.restrictionsOn.map { ", consents that had ended by \($0)" } ?? ""
      let rest =
        difference.map { "at \($0.whereabouts) it differs from what may be shown now, or was altered" }
        ?? "all else in it is what the log gives"
      return
        "the snapshot was made under other restrictions (\(then)\(ended); now \(now)), and \(rest): make it anew"
    case .otherFormat(let isOfSameRows):
      return "the snapshot has the format \(claims.formatVersion), and this version of annals writes "
        + "\(Snapshot.formatVersion): its bytes cannot be compared; the digest of its rows is "
        + (isOfSameRows ? "that of the log's" : "another than the log's")
    case .altered(let difference): return "the snapshot is not what the log gives: \(difference.words)"
    case .checkpoint(let reason):
      return "the snapshot is what the log gives, but what lies beside it is not: \(reason)"
    }
  }

  /// The verdict as a word.
  package var kind: String {
    switch verdict {
    case .same: "same"
    case .otherLog: "other-log"
    case .newerThanLedger: "newer-than-ledger"
    case .otherHistory: "other-history"
    case .otherRestrictions: "other-restrictions"
    case .otherFormat: "other-format"
    case .altered: "altered"
    case .checkpoint: "checkpoint"
    }
  }

  /// The first difference, where there is one.
  package var difference: SnapshotDifference? {
    switch verdict {
    case .altered(let difference): difference
    case .otherRestrictions(_, let difference): difference
    default: nil
    }
  }
}
