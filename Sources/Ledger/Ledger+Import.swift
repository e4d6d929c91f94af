// Importing many drafts: in batches that are each all or none, going on past what is refused, safe to repeat.

internal import CanonicalJSON
internal import LogStore
public import Milestones
internal import OrderedCollections
public import Projections

/// A draft of an import and where it stood.
public struct ImportItem: Sendable {
  /// The file's name.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The draft, or why there is none.
  public let draft: Result<Draft, DraftError>

  /// Makes an item.
  public init(file: String, line: Int, draft: Result<Draft, DraftError>) {
    self.file = file
    self.line = line
    self.draft = draft
  }
}

/// A line of an import that was refused.
public struct ImportRefusal: Sendable, Equatable {
  /// The file's name.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// What is wrong.
  public let problem: DraftProblem
}

/// A line of an import that was recorded and does not add up.
public struct ImportAnomaly: Sendable, Equatable {
  /// The file's name.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The event's position.
  public let position: Int64
  /// The subject that it does not add up for, and the party.
  public let subject: String
  /// The party; nil for the subject as a whole.
  public let party: String?
  /// What does not add up.
  public let finding: Finding
}

/// A line of an import that shows what looks like personal data.
public struct ImportFinding: Sendable, Equatable {
  /// The file's name.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The field and the kind of data; never the value.
  public let finding: Gate.Finding
}

/// What an import came to.
public struct ImportReport: Sendable, Equatable {
  /// Events that were added.
  public var added = 0
  /// Events that stood in the log already.
  public var alreadyThere = 0
  /// Lines that were refused.
  public var refusedLines = 0
  /// Events with sealed fields that came without an id: importing them again would add them again.
  public var sealedWithoutID = 0
  /// Events with sealed fields that came without an id and are the same as one that was erased: they stay erased.
  public var erasedBefore = 0
  /// Events that were erased, since events of this import take the consent to hold them back.
  public var erasedCount = 0
  /// Whether nothing was added because everything was asked for or nothing.
  public var isAbandoned = false
  /// Lines whose events do not add up with what else is known, as far as ``anomaliesMax``. They were recorded all the same.
  public var anomalies: [ImportAnomaly] = []
  /// How many there are of them.
  public var anomalyCount = 0
  /// How many of them are kept: a file can have more than fit into memory, and nobody reads so many.
  public static let anomaliesMax = 1_000
  /// What looks like personal data in lines that were not refused for it.
  public var shown: [ImportFinding] = []
  /// What went wrong after the events were safely recorded.
  public var warning: String?
}

extension Ledger {
  /// How many events an import appends in one transaction. Each transaction writes the pages of the indexes that it
  /// touches, which are much the same for 1,000 events as for 3,000: of these each costs 2 µs less. More would take more memory.
  public static let importBatchSize = 3_000

  /// Imports drafts.
  ///
  /// - Parameters:
  ///   - items: the drafts, read one after the other.
  ///   - recorder: who enters them, where they do not say.
  ///   - atomic: whether to append nothing if any is refused. All events are held in memory then.
  ///   - gate: what to do with events that would show personal data of somebody who testifies.
  ///   - batchSize: how many to append in one transaction.
  ///   - refused: is told of each refused line as it is met.
  ///   - progress: is told how many lines were read, after each batch.
  /// - Returns: counts.
  /// - Throws: ``LedgerError`` if the ledger itself fails; batches committed before that stay, and importing the same
  ///   files again goes on where it stopped.
  public func importAll(
    _ items: some Sequence<ImportItem>, recorder: String, atomic: Bool = false, gate: GateRule = .refuse,
    batchSize: Int = importBatchSize, refused: (ImportRefusal) -> Void, progress: (Int) -> Void = { _ in }
  ) throws(LedgerError) -> ImportReport {
    var pass = try ImportPass(ledger: self, recorder: recorder, atomic: atomic, rule: gate)
    let known = vocabulary.digest
    // Views that cannot be opened are told of at the end.
    let follower = try? ViewFollower(views: views(), log: log)
    var isOver = false
    defer { if !isOver { follower?.giveUp() } }
    var count = 0
    for item in items {
      count += 1
      pass.take(item, refused: refused)
      if !atomic && pass.pendingCount >= batchSize {
        try pass.flush(refused: refused)
        if let size = pass.sizeReached, vocabulary.digest == known { follower?.announce(size) }
        progress(count)
      }
    }
    if atomic && pass.report.refusedLines > 0 {
      pass.report.isAbandoned = true
    } else {
      try pass.flush(refused: refused)
    }
    progress(count)
    isOver = true
    // What another vocabulary reads otherwise is not to be projected by the former one.
    if vocabulary.digest == known { follower?.finish() } else { follower?.giveUp() }
    var report = pass.report
    let (erasedCount, withdrawalWarning) = follow(pass.withdrawals)
    report.erasedCount = erasedCount
    report.warning = withdrawalWarning ?? bringViewsUpToDate()
    if report.warning == nil {
      // The events are recorded: what cannot be told of them now is no failure of the import.
      do throws(LedgerError) {
        let found = try anomalies(of: pass.lines, keeping: ImportReport.anomaliesMax)
        (report.anomalyCount, report.anomalies) = (found.count, found.first)
      } catch {
        report.warning = "what does not add up could not be looked for: \(error); ask annals check"
      }
    }
    return report
  }
}

