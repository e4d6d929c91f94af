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
      unplaced, title, procedure, claim, claim_content, source_count, listed, findings)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertFact = "INSERT INTO fact (subject, party, position, effects) VALUES (?, ?, ?, ?)"

  static let insertLink = "INSERT OR IGNORE INTO link (subject, kind, other, position) VALUES (?, ?, ?, ?)"
  static let insertPreference = "INSERT INTO preference (position, claim, content) VALUES (?, ?, ?)"
  static let insertEvidence = "INSERT OR IGNORE INTO evidence (target, position) VALUES (?, ?)"
  static let claimOfEntry = "SELECT claim, claim_content FROM entry WHERE position = ?"

  // MARK: Refolding a subject

  static let entryColumns =
    "position, subject, type, country, institution, occurred, effective, order_day, "
    + "certain_day, unplaced, title, procedure, claim, source_count, listed, claim_content, findings"
  /// The events told of a subject, and those that move it although they are told of another.
  static let entriesOfSubject = """
    SELECT \(entryColumns) FROM entry WHERE subject = ?1
    UNION
    SELECT \(entryColumns) FROM entry WHERE position IN (SELECT position FROM fact WHERE subject = ?1)
    """
  static let factsOfSubject = "SELECT party, position, effects FROM fact WHERE subject = ?"
  /// What the accounts of a claim say, each with the position at which it was first said.
  static let claimContents =
    "SELECT claim_content, min(position) FROM entry WHERE claim = ? GROUP BY claim_content ORDER BY 2"
  static let preferenceOfClaim =
    "SELECT position, content FROM preference WHERE claim = ? ORDER BY position DESC LIMIT 1"
  static let subjectsOfClaim = """
    SELECT DISTINCT subject FROM entry WHERE claim = ?1
    UNION
    SELECT DISTINCT subject FROM fact WHERE position IN (SELECT position FROM entry WHERE claim = ?1)
    """
  static let deleteProfiles = "DELETE FROM profile WHERE subject = ?"
  static let deleteStandings = "DELETE FROM standing WHERE subject = ?"
  static let deleteAnomalies = "DELETE FROM anomaly WHERE subject = ?"
  static let insertProfile = """
    INSERT INTO profile (subject, party, kind, country, institution, title) VALUES (?, ?, ?, ?, ?, ?)
    """
  static let insertStanding = """
    INSERT INTO standing (subject, party, from_day, until_day, stage, detail, certainty, certain_stage, since,
      position, last_position, event_count, source_count, anomaly_count, dispute_count)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  static let insertAnomaly = """
    INSERT OR IGNORE INTO anomaly (subject, party, position, from_day, until_day, kind, detail)
    VALUES (?, ?, ?, ?, ?, ?, ?)
    """

  // MARK: Queries

  private static let statusColumns = """
    SELECT p.subject, p.party, p.country, p.institution, p.title, s.stage, s.detail, s.certainty, s.certain_stage,
      s.since, s.last_position, s.source_count, s.anomaly_count, s.dispute_count
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

  // MARK: Further views

  static let titleOfSubject = "SELECT title FROM profile WHERE subject = ? AND party = ''"

  static func entriesOfTypes(_ scope: ScopeCondition) -> String {
    timelineColumns + "order_day <= ? AND type IN (SELECT value FROM json_each(?)) AND \(scope.sql)"
      + timelineOrder
  }

  private static let prefixedEntryColumns =
    entryColumns.split(separator: ",").map { "e." + $0.drop { $0 == " " } }.joined(separator: ", ")

  /// The links from a subject and to it, each with the event that tells it.
  static let linksOfSubject = """
    SELECT \(prefixedEntryColumns), l.subject, l.kind, l.other
    FROM link l JOIN entry e ON e.position = l.position WHERE l.subject = ?2 AND e.order_day <= ?1
    UNION
    SELECT \(prefixedEntryColumns), l.subject, l.kind, l.other
    FROM link l JOIN entry e ON e.position = l.position WHERE l.other = ?2 AND e.order_day <= ?1
    ORDER BY order_day, 1, kind, other
    """

  /// The events that move parties of a subject, each with the party.
  static let partiesOfSubject = """
    SELECT \(prefixedEntryColumns), f.party FROM fact f JOIN entry e ON e.position = f.position
    WHERE f.subject = ?2 AND f.party <> '' AND e.order_day <= ?1
    ORDER BY e.order_day, e.position, f.party
    """

  /// The stages of a subject and of its parties, one after the other.
  static let courseOfSubject = """
    SELECT party, stage, detail, since, certainty, position FROM standing
    WHERE subject = ?2 AND from_day <= ?1 AND stage IS NOT NULL ORDER BY party, from_day
    """

  /// The claims with more than one content, of which an account lies in a scope.
  static func claimsInScope(_ scope: ScopeCondition) -> String {
    """
    SELECT DISTINCT claim FROM entry WHERE claim IS NOT NULL AND order_day <= ? AND \(scope.sql)
      AND (SELECT count(DISTINCT claim_content) FROM entry other WHERE other.claim = entry.claim) > 1
    ORDER BY claim
    """
  }

  static let accountsOfClaim =
    "SELECT \(entryColumns) FROM entry WHERE claim = ? ORDER BY position"

  private static let isUnsourced = """
    source_count = 0 AND NOT EXISTS (
      SELECT 1 FROM evidence v JOIN entry a ON a.position = v.position
      WHERE v.target = entry.position AND a.source_count > 0)
    """

  static func unsourcedEntries(_ scope: ScopeCondition) -> String {
    timelineColumns + "order_day <= ? AND \(isUnsourced) AND \(scope.sql)" + timelineOrder
  }

  static func evidenceCounts(_ scope: ScopeCondition) -> String {
    """
    SELECT country, count(*), sum(\(isUnsourced)) FROM entry
    WHERE listed AND source_count IS NOT NULL AND order_day <= ? AND \(scope.sql)
    GROUP BY country ORDER BY country IS NOT NULL, country
    """
  }

  static func anomaliesInScope(_ scope: ScopeCondition) -> String {
    """
    SELECT \(prefixedEntryColumns), a.subject, a.party, a.kind, a.detail
    FROM anomaly a JOIN entry e ON e.position = a.position
      JOIN profile p ON p.subject = a.subject AND p.party = a.party
    WHERE a.from_day <= ?1 AND a.until_day > ?1 AND \(scope.sql)
    ORDER BY a.position, a.subject, a.party
    """
  }

  static let anomaliesFrom = """
    SELECT position, subject, party, kind, detail FROM anomaly
    WHERE position >= ? AND until_day = \(Int64.max) ORDER BY position, subject, party, kind, detail
    """

  /// The links that lead to nothing.
  static func looseLinks(_ scope: ScopeCondition) -> String {
    """
    SELECT \(prefixedEntryColumns), l.kind, l.other FROM link l JOIN entry e ON e.position = l.position
    WHERE NOT EXISTS (SELECT 1 FROM profile p WHERE p.subject = l.other) AND e.order_day <= ? AND \(scope.sql)
    ORDER BY l.position, l.kind, l.other
    """
  }

  static let subjectsOfKind =
    "SELECT DISTINCT subject FROM profile WHERE subject >= ?1 || ':' AND subject < ?1 || ';'"
}
