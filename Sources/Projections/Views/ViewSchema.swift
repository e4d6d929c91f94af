// The tables of views.db. Everything in them can be deleted and made again from the log.

/// The form of views.db.
enum ViewSchema {
  /// Marks the file as Annals' views ("AnnV").
  static let applicationID: Int64 = 0x416e_6e56

  /// The version of this form and of the rules of the fold: another number leads to a rebuild.
  static let version: Int64 = 2

  /// The tables that the digest covers, each with its columns and the order of its rows.
  static let digested: [(table: String, columns: String, order: String)] = [
    (
      "entry",
      "position, subject, type, country, institution, occurred, effective, order_day, certain_day, unplaced, title, "
        + "procedure, claim, hex(claim_content), source_count, listed", "position"
    ),
    ("fact", "subject, party, position, effects", "subject, party, position"),
    (
      "profile",
      "subject, party, kind, country, institution, title, last_position, event_count, source_count, anomaly_count, "
        + "dispute_count", "subject, party"
    ),
    (
      "standing",
      "subject, party, from_day, until_day, stage, detail, certainty, certain_stage, since, position",
      "subject, party, from_day"
    ),
    ("anomaly", "subject, party, position, from_stage, to_stage", "subject, party, position"),
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
      source_count INTEGER NOT NULL,
      listed INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX entry_by_subject ON entry (subject, order_day, position);
    CREATE INDEX entry_by_day ON entry (order_day, position) WHERE listed;
    CREATE INDEX entry_by_country ON entry (country, order_day, position) WHERE listed;
    CREATE INDEX entry_by_institution ON entry (institution, order_day, position) WHERE listed;
    CREATE INDEX entry_by_claim ON entry (claim, claim_content, subject) WHERE claim IS NOT NULL;
    -- The moves that an event may make: [[index of the effect, detail], …] for each subject and party.
    CREATE TABLE fact (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      position INTEGER NOT NULL,
      effects TEXT NOT NULL,
      PRIMARY KEY (subject, party, position)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX fact_by_position ON fact (position);
    -- One row a subject (party = '') and one a party: its home and its counts.
    CREATE TABLE profile (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      kind TEXT NOT NULL,
      country TEXT,
      institution TEXT,
      title TEXT,
      last_position INTEGER NOT NULL,
      event_count INTEGER NOT NULL,
      source_count INTEGER NOT NULL,
      anomaly_count INTEGER NOT NULL,
      dispute_count INTEGER NOT NULL,
      PRIMARY KEY (subject, party)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX profile_by_country ON profile (country, institution, subject, party);
    CREATE INDEX profile_by_institution ON profile (institution, subject, party);
    -- Where each stands, from one day until before another: any day can be asked for.
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
      PRIMARY KEY (subject, party, from_day)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE anomaly (
      subject TEXT NOT NULL,
      party TEXT NOT NULL,
      position INTEGER NOT NULL,
      from_stage TEXT,
      to_stage TEXT NOT NULL,
      PRIMARY KEY (subject, party, position)
    ) STRICT, WITHOUT ROWID;
    """
}
