// What a publication has to tell anew: which subjects, places, years and events read otherwise than when it was made last.

internal import EDTF
internal import GRDB
internal import Milestones

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
    for row in try touchRows(TouchStatements.subjects, [former]) { own[row[0]] = row[1] }
    for sql in [TouchStatements.entries, TouchStatements.evidence] {
      for row in try touchRows(sql, [former]) {
        let (subject, position): (String, Int64) = (row[0], row[6])
        Touched.raise(&own, subject, position)
        Touched.raise(&touched.events, row[5], position)
        guard row[4] as Bool else { continue }
        Touched.raise(&touched.days, row[3], position)
        for place in Self.places(row[1], row[2], party: "") where place != .none {
          Touched.raise(&touched.places, place, position)
        }
      }
    }
    try raisePlaces(of: own, in: &touched.places, isAll: former < 0)
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
    try raisePlaces(of: touched.subjects, in: &touched.places, isAll: first == .min)
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

  private func raisePlaces(
    of subjects: [String: Int64], in places: inout [Touched.Place: Int64], isAll: Bool
  ) throws {
    if isAll {
      for row in try Row.fetchAll(database.cachedStatement(sql: TouchStatements.places)) {
        guard let value = subjects[row[0]] else { continue }
        for place in Self.places(row[1], row[2], party: row[3]) { Touched.raise(&places, place, value) }
      }
      return
    }
    let statement = try database.cachedStatement(sql: TouchStatements.placesOfSubject)
    for (subject, value) in subjects {
      for row in try Row.fetchAll(statement, arguments: [subject]) {
        for place in Self.places(row[0], row[1], party: row[2]) { Touched.raise(&places, place, value) }
      }
    }
  }

  private static func places(_ country: String?, _ institution: String?, party: String) -> [Touched.Place] {
    // A party can be an organisation, which is told by its path.
    let home = country.map {
      $0.utf8.contains(UInt8(ascii: "/")) ? Touched.Place.institution($0) : .country($0)
    }
    return [home ?? .none] + (institution.map { [.institution($0)] } ?? [])
  }
}
