// The tables of views.db. Everything in them can be deleted and made again from the log.

/// The form of views.db.
///
/// What is known changes: an event is corrected, a subject gains another event. No row is ever lost by that. A row holds
/// for the points of knowledge (positions of the log) from `known_from` on and before `known_until`, so that every answer
/// of before can be given again.
enum ViewSchema {
  /// Marks the file as Annals' views ("AnnV").
  static let applicationID: Int64 = 0x416e_6e56

  /// The version of this form and of the rules of the fold: another number leads to a rebuild.
  static let version: Int64 = 5

  /// The `known_until` of what is known still.
  static let open = Int64.max

  /// The tables that the digest covers, each with its columns and the order of its rows.
  static let digested: [(table: String, columns: String, order: String)] =
    [
      (
        "entry",
        "position, known_from, known_until, subject, type, country, institution, occurred, effective, order_day, "
          + "certain_day, unplaced, title, procedure, claim, hex(claim_content), said_since, source_count, listed, "
          + "findings, retracted_by, corrected_by, party, effects", "position, known_from"
      ),
      ("amendment", "target, position", "target, position"),
      (
        "fact", "subject, party, position, known_from, known_until, effects",
        "subject, party, position, known_from"
      ),
      (
        "link", "subject, kind, other, position, known_from, known_until",
        "subject, kind, other, position, known_from"
      ),
      ("preference", "position, known_from, known_until, claim, hex(content)", "position, known_from"),
      ("evidence", "target, position, known_from, known_until", "target, position, known_from"),
      ("restriction", "position, subject, scopes, until", "position, subject"),
      ("version", "block, subject, touched_from, known_from", "block, subject"),
    ]
    + DerivedTable.all.map { table in
      (
        table.name, "subject, " + (table.columns + ["known_from", "known_until"]).joined(separator: ", "),
        // That of the primary key: nothing has to be sorted.
        (["subject", "party", "known_until"] + table.identity.filter { $0 != "party" } + ["known_from"])
          .joined(separator: ", ")
      )
    }

