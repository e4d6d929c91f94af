// Vocabularies that differ from the shipped one at random: some in ways that are allowed, most in ways that are not.

import CanonicalJSON
import Milestones
import TestSupport

/// Changes vocabulary files at random, from a seed.
struct RandomVocabularies {
  private var generator: SeededGenerator
  /// The files, read; and all names that stand in them, to be mixed up.
  private let families: [(name: String, json: OrderedJSON)]
  private let words: [String]
  private let stages: [String]

  init(seed: UInt64) throws {
    generator = SeededGenerator(seed: seed)
    families = try Vocabulary.shippedFiles.map { ($0.family, try OrderedJSON(parsing: $0.text)) }
    words = Array(Set(families.flatMap { $0.json.strings }.filter { $0.utf8.count < 24 })).sorted()
    let lifecycles = families.flatMap { $0.json["lifecycles"]?.items ?? [] }
    stages = Array(Set(lifecycles.flatMap { $0["stages"]?.members.map(\.key) ?? [] })).sorted()
  }

  /// The shipped files, one of them changed, and what was done to it.
  mutating func next() throws -> (files: [VocabularyFile], what: String) {
    var (name, json) = generator.pick(families)
    var what: [String] = []
    for _ in 0..<(generator.chance(70) ? 1 : 2) { what.append(change(&json)) }
    let text = try json.text()
    let files = Vocabulary.shippedFiles.map { file in
      file.family == name ? VocabularyFile(family: name, text: text) : file
    }
    return (files, "\(name): \(what.joined(separator: ", "))\n\(text)")
  }

  private mutating func change(_ json: inout OrderedJSON) -> String {
    switch generator.below(12) {
    case 0...3: anything(&json)
    case 4...6: newStage(&json)
    case 7, 8: newField(&json)
    case 9: newLifecycle(&json)
    case 10: newKind(&json)
    default: otherOrder(&json)
    }
  }

  // MARK: What may be allowed

  /// A new stage somewhere on a lifecycle's way.
  private mutating func newStage(_ json: inout OrderedJSON) -> String {
    var lifecycles = json["lifecycles"]?.items ?? []
    guard !lifecycles.isEmpty else { return newField(&json) }
    let index = generator.below(lifecycles.count)
    var members = lifecycles[index]["stages"]?.members ?? []
    let own = members.map(\.key)
    let name = generator.chance(60) ? "new-stage" : generator.pick(stages)
    if own.contains(name) { return "nothing" }
    var next: [String] = []
    for stage in own + [name] where generator.chance(25) { next.append(stage) }
    var stage = OrderedJSON.members(["means": .text("New."), "next": .texts(next)])
    if generator.chance(50) { stage.append(.init(key: "told", value: .word(true))) }
    for place in members.indices where generator.chance(30) {
      let list = members[place].value["next"]?.items ?? []
      members[place].value["next"] = .array(list + [.text(name)])
    }
    members.insert(.init(key: name, value: .object(stage)), at: generator.below(members.count + 1))
    lifecycles[index]["stages"] = .object(members)
    if generator.chance(20) {
      lifecycles[index]["start"] = .array((lifecycles[index]["start"]?.items ?? []) + [.text(name)])
    }
    json["lifecycles"] = .array(lifecycles)
    return "a stage \(name), next \(next)"
  }

  private mutating func newField(_ json: inout OrderedJSON) -> String {
    guard case .object(var types)? = json["types"] else { return "nothing" }
    let index = generator.below(types.count)
    let name = generator.chance(70) ? "new_field" : generator.pick(["country", "procedure", "claim", "new"])
    var field = OrderedJSON.members([
      "kind": .text(generator.pick(["text", "date", "country", "integer", "party"])), "means": .text("New."),
    ])
    if generator.chance(20) {
      field.append(.init(key: generator.pick(["required", "sealable", "list"]), value: .word(true)))
    }
    if types[index].value["fields"]?[name] != nil { return "nothing" }
    types[index].value["fields"]?[name] = .object(field)
    json["types"] = .object(types)
    return "a field \(name) of \(types[index].key)"
  }

