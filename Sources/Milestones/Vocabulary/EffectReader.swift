// Reads one effect of a type: an object whose verb is one of the closed set.

/// Reads an entry of "effects".
struct EffectReader {
  private let node: Node

  init(_ node: Node) { self.node = node }

  func effect() throws(VocabularyError) -> Effect {
    let verbs =
      ["move", "link", "credit", "assess", "measure", "vote", "describe", "attach"] + Effect.unavailableVerbs
    let keys = try node.members().map(\.0.text)
    let found = verbs.filter(keys.contains)
    guard let verb = found.first, found.count == 1 else {
      throw node.error("an effect has exactly one of: \(verbs.joined(separator: ", "))")
    }
    switch verb {
    case "move": return .move(try move())
    case "link":
      let link = try Node(node, allowed: ["link", "field", "kind"])
      return .link(
        kind: try link.required("link").string(), field: try link.required("field").string(),
        kindField: try link.optional("kind")?.string())
    case "credit":
      let credit = try Node(node, allowed: ["credit", "role", "stance"])
      return .credit(
        agent: try credit.required("credit").string(), role: try credit.required("role").string(),
        stance: try credit.required("stance").string())
    case "assess":
      let assess = try Node(node, allowed: ["assess", "assessor"])
      return .assess(
        kind: try assess.required("assess").string(), assessor: try assess.required("assessor").string())
    case "measure":
      let measure = try Node(node, allowed: ["measure", "metric", "basis"])
      return .measure(
        value: try measure.required("measure").string(), metric: try measure.required("metric").string(),
        basis: try measure.optional("basis")?.string())
    case "vote": return .vote(on: try Node(node, allowed: ["vote"]).required("vote").string())
    case "describe":
      let what = try Node(node, allowed: ["describe"]).required("describe")
      guard case let word = try what.string(), word == "home" || word == "title" else {
        throw what.error("describe is \"home\" (a registration) or \"title\" (a further description)")
      }
      return .describe(givesHome: word == "home")
    case "attach": return .attach(target: try Node(node, allowed: ["attach"]).required("attach").string())
    default:
      _ = try Node(node, allowed: [verb])
      return .unavailable(verb: verb)
    }
  }

  private func move() throws(VocabularyError) -> Effect.Move {
    let move = try Node(
      node, allowed: ["move", "in", "from", "of", "party", "waits", "detail", "when", "unless"])
    let other = try move.optional("of")?.string()
    let party = try move.optional("party")?.oneOrMore() ?? []
    if other != nil && !party.isEmpty { throw move.error("a move has \"of\" or \"party\", not both") }
    return Effect.Move(
      stage: try move.required("move").word(), lifecycles: try move.optional("in")?.words() ?? [],
      from: try move.optional("from")?.words() ?? [], otherField: other, partyFields: party,
      waits: try move.optional("waits")?.bool() ?? false, detailField: try move.optional("detail")?.string(),
      when: try conditions(move.optional("when")), unless: try conditions(move.optional("unless")),
      line: move.place.line)
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
