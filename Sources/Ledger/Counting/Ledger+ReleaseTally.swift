// Releasing counts of testimonies: by the rule, of the log exactly as it stands, all in one append or nothing.

internal import CanonicalJSON
internal import EDTF
internal import LogStore
internal import Logging
public import Milestones

/// A release that was appended, or would be.
public struct TallyRelease: Sendable, Equatable {
  /// The campaign.
  public let campaign: String
  /// What is counted by.
  public let grouping: Grouping
  /// The cells that are told, earlier releases included, and all others in one.
  public let cells: [ReleasedCell]
  /// The release point: the position of the last testimony that was looked at.
  public let through: Int64
  /// The day on which the first testimony that was looked at was recorded.
  public let from: String
  /// The day on which the last one was.
  public let to: String
  /// The position of the release; nil in a rehearsal.
  public let position: Int64?
}

/// What releasing counts came to.
public struct TallyReport: Sendable {
  /// The releases; empty if no count would change.
  public let releases: [TallyRelease]
  /// How many testimonies of a campaign lie between one release point and the next.
  public let blockSize: Int
  /// What went wrong after the releases were safely recorded; nil as a rule.
  public let warning: String?
}

extension Ledger {
  /// How often a release is made anew because others appended meanwhile.
  private static let releaseAttemptsMax = 5

  /// Releases the counts of testimonies, by ``ReleaseRule``. Where no count would change nothing is appended.
  ///
  /// - Parameters:
  ///   - groupings: what to count by; each must be one that can be released.
  ///   - campaign: the campaign whose testimonies are counted, `campaign:slug`; nil for all.
  ///   - recorder: who releases.
  ///   - isRehearsal: whether only to find out what would be released. What a rehearsal shows of a release that is then
  ///     not made is not for publication.
  /// - Returns: what was released; its context is that of the log behind it.
  /// - Throws: ``LedgerError/noVault(path:)`` and others; nothing was appended then.
  public func releaseTallies(
    by groupings: [Grouping] = [.country], campaign: String? = nil, recorder: String,
    isRehearsal: Bool = false
  ) throws(LedgerError) -> Answer<TallyReport> {
    guard hasVault else { throw .noVault(path: paths.vault) }
    var attempts = 0
    while true {
      attempts += 1
      do {
        return try release(groupings, campaign: campaign, recorder: recorder, isRehearsal: isRehearsal)
      } catch LedgerError.log(.unexpectedSize) where attempts < Self.releaseAttemptsMax {
        // Others appended: perhaps a testimony was withdrawn. What is released is of the log as it stands.
        logger.debug("the log grew meanwhile; counting anew")
      }
    }
  }

  private func release(
    _ groupings: [Grouping], campaign: String?, recorder: String, isRehearsal: Bool
  ) throws(LedgerError) -> Answer<TallyReport> {
    let (reader, size) = try readTestimonies()
    let day = try countingDay()
    let rule = ReleaseRule(floor: Int(clamping: floor))
    let texts = texts(reader, groupings, campaign: campaign, rule: rule, on: day)
    var positions: [Int64] = []
    if !texts.isEmpty && !isRehearsal { positions = try append(texts, recorder: recorder, at: size) }
    let releases = texts.enumerated().map { index, text in
      TallyRelease(
        campaign: text.campaign, grouping: text.grouping, cells: text.cells.compactMap { ReleasedCell($0) },
        through: text.through, from: text.from.description, to: text.to.description,
        position: positions.indices.contains(index) ? positions[index] : nil)
    }
    let warning = positions.isEmpty ? nil : bringViewsUpToDate()
    return Answer(
      context: try countingContext(size: size + Int64(positions.count * 2), on: day),
      content: TallyReport(releases: releases, blockSize: rule.blockSize, warning: warning))
  }

  private func texts(
    _ reader: TestimonyReader, _ groupings: [Grouping], campaign: String?, rule: ReleaseRule, on day: Day
  ) -> [LedgerEvents.TallyText] {
    let byCampaign = Dictionary(grouping: zip(reader.testimonies, reader.recorded), by: \.0.campaign)
    let asked = byCampaign.filter { name, _ in campaign.map { name.utf8.elementsEqual($0.utf8) } ?? true }
    return asked.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.flatMap { campaign in
      groupings.compactMap { grouping -> LedgerEvents.TallyText? in
        let pairs = asked[campaign] ?? []
        let earlier = reader.releases.filter { release in
          release.campaign.utf8.elementsEqual(campaign.utf8)
            && release.grouping.utf8.elementsEqual(grouping.rawValue.utf8)
        }.map(reader.earlier)
        guard let release = rule.release(of: pairs.map(\.0), by: grouping, after: earlier, on: day),
          let first = pairs.first, let last = pairs.last(where: { $0.0.position <= release.through })
        else { return nil }
        return LedgerEvents.TallyText(
          campaign: campaign, grouping: grouping,
          cells: ReleasedCell.entries(of: release.cells, floor: Int64(rule.floor)).map(\.text),
          from: first.1.day, to: last.1.day, through: release.through, counted: release.counted)
      }
    }
  }

  /// Appends the releases, all or none, to the log of the size that they were made of.
  ///
  /// - Returns: the position of each release.
  private func append(
    _ texts: [LedgerEvents.TallyText], recorder: String, at size: Int64
  ) throws(LedgerError) -> [Int64] {
    do {
      let now = RecordedTime(milliseconds: clock())
      let events = try texts.flatMap { text in
        try LedgerEvents.tallyReleased(text, vocabulary: vocabulary, at: now)
      }
      let batch = try Batch(events: events, tagKey: tagKey(), clock: clock)
      let outcomes = try commit(batch, recorder: recorder, expectedSize: size)
      logger.debug("released \(texts.count) counts")
      return stride(from: 1, to: outcomes.count, by: 2).map { outcomes[$0].position }
    } catch let error as StampFailure { throw .draft(error.reason) } catch { throw LedgerError(error) }
  }
}

extension TestimonyReader {
  /// A release of the log, with whom it counted as far as the vault still tells.
  func earlier(_ release: Released) -> ReleaseRule.Earlier {
    var cells: [String: Int] = [:]
    for cell in release.cells {
      if let name = cell.cell, let count = cell.atLeast { cells[name] = Int(clamping: count) }
    }
    return ReleaseRule.Earlier(through: release.through, cells: cells, counted: counted(in: release))
  }

  private func counted(in release: Released) -> Set<Int64>? {
    guard let position = release.countedAt,
      let list = sealedContent(at: position)?.field(LedgerEvents.countedField)?.value.array
    else { return nil }
    return Set(list.compactMap(\.integer))
  }
}
