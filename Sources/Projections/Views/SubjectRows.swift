// What a fold says of a subject, as the rows of the tables that hold it.

/// The rows that the fold of a subject gives.
struct SubjectRows {
  /// The life of the subject, or of one of its parties, with its rows.
  struct Life {
    let life: SubjectFold.Life
    let standings: [StandingRows.Row]
  }

  let subject: String
  let kind: String
  let lives: [Life]

  init(_ fold: SubjectFold) {
    subject = fold.subject
    kind = fold.kind
    lives = fold.livesWithoutOutcomes().filter { !$0.events.isEmpty }.map { life in
      Life(life: life, standings: StandingRows(life, claims: fold.claims).rows)
    }
  }

  /// The cells of a table, in the order of its columns; no row twice.
  func cells(of table: DerivedTable) throws -> [[DerivedTable.Cell]] {
    switch table.name {
    case DerivedTable.profile.name: lives.map { profile(of: $0.life) }
    case DerivedTable.life.name:
      try lives.map { [.init($0.life.party), .init(try LifeText.text($0.standings))] }
    default: Self.eachOnce(lives.flatMap { life in life.life.remarks.map { anomaly($0, of: life.life) } })
    }
  }

  /// Something that does not add up in one event can be found twice.
  private static func eachOnce(_ rows: [[DerivedTable.Cell]]) -> [[DerivedTable.Cell]] {
    guard rows.count > 1 else { return rows }
    var met: Set<[DerivedTable.Cell]> = []
    return rows.filter { met.insert($0).inserted }
  }

  private func profile(of life: SubjectFold.Life) -> [DerivedTable.Cell] {
    [.init(life.party), .init(kind), .init(life.country), .init(life.institution), .init(life.title)]
  }

  private func anomaly(_ remark: SubjectFold.Remark, of life: SubjectFold.Life) -> [DerivedTable.Cell] {
    [
      .init(life.party), .init(remark.position), .init(remark.fromDay), .init(remark.untilDay),
      .init(remark.finding.kind.rawValue), .init(remark.finding.detail),
    ]
  }

  /// Where the lives stand on a day, as the status queries tell it.
  func status(on day: Int64) -> [StatusRow] {
    lives.compactMap { item in
      guard let row = item.standings.last(where: { $0.fromDay <= day && $0.untilDay > day }) else {
        return nil
      }
      let life = item.life
      return StatusRow(
        subject: subject, party: life.party, country: life.country, institution: life.institution,
        title: life.title, row)
    }
  }
}

extension StatusRow {
  /// What a stretch of a life says of where it stands.
  init(
    subject: String, party: String, country: String?, institution: String?, title: String?,
    _ row: StandingRows.Row
  ) {
    let (span, counts) = (row.span, row.counts)
    self.init(
      subject: subject, party: party.isEmpty ? nil : party, country: country, institution: institution,
      title: title, stage: span?.stage, detail: span?.detail, certainty: span?.certainty?.rawValue,
      certainStage: span?.certainStage, since: span?.since, lastPosition: counts.lastPosition,
      sourceCount: counts.sources, anomalyCount: counts.anomalies, disputeCount: counts.disputes)
  }
}
