// Every SQL statement of the views, in one place. A test looks at the plan of each query.

/// The statements of views.db.
enum ViewStatements {
  // MARK: Progress

  static let progress = "SELECT size, vocabulary, recorded, mark FROM progress"
  static let setProgress =
    "INSERT INTO progress (only, size, vocabulary, recorded, mark) VALUES (1, ?, ?, ?, ?) "
    + "ON CONFLICT (only) DO UPDATE SET size = excluded.size, vocabulary = excluded.vocabulary, "
    + "recorded = excluded.recorded, mark = excluded.mark"

  // MARK: Facts

  static let insertEntry = """
    INSERT INTO entry (position, subject, type, country, institution, occurred, effective, order_day, certain_day,
      unplaced, title, procedure, claim, claim_content, source_count, listed)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertFact = "INSERT INTO fact (subject, party, position, effects) VALUES (?, ?, ?, ?)"

  // MARK: Refolding a subject

  static let entryColumns =
    "position, subject, type, country, institution, occurred, effective, order_day, "
    + "certain_day, unplaced, title, procedure, claim, source_count, listed"
  /// The events told of a subject, and those that move it although they are told of another.
  static let entriesOfSubject = """
    SELECT \(entryColumns) FROM entry WHERE subject = ?1
    UNION
    SELECT \(entryColumns) FROM entry WHERE position IN (SELECT position FROM fact WHERE subject = ?1)
    """
  static let factsOfSubject = "SELECT party, position, effects FROM fact WHERE subject = ?"
  static let claimContents = "SELECT count(DISTINCT claim_content) FROM entry WHERE claim = ?"
  static let subjectsOfClaim = """
    SELECT DISTINCT subject FROM entry WHERE claim = ?1
    UNION
    SELECT DISTINCT subject FROM fact WHERE position IN (SELECT position FROM entry WHERE claim = ?1)
    """
  static let deleteProfiles = "DELETE FROM profile WHERE subject = ?"
  static let deleteStandings = "DELETE FROM standing WHERE subject = ?"
  static let deleteAnomalies = "DELETE FROM anomaly WHERE subject = ?"
  static let insertProfile = """
    INSERT INTO profile (subject, party, kind, country, institution, title, last_position, event_count, source_count,
      anomaly_count, dispute_count) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertStanding = """
    INSERT INTO standing (subject, party, from_day, until_day, stage, detail, certainty, certain_stage, since,
      position) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertAnomaly =
    "INSERT INTO anomaly (subject, party, position, from_stage, to_stage) VALUES (?, ?, ?, ?, ?)"

  // MARK: Queries

  private static let statusColumns = """
    SELECT p.subject, p.party, p.country, p.institution, p.title, s.stage, s.detail, s.certainty, s.certain_stage,
      s.since, p.last_position, p.source_count, p.anomaly_count, p.dispute_count
    FROM profile p JOIN standing s ON s.subject = p.subject AND s.party = p.party
      AND s.from_day <= ?1 AND s.until_day > ?1
    """
  private static let statusOrder =
    " ORDER BY p.country IS NOT NULL, p.country, p.institution, p.subject, p.party"
  static let statusOfAll = statusColumns + statusOrder
  /// A country and its subdivisions: `US`, and `US-` up to before `US.`.
  static let statusOfCountry =
    statusColumns + " WHERE p.country = ?2 OR (p.country >= ?2 || '-' AND p.country < ?2 || '.')"
    + statusOrder
  /// An institution and what is under it: the path, and `path/` up to before `path0`.
  static let statusOfInstitution =
    statusColumns + " WHERE p.institution = ?2 OR (p.institution >= ?2 || '/' AND p.institution < ?2 || '0')"
    + statusOrder
  static let statusOfSubject = statusColumns + " WHERE p.subject = ?2" + statusOrder

  private static let timelineColumns = "SELECT \(entryColumns) FROM entry WHERE listed AND "
  private static let timelineOrder = " ORDER BY order_day, position"
  static let timelineOfAll = timelineColumns + "order_day <= ?1" + timelineOrder
  static let timelineOfCountry = timeline(ofThoseUnder: "country", after: "-", before: ".")
  static let timelineOfInstitution = timeline(ofThoseUnder: "institution", after: "/", before: "0")

  /// What stands at ?2 or under it. Two selects, and a plus that keeps a column from an index: otherwise the engine
  /// goes through all events by day.
  private static func timeline(ofThoseUnder column: String, after: String, before: String) -> String {
    timelineColumns + "\(column) = ?2 AND order_day <= ?1 UNION ALL " + timelineColumns
      + "\(column) >= ?2 || '\(after)' AND \(column) < ?2 || '\(before)' AND +order_day <= ?1"
      + timelineOrder
  }

  static let timelineOfSubject = timelineColumns + "subject = ?2 AND order_day <= ?1" + timelineOrder

  static let subjectsOfKind =
    "SELECT DISTINCT subject FROM profile WHERE subject >= ?1 || ':' AND subject < ?1 || ';'"
}
