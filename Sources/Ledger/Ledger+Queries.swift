// The questions that a ledger answers. Each answer carries what it depends on.

internal import Dispatch
public import EDTF
public import LogStore
internal import Logging
public import Milestones
public import Projections
public import TransparencyLog

/// What an answer depends on: the log it was drawn from, the day, the knowledge, the restrictions.
public struct AnswerContext: Sendable, Equatable {
  /// The log's name.
  public let origin: String
  /// How many events were known.
  public let size: Int64
  /// The root of the log's Merkle tree over these events.
  public let root: MerkleHash
  /// The day that the answer is of (D): `--on`, else the UTC day on which the last known event was recorded.
  public let on: Day
  /// The position of the last event that was known (K), inclusive.
  public let knownAt: Int64
  /// The position of the last event in the log that restricts what may be shown, a consent changed or an erasure (R);
  /// nil if there is none. Whatever is asked for, all of them apply.
  public let restrictionsAt: Int64?
}

/// An answer with what it depends on.
public struct Answer<Content: Sendable>: Sendable {
  /// What it depends on.
  public let context: AnswerContext
  /// The answer itself.
  public let content: Content
}

extension Ledger {
  /// Where subjects and parties stand.
  ///
  /// - Parameters:
  ///   - scope: what is asked about.
  ///   - day: the day of the answer; nil for the day on which the last known event was recorded.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  /// - Returns: a row for each subject and party that was there on the day.
  /// - Throws: ``LedgerError``.
  public func status(_ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<[StatusRow]>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in try snapshot.status(scope, onDay: day.number) }
  }

  /// What happened until a day, in the order in which it happened; the parameters are those of ``status(_:on:knownAt:)``.
  public func timeline(_ scope: Scope, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<[EntryRow]>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      try snapshot.timeline(scope, throughDay: day.number)
    }
  }

  /// All that is known of one subject.
  ///
  /// - Parameters:
  ///   - subject: the subject.
  ///   - day: the day of the answer; nil for the day on which the last known event was recorded.
  ///   - knownAt: what is to be known; nil for all that is recorded.
  /// - Returns: its events until the day, and where it stood.
  /// - Throws: ``LedgerError/unknownSubject(_:like:)``.
  public func history(of subject: Subject, on day: Day? = nil, knownAt: Knowledge? = nil) throws(LedgerError)
    -> Answer<SubjectHistory>
  {
    try answer(on: day, knownAt: knownAt) { snapshot, day in
      guard let history = try snapshot.history(of: subject.text, onDay: day.number) else {
        throw try Self.unknown(subject.text, in: snapshot)
      }
      return history
    }
  }

  /// An event by its id or position: its position and its canonical bytes.
  ///
  /// - Throws: ``LedgerError/noEvent(_:)``.
  public func event(_ reference: String) throws(LedgerError) -> (position: Int64, leaf: [UInt8]) {
    do {
      // Digits alone are no id.
      let isPosition = reference.utf8.allSatisfy { (0x30...0x39).contains($0) }
      var position = isPosition ? Int64(reference) : nil
      if !isPosition, let id = try? EventID(reference), let key = EventKey(bytes: id.key) {
        position = try log.find(key)
      }
      guard let position, position >= 0, let event = try log.read(from: position, limit: 1).first else {
        throw LedgerError.noEvent(reference)
      }
      return (position, event.leaf.bytes)
    } catch { throw LedgerError(error) }
  }

  /// The events themselves, in the order of recording: canonical bytes.
  ///
  /// - Parameters:
  ///   - first: the first position.
  ///   - last: the last position, inclusive; nil for all.
  ///   - body: is given each position and leaf; the bytes are valid only until it returns.
  /// - Throws: `LogError`, or what `body` throws.
  public func replay(
    from first: Int64 = 0, through last: Int64? = nil, _ body: (Int64, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try log.scan(from: first, through: last, body)
  }

  /// The size of the log.
  public func size() throws(LedgerError) -> Int64 { try head().size }

  /// The size of the log, the root of its tree and the time of its last event, all of one moment.
  public func head() throws(LedgerError) -> LogHead {
    do { return try log.head() } catch { throw .log(error) }
  }

  /// The root that the log's tree had, or has, at a size.
  ///
  /// - Throws: ``LedgerError/log(_:)``; `LogError.gap` if there are fewer events.
  public func root(atSize size: Int64) throws(LedgerError) -> MerkleHash {
    do { return try log.root(atSize: size) } catch { throw .log(error) }
  }

  /// Makes the views anew from the log. Those that are there serve until the new ones are whole.
  ///
  /// - Parameter anew: whether to discard what a rebuild that was cut off left, not to go on from there.
  /// - Returns: how many events they are made of, the root of the tree over these, and the views' digest.
  /// - Throws: ``LedgerError/views(_:)`` and others.
  @discardableResult
  public func rebuild(anew: Bool = false) throws(LedgerError) -> (
    size: Int64, root: MerkleHash, digest: String
  ) {
    try refreshVocabulary()
    do {
      let views = try views()
      try views.rebuild(from: log, anew: anew)
      let (size, digest) = try views.sizeAndDigest()
      logger.debug("views made anew: \(size) events")
      return (size, try log.root(atSize: size), digest)
    } catch { throw LedgerError(error) }
  }

  /// The digest of the views as they stand, brought up to date first.
  public func viewsDigest() throws(LedgerError) -> String {
    try withWholeViews { () throws(LedgerError) in
      try refreshVocabulary()
      do {
        let views = try views()
        try views.catchUp(with: log)
        return try views.digest()
      } catch { throw LedgerError(error) }
    }
  }

  /// Asks many questions of one state of the views, for what is made of all of them together.
  ///
  /// - Parameter ask: is given the state at the head of the log, and the day on which its last event was recorded.
  /// - Returns: what `ask` returns, with what it depends on.
  /// - Throws: ``LedgerError``.
  package func reading<Content>(
    _ ask: (ViewSnapshot, Day) throws -> Content
  ) throws(LedgerError) -> Answer<Content> {
    try answer(on: nil, ask)
  }

  /// What an answer depends on that is of an earlier point of knowledge.
  ///
  /// - Parameters:
  ///   - knownAt: the point.
  ///   - day: the day of the answer.
  ///   - restrictedBy: the position of the last event that restricts what may be shown.
  /// - Returns: what it depends on.
  /// - Throws: ``LedgerError/log(_:)``.
  package func context(
    knownAt: Int64, on day: Day, restrictedBy: Int64?
  ) throws(LedgerError) -> AnswerContext {
    AnswerContext(
      origin: origin, size: knownAt + 1, root: try root(atSize: knownAt + 1), on: day, knownAt: knownAt,
      restrictionsAt: restrictedBy)
  }

  func answer<Content>(
    on asked: Day?, knownAt: Knowledge? = nil, _ ask: (ViewSnapshot, Day) throws -> Content
  ) throws(LedgerError) -> Answer<Content> {
    let known = try knownAt.map { knowledge throws(LedgerError) in try position(of: knowledge) }
    return try withWholeViews { () throws(LedgerError) in
      try answerFromViews(on: asked, knownAt: known, ask)
    }
  }

  /// Views that prove to be damaged cost a rebuild, never an answer.
  private func withWholeViews<T>(_ ask: () throws(LedgerError) -> T) throws(LedgerError) -> T {
    do {
      return try ask()
    } catch {
      guard case .views(let failure) = error, failure.isDamage else { throw error }
      _ = try rebuild()
      return try ask()
    }
  }

  private func answerFromViews<Content>(
    on asked: Day?, knownAt: Int64?, _ ask: (ViewSnapshot, Day) throws -> Content
  ) throws(LedgerError) -> Answer<Content> {
    let views: ViewStore
    // Events appended here are about to be in the views.
    viewQueue.sync {}
    do {
      var current = try self.views()
      if try !current.isCurrent(with: log) {
        // Perhaps because another process adopted a later vocabulary.
        try refreshVocabulary()
        current = try self.views()
        let size = try current.catchUp(with: log)
        logger.debug("views brought up to date: \(size) events")
      }
      views = current
    } catch { throw LedgerError(error) }
    var refusal: LedgerError?
    let answer: Answer<Content>?
    do {
      answer = try views.snapshot(of: log, knownAt: knownAt) { snapshot in
        let day = asked ?? snapshot.recorded.day
        do {
          // The log may have grown since; the root is that of what these views contain.
          return Answer(context: try context(of: snapshot, on: day), content: try ask(snapshot, day))
        } catch let error as LedgerError {
          refusal = error
          return nil
        }
      }
    } catch { throw .views(error) }
    if let refusal { throw refusal }
    guard let answer else { throw .views(.engine(code: 0)) }
    return answer
  }

  /// What an answer from a state of the views depends on.
  func context(of snapshot: ViewSnapshot, on day: Day) throws(LedgerError) -> AnswerContext {
    AnswerContext(
      origin: origin, size: snapshot.knownAt + 1, root: try root(atSize: snapshot.knownAt + 1), on: day,
      knownAt: snapshot.knownAt, restrictionsAt: snapshot.restrictedBy)
  }
}

extension Ledger {
  /// The refusal of a subject that no event tells of.
  static func unknown(_ subject: String, in snapshot: ViewSnapshot) throws -> LedgerError {
    let known = try snapshot.subjects(ofKind: String(subject.prefix { $0 != ":" }))
    return .unknownSubject(subject, like: Similar.names(to: subject, among: known))
  }

  /// Passes if some event tells of the subject, however it stands.
  ///
  /// - Throws: ``LedgerError/unknownSubject(_:like:)``.
  public func requireKnown(_ subject: String, knownAt: Knowledge? = nil) throws(LedgerError) {
    _ = try answer(on: nil, knownAt: knownAt) { snapshot, _ in
      if try !snapshot.knows(subject) { throw try Self.unknown(subject, in: snapshot) }
    }
  }
}
