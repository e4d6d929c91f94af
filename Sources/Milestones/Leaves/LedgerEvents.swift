// The events that the ledger itself appends: who it is, and the vocabulary it is read by.

internal import CanonicalJSON
internal import EDTF
internal import OrderedCollections

/// The first events of a ledger (position 0 is `ledger.opened`, then the vocabulary and its manifest), and those of a
/// later adoption.
public enum LedgerEvents {
  /// The version of the log's format: events, leaves, digests.
  public static let formatVersion: Int64 = 1

  /// The subject of the ledger's own events.
  public static let ledgerSubject = "ledger:self"

  /// `ledger.opened`.
  ///
  /// - Parameters:
  ///   - origin: the log's name.
  ///   - floor: counts under this number are never released.
  ///   - codesDigest: SHA-256 of the code tables, in hexadecimal.
  ///   - vocabulary: declares the type.
  ///   - time: when the ledger is opened.
  /// - Returns: the event.
  /// - Throws: ``DraftError`` if the vocabulary lacks the type.
  public static func opened(
    origin: String, floor: Int64, codesDigest: String, vocabulary: Vocabulary, at time: RecordedTime
  ) throws(DraftError) -> CheckedEvent {
    try event(
      "ledger.opened", subject: ledgerSubject, vocabulary: vocabulary, at: time,
      data: JSONObject([
        ("origin", .string(origin)), ("floor", .integer(floor)), ("format", .integer(formatVersion)),
        ("codes", .string(codesDigest)),
      ]))
  }

  /// `vocabulary.adopted`, one a family and then the manifest with all digests.
  ///
  /// - Parameters:
  ///   - vocabulary: the whole vocabulary.
  ///   - families: those that are told; nil for all. The others stand in the log already.
  ///   - time: when it is adopted.
  /// - Returns: the events, in the order in which they shall stand.
  /// - Throws: ``DraftError`` if the vocabulary lacks the type.
  public static func adopted(
    _ vocabulary: Vocabulary, families: Set<String>? = nil, at time: RecordedTime
  ) throws(DraftError) -> [CheckedEvent] {
    var events: [CheckedEvent] = []
    for file in vocabulary.files where families?.contains(file.family) ?? true {
      events.append(
        try event(
          adoptedType, subject: subject(ofFamily: file.family), vocabulary: vocabulary, at: time,
          data: JSONObject([
            ("family", .string(file.family)), ("text", .string(file.text)), ("digest", .string(file.digest)),
          ])))
    }
    events.append(
      try event(
        adoptedType, subject: manifestSubject, vocabulary: vocabulary, at: time,
        data: JSONObject([
          ("families", .array(vocabulary.manifest.map { .string($0) })),
          ("digest", .string(vocabulary.digest)),
        ])))
    return events
  }

  /// The type of the events that tell a vocabulary. Only the ledger appends it.
  public static let adoptedType = "vocabulary.adopted"

  /// The type of ``keyRotated(old:new:reason:vocabulary:at:)``.
  public static let keyRotatedType = "key.rotated"

  /// `key.rotated`: from here on, checkpoints are signed by another key.
  ///
  /// - Parameters:
  ///   - old: the verifier key before (C2SP signed-note).
  ///   - new: the verifier key from now on.
  ///   - reason: why, in the words of whoever changed it.
  ///   - vocabulary: declares the type.
  ///   - time: when the key is changed.
  /// - Returns: the event.
  /// - Throws: ``DraftError`` if the vocabulary lacks the type.
  public static func keyRotated(
    old: String, new: String, reason: String, vocabulary: Vocabulary, at time: RecordedTime
  ) throws(DraftError) -> CheckedEvent {
    try event(
      keyRotatedType, subject: ledgerSubject, vocabulary: vocabulary, at: time,
      data: JSONObject([("old", .string(old)), ("new", .string(new)), ("reason", .string(reason))]))
  }

  /// The type of ``erased(_:vocabulary:at:)``.
  public static let erasedType = "disclosure.erased"

  /// What one `disclosure.erased` tells.
  public struct ErasureText: Sendable {
    /// What the events are about.
    public var subject: String
    /// The ids of the events.
    public var targets: [String]
    /// Their digests, decoys too.
    public var digests: [String]
    /// The code of the reason.
    public var reason: String
    /// By whose authority.
    public var authority: String

    /// Makes the text of an erasure.
    public init(
      subject: String, targets: [String], digests: [String], reason: String, authority: String
    ) {
      self.subject = subject
      self.targets = targets
      self.digests = digests
      self.reason = reason
      self.authority = authority
    }
  }

  /// `disclosure.erased`: the disclosures of events are gone from the vault.
  ///
  /// - Parameters:
  ///   - erasure: what is told.
  ///   - vocabulary: declares the type.
  ///   - time: when it is decided.
  /// - Returns: the event.
  /// - Throws: ``DraftError`` if the vocabulary lacks the type.
  public static func erased(
    _ erasure: ErasureText, vocabulary: Vocabulary, at time: RecordedTime
  ) throws(DraftError) -> CheckedEvent {
    try event(
      erasedType, subject: erasure.subject, vocabulary: vocabulary, at: time,
      data: JSONObject([
        ("targets", .array(erasure.targets.map { .string($0) })),
        ("digests", .array(erasure.digests.map { .string($0) })),
        ("reason", .string(erasure.reason)), ("authority", .string(erasure.authority)),
      ]))
  }

  /// The subject of the manifest.
  public static let manifestSubject = subject(ofFamily: VocabularyReader.reservedFamily)

  /// The subject of a family.
  public static func subject(ofFamily family: String) -> String { "vocabulary:\(family)" }

  private static func event(
    _ name: String, subject: String, vocabulary: Vocabulary, at time: RecordedTime, data: JSONObject
  ) throws(DraftError) -> CheckedEvent {
    guard let type = vocabulary.types[name] else {
      throw DraftError("type", "the vocabulary lacks \(name), which the ledger itself appends")
    }
    do {
      return CheckedEvent(
        type: type, id: nil, subject: try Subject(subject), occurred: try EDTF(time.day.description),
        effective: nil,
        country: nil, institution: nil, recorder: nil, clear: .tree(data), sealed: [], digestCount: 0,
        suppliedBytes: [])
    } catch {
      throw DraftError(nil, "\(error)")
    }
  }
}
