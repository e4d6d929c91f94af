// What may change of the lifecycles that exist: new stages, as long as no event comes to move otherwise than it did.

internal import CanonicalJSON
internal import OrderedCollections

/// Compares the lifecycles of two vocabularies.
struct LifecycleComparison {
  let old: Vocabulary
  let new: Vocabulary
  let before: Declarations
  let after: Declarations

  func run(_ change: inout VocabularyChange) {
    for (name, lifecycle) in old.lifecycles {
      guard let declared = before.lifecycles[name] else { continue }
      guard let later = after.lifecycles[name], let laterLifecycle = new.lifecycles[name] else {
        change.refuse(
          after.place(of: declared), "lifecycle \(name)", "it would be gone",
          "its subjects would have no stage any more", Concern(kind: lifecycle.kind))
        continue
      }
      compare(declared, later, &change)
      if change.problems.contains(where: { $0.name == "lifecycle \(name)" }) { continue }
      compareWays(of: lifecycle, later: laterLifecycle, place: later.place, &change)
    }
    for (name, lifecycle) in new.lifecycles where old.lifecycles[name] == nil {
      guard let declared = after.lifecycles[name] else { continue }
      change.add(.lifecycle, name)
      if old.kinds[lifecycle.kind] != nil { checkNew(lifecycle, at: declared.place, &change) }
    }
  }

  // MARK: A lifecycle that exists

  private func compare(_ earlier: Declared, _ later: Declared, _ change: inout VocabularyChange) {
    let name = earlier["name"]?.view.string ?? ""
    let kind = earlier["for"]?.view.string ?? ""
    func refuse(_ place: VocabularyPlace, _ text: String, _ reason: String) {
      change.refuse(place, "lifecycle \(name)", text, reason, Concern(kind: kind))
    }
    let reason = "its subjects would come to stand at other stages"
    for difference in Declared.differences(earlier, later, besides: ["means", "start", "stages"]) {
      refuse(difference.place, difference.text, reason)
    }
    let stages = earlier["stages"]?.members ?? [:]
    let laterStages = later["stages"]?.members ?? [:]
    func compareList(_ one: Declared?, _ other: Declared?, _ list: String) {
      let (one, texts) = (one?.texts ?? [], other?.texts ?? [])
      let known = texts.filter { stages[$0] != nil }
      if known == one { return }
      let place = other?.place ?? later.place
      for stage in one where !known.contains(stage) {
        refuse(place, "\(list) would no longer name \(stage)", reason)
      }
      for stage in known where !one.contains(stage) {
        refuse(
          place, "\(list) would name \(stage), a stage that was there; it may gain new stages only", reason)
      }
      if Set(known) == Set(one) { refuse(place, "\(list) would name its stages in another order", reason) }
    }
    compareList(earlier["start"], later["start"], "\"start\"")
    for (stage, declared) in stages {
      guard let laterStage = laterStages[stage] else {
        refuse(
          later["stages"]?.place ?? later.place, "the stage \(stage) would be gone",
          "subjects that stand there would stand nowhere")
        continue
      }
      for difference in Declared.differences(declared, laterStage, besides: ["means", "next"]) {
        refuse(difference.place, "of the stage \(stage), \(difference.text)", reason)
      }
      compareList(declared["next"], laterStage["next"], "\"next\" of \(stage)")
    }
    let order = Array(laterStages.keys).filter { stages[$0] != nil }
    if order.count == stages.count, order != Array(stages.keys) {
      refuse(
        later["stages"]?.place ?? later.place, "its stages would stand in another order",
        "the order decides between moves of one day")
    }
    for (stage, declared) in laterStages where stages[stage] == nil {
      change.add(.stage, "\(name).\(stage)")
      guard let lifecycle = new.lifecycles[name], let mover = captured(stage, in: lifecycle) else { continue }
      refuse(declared.place, "the stage \(stage) would be new", mover)
    }
  }

