// Checks a correction: the event as corrected must be well-formed, something must change, and what is sealed stays so.

internal import CanonicalJSON
internal import OrderedCollections

/// One correction's way through the checks; collects everything that is wrong.
struct CorrectionCheck {
  let type: EventType
  let vocabulary: Vocabulary
  let context: AmendmentContext
  /// Looks up the events that a corrected event names in turn.
  let resolve: (Draft) throws -> Draft
  private var problems: [DraftProblem] = []
  /// What goes to the vault: fields of the event at the end of the chain.
  private var sealed: [(name: String, value: JSONValue)] = []
  private var readings: [CheckedEvent.Reading] = []

  init(
    type: EventType, vocabulary: Vocabulary, context: AmendmentContext,
    resolve: @escaping (Draft) throws -> Draft
  ) {
    self.type = type
    self.vocabulary = vocabulary
    self.context = context
    self.resolve = resolve
  }

  mutating func run(_ draft: Draft) throws -> CheckedEvent {
    let parts = CorrectionDraft(draft)
    problems += parts.problems
    let hidden = HiddenTarget(of: context, vocabulary: vocabulary)
    if let hidden { problems += hidden.telltale(parts.own, as: type) }
    let fields = context.target.event.correctableFields
    if let stored = parts.stored {
      requireStanding(stored.old, in: fields, of: stored.new)
    } else {
      try requireFound(parts.old, in: fields)
    }
    var (old, new, supplied) = (JSONObject(), JSONObject(), JSONObject())
    if let changes = try changes(parts.new, at: 0, fields: fields, prefix: "new.", hidden: hidden) {
      supplied = changes
      apply(changes, at: 0, old: &old, new: &new, base: fields, current: fields)
    }

    var pass = CheckPass(type: type, vocabulary: vocabulary)
    pass.supplies = (supplied, sealed)
    let own = parts.own.replacing("old", by: .object(old)).replacing("new", by: .object(new))
    var event: CheckedEvent?
    do { event = try pass.run(GatheredFields(own)) } catch { problems += error.problems }
    guard problems.isEmpty, var event else { throw DraftError(problems) }
    let target = vocabulary.types[context.last.event.type]
    event.sealed = sealed.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    // As many as the target carries, whatever is corrected: neither their number nor their order tells.
    event.digestCount = context.target.event.isSealed ? target?.sealableFields.count ?? 0 : 0
    event.amends = Amends(target: context.target.event.id, basis: try context.basis())
    event.otherReadings = readings
    return event
  }

  // MARK: What is to stand

  /// What is given for one event of the chain, in the form that is stored: a value for what is put in place, null for
  /// what is taken away. Nil if something is wrong with it.
  private mutating func changes(
    _ draft: Draft, at index: Int, fields: JSONObject, prefix: String, hidden: HiddenTarget?
  ) throws -> JSONObject? {
    let event = context.chain[index].standing.event
    guard let type = vocabulary.types[event.type] else { return nil }
    let countBefore = problems.count
    let given = FieldChanges(draft, of: type)
    add(given.problems, prefix)
    if given.isEmpty && given.problems.isEmpty {
      problem(String(prefix.dropLast()), "is missing; write \(prefix)FIELD=VALUE for what is to stand")
    }
    let fixed = refuseFixed(given, of: type, prefix)
    if let hidden, index < context.chain.count - 1 {
      problems += hidden.telltale(draft, as: type, prefix: prefix)
    }
    var supplied = JSONObject()
    if !given.touched.isEmpty || given.parts.values.contains(where: { !$0.isEmpty }),
      let checked = try checked(given, but: fixed, of: event, type, fields: fields, prefix: prefix)
    {
      supplied = self.supplied(given, checked, type: type, fields: fields, prefix: prefix)
    }
    if let nested = given.nested, index + 1 < context.chain.count {
      let corrected = try context.chain[index + 1].before.corrected(
        old: fields["old"]?.object ?? JSONObject(), new: fields["new"]?.object ?? JSONObject())
      let changes = try changes(
        nested, at: index + 1, fields: corrected.correctableFields, prefix: prefix + "new.", hidden: hidden)
      if let changes { supplied["new"] = .object(changes) }
    }
    return problems.count == countBefore ? supplied : nil
  }

