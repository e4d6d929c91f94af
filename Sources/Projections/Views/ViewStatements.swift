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
    INSERT INTO entry (position, known_from, known_until, subject, type, country, institution, occurred, effective,
      order_day, certain_day, unplaced, title, procedure, claim, claim_content, said_since, source_count, listed,
      findings, retracted_by, corrected_by, party, effects)
    VALUES (?, ?, \(ViewSchema.open), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    """
  /// Since when an event says what it claims, if it said so before.
  static let saidSince = "SELECT min(said_since) FROM entry WHERE position = ? AND claim_content = ?"
  static let insertFact =
    "INSERT INTO fact (subject, party, position, known_from, known_until, effects) "
    + "VALUES (?, ?, ?, ?, \(ViewSchema.open), ?)"
  static let insertLink =
    "INSERT OR IGNORE INTO link (subject, kind, other, position, known_from, known_until) "
    + "VALUES (?, ?, ?, ?, ?, \(ViewSchema.open))"
  static let insertPreference =
    "INSERT INTO preference (position, known_from, known_until, claim, content) "
    + "VALUES (?, ?, \(ViewSchema.open), ?, ?)"
  static let insertEvidence =
    "INSERT OR IGNORE INTO evidence (target, position, known_from, known_until) "
    + "VALUES (?, ?, ?, \(ViewSchema.open))"
  static let claimOfEntry = "SELECT claim, claim_content FROM entry WHERE position = ?1 AND \(isKnown)"

  // MARK: Corrections and retractions

  static let insertAmendment = "INSERT OR IGNORE INTO amendment (target, position) VALUES (?, ?)"
  /// What an event corrects or retracts.
  static let amendedBy = "SELECT target FROM amendment WHERE position = ?"
  /// What corrects or retracts an event.
  static let amendmentsOf =
    "SELECT position FROM amendment WHERE target = ?1 AND position <= ?3 ORDER BY position"
  /// Ends what is known of an event, in each table that has rows of its own for it.
  static let closing = ["entry", "fact", "link", "preference", "evidence"].map { table in
    "UPDATE \(table) SET known_until = ? WHERE position = ? AND known_until = \(ViewSchema.open)"
  }

  // MARK: Restrictions

  static let insertRestriction =
    "INSERT OR IGNORE INTO restriction (position, subject, scopes, until) VALUES (?, ?, ?, ?)"
  /// The consent for a subject as it was told last; no row where nothing was ever told of it.
  static let lastConsent =
    "SELECT scopes, until FROM restriction WHERE subject = ? AND scopes IS NOT NULL ORDER BY position DESC LIMIT 1"
  /// The ends that consents were given with.
  static let consentEnds = "SELECT DISTINCT until FROM restriction WHERE until IS NOT NULL"
  static let lastRestriction = "SELECT max(position) FROM restriction"

  // MARK: Refolding a subject

  /// Whether a row holds at the point of knowledge ?3.
  static let isKnown = known("")

  private static func known(_ prefix: String) -> String {
    "\(prefix)known_from <= ?3 AND \(prefix)known_until > ?3"
  }

  /// Whether an event's row holds and the event counts.
  private static let counts = isKnown + " AND retracted_by IS NULL"

  static let entryColumns =
    "position, subject, type, country, institution, occurred, effective, order_day, "
    + "certain_day, unplaced, title, procedure, claim, source_count, listed, claim_content, findings, "
    + "known_from, retracted_by, corrected_by, party, effects"
  /// The events told of a subject, and those that move it although they are told of another.
  static let entriesOfSubject = """
    SELECT \(entryColumns) FROM entry WHERE subject = ?2 AND \(counts)
    UNION ALL
    SELECT \(entryColumns) FROM entry
    WHERE position IN (SELECT position FROM fact WHERE subject = ?2 AND \(isKnown)) AND subject <> ?2 AND \(counts)
    """
  static let retractedOfSubject =
    "SELECT \(entryColumns) FROM entry WHERE subject = ?2 AND \(isKnown) AND retracted_by IS NOT NULL"
  /// The moves of a subject that do not stand with an event told of it.
  static let factsOfSubject = "SELECT party, position, effects FROM fact WHERE subject = ?2 AND \(isKnown)"
  /// What the accounts of a claim say, each with the position at which it was first said.
  static let claimContents =
    "SELECT claim_content, min(said_since) FROM entry WHERE claim = ?1 AND \(counts) "
    + "GROUP BY claim_content ORDER BY 2"
  static let preferenceOfClaim =
    "SELECT position, content FROM preference WHERE claim = ?1 AND \(isKnown) ORDER BY position DESC LIMIT 1"
  static let subjectsOfClaim = """
    SELECT DISTINCT subject FROM entry WHERE claim = ?1 AND \(counts)
    UNION
    SELECT DISTINCT subject FROM fact
    WHERE position IN (SELECT position FROM entry WHERE claim = ?1 AND \(counts)) AND \(isKnown)
    """
  static let versionOf = "SELECT touched_from, known_from FROM version WHERE block = ? AND subject = ?"
  static let setVersion =
    "INSERT INTO version (block, subject, touched_from, known_from) VALUES (?, ?, ?, ?) "
    + "ON CONFLICT (block, subject) DO UPDATE SET touched_from = excluded.touched_from, "
    + "known_from = excluded.known_from"

  // MARK: Where subjects stand. ?2 is the scope's name, ?3 the point of knowledge.

  private static let statusColumns = """
    SELECT p.subject, p.party, p.country, p.institution, p.title, l.stretches
    FROM profile p JOIN life l ON l.subject = p.subject AND l.party = p.party AND \(known("l."))
    WHERE \(known("p."))
    """

  static func status(_ scope: ScopeCondition) -> String {
    statusColumns + " AND \(scope.sql)"
      + " ORDER BY p.country IS NOT NULL, p.country, p.institution, p.subject, p.party"
  }

  private static let isUnsettledVersion = "v.block = ?4 AND v.touched_from <= ?3 AND v.known_from > ?3"

  /// The subjects whose rows do not hold at a point of knowledge, since events of its block (?4) touch them both before
  /// and after.
  static let unsettled = "SELECT v.subject FROM version v WHERE \(isUnsettledVersion)"
  static let unsettledSubject = unsettled + " AND v.subject = ?2"

  /// Those of which some event, or some party, lies in a scope: the others need not be folded to answer.
  static func unsettled(_ scope: Scope) -> String {
    let told = ScopeCondition(
      scope, country: "e.country", institution: "e.institution", subject: "e.subject")
    let own = ScopeCondition(scope, country: "e.party", institution: "e.party", subject: "e.subject")
    let party = ScopeCondition(scope, country: "f.party", institution: "f.party", subject: "f.subject")
    return """
      \(unsettled) AND (
        EXISTS (SELECT 1 FROM entry e WHERE e.subject = v.subject AND (\(told.sql) OR \(own.sql)))
        OR EXISTS (SELECT 1 FROM fact f JOIN entry e ON e.position = f.position
          WHERE f.subject = v.subject AND (\(told.sql) OR \(party.sql))))
      """
  }

  // MARK: What happened

  private static let timelineColumns = "SELECT \(entryColumns) FROM entry WHERE listed AND \(isKnown) AND "
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

  /// What happened on a day from ?4 to ?1.
  static let timelineOfDays = timelineColumns + "order_day >= ?4 AND order_day <= ?1" + timelineOrder

  static let timelineOfSubject = timelineColumns + "subject = ?2 AND order_day <= ?1" + timelineOrder

  // MARK: Between two points of knowledge, or two days

  /// The events that were recorded after the position ?1, as they stand at ?3.
  static func recordedSince(_ scope: ScopeCondition) -> String {
    "SELECT \(entryColumns) FROM entry WHERE position > ?1 AND position <= ?3 AND listed AND \(isKnown) "
      + "AND \(scope.sql) ORDER BY position"
  }

  /// The events that happened after the day ?4, until ?1.
  static func happenedBetween(_ scope: ScopeCondition) -> String {
    timelineColumns + "retracted_by IS NULL AND order_day > ?4 AND order_day <= ?1 AND \(scope.sql)"
      + timelineOrder
  }

  /// What was corrected or retracted by events that were recorded after the position ?1.
  static let amendedSince = "SELECT target FROM amendment WHERE position > ?1 AND position <= ?3"

  /// The subjects that some event touches which was recorded after the position ?4 and not after ?3, in the blocks from
  /// ?1 to ?2; perhaps a few more: of a block the first event and the last are kept.
  static let touchedBetween =
    "SELECT DISTINCT subject FROM version WHERE block >= ?1 AND block <= ?2 AND touched_from <= ?3 AND known_from > ?4"

  /// The claims of the events that were recorded after the position ?1, or that stand in the list ?4, and those that
  /// such events settle or open again.
  static let claimsSince = ["entry", "preference"].flatMap { table in
    let those = "SELECT claim FROM \(table) WHERE claim IS NOT NULL AND "
    return [
      those + "position > ?1 AND position <= ?3", those + "position IN (SELECT value FROM json_each(?4))",
    ]
  }.joined(separator: " UNION ")

  /// The events of a subject, and those that move it, that were recorded after the position ?1.
  static let recordedSinceOfSubject = """
    SELECT position FROM entry WHERE subject = ?2 AND position > ?1
    UNION
    SELECT position FROM fact WHERE subject = ?2 AND position > ?1
    """

  // MARK: Further views

  static let profileOfSubject =
    "SELECT title FROM profile WHERE subject = ?2 AND party = '' AND \(isKnown)"
  /// Whether an event tells of a subject or moves it.
  static let isTold = """
    SELECT 1 WHERE EXISTS (SELECT 1 FROM entry WHERE subject = ?2 AND \(counts))
      OR EXISTS (SELECT 1 FROM fact WHERE subject = ?2 AND \(isKnown))
    """

  static func entriesOfTypes(_ scope: ScopeCondition) -> String {
    timelineColumns + "retracted_by IS NULL AND order_day <= ?1 "
      + "AND type IN (SELECT value FROM json_each(?4)) AND \(scope.sql)" + timelineOrder
  }

  private static let prefixedEntryColumns =
    entryColumns.split(separator: ",").map { "e." + $0.drop { $0 == " " } }.joined(separator: ", ")

  /// The row of an event as it stands, beside a row of another table that holds.
  private static func entry(of alias: String) -> String {
    "e.position = \(alias).position AND \(known("e.")) AND e.retracted_by IS NULL AND \(known(alias + "."))"
  }

  /// The links from a subject and to it, each with the event that tells it.
  static let linksOfSubject = """
    SELECT \(prefixedEntryColumns), l.subject, l.kind, l.other
    FROM link l JOIN entry e ON \(entry(of: "l")) WHERE l.subject = ?2 AND e.order_day <= ?1
    UNION
    SELECT \(prefixedEntryColumns), l.subject, l.kind, l.other
    FROM link l JOIN entry e ON \(entry(of: "l")) WHERE l.other = ?2 AND e.order_day <= ?1
    ORDER BY order_day, 1, kind, other
    """

  /// The links that events in a scope tell, each with the event. Whatever tells a link is listed; to say so opens the
  /// indexes by place.
  static func linksInScope(_ scope: ScopeCondition) -> String {
    """
    SELECT \(prefixedEntryColumns), l.subject, l.kind, l.other
    FROM link l JOIN entry e ON \(entry(of: "l")) WHERE e.listed AND e.order_day <= ?1 AND \(scope.sql)
    ORDER BY e.order_day, e.position, l.subject, l.kind, l.other
    """
  }

  /// The events that move parties of a subject, each with the party.
  static let partiesOfSubject = """
    SELECT \(prefixedEntryColumns), e.party AS moved FROM entry e
    WHERE e.subject = ?2 AND e.party <> '' AND e.order_day <= ?1 AND \(known("e."))
    UNION ALL
    SELECT \(prefixedEntryColumns), f.party AS moved FROM fact f JOIN entry e ON \(entry(of: "f"))
    WHERE f.subject = ?2 AND f.party <> '' AND e.order_day <= ?1
    ORDER BY order_day, 1, moved
    """

  /// The stages of a subject and of its parties, one after the other.
  static let courseOfSubject = """
    SELECT party, stretches FROM life WHERE subject = ?2 AND \(isKnown) ORDER BY party
    """

  /// The claims with more than one content, of which an account lies in a scope.
  static func claimsInScope(_ scope: ScopeCondition) -> String {
    """
    SELECT DISTINCT claim FROM entry WHERE claim IS NOT NULL AND order_day <= ?1 AND \(counts) AND \(scope.sql)
      AND (SELECT count(DISTINCT other.claim_content) FROM entry other
        WHERE other.claim = entry.claim AND \(known("other.")) AND other.retracted_by IS NULL) > 1
    ORDER BY claim
    """
  }

  static let accountsOfClaim =
    "SELECT \(entryColumns) FROM entry WHERE claim = ?1 AND \(counts) ORDER BY position"

  private static let isUnsourced = """
    source_count = 0 AND NOT EXISTS (
      SELECT 1 FROM evidence v JOIN entry a ON a.position = v.position AND \(known("a."))
      WHERE v.target = entry.position AND \(known("v.")) AND a.source_count > 0)
    """

  static func unsourcedEntries(_ scope: ScopeCondition) -> String {
    timelineColumns + "retracted_by IS NULL AND order_day <= ?1 AND \(isUnsourced) AND \(scope.sql)"
      + timelineOrder
  }

  static func evidenceCounts(_ scope: ScopeCondition) -> String {
    """
    SELECT country, count(*), sum(\(isUnsourced)) FROM entry
    WHERE listed AND source_count IS NOT NULL AND order_day <= ?1 AND \(counts) AND \(scope.sql)
    GROUP BY country ORDER BY country IS NOT NULL, country
    """
  }

  static func anomaliesInScope(_ scope: ScopeCondition) -> String {
    """
    SELECT \(prefixedEntryColumns), a.subject, a.party, a.kind, a.detail
    FROM anomaly a JOIN entry e ON \(entry(of: "a"))
      JOIN profile p ON p.subject = a.subject AND p.party = a.party AND \(known("p."))
    WHERE a.from_day <= ?1 AND a.until_day > ?1 AND \(scope.sql)
    ORDER BY a.position, a.subject, a.party
    """
  }

  static let anomaliesFrom = """
    SELECT position, subject, party, kind, detail FROM anomaly
    WHERE position >= ? AND until_day = \(Int64.max) AND known_until = \(ViewSchema.open)
    ORDER BY position, subject, party, kind, detail
    """

  /// The links that lead to nothing.
  static func looseLinks(_ scope: ScopeCondition) -> String {
    """
    SELECT \(prefixedEntryColumns), l.kind, l.other FROM link l JOIN entry e ON \(entry(of: "l"))
    WHERE NOT EXISTS (SELECT 1 FROM entry o WHERE o.subject = l.other AND \(known("o.")) AND o.retracted_by IS NULL)
      AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.subject = l.other AND \(known("f.")))
      AND e.order_day <= ?1 AND \(scope.sql)
    ORDER BY l.position, l.kind, l.other
    """
  }

  /// The events that add evidence to the event ?1.
  static let evidenceOf = "SELECT position FROM evidence WHERE target = ?1 AND \(isKnown) ORDER BY position"

  static let entryAt = "SELECT \(entryColumns) FROM entry WHERE position = ?1 AND \(isKnown)"

  static let subjectsOfKind =
    "SELECT DISTINCT subject FROM profile WHERE subject >= ?1 || ':' AND subject < ?1 || ';' AND known_from <= ?3"
}
