// What may change of a type that exists, and what may not.

internal import CanonicalJSON
internal import OrderedCollections

/// Compares a type with its later self.
struct TypeComparison {
  let name: String
  let old: Declared
  let new: Declared
  /// The later vocabulary.
  let vocabulary: Vocabulary

  func run(_ change: inout VocabularyChange) {
    let free: Set<String> = ["means", "example", "subject", "fields", "effects"]
    for difference in Declared.differences(old, new, besides: free) {
      change.refuse(
        difference.place, name, difference.text, "its events would be read differently", Concern(type: name))
    }
    compareSubject(&change)
    compareFields(&change)
    compareEffects(&change)
  }

  // MARK: Subject

  /// Kinds are added at the end: the first is that of the names that the ledger makes itself.
  private func compareSubject(_ change: inout VocabularyChange) {
    let (before, after) = (old["subject"]?.texts ?? [], new["subject"]?.texts ?? [])
    let place = new["subject"]?.place ?? new.place
    let any = ["*"]
    if before == after { return }
    for kind in before where after != any && !after.contains(kind) {
      change.refuse(
        place, name,
        kind == "*" ? "it could no longer be told of every kind" : "it could no longer be told of a \(kind)",
        "events that are so would have no place in it",
        Concern(type: name, kind: kind == "*" ? nil : kind))
    }
    if after != any, before != any, before.allSatisfy(after.contains), !after.starts(with: before) {
      change.refuse(
        place, name, "its kinds would stand in another order",
        "the first is that of subjects which the ledger names itself; add kinds at the end",
        Concern(type: name))
    }
    let isCounted = { (kind: String) in vocabulary.kinds[kind]?.isCounted ?? false }
    if after == any, let counted = before.first(where: isCounted) {
      change.refuse(
        place, name, "it would be told of every kind",
        "the subjects of a \(counted) are counted and never named, those of other kinds are named",
        Concern(type: name))
    }
    for kind in after where kind != "*" && !before.contains(kind) && before != any {
      if isCounted(kind) && !before.contains(where: isCounted) {
        change.refuse(
          place, name, "it would be told of a \(kind), whose subjects are counted and never named",
          "its own subjects are named", Concern(type: name))
      } else {
        change.add(.subject, "\(name) of \(kind)")
      }
    }
    if after == any { change.add(.subject, "\(name) of every kind") }
  }

  // MARK: Fields

  private func compareFields(_ change: inout VocabularyChange) {
    let (before, after) = (old["fields"]?.members ?? [:], new["fields"]?.members ?? [:])
    for (field, declared) in before {
      guard let later = after[field] else {
        change.refuse(
          new["fields"]?.place ?? new.place, name, "the field \(field) would be gone",
          "what events say in it could not be read any more", concern(field, declared))
        continue
      }
      compareField(field, declared, later, &change)
    }
    for (field, declared) in after where before[field] == nil { addField(field, declared, &change) }
  }

  private func compareField(
    _ field: String, _ old: Declared, _ new: Declared, _ change: inout VocabularyChange
  ) {
    for difference in Declared.differences(old, new, besides: ["means", "required", "sealable", "values"]) {
      change.refuse(
        difference.place, name, "of the field \(field), \(difference.text)",
        "what events say in it would be read differently", concern(field, old))
    }
    let place = { (key: String) in new[key]?.place ?? new.place }
    switch (isTrue("required", of: old), isTrue("required", of: new)) {
    case (false, true):
      change.refuse(
        place("required"), name, "the field \(field) would be required",
        "events without it are as good as others", concern(field, old, isMissing: true))
    case (true, false):
      change.refuse(
        place("required"), name, "the field \(field) would no longer be required",
        "readers of the events rely on it", concern(field, old))
    default: break
    }
    if isTrue("sealable", of: old) != isTrue("sealable", of: new) {
      change.refuse(
        place("sealable"), name,
        "the field \(field) \(isTrue("sealable", of: new) ? "could be" : "could no longer be") sealed",
        "every event of a type carries as many digests as the type has sealable fields", Concern(type: name))
    }
    compareValues(field, old, new, &change)
  }

  private func compareValues(
    _ field: String, _ old: Declared, _ new: Declared, _ change: inout VocabularyChange
  ) {
    let (before, after) = (old["values"]?.texts ?? [], new["values"]?.texts ?? [])
    let place = new["values"]?.place ?? new.place
    for value in before where !after.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
      change.refuse(
        place, name, "the value \"\(value)\" of the field \(field) would be gone",
        "events that say so would be read differently",
        isTrue("sealable", of: old) ? Concern(type: name) : Concern(type: name, field: field, value: value))
    }
    for value in after where !before.contains(where: { $0.utf8.elementsEqual(value.utf8) }) {
      change.refuse(
        place, name, "the value \"\(value)\" of the field \(field) would be new",
        "readers of the events rely on the values that there are; add a field or a type",
        concern(field, old))
    }
    let isReordered = old["values"]?.content != new["values"]?.content
    if isReordered, before.count == after.count, Set(before.map(Word.init)) == Set(after.map(Word.init)) {
      change.refuse(
        place, name, "the values of the field \(field) would stand in another order",
        "readers of the events rely on it", concern(field, old))
    }
  }

  private func addField(_ field: String, _ declared: Declared, _ change: inout VocabularyChange) {
    if CommonFields.names.contains(field) {
      change.refuse(
        declared.place, name, "the field \(field), which every event has, would be declared anew",
        "what events say in it would be read differently", Concern(type: name, field: field))
    } else if isTrue("required", of: declared) {
      change.refuse(
        declared.place, name, "the field \(field) would be new and required",
        "events without it are as good as others; make it optional, or add a type", Concern(type: name))
    } else if isTrue("sealable", of: declared) {
      change.refuse(
        declared.place, name, "the field \(field), which can be sealed, would be new",
        "every event of a type carries as many digests as the type has sealable fields; add a type",
        Concern(type: name))
    } else {
      change.add(.field, "\(name).\(field)")
    }
  }

  /// A text that is equal to another only if its bytes are.
  private struct Word: Hashable {
    let bytes: [UInt8]
    init(_ text: String) { bytes = Array(text.utf8) }
  }

  private func isTrue(_ key: String, of declared: Declared) -> Bool { declared[key]?.view.bool ?? false }

  /// The events with the field; all of the type where sealing may hide who has it.
  private func concern(_ field: String, _ declared: Declared, isMissing: Bool = false) -> Concern {
    isTrue("sealable", of: declared)
      ? Concern(type: name) : Concern(type: name, field: field, isFieldMissing: isMissing)
  }

  // MARK: Effects

  private func compareEffects(_ change: inout VocabularyChange) {
    let (before, after) = (old["effects"]?.elements ?? [], new["effects"]?.elements ?? [])
    let reason = "what its events have brought about would change"
    let (contents, laterContents) = (before.map(\.content), after.map(\.content))
    for one in before where !laterContents.contains(one.content) {
      change.refuse(
        new["effects"]?.place ?? new.place, name, "the effect \(one.excerpt) would be gone", reason,
        Concern(type: name))
    }
    for other in after where !contents.contains(other.content) {
      change.refuse(
        other.place, name, "the effect \(other.excerpt) would be new", reason, Concern(type: name))
    }
    if contents != laterContents, Set(contents) == Set(laterContents) {
      change.refuse(
        new["effects"]?.place ?? new.place, name, "its effects would stand in another order", reason,
        Concern(type: name))
    }
  }
}