  /// The event with what is given put in, checked like any other of its type.
  private mutating func checked(
    _ given: FieldChanges, but fixed: Set<String> = [], of event: EventView, _ type: EventType,
    fields: JSONObject, prefix: String
  ) throws -> CheckedEvent? {
    var merged = Draft()
    merged.add("type", .string(type.name))
    if !HiddenTarget.isHidden(event, type, vocabulary) { merged.add("subject", .string(event.subject)) }
    for (name, value) in fields {
      if given.touched.contains(name) && !fixed.contains(name) { continue }
      if name == "unsourced" && given.touched.contains("sources") && !given.removed.contains("sources") {
        continue
      }
      if let parts = given.parts[name], !parts.isEmpty, let object = value.object {
        let kept = JSONObject(object.filter { !parts.contains($0.key) }.map { ($0.key, $0.value) })
        if !kept.isEmpty { merged.add(name, .object(kept)) }
      } else {
        merged.add(name, value)
      }
    }
    for entry in given.given.entries where !fixed.contains(entry.name) { merged.add(entry.name, entry.value) }
    var pass = CheckPass(type: type, vocabulary: vocabulary)
    pass.corrected = Set(given.touched)
    do {
      return try pass.run(GatheredFields(try resolve(merged)))
    } catch let error as DraftError {
      for found in error.problems {
        guard let field = found.field, given.names(field) else {
          problem(
            String(prefix.dropLast()), "with this the event would not be well-formed: \(found.description)")
          continue
        }
        let isGone = given.removed.contains(FieldChanges.leafName(of: field))
        problem(prefix + field, isGone ? "cannot be taken away: every \(type.name) has it" : found.reason)
      }
      return nil
    }
  }

  /// What was given in the form that is stored; tells what would not change. What is sealed is not compared: an error
  /// would tell what stands.
  private mutating func supplied(
    _ given: FieldChanges, _ checked: CheckedEvent, type: EventType, fields: JSONObject, prefix: String
  ) -> JSONObject {
    let after = checked.correctableFields
    let isPublic = fields["public"]?.bool ?? false
    var supplied = JSONObject()
    for name in given.touched {
      if type.fields[name]?.isSealed == true && !isPublic {
        if given.removed.contains(name) { sealed.append((name, .null)) }
        continue
      }
      supplied[name] = after[name] ?? .null
      let isSealedBeside = name == "occurred" && checked.sealed.contains { $0.name == "date" }
      if fields[name] == after[name] && !isSealedBeside {
        problem(
          prefix + (name == "sources" ? "source" : name),
          after[name] == nil
            ? "is not there, so it cannot be taken away" : "stands so already; leave it out")
      }
    }
    for (name, word) in [("title", "title"), ("links", "link")] {
      guard let parts = given.parts[name], !parts.isEmpty else { continue }
      supplied[name] =
        after[name] == nil ? .null : .object(JSONObject(parts.map { ($0, after[name]?[$0] ?? .null) }))
      for part in parts where fields[name]?[part] == after[name]?[part] {
        let field = part == "original" ? word : "\(word).\(part)"
        problem(
          prefix + field,
          after[name]?[part] == nil
            ? "is not there, so it cannot be taken away" : "stands so already; leave it out")
      }
    }
    sealed += checked.sealed
    readings += checked.readings.filter { given.touched.contains($0.field) }
      .map { ($0.field.isEmpty ? $0.field : prefix + $0.field, $0.value, $0.meaning) }
    return supplied
  }

  /// Puts changes into the `old` and `new` of a correction of the event at `index`.
  ///
  /// - Parameters:
  ///   - changes: in stored form, null for what is taken away.
  ///   - index: in the chain.
  ///   - old: what stood, of all fields that the correction is about.
  ///   - new: what is to stand.
  ///   - base: what stands without the correction.
  ///   - current: what stands with it as it was.
  private func apply(
    _ changes: JSONObject, at index: Int, old: inout JSONObject, new: inout JSONObject, base: JSONObject,
    current: JSONObject
  ) {
    func put(_ name: String, _ value: JSONValue?) {
      if old[name] == nil, new[name] == nil, let stood = base[name] { old[name] = stood }
      new[name] = value
    }
    for (name, value) in changes {
      switch name {
      case "new":
        guard let nested = value.object, index + 1 < context.chain.count else { continue }
        var said = (
          old: current["old"]?.object ?? JSONObject(), new: current["new"]?.object ?? JSONObject()
        )
        let before = context.chain[index + 1].before
        let corrected = (try? before.corrected(old: said.old, new: said.new)) ?? before
        apply(
          nested, at: index + 1, old: &said.old, new: &said.new, base: before.correctableFields,
          current: corrected.correctableFields)
        let isSameOld = JSONValue.object(said.old) == current["old"]
        // Nothing of it in clear where all that changes is sealed.
        if isSameOld && JSONValue.object(said.new) == current["new"] { continue }
        put("new", .object(said.new))
        if !isSameOld { put("old", .object(said.old)) }
      case "title", "links":
        var parts = current[name]?.object ?? JSONObject()
        for (part, value) in value.object ?? JSONObject() { parts[part] = value.isNull ? nil : value }
        put(name, value.isNull || parts.isEmpty ? nil : .object(parts))
      case "occurred" where value == base[name]: continue  // only what is sealed beside it changes
      default:
        if name == "sources" && !value.isNull && current["unsourced"] != nil { put("unsourced", nil) }
        put(name, value.isNull ? nil : value)
      }
    }
  }

