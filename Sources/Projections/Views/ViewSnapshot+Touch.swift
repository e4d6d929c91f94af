// What a publication has to tell anew: which subjects, places, years and events read otherwise than when it was made last.

internal import CanonicalJSON
internal import EDTF
internal import GRDB
internal import Milestones
internal import OrderedCollections

/// What is told otherwise than before, each with the position of the last event, or the last day, that made it so.
package struct Touched: Sendable {
  /// A country or institution, as views know it; both nil for what has no country of its own.
  package enum Place: Sendable, Hashable {
    /// A country or subdivision, by code.
    case country(String)
    /// An institution, by path.
    case institution(String)
    /// What is at home in no country.
    case none
  }

  /// Subjects by name.
  package var subjects: [String: Int64] = [:]
  /// Places, not yet those that they lie in.
  package var places: [Place: Int64] = [:]
  /// The first days of events that are listed.
  package var days: [Int64: Int64] = [:]
  /// Events by position.
  package var events: [Int64: Int64] = [:]

  fileprivate static func raise<Key: Hashable>(_ values: inout [Key: Int64], _ key: Key, _ value: Int64) {
    values[key] = max(values[key] ?? .min, value)
  }
}

extension ViewSnapshot {
  /// What reads otherwise since a point of knowledge; everything with its last event where that is -1.
  ///
  /// A subject counts as touched by all that the history, credit and reach of it rest on: its own events, rival accounts,
  /// links and who stands at their other end, evidence, and the campaigns that come from it. Only at the head of the views.
  ///
  /// - Parameters:
  ///   - former: the position of the last event that was known.
  ///   - releases: the positions of released counts by campaign, which views do not know.
  /// - Returns: what reads otherwise, each with the last event that made it so.
  /// - Throws: errors of the engine.
  package func touched(since former: Int64, releases: [String: Int64] = [:]) throws -> Touched {
    var touched = Touched()
    var own: [String: Int64] = [:]
    // What changes the title or the home of a subject changes what is told of all its parties.
    var described: [String: Int64] = [:]
    for row in try touchRows(TouchStatements.subjects, [former]) { own[row[0]] = row[1] }
    let describing = Set(describingTypes(givingHome: false))
    for sql in [TouchStatements.entries, TouchStatements.evidence] {
      for row in try touchRows(sql, [former]) {
        let (subject, type, position): (String, String, Int64) = (row[0], row[1], row[7])
        Touched.raise(&own, subject, position)
        Touched.raise(&touched.events, row[6], position)
        if describing.contains(type) { Touched.raise(&described, subject, position) }
        guard row[5] as Bool else { continue }
        Touched.raise(&touched.days, row[4], position)
        for place in Self.places(row[2], row[3], party: "") where place != .none {
          Touched.raise(&touched.places, place, position)
        }
      }
    }
    for row in try touchRows(TouchStatements.parties, [former]) {
      let party: String = row[0]
      for place in Self.places(party, nil, party: party) { Touched.raise(&touched.places, place, row[1]) }
    }
    for row in try touchRows(TouchStatements.accounts, [former]) {
      for place in Self.places(row[0], row[1], party: row[2]) {
        Touched.raise(&touched.places, place, row[3])
      }
    }
    try raisePlaces(of: own, described: described, in: &touched.places, isAll: former < 0)
    touched.subjects = own
    for sql in [TouchStatements.links, TouchStatements.names] {
      for row in try touchRows(sql, [former]) { Touched.raise(&touched.subjects, row[0], row[1]) }
    }
    for (campaign, position) in releases where position > former {
      Touched.raise(&touched.subjects, campaign, position)
    }
    try raiseOrigins(&touched.subjects)
    return touched
  }

  /// What reads otherwise since a day: each with the last day after it, and not after another, that makes it so.
  package func touched(afterDay first: Int64, throughDay last: Int64) throws -> Touched {
    var touched = Touched()
    if first >= last { return touched }
    for row in try touchRows(TouchStatements.days, [first, last]) { touched.subjects[row[0]] = row[1] }
    for row in try touchRows(TouchStatements.listedDays, [first, last]) { touched.days[row[0]] = row[0] }
    for row in try touchRows(TouchStatements.placesOfDays, [first, last]) {
      for place in Self.places(row[0], row[1], party: row[2]) {
        Touched.raise(&touched.places, place, row[3])
      }
    }
    try raiseOrigins(&touched.subjects)
    return touched
  }

  /// What the restrictions in force come to: another text means that anything may have to be told otherwise. A consent
  /// can end without any event, with the day.
  package func restrictionsMark() throws -> String {
    let ended = try touchRows(TouchStatements.consentsWithEnd, []).filter { row in
      ConsentGiven(scopes: ["publish"], until: row[2] as String).scopes(on: restrictionDay).isEmpty
    }
    return "\(restrictedBy.map(String.init) ?? "none"), \(ended.count) ended"
  }

