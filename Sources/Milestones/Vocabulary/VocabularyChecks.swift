// What must hold between the files: every name that is used is declared somewhere.

internal import OrderedCollections

/// Checks a vocabulary as a whole: kinds, stages and fields that are named exist.
struct VocabularyChecks {
  let vocabulary: VocabularyContent

  func run() throws(VocabularyError) {
    for lifecycle in vocabulary.lifecycles.values { try check(lifecycle) }
    for type in vocabulary.types.values { try check(type) }
  }

  private func check(_ lifecycle: Lifecycle) throws(VocabularyError) {
    guard vocabulary.kinds[lifecycle.kind] != nil else {
      throw VocabularyError(
        lifecycle.place,
        "the lifecycle \(lifecycle.name) is for the kind \(lifecycle.kind), which is not declared\(kindHint(lifecycle.kind))"
      )
    }
    let wholes = vocabulary.lifecycles.values.filter { $0.kind == lifecycle.kind && !$0.isForParties }
    for stage in lifecycle.periods.compactMap(\.whole) + (lifecycle.notBefore.map { [$0] } ?? [])
    where !wholes.contains(where: { $0.has(stage) }) {
      throw VocabularyError(
        lifecycle.place,
        "the lifecycle \(lifecycle.name) asks for the stage \(stage) of the whole, which no lifecycle of \(lifecycle.kind) has"
      )
    }
    let rivals = vocabulary.lifecycles.values.filter {
      $0.kind == lifecycle.kind && $0.isForParties == lifecycle.isForParties
        && (lifecycle.isForParties || ($0.isDefault && lifecycle.isDefault))
    }
    if rivals.count > 1 {
      throw VocabularyError(
        lifecycle.place,
        "\(rivals.map(\.name).joined(separator: " and ")) are both the usual lifecycle of \(lifecycle.kind)")
    }
  }

  private func check(_ type: EventType) throws(VocabularyError) {
    for kind in type.subjectKinds where vocabulary.kinds[kind] == nil {
      throw VocabularyError(
        type.place, "\(type.name) is told of the kind \(kind), which is not declared\(kindHint(kind))")
    }
    for field in type.fields.values {
      if CommonFields.names.contains(field.name) && !CommonFields.canBeRedeclared.contains(field.name) {
        throw VocabularyError(
          type.place, "\(type.name): the field \(field.name) stands in every event already")
      }
      guard case .subject(let kinds) = field.kind else { continue }
      for kind in kinds where vocabulary.kinds[kind] == nil {
        throw VocabularyError(
          type.place,
          "\(type.name).\(field.name) is of the kind \(kind), which is not declared\(kindHint(kind))")
      }
    }
    for effect in type.effects {
      switch effect {
      case .move(let move): try check(move, of: type)
      case .link(let kind, let name, let kindField):
        try require(name, of: type, in: "link")
        if let kindField { try require(kindField, of: type, in: "link") }
        if kind == "*" && kindField == nil {
          throw VocabularyError(
            type.place, "\(type.name): a link of any kind needs \"kind\", the field that tells it")
        }
      case .credit(let credit):
        for name in [credit.agentField, credit.roleField, credit.stanceField].compactMap({ $0 }) {
          try require(name, of: type, in: "credit")
        }
      case .assess(let kind, let assessor):
        for name in [kind, assessor] { try require(name, of: type, in: "assess") }
      case .measure(let value, let metric, let basis):
        for name in [value, metric] + (basis.map { [$0] } ?? []) {
          try require(name, of: type, in: "measure")
        }
      case .vote(let vote):
        for name in [vote.onField, vote.methodField, vote.membersField].compactMap({ $0 }) {
          try require(name, of: type, in: "vote")
        }
        for ballot in Effect.Ballot.allCases {
          guard let name = vote.totalFields[ballot] else { continue }
          try require(name, of: type, in: "vote")
        }
      case .decide(let mode, let level):
        for name in [mode] + (level.map { [$0] } ?? []) { try require(name, of: type, in: "decide") }
      case .dissociate(let agent, let conditions):
        try require(agent, of: type, in: "dissociate")
        try check(conditions, of: type, at: type.place)
      case .prefer(let account, let claim):
        try require(account, of: type, in: "prefer")
        try require(claim, of: type, in: "prefer")
      case .attach(let field): try require(field, of: type, in: "attach")
      case .correct(let field):
        for name in [field, "old", "new"] { try require(name, of: type, in: "correct") }
      case .retract(let field): try require(field, of: type, in: "retract")
      case .consent(let field): try require(field, of: type, in: "consent")
      case .erase(let field): try require(field, of: type, in: "erase")
      case .describe, .unavailable: break
      }
    }
  }