/// One import on its way.
private struct ImportPass {
  let ledger: Ledger
  let recorder: String
  let atomic: Bool
  let tagKey: TagKey
  let lookup: EventLookup
  /// For the most lines; made anew when another vocabulary is in force.
  private var quick: QuickCheck
  let rule: GateRule
  /// The gate. Where no line concerns a person, the names in the vault are not read.
  private var gate: Gate
  private var hasNames = false
  var report = ImportReport()
  /// Where the events came from that were added.
  private(set) var lines = ImportLines()
  /// A size that the log has since the last batch; nil before the first.
  private(set) var sizeReached: Int64?
  /// The events that are to be appended next.
  private var pending: [CheckedEvent] = []
  /// Where each came from.
  private var places: [ImportPlace] = []
  /// How many of these `lookup` knows.
  private var lookedUpCount = 0
  /// Which contents without an id were met, to tell equal lines apart.
  private var met = MetContents()
  /// Where erased events stand, by the tags of their drafts.
  private var erased: [[UInt8]: Int64] = [:]
  /// Whether these were looked up since the last batch: somebody else may erase meanwhile.
  private var knowsErased = false
  /// Consents that this import takes back.
  private(set) var withdrawals: [ErasureScan.Withdrawal] = []

  init(ledger: Ledger, recorder: String, atomic: Bool, rule: GateRule) throws(LedgerError) {
    self.ledger = ledger
    self.recorder = recorder
    self.atomic = atomic
    tagKey = try ledger.tagKey()
    lookup = EventLookup(
      ledger: ledger,
      stamper: Stamper(
        recorded: RecordedTime(milliseconds: ledger.clock()), recorder: recorder, origin: ledger.origin,
        schemaName: ledger.vocabulary.schemaName))
    quick = QuickCheck(vocabulary: ledger.vocabulary)
    self.rule = rule
    gate = Gate(vocabulary: ledger.vocabulary)
  }

  var pendingCount: Int { pending.count }

  mutating func take(_ item: ImportItem, refused: (ImportRefusal) -> Void) {
    var place = ImportPlace(file: item.file, line: item.line)
    do {
      var event = try checked(item.draft.get())
      if event.id == nil { event = try withID(event, &place) }
      // Named here rather than when it is stamped, so that events further down can be about it.
      event = try event.named()
      try pass(event, place)
      pending.append(event)
      places.append(place)
    } catch let error as DraftError {
      refuse(place, error, refused)
    } catch {
      refuse(place, DraftError(nil, "\(error)"), refused)
    }
  }

  private mutating func checked(_ draft: Draft) throws -> CheckedEvent {
    let vocabulary = ledger.vocabulary
    if quick.vocabulary !== vocabulary { quick = QuickCheck(vocabulary: vocabulary) }
    if let event = quick.check(draft) { return event }
    if draft.type.flatMap({ vocabulary.types[$0]?.namesEvents }) == true { bringLookupUpToDate() }
    return try ledger.checked(draft, lookup: lookup)
  }

  /// Passes the gate, or throws why not. What stands in the log already shows nothing new.
  private mutating func pass(_ event: CheckedEvent, _ place: ImportPlace) throws {
    let isGuarded = gate.isGuarded(event)
    // By far the most events concern no person, and hold nothing to look for.
    if !isGuarded && !event.mayHoldContacts && event.sealed.isEmpty { return }
    if isGuarded && !hasNames {
      gate = try ledger.gate(for: event)
      hasNames = true
    }
    if isGuarded && rule == .refuse {
      if let refusal = gate.refusal(of: event) {
        let batch = Batch(events: [event], tagKey: tagKey, clock: ledger.clock)
        guard try ledger.isRecorded(batch.proposals[0]) else { throw refusal }
      }
    } else {
      report.shown += gate.findings(in: event).map {
        ImportFinding(file: place.file, line: place.line, finding: $0)
      }
    }
    gate.remember(event)
  }

