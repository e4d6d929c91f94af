// Which keys have signed a log's checkpoints, as its own events tell.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import TransparencyLog

/// The changes of the signing key that stand in a log.
struct KeyHistory {
  /// One `key.rotated`.
  struct Rotation {
    /// Where the event stands. Checkpoints of a greater size are signed by the new key.
    let position: Int64
    let old: VerifierKey
    let new: VerifierKey
  }

  let rotations: [Rotation]

  /// The key that signs now; nil if it never changed, and so stands in no event.
  var inForce: VerifierKey? { rotations.last?.new }

  init(_ log: SQLiteLog) throws(LedgerError) {
    let events: [StoredEvent]
    do {
      events = try log.events(ofSubject: LedgerEvents.ledgerSubject, limit: .max)
    } catch { throw .log(error) }
    var rotations: [Rotation] = []
    for event in events {
      guard let view = try? EventView(leaf: event.leaf.bytes), view.type == LedgerEvents.keyRotatedType else {
        continue
      }
      guard let old = Self.key("old", of: view), let new = Self.key("new", of: view) else {
        throw .log(.damaged(detail: "key.rotated at position \(event.position) names no verifier keys"))
      }
      rotations.append(Rotation(position: event.position, old: old, new: new))
    }
    self.rotations = rotations
  }

  /// All keys that may have signed checkpoints of this log: those that the log names, and `others`. Each once.
  func verifierKeys(and others: [VerifierKey]) -> [VerifierKey] {
    var keys: [VerifierKey] = []
    for key in rotations.flatMap({ [$0.old, $0.new] }) + others
    where !keys.contains(where: { $0.identity == key.identity }) {
      keys.append(key)
    }
    return keys
  }

  private static func key(_ field: String, of event: EventView) -> VerifierKey? {
    event.data?[field]?.string.flatMap { try? VerifierKey(parsing: $0) }
  }
}
