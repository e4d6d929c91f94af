// Counting testimonies: exactly, from the vault, for this machine alone; and the counts that stand in the log.

internal import CanonicalJSON
internal import EDTF
internal import LogStore
public import Milestones

/// Exact counts of testimonies. Never to be published.
public struct Tally: Sendable {
  /// What is counted by.
  public let grouping: Grouping
  /// The counts.
  public let counts: [ExactCount]
  /// How many testimonies that are not erased have nothing in the vault of this machine, and are not counted.
  public let missingCount: Int
}

/// Counts that stand in the log, as the ledger released them.
public struct ReleasedTally: Sendable, Equatable {
  /// The position of the release.
  public let position: Int64
  /// When it was recorded.
  public let recorded: RecordedTime
  /// The campaign.
  public let campaign: String
  /// What is counted by, as the log has it.
  public let grouping: String
  /// The release point: the position of the last testimony that was looked at.
  public let through: Int64
  /// The day on which the first testimony that was looked at was recorded, as the log has it.
  public let from: String
  /// The day on which the last one was.
  public let to: String
  /// The cells that are told, and all others in one.
  public let cells: [ReleasedCell]
}

extension Ledger {
  /// Counts the sealed testimonies exactly, from the vault of this machine.
  ///
  /// - Parameters:
  ///   - grouping: what to count by.
  ///   - campaign: the campaign whose testimonies are counted, `campaign:slug`; nil for all.
  /// - Returns: the counts; consents hold on the day of the answer, which is today's.
  /// - Throws: ``LedgerError/noVault(path:)`` and others.
  public func tally(by grouping: Grouping, campaign: String? = nil) throws(LedgerError) -> Answer<Tally> {
    guard hasVault else { throw .noVault(path: paths.vault) }
    let (reader, size) = try readTestimonies()
    let day = try countingDay()
    let testimonies = reader.testimonies.filter { testimony in
      campaign.map { testimony.now.values.campaign.utf8.elementsEqual($0.utf8) } ?? true
    }
    return Answer(
      context: try countingContext(size: size, on: day),
      content: Tally(
        grouping: grouping, counts: ExactCount.counts(of: testimonies, by: grouping, on: day),
        missingCount: reader.missingCount))
  }

  /// The counts that were released: the latest of each campaign and grouping. Needs no vault.
  ///
  /// - Parameters:
  ///   - grouping: what is counted by; nil for all.
  ///   - campaign: the campaign, `campaign:slug`; nil for all.
  /// - Returns: the releases, by campaign and grouping in the order of bytes.
  /// - Throws: ``LedgerError``.
  public func releasedTallies(
    by grouping: Grouping? = nil, campaign: String? = nil
  ) throws(LedgerError) -> Answer<[ReleasedTally]> {
    let (tallies, size) = try latestReleases(by: grouping, campaign: campaign)
    let recorded = RecordedTime(milliseconds: try head().lastRecordedMilliseconds ?? 0)
    return Answer(context: try countingContext(size: size, on: recorded.day), content: tallies)
  }

  /// The latest release of each campaign and grouping, of those up to a position, and how many events were looked at.
  func latestReleases(
    by grouping: Grouping? = nil, campaign: String? = nil, through last: Int64? = nil
  ) throws(LedgerError) -> (tallies: [ReleasedTally], size: Int64) {
    try refreshVocabulary()
    var latest: [String: TestimonyReader.Released] = [:]
    var reader = TestimonyReader(vocabulary: vocabulary) { _ in nil }
    var size: Int64 = 0
    do {
      size = try log.scan(through: last) { position, leaf in
        // Most events are others: their bytes do not hold the name of the type.
        guard Self.mayBeRelease(leaf) else { return }
        reader.add(try EventView(leaf: Array(leaf)), at: position)
      }
    } catch { throw LedgerError(error) }
    for release in reader.releases {
      let isAskedFor =
        (campaign.map { $0.utf8.elementsEqual(release.campaign.utf8) } ?? true)
        && (grouping.map { $0.rawValue.utf8.elementsEqual(release.grouping.utf8) } ?? true)
      if isAskedFor { latest["\(release.campaign) \(release.grouping)"] = release }
    }
    return (latest.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { $0.value.tally }, size)
  }

  private static func mayBeRelease(_ leaf: UnsafeRawBufferPointer) -> Bool {
    let name = LedgerEvents.tallyReleasedType.utf8
    guard let first = name.first, leaf.count >= name.count else { return false }
    return (0...(leaf.count - name.count)).contains { place in
      leaf[place] == first && leaf[place..<(place + name.count)].elementsEqual(name)
    }
  }

  /// The testimonies and releases of the log as it stands, with what the vault keeps.
  ///
  /// - Returns: what was read, and the size of the log that it was read from.
  func readTestimonies() throws(LedgerError) -> (TestimonyReader, size: Int64) {
    try refreshVocabulary()
    // The size first: what the log has by then, the vault has as well.
    let size = try self.size()
    var contents: [Int64: SealedContent] = [:]
    try eachSealedContent { contents[$0.position] = $0 }
    var reader = TestimonyReader(vocabulary: vocabulary) { contents[$0] }
    do {
      try log.scan(through: size - 1) { position, leaf in
        reader.add(try EventView(leaf: Array(leaf)), at: position)
      }
      return (reader, size)
    } catch { throw LedgerError(error) }
  }

  /// The day on which consents must hold: today, and never before the day of the last event.
  func countingDay() throws(LedgerError) -> Day {
    RecordedTime(milliseconds: max(clock(), try head().lastRecordedMilliseconds ?? .min)).day
  }

  func countingContext(size: Int64, on day: Day) throws(LedgerError) -> AnswerContext {
    AnswerContext(
      origin: origin, size: size, root: try root(atSize: size), on: day, knownAt: size - 1,
      restrictionsAt: size - 1)
  }
}

extension TestimonyReader.Released {
  /// What everybody can read.
  var tally: ReleasedTally {
    ReleasedTally(
      position: position, recorded: event.recorded ?? RecordedTime(milliseconds: 0), campaign: campaign,
      grouping: grouping, through: through, from: event.data?["from"]?.string ?? "",
      to: event.data?["to"]?.string ?? "", cells: cells)
  }
}