  // MARK: What was found

  /// What a client says it found standing has to stand: otherwise somebody else corrected meanwhile.
  private mutating func requireFound(_ draft: Draft, in fields: JSONObject) throws {
    let event = context.target.event
    guard !draft.entries.isEmpty, let type = vocabulary.types[event.type] else { return }
    let given = FieldChanges(draft, of: type)
    add(given.problems, "old.")
    if given.nested != nil {
      problem("old.new", "is not compared; leave it out")
    }
    let isPublic = fields["public"]?.bool ?? false
    for name in given.touched where type.fields[name]?.isSealed == true && !isPublic {
      problem("old.\(name)", "is sealed, and what is sealed is not compared; leave it out")
      return
    }
    let countBefore = problems.count
    guard !given.touched.isEmpty || given.parts.values.contains(where: { !$0.isEmpty }) else { return }
    guard let checked = try checked(given, of: event, type, fields: fields, prefix: "old."),
      problems.count == countBefore
    else { return }
    let said = checked.correctableFields
    for name in given.touched where said[name] != fields[name] {
      differs("old.\(name == "sources" ? "source" : name)", said[name], stands: fields[name])
    }
    for (name, word) in [("title", "title"), ("links", "link")] {
      for part in given.parts[name] ?? [] where said[name]?[part] != fields[name]?[part] {
        differs(
          part == "original" ? "old.\(word)" : "old.\(word).\(part)", said[name]?[part],
          stands: fields[name]?[part])
      }
    }
  }

  /// The same for a correction that was read back from a log.
  private mutating func requireStanding(_ old: JSONObject, in fields: JSONObject, of new: JSONObject) {
    for (name, value) in old where fields[name] != value {
      differs("old.\(name)", value, stands: fields[name])
    }
    for name in new.keys where old[name] == nil && fields[name] != nil {
      differs("old.\(name)", nil, stands: fields[name])
    }
  }

  private mutating func differs(_ field: String, _ said: JSONValue?, stands: JSONValue?) {
    func text(_ value: JSONValue?) -> String {
      guard let value else { return "nothing" }
      return value.string ?? (try? value.canonicalBytes()).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }
    let name = FieldChanges.leafName(of: String(field.dropFirst("old.".count)))
    let by = context.target.correctedBy[name].map { ", by the correction \($0)" } ?? ""
    problems.append(
      DraftProblem(
        field: field,
        reason:
          "is not what stands: \(text(stands)) stands\(by), not \(text(said)). Somebody else may have corrected it meanwhile; look at it, then decide again",
        isConflict: true))
  }

  // MARK: What cannot be corrected

  /// Tells what cannot be corrected; gives its names.
  private mutating func refuseFixed(
    _ given: FieldChanges, of type: EventType, _ prefix: String
  ) -> Set<String> {
    var fixed: Set<String> = []
    let eventFields = type.effects.compactMap { effect -> String? in
      switch effect {
      case .correct(let field), .retract(let field), .attach(let field): field
      default: nil
      }
    }
    for name in given.touched {
      let field = prefix + name
      switch name {
      case "type", "subject":
        problem(
          field,
          "cannot be corrected; retract the event (event.retracted reason=wrong-subject) and enter it again")
      case _ where eventFields.contains(name):
        problem(field, "cannot be corrected; retract the event (reason=false) and enter it again")
      case "public":
        problem(
          field,
          "cannot be corrected, since it says what is sealed; retract the event (reason=false) and enter it again"
        )
      case _ where EventView.neverCorrectedFields.contains(name) || CommonFields.stamped.contains(name):
        problem(field, "is set when an event is recorded, and cannot be corrected")
      default: continue
      }
      fixed.insert(name)
    }
    return fixed
  }

  private mutating func add(_ found: [DraftProblem], _ prefix: String) {
    problems += found.map { DraftProblem(field: $0.field.map { prefix + $0 }, reason: $0.reason) }
  }

  private mutating func problem(_ field: String, _ reason: String) {
    problems.append(DraftProblem(field: field, reason: reason))
  }
}
