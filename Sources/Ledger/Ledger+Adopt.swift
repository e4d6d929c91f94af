// Adopting a later vocabulary: checked against the one in force, told in the log in one append, or refused whole.

internal import Foundation
internal import LogStore
internal import Logging
public import Milestones
internal import OrderedCollections
internal import Synchronization

/// What an adoption came to.
public struct Adoption: Sendable {
  /// A family that was adopted.
  public struct Family: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// SHA-256 of its file, in lower-case hexadecimal.
    public let digest: String
    /// Whether there was no family of this name before.
    public let isNew: Bool
    /// The position of the event that tells it; nil in a rehearsal.
    public let position: Int64?
  }

  /// The families that are new or changed; empty if all that was given is in force already.
  public let families: [Family]
  /// What they add; empty if only texts change.
  public let additions: [VocabularyChange.Addition]
  /// The digest of the vocabulary as it is in force then.
  public let digest: String
  /// How many types of events it has.
  public let typeCount: Int
  /// The position of the manifest that puts it in force; nil in a rehearsal, or if nothing had to be told.
  public let manifestPosition: Int64?
  /// The size of the log.
  public let size: Int64
  /// What went wrong after the vocabulary was safely adopted; nil as a rule.
  public let warning: String?
}

/// A change of the vocabulary that is refused, with the events that it would hurt.
public struct RefusedChange: Sendable, Equatable, CustomStringConvertible {
  /// What would change, and why it is refused.
  public let problem: VocabularyChange.Problem
  /// How many events of this ledger it would hurt.
  public let eventCount: Int64
  /// The positions of the first of them.
  public let positions: [Int64]

  /// `file:line: name: change (reason); 12 events in this ledger have it: positions 31, 45, 52, …`.
  public var description: String {
    let isOne = eventCount <= 1
    let words = problem.concern.words(isOne: isOne)
    guard eventCount > 0 else { return "\(problem); no event in this ledger \(words) yet" }
    let list = positions.map(String.init).joined(separator: ", ")
    return "\(problem); \(eventCount) \(isOne ? "event" : "events") in this ledger \(words): "
      + "\(isOne ? "position" : "positions") \(list)"
      + (eventCount > Int64(positions.count) ? ", …" : "")
  }
}

extension Ledger {
  /// Adopts vocabulary files: from then on events are read by them, and by the families that they do not name as before.
  ///
  /// - Parameters:
  ///   - files: one a family.
  ///   - recorder: who adopts them.
  ///   - isRehearsal: whether only to find out what would come of it.
  /// - Returns: what was adopted. If all of it was in force already, nothing was appended.
  /// - Throws: ``LedgerError``, and nothing was adopted then: ``LedgerError/vocabularyFile(_:)``,
  ///   ``LedgerError/changeRefused(_:)``, ``LedgerError/otherAdoption``.
  public func adopt(
    _ files: [VocabularyFile], recorder: String, isRehearsal: Bool = false
  ) throws(LedgerError) -> Adoption {
    try refreshVocabulary()
    let known = inForce.withLock { $0 }
    let given = Set(files.map(\.family))
    let later: Vocabulary
    do {
      later = try Vocabulary(files: known.vocabulary.files.filter { !given.contains($0.family) } + files)
    } catch { throw .vocabularyFile(error) }
    let change = VocabularyChange(from: known.vocabulary, to: later)
    guard change.problems.isEmpty else { throw .changeRefused(try hurt(by: change.problems)) }
    let before = Set(known.vocabulary.manifest)
    let changed = zip(later.files, later.manifest).filter { !before.contains($0.1) }.map(\.0)
    var outcomes: [Outcome] = []
    if !changed.isEmpty {
      outcomes = try tell(
        later, families: changed, after: known, recorder: recorder, isRehearsal: isRehearsal)
    }
    let isAdopted = !outcomes.isEmpty
    if isAdopted {
      try? refreshVocabulary()
      logger.debug("adopted \(changed.map(\.family).joined(separator: ", "))")
    }
    return Adoption(
      families: changed.enumerated().map { index, file in
        Adoption.Family(
          name: file.family, digest: file.digest, isNew: known.vocabulary.families[file.family] == nil,
          position: isAdopted ? outcomes[index].position : nil)
      },
      additions: change.additions, digest: later.digest, typeCount: later.types.count,
      manifestPosition: outcomes.last?.position,
      size: (try? log.head().size) ?? (outcomes.last?.position).map { $0 + 1 } ?? 0,
      warning: isAdopted ? bringViewsUpToDate() : nil)
  }