  /// The tables, and the indexes that folds and corrections need.
  static let createTables = """
    CREATE TABLE progress (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      size INTEGER NOT NULL,
      vocabulary TEXT NOT NULL,
      recorded INTEGER NOT NULL,
      mark BLOB NOT NULL -- SHA-256 of the last event's leaf: views of another log are known by it
    ) STRICT;
    -- The events that say something about the world: what the timeline shows and the folds sort by. One row an event,
    -- and a further one from each correction or retraction on that changes it.
    -- What indexes and conditions ask for comes first: a column is found by going over those before it.
    CREATE TABLE entry (
      position INTEGER NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      listed INTEGER NOT NULL,
      order_day INTEGER NOT NULL,
      retracted_by INTEGER, -- the retraction in force: the event counts no more
      source_count INTEGER, -- NULL for what needs no source
      subject TEXT NOT NULL,
      type TEXT NOT NULL,
      country TEXT,
      institution TEXT,
      occurred TEXT NOT NULL,
      effective TEXT,
      certain_day INTEGER,
      unplaced INTEGER NOT NULL,
      title TEXT,
      procedure TEXT,
      claim TEXT,
      claim_content BLOB,
      said_since INTEGER NOT NULL, -- since when the event says what claim_content stands for
      findings TEXT, -- what does not add up in the event by itself: [[kind, detail], …]
      corrected_by TEXT, -- the corrections in force: [position, …]
      party TEXT, -- whom of the subject the event moves, '' for the whole; NULL if it moves nobody
      effects TEXT, -- how: [[index of the effect, detail, …], …]
      PRIMARY KEY (position, known_from)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX entry_by_subject ON entry (subject, order_day, position);
    CREATE INDEX entry_by_claim ON entry (claim, claim_content, subject) WHERE claim IS NOT NULL;
    -- Which events correct or retract which.
    CREATE TABLE amendment (
      target INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (target, position)
    ) STRICT, WITHOUT ROWID;
    CREATE UNIQUE INDEX amendment_by_position ON amendment (position, target);
    -- The moves that an event may make beyond the one that stands with it: those of other subjects and of further parties.
    CREATE TABLE fact (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      position INTEGER NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      effects TEXT NOT NULL,
      PRIMARY KEY (subject, party, position, known_from)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX fact_by_position ON fact (position);
    CREATE TABLE link (
      subject TEXT NOT NULL,
      kind TEXT NOT NULL,
      other TEXT NOT NULL,
      position INTEGER NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      PRIMARY KEY (subject, kind, other, position, known_from)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX link_by_position ON link (position);
    -- Which account of a claim is preferred, by what the account says; NULL opens the claim again.
    CREATE TABLE preference (
      position INTEGER NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      claim TEXT NOT NULL,
      content BLOB,
      PRIMARY KEY (position, known_from)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX preference_by_claim ON preference (claim, position);
    -- Which events had evidence added later.
    CREATE TABLE evidence (
      target INTEGER NOT NULL,
      position INTEGER NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      PRIMARY KEY (target, position, known_from)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX evidence_by_position ON evidence (position);
    -- Which consents were changed, and which disclosures erased: this always applies, to old questions too.
    CREATE TABLE restriction (
      position INTEGER NOT NULL,
      subject TEXT NOT NULL,
      scopes TEXT, -- the scopes from then on, joined by blanks; NULL for an erasure
      until TEXT,
      PRIMARY KEY (position, subject)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX restriction_by_subject ON restriction (subject, position);
    -- The subjects that each block of the log touches: the first event that did so, and the last one, with which the
    -- rows below were made. For what was known in between the subject is folded when it is asked for.
    CREATE TABLE version (
      block INTEGER NOT NULL,
      subject TEXT NOT NULL,
      touched_from INTEGER NOT NULL,
      known_from INTEGER NOT NULL,
      PRIMARY KEY (block, subject)
    ) STRICT, WITHOUT ROWID;
    -- One row a subject (party = '') and one a party: its home and its title.
    CREATE TABLE profile (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      kind TEXT NOT NULL,
      country TEXT,
      institution TEXT,
      title TEXT,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      PRIMARY KEY (subject, party, known_until, known_from)
    ) STRICT, WITHOUT ROWID;
    -- Where each stands and what is known of it, from day to day: any day can be asked for (LifeText).
    CREATE TABLE life (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      stretches TEXT NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      PRIMARY KEY (subject, party, known_until, known_from)
    ) STRICT, WITHOUT ROWID;
    -- What does not add up, from one day until before another: a later event can explain a step.
    CREATE TABLE anomaly (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      position INTEGER NOT NULL,
      from_day INTEGER NOT NULL,
      until_day INTEGER NOT NULL,
      kind TEXT NOT NULL,
      detail TEXT NOT NULL,
      known_from INTEGER NOT NULL,
      known_until INTEGER NOT NULL,
      PRIMARY KEY (subject, party, known_until, position, from_day, kind, detail, known_from)
    ) STRICT, WITHOUT ROWID;
    """

  /// The indexes that no fold needs. Views that are made anew get them at the end: sorting all rows once costs a fifth of
  /// finding the place of each.
  static let createIndexes = """
    CREATE INDEX IF NOT EXISTS entry_by_day ON entry (order_day, position) WHERE listed;
    CREATE INDEX IF NOT EXISTS entry_by_country ON entry (country, order_day, position) WHERE listed;
    CREATE INDEX IF NOT EXISTS entry_by_institution ON entry (institution, order_day, position) WHERE listed;
    CREATE INDEX IF NOT EXISTS entry_by_type ON entry (type, order_day, position) WHERE listed;
    CREATE INDEX IF NOT EXISTS entry_unsourced ON entry (order_day, position) WHERE source_count = 0 AND listed;
    CREATE INDEX IF NOT EXISTS link_by_other ON link (other, kind, subject, position);
    CREATE INDEX IF NOT EXISTS profile_by_country ON profile (country, known_until);
    CREATE INDEX IF NOT EXISTS profile_by_institution ON profile (institution, known_until);
    CREATE INDEX IF NOT EXISTS anomaly_by_position ON anomaly (position);
    """
}
