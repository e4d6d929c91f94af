// A log in memory, written for its plainness: the oracle that an engine must agree with.

internal import Foundation
internal import LogStore
internal import TransparencyLog

/// The contract of ``EventLog`` in its simplest form: an array, searched from its beginning.
final class NaiveLog: EventLog, @unchecked Sendable {
  private let lock = NSRecursiveLock()
  private var events: [StoredEvent] = []

  private func locked<T, E: Error>(_ body: () throws(E) -> T) throws(E) -> T {
    lock.lock()
    defer { lock.unlock() }
    return try body()
  }

  func head() throws(LogError) -> LogHead {
    locked {
      LogHead(
        size: Int64(events.count), root: naiveRoot(events.map(\.leaf.bytes)[...]),
        lastRecordedMilliseconds: events.last?.leaf.recordedMilliseconds)
    }
  }

  func append(
    _ proposals: [Proposal], expectedSize: Int64?, stamp: (LogHead, [Int]) throws -> [Leaf]
  ) throws -> [Outcome] {
    lock.lock()
    defer { lock.unlock() }
    let head = try head()
    if let expectedSize, expectedSize != head.size {
      throw LogError.unexpectedSize(expected: expectedSize, actual: head.size)
    }
    var outcomes: [Outcome] = []
    var new: [Int] = []
    var refusals: [Refusal] = []
    for (index, proposal) in proposals.enumerated() {
      if let stored = events.first(where: { $0.key == proposal.key }) {
        if stored.tag == proposal.tag {
          outcomes.append(.alreadyThere(position: stored.position))
        } else {
          refusals.append(Refusal(index: index, reason: .idReused(position: stored.position)))
        }
      } else if let ahead = new.firstIndex(where: { proposals[$0].key == proposal.key }) {
        if proposals[new[ahead]].tag == proposal.tag {
          outcomes.append(.alreadyThere(position: head.size + Int64(ahead)))
        } else {
          refusals.append(Refusal(index: index, reason: .idRepeated(firstIndex: new[ahead])))
        }
      } else if let refusal = versionRefusal(proposals, index, ahead: new) {
        refusals.append(refusal)
      } else {
        outcomes.append(.appended(position: head.size + Int64(new.count)))
        new.append(index)
      }
    }
    guard refusals.isEmpty else { throw LogError.refused(refusals) }
    guard !new.isEmpty else { return outcomes }
    events += try stamped(stamp(head, new), new, proposals, head)
    return outcomes
  }

  private func versionRefusal(_ proposals: [Proposal], _ index: Int, ahead new: [Int]) -> Refusal? {
    guard let subject = proposals[index].subject, let expected = proposals[index].expectedVersion else {
      return nil
    }
    let actual =
      events.count { same($0.leaf.subject, subject) }
      + new.count { proposals[$0].subject.map { same($0, subject) } ?? false }
    return expected == Int64(actual)
      ? nil
      : Refusal(index: index, reason: .unexpectedVersion(expected: expected, actual: Int64(actual)))
  }

  private func stamped(
    _ leaves: [Leaf], _ new: [Int], _ proposals: [Proposal], _ head: LogHead
  ) throws(LogError) -> [StoredEvent] {
    guard leaves.count == new.count else {
      throw .wrongLeafCount(expected: new.count, found: leaves.count)
    }
    var last = head.lastRecordedMilliseconds ?? .min
    for (leaf, index) in zip(leaves, new) {
      if leaf.bytes.count > 65_535 { throw .leafTooLarge(index: index, bytes: leaf.bytes.count) }
      for (text, column, limit) in [
        (leaf.subject, "subject", 1_024), (leaf.country, "country", 16),
        (leaf.institution, "institution", 1_024),
      ] {
        let bytes = text.map { Array($0.utf8) } ?? [1]
        if bytes.isEmpty || bytes.count > limit || bytes.contains(0) {
          throw .invalidColumn(index: index, column: column, bytes: bytes.count)
        }
      }
      if let named = proposals[index].subject, !same(named, leaf.subject) {
        throw .subjectDiffers(index: index)
      }
      if leaf.recordedMilliseconds < last {
        throw .recordedGoesBack(
          index: index, previousMilliseconds: last, foundMilliseconds: leaf.recordedMilliseconds)
      }
      last = leaf.recordedMilliseconds
    }
    var added: [StoredEvent] = []
    var refusals: [Refusal] = []
    for (leaf, index) in zip(leaves, new) {
      let seen = Int64((events + added).count { same($0.leaf.subject, leaf.subject) })
      if let expected = proposals[index].expectedVersion, expected != seen {
        refusals.append(Refusal(index: index, reason: .unexpectedVersion(expected: expected, actual: seen)))
      } else {
        added.append(
          StoredEvent(
            position: Int64(events.count + added.count), key: proposals[index].key, tag: proposals[index].tag,
            version: seen + 1, leaf: leaf))
      }
    }
    guard refusals.isEmpty else { throw .refused(refusals) }
    return added
  }

  private func same(_ left: String, _ right: String) -> Bool { Array(left.utf8) == Array(right.utf8) }

  func read(from position: Int64, limit: Int) throws(LogError) -> [StoredEvent] {
    guard position >= 0 else { throw .gap(position: position) }
    return locked { Array(events.dropFirst(Int(clamping: position)).prefix(max(0, limit))) }
  }

  func waitPast(_ position: Int64, timeoutMilliseconds: Int) throws(LogError) -> Int64 {
    let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
    while try head().size <= position, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.001) }
    return try head().size
  }

  func find(_ key: EventKey) throws(LogError) -> Int64? {
    locked { events.first { $0.key == key }?.position }
  }
}

/// MTH(D[n]) as RFC 6962, section 2.1, defines it: recursively, with no tile in sight.
func naiveRoot(_ leaves: ArraySlice<[UInt8]>) -> MerkleHash {
  guard let first = leaves.first else { return .emptyRoot }
  if leaves.count == 1 { return .leaf(first) }
  var half = 1
  while half * 2 < leaves.count { half *= 2 }
  return .node(naiveRoot(leaves.prefix(half)), naiveRoot(leaves.dropFirst(half)))
}
