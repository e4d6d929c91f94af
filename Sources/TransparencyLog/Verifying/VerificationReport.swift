// What verification found, in words and in fields.

/// One thing that is wrong with a log.
public struct VerificationFailure: Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// An event is not the one that the tree was made of.
    case alteredEvent = "altered-event"
    /// An event is not there, though the tree has it.
    case missingEvent = "missing-event"
    /// An event is there, though the tree has none at that place.
    case addedEvent = "added-event"
    /// A tile does not hold the hashes of the tree.
    case alteredTile = "altered-tile"
    /// A tile is not there.
    case missingTile = "missing-tile"
    /// A file cannot be read as what it should be.
    case malformedFile = "malformed-file"
    /// There is no checkpoint.
    case missingCheckpoint = "missing-checkpoint"
    /// No known key vouches for the checkpoint, or not for one of this log.
    case badSignature = "bad-signature"
    /// The root that was signed or stored does not follow from what is there: events and tiles were made anew, or
    /// the root was.
    case wrongRoot = "wrong-root"
    /// The log is shorter than a checkpoint that is known.
    case rollback
    /// The log does not continue a checkpoint that is known: there are two histories.
    case fork
    /// What is kept beside an event, to find it by, is not what the event says. Found by those who know events.
    case alteredColumn = "altered-column"
    /// What is derived from the log is not what the log gives. Found by those who derive it.
    case viewOutOfStep = "view-out-of-step"
    /// What a digest in an event stands for is gone, and no event tells why. This and the next three are found by those
    /// who keep what events stand for.
    case missingDisclosure = "missing-disclosure"
    /// What an event tells is erased is there still.
    case keptDisclosure = "kept-disclosure"
    /// What is kept for a digest has another.
    case alteredDisclosure = "altered-disclosure"
    /// Something is kept that no digest stands for.
    case strayDisclosure = "stray-disclosure"
  }

  /// What is wrong.
  public let kind: Kind

  /// The first position that is concerned: all events before it are not, by this failure. Nothing where no
  /// event is concerned, as with a signature.
  public let position: UInt64?

  /// The file that is wrong, as the contents name it.
  public let file: String?

  /// What was expected and what was found.
  public let detail: String

  /// A failure as a verifier found it.
  public init(_ kind: Kind, position: UInt64? = nil, file: String? = nil, detail: String) {
    self.kind = kind
    self.position = position
    self.file = file
    self.detail = detail
  }

  /// One line for a person.
  public var description: String {
    let place = position.map { " at position \($0)" } ?? ""
    let source = file.map { " (\($0))" } ?? ""
    return "\(kind.words)\(place)\(source): \(detail)"
  }
}

extension VerificationFailure.Kind {
  /// The kind in plain words.
  public var words: String {
    rawValue.replacing("-", with: " ")
  }
}

extension VerificationFailure: Comparable {
  /// In the order in which a person wants to hear of them: by position, and what has none last.
  public static func < (left: VerificationFailure, right: VerificationFailure) -> Bool {
    switch (left.position, right.position) {
    case (nil, nil), (nil, .some), (.some, nil):
      if (left.position == nil) != (right.position == nil) { return right.position == nil }
    case (.some(let a), .some(let b)):
      if a != b { return a < b }
    }
    let kinds = Kind.allCases
    let order = (kinds.firstIndex(of: left.kind) ?? 0, kinds.firstIndex(of: right.kind) ?? 0)
    if order.0 != order.1 { return order.0 < order.1 }
    return (left.file ?? "").utf8.lexicographicallyPrecedes((right.file ?? "").utf8)
  }
}

/// What verification found.
public struct VerificationReport: Sendable, Hashable {
  /// The size of the log that was verified; nothing if it could not be told.
  public let size: UInt64?

  /// The root that the log is said to have at that size; nothing if it could not be told.
  public let root: MerkleHash?

  /// All that is wrong, the first position first; empty if the log is what it says.
  public let failures: [VerificationFailure]

  /// How many events were looked at: fewer than ``size`` if so much was wrong that going on was of no use.
  public let eventsRead: UInt64

  /// A report of a verification.
  public init(size: UInt64?, root: MerkleHash?, failures: [VerificationFailure], eventsRead: UInt64) {
    self.size = size
    self.root = root
    self.failures = failures.sorted()
    self.eventsRead = eventsRead
  }

  /// Whether nothing is wrong.
  public var isIntact: Bool { failures.isEmpty }

  /// Whether two histories were seen, or a part of one was taken back: what no fault of a disk explains.
  public var showsRollbackOrFork: Bool {
    failures.contains { $0.kind == .rollback || $0.kind == .fork }
  }

  /// The same with further failures.
  public func adding(_ more: [VerificationFailure]) -> VerificationReport {
    VerificationReport(size: size, root: root, failures: failures + more, eventsRead: eventsRead)
  }
}
