// The SQL by which a publication finds what has changed since the last one. These statements go through whole tables, once
// a publication: an index on the points of knowledge would cost every append more than it saves here.

/// The statements that find what differs from what was known at the position ?1, or on the day ?1; ?2 is the day told for.
///
/// They look at the head of the views: of what was known in between they know nothing.
enum TouchStatements {
  private static let open = "\(ViewSchema.open)"

  /// The points of knowledge after ?1 at which rows of a table begin or end.
  private static func changes(_ columns: String, of tables: String, _ row: String) -> String {
    "SELECT \(columns), \(row).known_from AS p FROM \(tables) WHERE \(row).known_from > ?1 "
      + "UNION ALL SELECT \(columns), \(row).known_until AS p FROM \(tables) "
      + "WHERE \(row).known_until > ?1 AND \(row).known_until < \(open)"
  }

  /// The subjects whose own events, moves and claims were touched, each with the last event that did.
  static let subjects = "SELECT subject, max(known_from) FROM version WHERE known_from > ?1 GROUP BY subject"

  private static let ofEntry =
    "e.subject, e.type, e.country, e.institution, e.order_day, e.listed, e.position"
  private static let entryColumns = "subject, type, country, institution, order_day, listed, position"

  /// The events that came, were corrected or retracted. What testimonies and other counted subjects have in the views
  /// are these alone.
  static let entries =
    "SELECT \(entryColumns), max(p) FROM (\(changes(ofEntry, of: "entry e", "e"))) GROUP BY \(entryColumns)"

  /// The events that evidence was added to.
  static let evidence =
    "SELECT \(entryColumns), max(p) FROM ("
    + changes(ofEntry, of: "evidence v JOIN entry e ON e.position = v.target", "v")
    + ") GROUP BY \(entryColumns)"

  private static let claims = """
    SELECT claim, max(p) AS p FROM (
      SELECT claim, p FROM (\(changes("e.claim", of: "entry e", "e"))) WHERE claim IS NOT NULL
      UNION ALL \(changes("r.claim", of: "preference r", "r"))
    ) GROUP BY claim
    """

  /// The subjects at both ends of links that came, went or are told by accounts that others are at odds with.
  static let links = """
    SELECT subject, max(p) FROM (
      \(changes("l.subject", of: "link l", "l"))
      UNION ALL \(changes("l.other AS subject", of: "link l", "l"))
      UNION ALL SELECT l.subject, c.p FROM (\(claims)) c JOIN entry t ON t.claim = c.claim
        JOIN link l ON l.position = t.position
      UNION ALL SELECT l.other, c.p FROM (\(claims)) c JOIN entry t ON t.claim = c.claim
        JOIN link l ON l.position = t.position
    ) GROUP BY subject
    """

  /// The subjects beside which another one stands whose name, or whether any event tells of it, may read otherwise.
  static let names = """
    SELECT n.near, max(x.p) FROM (
      SELECT subject, known_from AS p FROM profile
        WHERE party = '' AND known_until = \(open) AND known_from > ?1
      UNION ALL
      SELECT subject, max(known_from) AS p FROM version WHERE subject NOT IN
        (SELECT subject FROM profile WHERE party = '' AND known_until = \(open))
        GROUP BY subject HAVING max(known_from) > ?1
    ) x JOIN (SELECT subject AS near, other AS far FROM link UNION SELECT other, subject FROM link) n
      ON n.far = x.subject
    GROUP BY n.near
    """

  /// Which campaign comes from which, as any event ever told.
  static let derivations = """
    SELECT DISTINCT subject, other FROM link WHERE kind = 'derived_from'
    UNION SELECT DISTINCT other, subject FROM link WHERE kind = 'source_of'
    """

  /// The parties that events move, or moved before they were corrected or retracted.
  static let parties =
    "SELECT party, max(p) FROM (\(changes("f.party", of: "fact f", "f")) UNION ALL "
    + "\(changes("e.party", of: "entry e", "e"))) WHERE party <> '' GROUP BY party"

  /// Where the accounts are told, and whom they move, that others came beside, or of which one was preferred.
  static let accounts = """
    SELECT country, institution, party, max(p) FROM (
      SELECT o.country, o.institution, coalesce(o.party, '') AS party, c.p FROM (\(claims)) c
        JOIN entry o ON o.claim = c.claim
      UNION ALL SELECT o.country, o.institution, f.party, c.p FROM (\(claims)) c
        JOIN entry o ON o.claim = c.claim JOIN fact f ON f.position = o.position
    ) GROUP BY country, institution, party
    """

  /// Where a subject is or was at home, where it ever had parties and whom, and, marked by an asterisk, where its events
  /// are or were: one of these places can become its home. ?1 is the subject.
  static let placesOfSubject = """
    SELECT country, institution, party FROM profile WHERE subject = ?1
    UNION SELECT party, NULL, party FROM fact WHERE subject = ?1 AND party <> ''
    UNION SELECT party, NULL, party FROM entry WHERE subject = ?1 AND party <> ''
    UNION SELECT country, institution, '*' FROM entry WHERE subject = ?1
    """