  /// Appends the families and the manifest, all or none, unless another manifest has come between.
  private func tell(
    _ vocabulary: Vocabulary, families: [VocabularyFile], after known: Beginning.InForce, recorder: String,
    isRehearsal: Bool
  ) throws(LedgerError) -> [Outcome] {
    let now = RecordedTime(milliseconds: clock())
    do {
      let events = try LedgerEvents.adopted(vocabulary, families: Set(families.map(\.family)), at: now)
      if isRehearsal {
        try rehearse(events, recorder: recorder, at: now)
        return []
      }
      let expected = events.map { event in
        event.subject?.text == LedgerEvents.manifestSubject ? known.manifestVersion : nil
      }
      let batch = try Batch(events: events, expected: expected, tagKey: tagKey(), clock: clock)
      return try commit(batch, recorder: recorder)
    } catch let error as StampFailure {
      throw Self.tooLong(error.index < families.count ? families[error.index] : nil, of: vocabulary)
    } catch LogError.refused { throw .otherAdoption } catch { throw LedgerError(error) }
  }

  /// Stamps the events for their length alone. Asks for no key: whoever may read a ledger may rehearse.
  private func rehearse(_ events: [CheckedEvent], recorder: String, at time: RecordedTime) throws {
    for (index, event) in events.enumerated() {
      let stamp = Stamp(
        id: EventID(timeMilliseconds: time.milliseconds, sequence: 0), recorded: time, recorder: recorder,
        origin: origin, schemaName: vocabulary.schemaName)
      do { _ = try event.stamped(stamp) } catch { throw StampFailure(index: index, reason: error) }
    }
  }

  /// The families' events come first, the manifest's last.
  private static func tooLong(_ file: VocabularyFile?, of vocabulary: Vocabulary) -> LedgerError {
    if let file {
      return .draft(
        DraftError(
          file.fileName,
          "takes more than the \(StampedEvent.leafMaxBytes) bytes of an event; split the family into two files"
        ))
    }
    return .draft(
      DraftError(
        nil,
        "the list of all \(vocabulary.files.count) families takes more than the \(StampedEvent.leafMaxBytes) bytes of an event; put several families into one file"
      ))
  }

  // MARK: Whom a change would hurt

  /// How many positions a refusal names.
  private static let positionsShownMax = 3

  /// Counts, in one pass over the log, the events that each refused change would hurt.
  private func hurt(by problems: [VocabularyChange.Problem]) throws(LedgerError) -> [RefusedChange] {
    let concerns = Array(OrderedSet(problems.map(\.concern)))
    var counts = [Int64](repeating: 0, count: concerns.count)
    var positions = [[Int64]](repeating: [], count: concerns.count)
    do {
      try log.scan { position, leaf in
        let event = try EventView(leaf: Array(leaf))
        for (index, concern) in concerns.enumerated() where concern.contains(event) {
          counts[index] += 1
          if positions[index].count < Self.positionsShownMax { positions[index].append(position) }
        }
      }
    } catch { throw LedgerError(error) }
    return problems.map { problem in
      let index = concerns.firstIndex(of: problem.concern) ?? 0
      return RefusedChange(problem: problem, eventCount: counts[index], positions: positions[index])
    }
  }
}
