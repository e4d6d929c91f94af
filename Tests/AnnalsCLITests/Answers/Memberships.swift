// A file of treaty memberships such as other projects have them, made from a seed: it is known of each row whether it
// adds up, and if not, why.

internal import Foundation
internal import TestSupport

/// Rows of memberships, as they would come out of a spreadsheet, in no order.
struct Memberships {
  /// One row.
  struct Row {
    let id: String
    let type: String
    let treaty: String
    /// Empty for the treaty as a whole; a code, or the path of an organisation.
    let party: String
    let occurred: String
    var effective = ""
    /// Of ratifications.
    var mode = ""
    /// Of entries into force and ends: general or party.
    var scope = ""
    var rule = ""
    /// What kind of thing does not add up in it; nil if nothing.
    var problem: String?
  }

  private(set) var rows: [Row] = []

  static let rowCount = 7_000
  private static let treatyCount = 40
  private static let organisations = ["int/eu", "int/au", "int/oas", "int/coe"]
  private static let states = """
    US GB FR IT ES PT SE NO DK FI IS IE NL BE LU CH AT GR TR CA MX BR AR CL UY PY BO PE CO VE EC CR NI HN GT SV PA CU \
    HT DO JP KR TH PH ID IN LK NP IR IQ SY LB JO IL SA EG MA TN LY ET LR ZA AU NZ CN MN AF AL BG RO HU PL
    """.split(separator: " ").map(String.init)
  /// Former states by their codes of ISO 3166-3, the last day of each, and who came after it on which day.
  private static let former = [
    (code: "SUHH", end: "1991-12-25", successor: "RU", from: "1991-12-25"),
    (code: "CSHH", end: "1992-12-31", successor: "CZ", from: "1993-01-01"),
    (code: "YUCS", end: "1991-06-25", successor: "HR", from: "1991-06-25"),
    (code: "DDDE", end: "1990-10-03", successor: "DE", from: "1990-10-03"),
  ]

  private var generator: SeededGenerator

  init(seed: UInt64) {
    generator = SeededGenerator(seed: seed)
    for treaty in 0..<Self.treatyCount { begin(treaty) }
    var pairs = (0..<Self.treatyCount).flatMap { treaty in
      (Self.states.dropFirst(2) + Self.organisations).map { (treaty, $0) }
    }.shuffled(using: &generator)
    for treaty in 0..<Self.treatyCount { for state in Self.former { succeed(treaty, state) } }
    while rows.count < Self.rowCount - 4, let (treaty, party) = pairs.popLast() { join(treaty, party) }
    // One row each, to come out even.
    pairs.removeAll { !hasRule($0.0) }
    while rows.count < Self.rowCount, let (treaty, party) = pairs.popLast() {
      let day = firstDay(treaty)
      enter(treaty, party, on: day)
    }
    rows = rows.shuffled(using: &generator)
  }

  // MARK: Treaties

  /// Every second treaty has a rule, by which parties come into force; of the others that is told for each party.
  private func hasRule(_ treaty: Int) -> Bool { treaty.isMultiple(of: 2) }

  private func adopted(_ treaty: Int) -> Int { Self.number("1955-01-01") + 300 * treaty }

  /// From here on all is in order.
  private mutating func firstDay(_ treaty: Int) -> Int { adopted(treaty) + 200 + generator.below(2_000) }

  private mutating func begin(_ treaty: Int) {
    let rule = hasRule(treaty) ? "2 + 30 days" : ""
    add("treaty.adopted", treaty, "", adopted(treaty)) { $0.rule = rule }
    for (index, party) in Self.states.prefix(2).enumerated() {
      enter(treaty, party, on: adopted(treaty) + 100 + index)
    }
    if !hasRule(treaty) {
      add("treaty.entered-into-force", treaty, "", adopted(treaty) + 150) { $0.scope = "general" }
    }
  }

  // MARK: Parties

  /// A former state that was a party, and its successor, which deposits years later.
  private mutating func succeed(
    _ treaty: Int, _ state: (code: String, end: String, successor: String, from: String)
  ) {
    enter(treaty, state.code, on: adopted(treaty) + 200 + generator.below(300))
    add("treaty.succeeded", treaty, state.code, Self.number(state.end))
    let deposit = Self.number(state.from) + 100 + generator.below(1_000)
    add("treaty.ratified", treaty, state.successor, deposit) {
      $0.mode = "succession"
      $0.effective = state.from
    }
  }

