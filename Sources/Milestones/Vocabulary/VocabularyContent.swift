// What the files of a vocabulary say, read and checked against each other.

internal import OrderedCollections

/// The types, kinds and lifecycles of a vocabulary.
final class VocabularyContent: Sendable {
  let types: OrderedDictionary<String, EventType>
  let kinds: OrderedDictionary<String, SubjectKind>
  let lifecycles: OrderedDictionary<String, Lifecycle>
  let families: OrderedDictionary<String, String>
  /// The lifecycle of each kind unless told otherwise, and that of its parties: asked for whenever a subject is folded.
  let usualLifecycles: [String: Lifecycle]
  let partyLifecycles: [String: Lifecycle]
  /// The family that declares each kind.
  let kindFamilies: [String: String]

  /// Reads files.
  ///
  /// - Parameter files: one file a family, in the order of their names.
  /// - Throws: ``VocabularyError`` with file, line and reason.
  init(files: [VocabularyFile]) throws(VocabularyError) {
    var read: [VocabularyReader.Family] = []
    for file in files { read.append(try VocabularyReader(file).family()) }
    var families: OrderedDictionary<String, String> = [:]
    var kinds: OrderedDictionary<String, SubjectKind> = [:]
    var kindFamilies: [String: String] = [:]
    var types: OrderedDictionary<String, EventType> = [:]
    var lifecycles: OrderedDictionary<String, Lifecycle> = [:]
    for family in read {
      if families[family.name] != nil {
        throw VocabularyError(
          VocabularyPlace(file: "\(family.name).json", line: 1), "the family \(family.name) is given twice")
      }
      families[family.name] = family.means
      for (kind, place) in family.kinds {
        if kinds[kind.name] != nil { throw VocabularyError(place, "the kind \(kind.name) is declared twice") }
        kinds[kind.name] = kind
        kindFamilies[kind.name] = family.name
      }
      for type in family.types {
        if let other = types[type.name] {
          throw VocabularyError(type.place, "the type \(type.name) is declared already at \(other.place)")
        }
        types[type.name] = type
      }
      for lifecycle in family.lifecycles {
        if let other = lifecycles[lifecycle.name] {
          throw VocabularyError(
            lifecycle.place, "the lifecycle \(lifecycle.name) is declared already at \(other.place)")
        }
        lifecycles[lifecycle.name] = lifecycle
      }
    }
    self.families = families
    self.kinds = kinds
    self.kindFamilies = kindFamilies
    self.types = types
    self.lifecycles = lifecycles
    let usual = lifecycles.values.filter { $0.isDefault && !$0.isForParties }
    usualLifecycles = Dictionary(usual.map { ($0.kind, $0) }) { first, _ in first }
    let ofParties = lifecycles.values.filter(\.isForParties)
    partyLifecycles = Dictionary(ofParties.map { ($0.kind, $0) }) { first, _ in first }
    try VocabularyChecks(vocabulary: self).run()
  }
}