  /// A new stage must not shorten, lengthen or open a way between stages that were there. Through a stage that is only
  /// told no way is inferred: such a one may lead anywhere.
  private func compareWays(
    of earlier: Lifecycle, later: Lifecycle, place: VocabularyPlace, _ change: inout VocabularyChange
  ) {
    let names = earlier.stages.map(\.name)
    func refuse(_ text: String, _ reason: String) {
      change.refuse(place, "lifecycle \(earlier.name)", text, reason, Concern(kind: earlier.kind))
    }
    for from in ([nil] as [String?]) + names {
      let to = names.first { earlier.inferred(from: from, to: $0) != later.inferred(from: from, to: $0) }
      guard let to else { continue }
      let through = (later.inferred(from: from, to: to) ?? []).filter { !names.contains($0) }
      refuse(
        "\(through.joined(separator: ", ")) would open another way from \(from ?? "the beginning") to \(to)",
        "a step that events have told could come to be taken otherwise; make the new stage \"told\", or let none of its \"next\" lead there"
      )
    }
    for stage in earlier.stages where Self.endsSpell(stage.name, in: earlier) {
      if Self.endsSpell(stage.name, in: later) { continue }
      refuse(
        "\(stage.name) would be followed by a stage that is none to begin with",
        "whoever came back from there has begun anew so far, and would not have; add the stage to \"start\" too"
      )
    }
  }

  /// Whether only a new beginning can follow: whoever left a treaty and comes back begins another spell.
  private static func endsSpell(_ stage: String, in lifecycle: Lifecycle) -> Bool {
    let next = lifecycle.next(from: stage)
    return !next.isEmpty && next.allSatisfy(lifecycle.start.contains)
  }

  // MARK: A new lifecycle of a kind that exists

  private func checkNew(_ lifecycle: Lifecycle, at place: VocabularyPlace, _ change: inout VocabularyChange) {
    func refuse(_ reason: String) {
      change.refuse(
        place, "lifecycle \(lifecycle.name)",
        "it would be a lifecycle of \(lifecycle.kind), a kind that was there",
        reason, Concern(kind: lifecycle.kind))
    }
    // Who is registered with a procedure of this name lives by another lifecycle, or by none, so far.
    for type in old.types.values where canBeTold(type, of: lifecycle.kind) && !lifecycle.isForParties {
      guard let field = type.fields["procedure"] else { continue }
      if case .choice(let values) = field.kind, !values.contains(lifecycle.name) { continue }
      refuse("subjects that \(type.name) gave the procedure \(lifecycle.name) would come to live by it")
      return
    }
    let mentioned = lifecycle.stages.lazy.compactMap { extraMention(of: $0.name, kind: lifecycle.kind) }.first
    if let mentioned { return refuse(mentioned) }
    guard lifecycle.isForParties || lifecycle.isDefault else { return }
    if let mover = lifecycle.stages.lazy.compactMap({ captured($0.name, in: lifecycle) }).first {
      refuse(mover)
    }
  }

  // MARK: Who would move

  /// Why a stage that is new to a lifecycle would catch events that exist; nil if it would not.
  private func captured(_ stage: String, in lifecycle: Lifecycle) -> String? {
    for type in old.types.values {
      let effects = before.types[type.name]?["effects"]?.elements ?? []
      for (effect, declared) in zip(type.effects, effects) {
        let isCaught =
          switch effect {
          case .move(let move): moves(move, of: type, to: stage, in: lifecycle)
          // An effect that these rules do not know may mean the stage wherever it says its name.
          default: declared.mentions(stage)
          }
        if isCaught { return "events of \(type.name) would come to move subjects there; choose another name" }
      }
    }
    return extraMention(of: stage, kind: lifecycle.kind)
  }

  private func moves(_ move: Effect.Move, of type: EventType, to stage: String, in lifecycle: Lifecycle)
    -> Bool
  {
    guard move.stage == stage, move.lifecycles.isEmpty || move.lifecycles.contains(lifecycle.name),
      move.partyFields.isEmpty != lifecycle.isForParties
    else { return false }
    guard let name = move.otherField else { return canBeTold(type, of: lifecycle.kind) }
    guard case .subject(let kinds)? = type.fields[name]?.kind else { return true }
    return kinds.isEmpty || kinds.contains(lifecycle.kind)
  }

  private func canBeTold(_ type: EventType, of kind: String) -> Bool {
    type.subjectKinds.isEmpty || type.subjectKinds.contains(kind)
  }

  /// Whether a lifecycle of the kind speaks of the stage elsewhere than among its own stages: of one of the whole, say.
  private func extraMention(of stage: String, kind: String) -> String? {
    for (name, lifecycle) in old.lifecycles where lifecycle.kind == kind {
      let own: Set<String> = ["name", "for", "default", "parties", "means", "start", "stages"]
      for (key, value) in before.lifecycles[name]?.members ?? [:] where !own.contains(key) {
        guard value.mentions(stage), !lifecycle.has(stage) || lifecycle.isForParties else { continue }
        return "\"\(key)\" of the lifecycle \(name) waits for a stage of this name; choose another name"
      }
    }
    return nil
  }
}