  /// One of the ways in which memberships go, right or wrong.
  private mutating func join(_ treaty: Int, _ party: String) {
    let day = firstDay(treaty)
    let year = 400 + generator.below(800)
    switch generator.below(20) {
    case 0...7: enter(treaty, party, on: day)
    case 8, 9:
      enter(treaty, party, on: day)
      leave(treaty, party, on: day + year)
    case 10, 11:
      // Back again: in order.
      enter(treaty, party, on: day)
      leave(treaty, party, on: day + year)
      enter(treaty, party, on: day + 2 * year)
    case 12, 13:
      enter(treaty, party, on: day)
      let notice = Self.number(Self.text(day + year).dropLast(5) + "-03-01")
      add("treaty.denounced", treaty, party, notice) { $0.rule = "12 months" }
      let isTooEarly = generator.chance(40)
      let end = Self.number((isTooEarly ? Self.text(notice) : Self.text(notice + 366)).dropLast(5) + "-03-01")
      add("treaty.ended", treaty, party, isTooEarly ? end + 183 : end) {
        $0.scope = "party"
        $0.problem = isTooEarly ? "rule" : nil
      }
    case 14:
      // Known to the year alone.
      let text = String(Self.text(day + 400).prefix(4))
      add("treaty.ratified", treaty, party, text: text) { $0.mode = "accession" }
    case 15, 16:
      // Out before it ever came in.
      leave(treaty, party, on: day, problem: "date")
      enter(treaty, party, on: day + year)
    case 17:
      // In before there was a treaty.
      add("treaty.signed", treaty, party, adopted(treaty) - 1 - generator.below(400)) { $0.problem = "date" }
      enter(treaty, party, on: day)
    default:
      // In once more while it is in.
      enter(treaty, party, on: day)
      enter(treaty, party, on: day + year, isInForce: true)
    }
  }

  private mutating func enter(_ treaty: Int, _ party: String, on day: Int, isInForce: Bool = false) {
    add("treaty.ratified", treaty, party, day) {
      $0.mode = "accession"
      $0.problem = isInForce ? "step" : nil
    }
    if !hasRule(treaty) && !isInForce {
      add("treaty.entered-into-force", treaty, party, day + 90) { $0.scope = "party" }
    }
  }

  private mutating func leave(_ treaty: Int, _ party: String, on day: Int, problem: String? = nil) {
    add("treaty.ended", treaty, party, day) {
      $0.scope = "party"
      $0.problem = problem
    }
  }

  private mutating func add(
    _ type: String, _ treaty: Int, _ party: String, _ day: Int, _ change: (inout Row) -> Void = { _ in }
  ) { add(type, treaty, party, text: Self.text(day), change) }

  private mutating func add(
    _ type: String, _ treaty: Int, _ party: String, text: String, _ change: (inout Row) -> Void = { _ in }
  ) {
    var row = Row(id: "M\(rows.count)", type: type, treaty: "treaty:n\(treaty)", party: party, occurred: text)
    change(&row)
    rows.append(row)
  }

  // MARK: The file

  /// The rows as comma-separated values.
  static func csv(_ rows: [Row]) -> String {
    let header =
      "id,type,subject,country,party,occurred,effective,mode,scope,rule,organ,source.citation\n"
    return header
      + rows.map { row in
        let isState = !row.party.contains("/")
        return [
          row.id, row.type, row.treaty, isState ? row.party : "", isState ? "" : row.party, row.occurred,
          row.effective, row.mode, row.scope, row.rule, row.type == "treaty.adopted" ? "Conference" : "",
          "Data set row \(row.id)",
        ].joined(separator: ",")
      }.joined(separator: "\n") + "\n"
  }

  // MARK: Days

  private static let calendar: Calendar = {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = TimeZone(identifier: "UTC") ?? calendar.timeZone
    return calendar
  }()

  private static func number(_ text: some StringProtocol) -> Int {
    let parts = text.split(separator: "-").compactMap { Int($0) }
    let date = calendar.date(from: DateComponents(year: parts[0], month: parts[1], day: parts[2]))
    return Int((date?.timeIntervalSince1970 ?? 0) / 86_400)
  }

  private static func text(_ number: Int) -> String {
    let parts = calendar.dateComponents(
      [.year, .month, .day], from: Date(timeIntervalSince1970: Double(number) * 86_400))
    func two(_ value: Int?) -> String { value ?? 0 < 10 ? "0\(value ?? 0)" : "\(value ?? 0)" }
    return "\(parts.year ?? 0)-\(two(parts.month))-\(two(parts.day))"
  }
}
