// Reads one effect of a type: an object whose verb is one of the closed set.

/// Reads an entry of "effects".
struct EffectReader {
  private let node: Node

  init(_ node: Node) { self.node = node }

  private static let verbs =
    [
      "move", "link", "credit", "assess", "measure", "vote", "decide", "dissociate", "describe", "attach",
      "prefer", "correct", "retract", "consent", "erase",
    ] + Effect.unavailableVerbs

  func effect() throws(VocabularyError) -> Effect {
    try node.requireObject()
    let found = Self.verbs.filter(node.has)
    guard let verb = found.first, found.count == 1 else {
      throw node.error("an effect has exactly one of: \(Self.verbs.joined(separator: ", "))")
    }
    switch verb {
    case "move": return .move(try move())
    case "link":
      let link = try Node(node, allowed: ["link", "field", "kind"])
      return .link(
        kind: try link.required("link").string(), field: try link.required("field").string(),
        kindField: try link.optional("kind")?.string())
    case "credit": return .credit(try credit())
    case "assess":
      let assess = try Node(node, allowed: ["assess", "assessor"])
      return .assess(
        kind: try assess.required("assess").string(), assessor: try assess.required("assessor").string())
    case "measure":
      let measure = try Node(node, allowed: ["measure", "metric", "basis"])
      return .measure(
        value: try measure.required("measure").string(), metric: try measure.required("metric").string(),
        basis: try measure.optional("basis")?.string())
    case "vote": return .vote(try vote())
    case "decide":
      let decide = try Node(node, allowed: ["decide", "level"])
      return .decide(
        mode: try decide.required("decide").string(), level: try decide.optional("level")?.string())
    case "dissociate":
      let dissociate = try Node(node, allowed: ["dissociate", "when"])
      return .dissociate(
        by: try dissociate.required("dissociate").string(), when: try conditions(dissociate.optional("when")))
    case "describe":
      let what = try Node(node, allowed: ["describe"]).required("describe")
      guard case let word = try what.string(), word == "home" || word == "title" else {
        throw what.error("describe is \"home\" (a registration) or \"title\" (a further description)")
      }
      return .describe(givesHome: word == "home")
    case "attach": return .attach(target: try field(of: verb))
    case "prefer":
      let prefer = try Node(node, allowed: ["prefer", "claim"])
      return .prefer(
        account: try prefer.required("prefer").string(), claim: try prefer.required("claim").string())
    case "correct": return .correct(target: try field(of: verb))
    case "retract": return .retract(target: try field(of: verb))
    case "consent": return .consent(scopes: try field(of: verb))
    case "erase": return .erase(targets: try field(of: verb))
    default:
      _ = try Node(node, allowed: [verb])
      return .unavailable(verb: verb)
    }
  }

  /// The field that is all that an effect of the verb tells.
  private func field(of verb: String) throws(VocabularyError) -> String {
    try Node(node, allowed: [verb]).required(verb).string()
  }

  private func move() throws(VocabularyError) -> Effect.Move {
    let move = try Node(
      node,
      allowed: [
        "move", "in", "from", "of", "party", "waits", "detail", "rule", "dated", "uncounted", "when",
        "unless",
      ])
    let other = try move.optional("of")?.string()
    let party = try move.optional("party")?.oneOrMore() ?? []
    if other != nil && !party.isEmpty { throw move.error("a move has \"of\" or \"party\", not both") }
    return Effect.Move(
      stage: try move.required("move").word(), lifecycles: try move.optional("in")?.words() ?? [],
      from: try move.optional("from")?.words() ?? [], otherField: other, partyFields: party,
      waits: try move.optional("waits")?.bool() ?? false, detailField: try move.optional("detail")?.string(),
      ruleField: try move.optional("rule")?.string(), datedField: try move.optional("dated")?.string(),
      isUncounted: try move.optional("uncounted")?.bool() ?? false,
      when: try conditions(move.optional("when")), unless: try conditions(move.optional("unless")),
      line: move.place.line)
  }

  private func credit() throws(VocabularyError) -> Effect.Credit {
    let credit = try Node(node, allowed: ["credit", "as", "role", "stance"])
    let role = try credit.optional("as")?.word()
    let roleField = try credit.optional("role")?.string()
    guard (role == nil) != (roleField == nil) else {
      throw credit.error("a credit has either \"as\", a role, or \"role\", the field that gives one")
    }
    return Effect.Credit(
      agentField: try credit.required("credit").string(), role: role, roleField: roleField,
      stanceField: try credit.optional("stance")?.string())
  }

  private func vote() throws(VocabularyError) -> Effect.Vote {
    let ballots = Effect.Ballot.allCases
    let vote = try Node(node, allowed: ["vote", "method", "members"] + ballots.map(\.rawValue))
    var totals: [Effect.Ballot: String] = [:]
    for ballot in ballots { totals[ballot] = try vote.optional(ballot.rawValue)?.string() }
    return Effect.Vote(
      onField: try vote.required("vote").string(), methodField: try vote.optional("method")?.string(),
      totalFields: totals, membersField: try vote.optional("members")?.string())
  }

  private func conditions(_ node: Node?) throws(VocabularyError) -> [Effect.Condition] {
    guard let node else { return [] }
    var conditions: [Effect.Condition] = []
    for (name, value) in try node.members() {
      conditions.append(Effect.Condition(field: name.text, values: try value.oneOrMore()))
    }
    return conditions
  }
}
