// `tally.released`: counts of testimonies, the only ones that are public. Only the ledger appends it.

internal import CanonicalJSON
public import EDTF
internal import OrderedCollections

extension LedgerEvents {
  /// The type of ``tallyReleased(_:vocabulary:at:)``.
  public static let tallyReleasedType = "tally.released"

  /// The type of the event that keeps, sealed, which testimonies a release counted.
  public static let tallyCountedType = "tally.counted"

  /// The sealed field of ``tallyCountedType``.
  public static let countedField = "positions"

  /// What is counted: testimonies that are sealed, whose persons consent to being counted.
  public static let tallyMetric = "testimonies"

  /// What one `tally.released` tells.
  public struct TallyText: Sendable, Equatable {
    /// The campaign, `campaign:slug`.
    public var campaign: String
    /// What the cells are counted by.
    public var grouping: Grouping
    /// The cells, as they stand in the event.
    public var cells: [String]
    /// The day on which the first testimony that was looked at was recorded.
    public var from: Day
    /// The day on which the last one was.
    public var to: Day
    /// The release point: the position of the last testimony that was looked at.
    public var through: Int64
    /// The positions of those counted for the first time. Sealed.
    public var counted: [Int64]

    /// Makes the text of a release.
    public init(
      campaign: String, grouping: Grouping, cells: [String], from: Day, to: Day, through: Int64,
      counted: [Int64]
    ) {
      self.campaign = campaign
      self.grouping = grouping
      self.cells = cells
      self.from = from
      self.to = to
      self.through = through
      self.counted = counted
    }
  }

  /// What tells a release: `tally.counted`, in which the positions are sealed, and behind it `tally.released`.
  ///
  /// - Parameters:
  ///   - tally: what is told.
  ///   - vocabulary: declares the types.
  ///   - time: when it is released.
  /// - Returns: both events, in the order in which they shall stand.
  /// - Throws: ``DraftError`` if the vocabulary lacks a type: a ledger that was opened by an earlier version adopts the
  ///   later vocabulary first.
  public static func tallyReleased(
    _ tally: TallyText, vocabulary: Vocabulary, at time: RecordedTime
  ) throws(DraftError) -> [CheckedEvent] {
    let counted = try event(
      tallyCountedType, of: tally, vocabulary: vocabulary, at: time,
      data: [("grouping", .string(tally.grouping.rawValue)), ("through", .integer(tally.through))],
      sealed: [(countedField, .array(tally.counted.map { .integer($0) }))])
    let released = try event(
      tallyReleasedType, of: tally, vocabulary: vocabulary, at: time,
      data: [
        ("grouping", .string(tally.grouping.rawValue)), ("metric", .string(tallyMetric)),
        ("cells", .array(tally.cells.map { .string($0) })), ("from", .string(tally.from.description)),
        ("to", .string(tally.to.description)), ("through", .integer(tally.through)),
      ], sealed: [])
    return [counted, released]
  }

  private static func event(
    _ name: String, of tally: TallyText, vocabulary: Vocabulary, at time: RecordedTime,
    data: [(String, JSONValue)], sealed: [(name: String, value: JSONValue)]
  ) throws(DraftError) -> CheckedEvent {
    guard let type = vocabulary.types[name] else {
      throw DraftError(
        "type",
        "the vocabulary in force lacks \(name), which the ledger itself appends; adopt the ledger family of this version first (annals vocabulary adopt ledger.json)"
      )
    }
    do {
      return CheckedEvent(
        type: type, id: nil, subject: try Subject(tally.campaign), occurred: try EDTF(time.day.description),
        effective: nil, country: nil, institution: nil, recorder: nil, clear: .tree(JSONObject(data)),
        sealed: sealed,
        digestCount: type.sealableFields.count, suppliedBytes: [])
    } catch { throw DraftError("subject", "\(error)") }
  }
}
