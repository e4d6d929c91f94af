// What was published of a log (C2SP tlog-tiles) as a source of its events.

internal import TransparencyLog

/// A directory that ``Ledger/publish(to:progress:)`` wrote, or that was fetched from where it is served.
///
/// The checkpoint is read once: whatever is published meanwhile plays no part.
struct PublishedCopy: EventSource {
  let path: String
  let origin: String
  let size: Int64
  var signedSize: Int64 { size }
  private let checkpoint: Checkpoint
  private let note: [UInt8]
  private let log: PublishedLog<DirectoryFiles>

  /// Reads the checkpoint, and believes nothing of it yet; nil if there is none.
  init?(path: String) throws(LedgerError) {
    self.path = path
    do {
      log = PublishedLog(try DirectoryFiles(reading: path))
      guard let note = try log.checkpoint() else { return nil }
      self.note = note
    } catch { throw LedgerError(error) }
    do {
      checkpoint = try Checkpoint(parsingText: SignedNote(parsing: note).textBytes)
    } catch { throw .catchUp(.damaged(path: path, reason: "\(TilePath.checkpoint): \(error)")) }
    origin = checkpoint.origin
    guard checkpoint.size <= LogLimits.treeSizeMaxLeaves, let size = Int64(exactly: checkpoint.size) else {
      throw .catchUp(.damaged(path: path, reason: "no log has \(checkpoint.size) events"))
    }
    self.size = size
  }

  /// Passes if one of the keys has signed the checkpoint, and entries and tiles are all those of its root.
  func verify(by keys: [VerifierKey]) throws(LedgerError) {
    do {
      _ = try VerifiedCheckpoint(verifying: note, origin: origin, logKeys: keys)
    } catch { throw .catchUp(.notSigned(path: path, reason: "\(error)")) }
    let head = TreeClaim(
      .signed, size: checkpoint.size, root: checkpoint.root, file: TilePath.checkpoint)
    let report: VerificationReport
    do { report = try LogVerifier().verify(log, head: head) } catch { throw LedgerError(error) }
    if let failure = report.failures.first { throw .catchUp(.damaged(path: path, reason: "\(failure)")) }
  }

  /// The root as its entries give it.
  func root(atSize size: Int64) throws(LedgerError) -> MerkleHash {
    var tree = TreeFrontier()
    while Int64(tree.size) < size {
      let limit = Int(min(size - Int64(tree.size), Int64(Ledger.catchUpBatchSize)))
      for event in try read(from: Int64(tree.size), limit: limit) { tree.append(.leaf(event.leaf)) }
    }
    return tree.root
  }

  func read(from position: Int64, limit: Int) throws(LedgerError) -> [SourceEvent] {
    let bundleWidth = Int64(LogLimits.tileWidthHashes)
    let end = min(size, position + Int64(limit))
    var events: [SourceEvent] = []
    var entries = EntryRun()
    var next = position
    while next < end {
      let index = next / bundleWidth
      let width = min(bundleWidth, size - index * bundleWidth)
      entries.removeAll()
      do {
        try log.readEntries(ofBundle: UInt64(index), width: Int(width), into: &entries)
      } catch { throw LedgerError(error) }
      for slot in Int(next % bundleWidth)..<Int(min(width, end - index * bundleWidth)) {
        guard let entry = entries[slot] else {
          throw .catchUp(.damaged(path: path, reason: "the event at position \(next) is missing"))
        }
        events.append(SourceEvent(leaf: Array(entry), tag: nil))
        next += 1
      }
    }
    return events
  }
}