  /// The same of all subjects.
  static let places = """
    SELECT subject, country, institution, party FROM profile
    UNION SELECT subject, party, NULL, party FROM fact WHERE party <> ''
    UNION SELECT subject, party, NULL, party FROM entry WHERE party <> ''
    UNION SELECT subject, country, institution, '*' FROM entry
    """

  private static let counts = "known_until = \(open) AND retracted_by IS NULL"

  /// Whether an event of some types, ?2, tells of a subject and counts.
  static let isTold =
    "SELECT 1 FROM entry WHERE subject = ?1 AND \(counts) AND type IN (SELECT value FROM json_each(?2)) LIMIT 1"

  /// The subjects of which such events tell.
  static let told =
    "SELECT DISTINCT subject FROM entry WHERE \(counts) AND type IN (SELECT value FROM json_each(?1))"

  /// The days after ?1 and not after ?2 on which lives come to stand otherwise.
  private static let beginnings = """
    SELECT life.subject, life.party, json_extract(s.value, '$[0]') AS d FROM life, json_each(life.stretches) s
    WHERE life.known_until = \(open) AND json_extract(s.value, '$[0]') > ?1 AND json_extract(s.value, '$[0]') <= ?2
    """

  /// The subjects of which something is told otherwise from a day on that lies after ?1 and not after ?2, with the last
  /// such day: it happened, it became certain, a stage or an anomaly began or ended.
  static let days = """
    WITH days AS (
      SELECT position, claim, subject, order_day AS d FROM entry
        WHERE known_until = \(open) AND order_day > ?1 AND order_day <= ?2
      UNION ALL SELECT position, claim, subject, certain_day FROM entry
        WHERE known_until = \(open) AND certain_day > ?1 AND certain_day <= ?2
    )
    SELECT subject, max(d) FROM (
      SELECT subject, d FROM days
      UNION ALL SELECT f.subject, days.d FROM days JOIN fact f ON f.position = days.position
      UNION ALL SELECT l.subject, days.d FROM days JOIN link l ON l.position = days.position
      UNION ALL SELECT l.other, days.d FROM days JOIN link l ON l.position = days.position
      UNION ALL SELECT o.subject, days.d FROM days JOIN entry o ON o.claim = days.claim
      UNION ALL SELECT f.subject, days.d FROM days JOIN entry o ON o.claim = days.claim
        JOIN fact f ON f.position = o.position
      UNION ALL SELECT subject, d FROM (\(beginnings))
      UNION ALL SELECT subject, from_day FROM anomaly
        WHERE known_until = \(open) AND from_day > ?1 AND from_day <= ?2
      UNION ALL SELECT subject, until_day FROM anomaly
        WHERE known_until = \(open) AND until_day > ?1 AND until_day <= ?2
    ) GROUP BY subject
    """

  /// The places where something is told otherwise from such a day on.
  static let placesOfDays = """
    WITH days AS (
      SELECT claim, country, institution, order_day AS d FROM entry
        WHERE known_until = \(open) AND order_day > ?1 AND order_day <= ?2
      UNION ALL SELECT claim, country, institution, certain_day FROM entry
        WHERE known_until = \(open) AND certain_day > ?1 AND certain_day <= ?2
    ), rows AS (
      \(beginnings)
      UNION ALL SELECT subject, party, from_day FROM anomaly
        WHERE known_until = \(open) AND from_day > ?1 AND from_day <= ?2
      UNION ALL SELECT subject, party, until_day FROM anomaly
        WHERE known_until = \(open) AND until_day > ?1 AND until_day <= ?2
    )
    SELECT country, institution, party, max(d) FROM (
      SELECT country, institution, '' AS party, d FROM days
      UNION ALL SELECT o.country, o.institution, '', days.d FROM days JOIN entry o ON o.claim = days.claim
      UNION ALL SELECT p.country, p.institution, p.party, rows.d FROM rows
        JOIN profile p ON p.subject = rows.subject AND p.party = rows.party AND p.known_until = \(open)
    ) GROUP BY country, institution, party
    """

  /// The days of what is listed that happened after ?1 and not after ?2.
  static let listedDays = """
    SELECT DISTINCT order_day FROM entry
    WHERE listed AND known_until = \(open) AND order_day > ?1 AND order_day <= ?2
    """

  /// The consents that have an end.
  static let consentsWithEnd =
    "SELECT subject, position, until FROM restriction WHERE until IS NOT NULL ORDER BY position, subject"

  /// The days of all that is listed, with how many events.
  static let eventsByDay = """
    SELECT order_day, count(*) FROM entry
    WHERE listed AND order_day <= ?1 AND known_from <= ?3 AND known_until > ?3 GROUP BY order_day
    ORDER BY order_day
    """
}