  private func check(_ move: Effect.Move, of type: EventType) throws(VocabularyError) {
    let place = VocabularyPlace(file: type.place.file, line: move.line)
    func fail(_ reason: String) -> VocabularyError { VocabularyError(place, "\(type.name): \(reason)") }
    var kinds = type.subjectKinds
    if let name = move.otherField {
      guard case .subject(let of)? = type.fields[name]?.kind else {
        throw fail("\"of\" names \(name), which is no field that holds a subject")
      }
      kinds = of
    }
    for name in move.partyFields where name != "country" {
      guard type.fields[name]?.kind == .party || type.fields[name]?.kind == .country else {
        throw fail("\"party\" names \(name), which is no field that holds a party or a country")
      }
    }
    let isForParties = !move.partyFields.isEmpty
    let possible = vocabulary.lifecycles.values.filter {
      (kinds.isEmpty || kinds.contains($0.kind)) && $0.isForParties == isForParties
    }
    if move.lifecycles.isEmpty {
      guard possible.contains(where: { $0.has(move.stage) }) else {
        throw fail("no lifecycle of \(kinds.joined(separator: ", ")) has the stage \(move.stage)")
      }
    }
    for name in move.lifecycles {
      guard let lifecycle = possible.first(where: { $0.name == name }) else {
        throw fail(
          "there is no lifecycle \(name) that it could move\(Similar.hint(for: name, among: possible.map(\.name)))"
        )
      }
      for stage in [move.stage] + move.from where !lifecycle.has(stage) {
        throw fail(
          "the lifecycle \(name) has no stage \(stage)\(Similar.hint(for: stage, among: lifecycle.stages.map(\.name)))"
        )
      }
    }
    if let detail = move.detailField { try require(detail, of: type, in: "detail") }
    if let rule = move.ruleField { try require(rule, of: type, in: "rule") }
    if let dated = move.datedField {
      guard type.fields[dated]?.kind == .date else {
        throw fail("\"dated\" names \(dated), which is no field that holds a date")
      }
    }
    try check(move.when + move.unless, of: type, at: place)
  }

  private func check(
    _ conditions: [Effect.Condition], of type: EventType, at place: VocabularyPlace
  ) throws(VocabularyError) {
    for condition in conditions {
      try require(condition.field, of: type, in: "when or unless")
      guard case .choice(let values)? = type.fields[condition.field]?.kind else { continue }
      for value in condition.values where value != "*" && !values.contains(value) {
        throw VocabularyError(
          place,
          "\(type.name): \(condition.field) is never \"\(value)\"\(Similar.hint(for: value, among: values))")
      }
    }
  }

  private func require(_ name: String, of type: EventType, in effect: String) throws(VocabularyError) {
    guard type.fields[name] != nil else {
      throw VocabularyError(
        type.place,
        "\(type.name): \(effect) names the field \(name), which is not declared\(Similar.hint(for: name, among: Array(type.fields.keys)))"
      )
    }
  }

  private func kindHint(_ kind: String) -> String {
    Similar.hint(for: kind, among: Array(vocabulary.kinds.keys))
  }
}
