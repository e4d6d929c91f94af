// The tables of views.db. Everything in them can be deleted and made again from the log.

/// The form of views.db.
enum ViewSchema {
  /// Marks the file as Annals' views ("AnnV").
  static let applicationID: Int64 = 0x416e_6e56

  /// The version of this form and of the rules of the fold: another number leads to a rebuild.
  static let version: Int64 = 3

  /// The tables that the digest covers, each with its columns and the order of its rows.
  static let digested: [(table: String, columns: String, order: String)] = [
    (
      "entry",
      "position, subject, type, country, institution, occurred, effective, order_day, certain_day, unplaced, title, "
        + "procedure, claim, hex(claim_content), source_count, listed, findings", "position"
    ),
    ("fact", "subject, party, position, effects", "subject, party, position"),
    (
      "profile",
      "subject, party, kind, country, institution, title", "subject, party"
    ),
    (
      "standing",
      "subject, party, from_day, until_day, stage, detail, certainty, certain_stage, since, position, "
        + "last_position, event_count, source_count, anomaly_count, dispute_count",
      "subject, party, from_day"
    ),
    (
      "anomaly", "subject, party, position, from_day, until_day, kind, detail",
      "subject, party, position, from_day, kind, detail"
    ),
    ("link", "subject, kind, other, position", "subject, kind, other, position"),
    ("preference", "position, claim, hex(content)", "position"),
    ("evidence", "target, position", "target, position"),
  ]

  static let create = """
    CREATE TABLE progress (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      size INTEGER NOT NULL,
      vocabulary TEXT NOT NULL,
      recorded INTEGER NOT NULL,
      mark BLOB NOT NULL -- SHA-256 of the last event's leaf: views of another log are known by it
    ) STRICT;
    -- One row an event that says something about the world: what the timeline shows and the folds sort by.
    CREATE TABLE entry (
      position INTEGER PRIMARY KEY,
      subject TEXT NOT NULL,
      type TEXT NOT NULL,
      country TEXT,
      institution TEXT,
      occurred TEXT NOT NULL,
      effective TEXT,
      order_day INTEGER NOT NULL,
      certain_day INTEGER,
      unplaced INTEGER NOT NULL,
      title TEXT,
      procedure TEXT,
      claim TEXT,
      claim_content BLOB,
      source_count INTEGER, -- NULL for what needs no source
      listed INTEGER NOT NULL,
      findings TEXT -- what does not add up in the event by itself: [[kind, detail], …]
    ) STRICT;
    CREATE INDEX entry_by_subject ON entry (subject, order_day, position);
    CREATE INDEX entry_by_day ON entry (order_day, position) WHERE listed;
    CREATE INDEX entry_by_country ON entry (country, order_day, position) WHERE listed;
    CREATE INDEX entry_by_institution ON entry (institution, order_day, position) WHERE listed;
    CREATE INDEX entry_by_type ON entry (type, order_day, position) WHERE listed;
    CREATE INDEX entry_unsourced ON entry (order_day, position) WHERE source_count = 0 AND listed;
    CREATE INDEX entry_by_claim ON entry (claim, claim_content, subject) WHERE claim IS NOT NULL;
    -- The moves that an event may make, for each subject and party: [[index of the effect, detail, …], …].
    CREATE TABLE fact (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      position INTEGER NOT NULL,
      effects TEXT NOT NULL,
      PRIMARY KEY (subject, party, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX fact_by_position ON fact (position);
    -- One row a subject (party = '') and one a party: its home and its title.
    CREATE TABLE profile (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      kind TEXT NOT NULL,
      country TEXT,
      institution TEXT,
      title TEXT,
      PRIMARY KEY (subject, party)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX profile_by_country ON profile (country, institution, subject, party);
    CREATE INDEX profile_by_institution ON profile (institution, subject, party);
    -- Where each stands and what is known of it, from one day until before another: any day can be asked for.
    CREATE TABLE standing (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      from_day INTEGER NOT NULL,
      until_day INTEGER NOT NULL,
      stage TEXT,
      detail TEXT,
      certainty TEXT,
      certain_stage TEXT,
      since TEXT,
      position INTEGER,
      last_position INTEGER NOT NULL,
      event_count INTEGER NOT NULL,
      source_count INTEGER NOT NULL,
      anomaly_count INTEGER NOT NULL,
      dispute_count INTEGER NOT NULL,
      PRIMARY KEY (subject, party, from_day)
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
      PRIMARY KEY (subject, party, position, from_day, kind, detail)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX anomaly_by_position ON anomaly (position);
    CREATE TABLE link (
      subject TEXT NOT NULL,
      kind TEXT NOT NULL,
      other TEXT NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (subject, kind, other, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX link_by_other ON link (other, kind, subject, position);
    -- Which account of a claim is preferred, by what the account says; NULL opens the claim again.
    CREATE TABLE preference (
      position INTEGER PRIMARY KEY,
      claim TEXT NOT NULL,
      content BLOB
    ) STRICT;
    CREATE INDEX preference_by_claim ON preference (claim, position);
    -- Which events had evidence added later.
    CREATE TABLE evidence (
      target INTEGER NOT NULL,
      position INTEGER NOT NULL,
      PRIMARY KEY (target, position)
    ) STRICT, WITHOUT ROWID;
    """
}
