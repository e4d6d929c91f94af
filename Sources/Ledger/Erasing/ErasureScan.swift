// What a log tells of erasures and of consents taken back, found without reading more than the end of each leaf.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import OrderedCollections

/// The register of erasures that a log is, from some position on.
struct ErasureScan {
  /// A consent that was taken back: what it was given for is to be erased.
  struct Withdrawal: Equatable {
    let position: Int64
    let id: String
    let subject: String
  }

  /// The digests that erasures name.
  private(set) var digests: [String] = []
  /// The ids of the events whose disclosures are gone.
  private(set) var targets: [String] = []
  /// The consents that were taken back, in the order of the log.
  private(set) var withdrawals: [Withdrawal] = []
  /// The position after the last event that was looked at.
  private(set) var end: Int64

  /// Looks at the events from a position on.
  ///
  /// - Parameters:
  ///   - log: the log.
  ///   - first: where to begin.
  ///   - vocabulary: tells which types tell of consent.
  /// - Throws: `LogError`.
  init(_ log: SQLiteLog, from first: Int64, vocabulary: Vocabulary) throws {
    let consent = vocabulary.types.values.filter { $0.consentField != nil }
    let endings = ([LedgerEvents.erasedType] + consent.map(\.name)).map(Self.ending(ofType:))
    end = first
    var found: [(position: Int64, leaf: [UInt8])] = []
    end = try log.scan(from: first) { position, bytes in
      if endings.contains(where: { bytes.suffix($0.count).elementsEqual($0) }) {
        found.append((position, Array(bytes)))
      }
    }
    for (position, leaf) in found {
      guard let event = try? EventView(leaf: leaf) else {
        throw LogError.damaged(detail: "the event at position \(position) is no JSON")
      }
      if event.type == LedgerEvents.erasedType {
        digests += event.texts("digests")
        targets += event.texts("targets")
      } else if let type = vocabulary.types[event.type], Self.isWithdrawal(event, type) {
        withdrawals.append(Withdrawal(position: position, id: event.id, subject: event.subject))
      }
    }
  }

  /// How a leaf of a type ends: in the canonical form its keys are sorted, and `type` is the last of them.
  private static func ending(ofType name: String) -> [UInt8] { Array("\"type\":\"\(name)\"}".utf8) }

  /// The scope without which nothing may be kept.
  static let holding = "hold"

  /// Whether an event takes back the consent to keep what was entrusted: it tells the scopes from then on and `hold`
  /// is not among them; or it tells no scopes from then on, and `hold` was among those before.
  static func isWithdrawal(_ event: EventView, _ type: EventType) -> Bool {
    guard let field = type.consentField else { return false }
    let isHeld = event.texts(field).contains { $0.utf8.elementsEqual(holding.utf8) }
    if event.data?[field] != nil { return !isHeld }
    return event.texts("from").contains { $0.utf8.elementsEqual(holding.utf8) }
  }
}

extension CheckedEvent {
  /// Whether it takes back the consent to keep what was entrusted; see ``ErasureScan/isWithdrawal(_:_:)``.
  var isWithdrawal: Bool {
    guard let field = type.consentField else { return false }
    func texts(_ field: String) -> [String] {
      guard let value = data[field] else { return [] }
      return (value.array ?? [value]).compactMap(\.string)
    }
    if data[field] != nil { return !texts(field).contains(ErasureScan.holding) }
    return texts("from").contains(ErasureScan.holding)
  }
}
