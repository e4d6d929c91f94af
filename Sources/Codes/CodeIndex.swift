// What is kept in memory of the tables: the three hundred states. Subdivisions are searched where they lie.

internal import EDTF

/// A country or former state with its limits.
struct State: Sendable {
  let place: Place
  let validity: Validity
  /// What happened at the limits, as the table says it.
  let event: String
  /// The codes of the states on the same ground that came before.
  let before: [String]

  var reading: CodeError.Reading {
    CodeError.Reading(code: place.code, name: place.name, validity: validity, event: event)
  }
}

/// All states, by alpha-2 and by alpha-4 code. Built once, at the first question.
struct CodeIndex: Sendable {
  static let shared = CodeIndex()

  /// By ``PackedCode/alpha2Slot``: today's country first, then the former states that had the code.
  private var statesByAlpha2 = [[State]](repeating: [], count: 26 * 26)
  private var formerByAlpha4: [PackedCode: State] = [:]
  private let subdivisions = CodeTable(named: "iso-3166-2.tsv")

  private init() {
    // Read once and kept by code: a search for each of the states would pass over the long rows many times.
    var limitsByCode: [PackedCode: Row] = [:]
    CodeTable(named: "validity.tsv").forEachRow { row in
      if let code = PackedCode(bytes: row.field(0)) { limitsByCode[code] = row }
    }
    func add(_ row: Row, kind: Place.Kind, alpha2: Int) {
      guard let code = PackedCode(bytes: row.field(0)),
        let slot = PackedCode(bytes: row.field(alpha2))?.alpha2Slot
      else { return }
      let place = Place(code: row.text(0), name: row.text(1), kind: kind, country: row.text(0))
      let limits = limitsByCode[code]
      let state = State(
        place: place,
        validity: Validity(
          first: limits.flatMap { Day($0.text(1)) }, last: limits.flatMap { Day($0.text(2)) }),
        event: limits?.text(4) ?? "",
        before: limits?.text(3).split(separator: " ").map(String.init) ?? [])
      statesByAlpha2[slot].append(state)
      if kind == .former { formerByAlpha4[code] = state }
    }
    CodeTable(named: "iso-3166-1.tsv").forEachRow { add($0, kind: .country, alpha2: 0) }
    CodeTable(named: "iso-3166-3.tsv").forEachRow { add($0, kind: .former, alpha2: 2) }
  }

  /// The states that have or had this alpha-2 code, today's first; nil if it is not of that form.
  @inline(__always)
  func meanings(ofAlpha2 code: PackedCode) -> [State]? {
    code.alpha2Slot.map { statesByAlpha2[$0] }
  }

  /// The former state with this alpha-4 code.
  func former(_ alpha4: PackedCode) -> State? {
    formerByAlpha4[alpha4]
  }

  /// The state whose canonical code this is.
  func state(_ code: PackedCode) -> State? {
    meanings(ofAlpha2: code)?.first { $0.place.kind == .country } ?? former(code)
  }

  /// The subdivision with this code, and its country.
  func subdivision(_ code: PackedCode) -> (place: Place, country: State)? {
    guard let country = code.countryOfSubdivision.flatMap(state), let row = subdivisions.row(code) else {
      return nil
    }
    let place = Place(code: row.text(0), name: row.text(1), kind: .subdivision, country: country.place.code)
    return (place, country)
  }

  /// The name of what a well-written code stands for; of both states for a code that was given twice and withdrawn.
  func name(ofCode code: String) -> String? {
    guard let packed = PackedCode(code) else { return nil }
    if let place = subdivision(packed)?.place { return place.name }
    let names = places(byCode: packed).map(\.name)
    return names.isEmpty ? nil : names.joined(separator: " or ")
  }

  /// The state with this canonical code, else the former states that had this alpha-2 code.
  func places(byCode code: PackedCode) -> [Place] {
    if let state = state(code) { return [state.place] }
    return meanings(ofAlpha2: code)?.map(\.place) ?? []
  }

  /// Every state, countries before former states where both have the same alpha-2 code.
  var states: some Sequence<State> {
    statesByAlpha2.joined()
  }

  /// The error for a code whose meanings all lie outside the days, with the states on the same ground that do not.
  func notValid(
    _ code: String, place: Place?, meanings: [State], from earliest: Day?, to latest: Day?
  ) -> CodeError {
    let then = related(to: meanings).filter { $0.validity.touches(from: earliest, to: latest) }
    return CodeError(
      code: code,
      kind: .notValidThen(
        subdivision: place?.name, meanings: meanings.map(\.reading), readings: then.map(\.reading)),
      earliest: earliest, latest: latest)
  }

  /// The states that came before or after these on the same ground, at any remove, without sisters: of Serbia,
  /// Yugoslavia but not Croatia.
  private func related(to meanings: [State]) -> [State] {
    var earlier: [State] = []
    var later: [State] = []
    for state in meanings {
      collect(&earlier, from: state) { state in state.before.compactMap { PackedCode($0).flatMap(self.state) }
      }
      collect(&later, from: state) { state in states.filter { $0.before.contains(state.place.code) } }
    }
    let own = Set(meanings.map(\.place.code))
    return (earlier + later).filter { !own.contains($0.place.code) }
  }

  /// Adds what `next` leads to from `state`, each state once, nearest first.
  private func collect(_ found: inout [State], from state: State, next: (State) -> [State]) {
    var pending = next(state)
    while !pending.isEmpty {
      let new = pending.removeFirst()
      guard !found.contains(where: { $0.place.code == new.place.code }) else { continue }
      found.append(new)
      pending += next(new)
    }
  }
}