  /// Lets a line name the events that are about to be recorded. Made up for only by lines that name some.
  private mutating func bringLookupUpToDate() {
    for event in pending[min(lookedUpCount, pending.count)...] {
      guard let id = event.id, let subject = event.subject?.text else { continue }
      lookup.add(event, id: id, subject: subject)
    }
    lookedUpCount = pending.count
  }

  /// Gives an event without an id one that is made of its content, so that importing the file again adds nothing.
  /// Not so for sealed events: nothing in the public log may be made of what is sealed.
  private mutating func withID(_ event: CheckedEvent, _ place: inout ImportPlace) throws -> CheckedEvent {
    // Nor may the form of an id tell whether something was sealed in a correction.
    guard event.sealed.isEmpty, event.amends == nil || event.digestCount == 0 else {
      if !knowsErased {
        erased.merge(try ledger.erasedDrafts()) { first, _ in first }
        knowsErased = true
      }
      let known = try ledger.asErased(event, among: erased, tagKey: tagKey)
      if known.id == nil { report.sealedWithoutID += 1 } else { report.erasedBefore += 1 }
      return known
    }
    place.isByContent = true
    return try withNextID(event)
  }

  /// Gives an event the next of the ids that its content has.
  private mutating func withNextID(_ event: CheckedEvent) throws -> CheckedEvent {
    var tag = tagKey.importTag(of: event, ordinal: 0)
    let ordinal = met.ordinal(of: tag)
    if ordinal > 0 { tag = tagKey.importTag(of: event, ordinal: ordinal) }
    return event.withID(try EventID("import-\(Hex.lowercase(tag.bytes))"))
  }

  /// Appends what is pending. What the log refuses is taken out and told; the rest goes in.
  mutating func flush(refused: (ImportRefusal) -> Void) throws(LedgerError) {
    while !pending.isEmpty {
      let batch = Batch(events: pending, tagKey: tagKey, clock: ledger.clock)
      do {
        let outcomes = try ledger.commit(batch, recorder: recorder)
        let again = take(outcomes)
        withdrawals += ledger.withdrawals(in: batch, outcomes)
        knowsErased = false
        let (events, origins) = (try again.map { try withNextID(pending[$0]) }, again.map { places[$0] })
        pending.removeAll(keepingCapacity: true)
        places.removeAll(keepingCapacity: true)
        pending += events
        places += origins
        lookup.clear()
        lookedUpCount = 0
      } catch let error as LogError {
        guard case .refused(let refusals) = error else { throw .log(error) }
        for refusal in refusals {
          let reason = "\(Ledger.error(for: refusal, of: batch))"
          refuse(places[refusal.index], DraftError(nil, reason), refused)
        }
        let indices = Set(refusals.map(\.index))
        let kept = pending.indices.filter { !indices.contains($0) }
        (pending, places) = (kept.map { pending[$0] }, kept.map { places[$0] })
      } catch let error as Ledger.StampFailure {
        refuse(places[error.index], error.reason, refused)
        pending.remove(at: error.index)
        places.remove(at: error.index)
      } catch { throw LedgerError(error) }
      if atomic && report.refusedLines > 0 {
        report.isAbandoned = true
        (pending, places) = ([], [])
      }
    }
    met.endBatch()
  }

  /// Counts what became of a batch.
  ///
  /// - Returns: the lines of which another line of this import, in an earlier batch, is what stands in the log: they are
  ///   events of their own.
  private mutating func take(_ outcomes: [Outcome]) -> [Int] {
    var again: [Int] = []
    for (index, (outcome, place)) in zip(outcomes, places).enumerated() {
      let isFirst = !place.isByContent || met.insert(outcome.position)
      if case .appended(let position) = outcome {
        report.added += 1
        sizeReached = position + 1
        lines.add(position: position, file: place.file, line: place.line)
      } else if isFirst {
        report.alreadyThere += 1
      } else {
        again.append(index)
      }
    }
    return again
  }

  private mutating func refuse(
    _ place: ImportPlace, _ error: DraftError, _ refused: (ImportRefusal) -> Void
  ) {
    report.refusedLines += 1
    for problem in error.problems {
      refused(ImportRefusal(file: place.file, line: place.line, problem: problem))
    }
  }
}

/// Where an event of an import came from. All that is kept of a line once it is checked.
private struct ImportPlace {
  let file: String
  let line: Int
  /// Whether its event has its id from its content.
  var isByContent = false
}