  /// How many events are listed for each day until a day, by the first day that their date leaves open.
  package func eventCounts(throughDay day: Int64) throws -> [(day: Int64, count: Int64)] {
    try rows(TouchStatements.eventsByDay, day, nil).map { ($0[0], $0[1]) }
  }

  // MARK: Parts

  private func touchRows(_ sql: String, _ arguments: [Int64]) throws -> [Row] {
    try Row.fetchAll(database.cachedStatement(sql: sql), arguments: StatementArguments(arguments))
  }

  /// A campaign reads otherwise when one that comes from it does.
  private func raiseOrigins(_ subjects: inout [String: Int64]) throws {
    var origins: [String: [String]] = [:]
    for row in try touchRows(TouchStatements.derivations, []) { origins[row[0], default: []].append(row[1]) }
    var open = Array(subjects.keys)
    while let subject = open.popLast() {
      guard let value = subjects[subject] else { continue }
      for origin in origins[subject] ?? [] where (subjects[origin] ?? .min) < value {
        subjects[origin] = value
        open.append(origin)
      }
    }
  }

  /// The place that a subject is at home in is told otherwise with every event; those of its parties, beyond the parties
  /// that the event itself moves, only where a rule moves them together, or where the title or home may change.
  private func raisePlaces(
    of subjects: [String: Int64], described: [String: Int64], in places: inout [Touched.Place: Int64],
    isAll: Bool
  ) throws {
    let homeTypes = describingTypes(givingHome: true)
    let types = String(
      decoding: try JSONValue.array(homeTypes.map { .string($0) }).canonicalBytes(), as: UTF8.self)
    let ruled = kindsWithRules()
    let registered: Set<String>? =
      isAll
      ? Set(try String.fetchAll(database.cachedStatement(sql: TouchStatements.told), arguments: [types]))
      : nil
    func isRegistered(_ subject: String) throws -> Bool {
      if let registered { return registered.contains(subject) }
      return try Int.fetchOne(
        database.cachedStatement(sql: TouchStatements.isTold), arguments: [subject, types]) != nil
    }
    /// The last event that may have changed what is told of all parties; nil for none.
    func ofParties(_ subject: String, _ last: Int64) throws -> Int64? {
      if ruled.contains(EventFacts.kind(of: subject)) { return last }
      return try isRegistered(subject) ? described[subject] : last
    }
    func raise(_ row: Row, from column: Int, home: Int64, parties: Int64?) {
      let party: String = row[column + 2]
      guard let value = party.isEmpty ? home : parties else { return }
      for place in Self.places(row[column], row[column + 1], party: party) {
        Touched.raise(&places, place, value)
      }
    }
    if isAll {
      var ofAll: [String: Int64?] = [:]
      for row in try Row.fetchAll(database.cachedStatement(sql: TouchStatements.places)) {
        let subject: String = row[0]
        guard let last = subjects[subject] else { continue }
        if ofAll[subject] == nil { ofAll[subject] = .some(try ofParties(subject, last)) }
        raise(row, from: 1, home: last, parties: ofAll[subject] ?? nil)
      }
      return
    }
    let statement = try database.cachedStatement(sql: TouchStatements.placesOfSubject)
    for (subject, last) in subjects {
      let parties = try ofParties(subject, last)
      for row in try Row.fetchAll(statement, arguments: [subject]) {
        raise(row, from: 0, home: last, parties: parties)
      }
    }
  }

  /// The types that describe a subject; those alone that give it a home, if asked for.
  private func describingTypes(givingHome: Bool) -> [String] {
    types { effect in
      guard case .describe(let givesHome) = effect else { return false }
      return givesHome || !givingHome
    }.map(\.name)
  }

  /// The kinds of subject of which one party's event can move another party, by a rule of dates.
  private func kindsWithRules() -> Set<String> {
    var kinds = Set(vocabulary.lifecycles.values.filter { !$0.periods.isEmpty }.map(\.kind))
    for type in vocabulary.types.values {
      let hasRule = type.effects.contains { effect in
        if case .move(let move) = effect { move.ruleField != nil || move.datedField != nil } else { false }
      }
      if hasRule { kinds.formUnion(type.subjectKinds) }
    }
    return kinds
  }

  private static func places(_ country: String?, _ institution: String?, party: String) -> [Touched.Place] {
    // A party can be an organisation, which is told by its path.
    let home = [country, party.isEmpty ? nil : party].compactMap(\.self).map {
      $0.utf8.contains(UInt8(ascii: "/")) ? Touched.Place.institution($0) : .country($0)
    }
    return (home.isEmpty ? [.none] : home) + (institution.map { [.institution($0)] } ?? [])
  }
}