  private mutating func newLifecycle(_ json: inout OrderedJSON) -> String {
    let kinds = families.flatMap { $0.json["kinds"]?.items.compactMap { $0["kind"]?.string } ?? [] }
    let names = Array(Set((0..<4).map { _ in generator.pick(stages) })).sorted()
    let stage = OrderedJSON.object(OrderedJSON.members(["means": .text("New."), "next": .texts(names)]))
    var lifecycle = OrderedJSON.members([
      "name": .text(generator.pick(["new-life", "decree-2", "other"])), "for": .text(generator.pick(kinds)),
      "means": .text("New."), "start": .texts(Array(names.prefix(1))),
      "stages": .object(names.map { .init(key: $0, value: stage) }),
    ])
    if generator.chance(50) {
      lifecycle.append(.init(key: generator.pick(["default", "parties"]), value: .word(true)))
    }
    json["lifecycles"] = .array((json["lifecycles"]?.items ?? []) + [.object(lifecycle)])
    return "a lifecycle \(lifecycle.prefix(2).map { $0.value.string ?? "" })"
  }

  private mutating func newKind(_ json: inout OrderedJSON) -> String {
    json["kinds"] = .array(
      (json["kinds"]?.items ?? []) + [
        .object(OrderedJSON.members(["kind": .text("novelty"), "means": .text("New.")]))
      ])
    guard case .object(var types)? = json["types"], generator.chance(70) else { return "a kind" }
    let index = generator.below(types.count)
    var kinds = types[index].value["subject"]?.items ?? []
    kinds.insert(
      .text(generator.pick(["novelty", "testimony", "policy", "measure"])),
      at: generator.below(kinds.count + 1))
    types[index].value["subject"] = .array(kinds)
    json["types"] = .object(types)
    return "a kind of \(types[index].key)"
  }

  // MARK: What may not

  /// Anything, anywhere.
  private mutating func anything(_ json: inout OrderedJSON) -> String {
    var generator = generator
    defer { self.generator = generator }
    let words = words
    var what = "nothing"
    json.change(generator.below(json.count)) { value in
      switch value {
      case .object(var members):
        if members.isEmpty { break }
        let index = generator.below(members.count)
        switch generator.below(3) {
        case 0:
          what = "\(members[index].key) gone"
          members.remove(at: index)
        case 1:
          what = "\(members[index].key) called otherwise"
          members[index].key = generator.pick(words)
        default:
          let key = generator.pick([
            "required", "list", "sealable", "sealed", "told", "collects", "default", "parties", "counted",
            "waits",
          ])
          what = "\(key) put the other way"
          value[key] = .word(.bool(value[key] == nil))
          return
        }
        value = .object(members)
      case .array(var items):
        if items.isEmpty || generator.chance(40) {
          what = "an entry more"
          items.append(
            generator.chance(50) || items.isEmpty ? .text(generator.pick(words)) : generator.pick(items))
        } else {
          what = "an entry less"
          items.remove(at: generator.below(items.count))
        }
        value = .array(items)
      case .word(.bool(let bool)):
        what = "\(!bool)"
        value = .word(.bool(!bool))
      case .word(let word):
        let other = generator.pick(words)
        what = "\(word.string ?? "") now \(other)"
        value = .text(other)
      }
    }
    return what
  }

  private mutating func otherOrder(_ json: inout OrderedJSON) -> String {
    var generator = generator
    defer { self.generator = generator }
    json.change(generator.below(json.count)) { value in
      switch value {
      case .object(let members): value = .object(members.shuffled(using: &generator))
      case .array(let items): value = .array(items.shuffled(using: &generator))
      case .word: break
      }
    }
    return "another order"
  }
}
