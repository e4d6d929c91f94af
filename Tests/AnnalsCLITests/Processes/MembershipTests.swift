// A file of treaty memberships as other collections keep them: former states, organisations, re-entries, and dates that
// cannot be. All of it goes in, and what does not add up is told by row.

internal import CanonicalJSON
internal import TestSupport
internal import Testing

@Suite("A file of treaty memberships from elsewhere")
struct MembershipTests {
  private static let rowCount = 7_000
  private static let seed: UInt64 = 20_261_124

  @Test("It is entered whole; each row that does not add up is told by its line, and no other")
  func entered() throws {
    let file = MembershipFile(seed: Self.seed, rowCount: Self.rowCount)
    #expect(file.lines.count == Self.rowCount + 1)
    #expect(file.wrong.count > 300 && Set(file.wrong.values).count == 2, "seed \(Self.seed)")
    try withLedger { ledger in
      try ledger.home.write("memberships.csv", file.lines.joined(separator: "\n") + "\n")
      let ended = try ledger.annals("import", "memberships.csv", "--format", "json")
      #expect(ended.how == .exit(0), "seed \(Self.seed): \(ended.errors.prefix(500))")
      let counts = try JSONValue(parsing: ended.output)
      #expect(counts["added"]?.integer == Int64(Self.rowCount) && counts["refused"]?.integer == 0)
      #expect(counts["anomalies"]?.integer == Int64(file.wrong.count), "seed \(Self.seed)")
      let check = try JSONValue(parsing: ledger.annals("check", "--format", "json").output)
      var found: [Int: String] = [:]
      for anomaly in check["anomalies"]?.array ?? [] {
        // The header stands above the rows, the ledger's own events before theirs.
        let row = Int((anomaly["position"]?.integer ?? 0) - TestLedger.sizeAtFirst) + 2
        found[row] = anomaly["kind"]?.string
      }
      #expect(found == file.wrong, "seed \(Self.seed)")
      for line in file.wrong.keys.sorted().prefix(20) {
        #expect(ended.errors.contains("memberships.csv:\(line): recorded at position"), "line \(line)")
      }
      let strict = try ledger.annals("check", "--strict", "--quiet")
      #expect(strict.how == .exit(1))
    }
  }

  @Test("Rows in another order give the same anomalies")
  func shuffled() throws {
    let file = MembershipFile(seed: Self.seed + 1, rowCount: 1_200)
    var generator = SeededGenerator(seed: Self.seed)
    let order = (2...file.lines.count).shuffled(using: &generator)
    try withLedger { ledger in
      let lines = [file.lines[0]] + order.map { file.lines[$0 - 1] }
      try ledger.home.write("shuffled.csv", lines.joined(separator: "\n") + "\n")
      #expect(try ledger.annals("import", "shuffled.csv").how == .exit(0))
      let check = try JSONValue(parsing: ledger.annals("check", "--format", "json").output)
      var found: [Int] = []
      for anomaly in check["anomalies"]?.array ?? [] {
        let position = anomaly["position"]?.integer ?? 0
        found.append(order[Int(position - TestLedger.sizeAtFirst)])
      }
      #expect(found.sorted() == file.wrong.keys.sorted(), "seed \(Self.seed)")
    }
  }
}

/// Rows of memberships made from a seed, and which of them cannot be.
private struct MembershipFile {
  /// The first is the header.
  private(set) var lines = ["type,subject,country,party,occurred,organ,mode,scope,successor,unsourced"]
  /// The kind of anomaly by line of the file, from 1.
  private(set) var wrong: [Int: String] = [:]

  private static let states = [
    "AR", "AU", "BE", "BR", "CA", "CL", "CO", "DK", "EC", "ES", "FI", "FR", "GB", "GR", "IT", "MX", "NL",
    "NO",
    "NZ", "PE", "PT", "PY", "SE", "TR", "US", "UY", "VE", "ZA",
  ]

  init(seed: UInt64, rowCount: Int) {
    var generator = SeededGenerator(seed: seed)
    var treaty = 0
    while lines.count <= rowCount {
      add(treaty, room: rowCount + 1, &generator)
      treaty += 1
    }
  }

  private mutating func add(_ treaty: Int, room: Int, _ generator: inout SeededGenerator) {
    let subject = "treaty:t\(treaty)"
    let year = 1950 + treaty % 30
    func row(_ type: String, _ whose: String, _ date: String, _ rest: String) -> String {
      "\(type),\(subject),\(whose),\(date),\(rest),true"
    }
    func ratified(_ whose: String, _ after: Int) -> String {
      row("treaty.ratified", whose, "\(year + after)-05-0\(1 + treaty % 9)", ",accession,,")
    }
    func left(_ whose: String, _ after: Int) -> String {
      row("treaty.ended", whose, "\(year + after)-06-01", ",,party,")
    }
    typealias Row = (row: String, wrong: String?)
    var groups: [[Row]] = [
      [(row("treaty.adopted", ",", "\(year)-03-01", "Conference,,,"), nil)],
      [(row("treaty.entered-into-force", ",", "\(year + 2)-01-01", ",,general,"), nil)],
      [(ratified(",int/eu", 3), nil)],
      // A state that is no more, and one that took its place.
      [(ratified("SUHH,", 1), nil), (row("treaty.succeeded", "SUHH,", "1991-12-25", ",,,RU"), nil)],
    ]
    for state in Self.states.map({ "\($0)," }) {
      let group: [Row] =
        switch generator.below(10) {
        case 0: [(ratified(state, 1), nil), (left(state, 4), nil), (ratified(state, 6), nil)]
        case 1: [(ratified(state, 1), nil), (ratified(state, 5), "step")]
        case 2: [(row("treaty.ratified", state, "\(year - 20)-05-06", ",accession,,"), "date")]
        case 3: [(left(state, 1), "date"), (ratified(state, 4), nil)]
        case 4: [(ratified(state, 1), nil), (left(state, 3), nil)]
        default: [(ratified(state, generator.below(9) + 1), nil)]
        }
      groups.append(group)
    }
    // What belongs together goes in together.
    for group in groups where lines.count + group.count <= room {
      for (row, kind) in group {
        lines.append(row)
        if let kind { wrong[lines.count] = kind }
      }
    }
  }
}
