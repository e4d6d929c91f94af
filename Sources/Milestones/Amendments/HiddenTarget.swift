// Events about a sealed testimony: whatever they would say of it in clear is refused.

internal import CanonicalJSON
internal import OrderedCollections

/// A target of which the public log shows next to nothing.
struct HiddenTarget {
  let type: EventType

  /// The reasons of which a correction of a sealed event gives one: words of one's own would stand in clear.
  static let reasons = [
    "misread", "misheard", "mistyped", "mistranslated", "misunderstood", "incomplete", "outdated",
  ]

  /// Nil if the event at the end of the chain can be told of in clear.
  init?(of context: AmendmentContext, vocabulary: Vocabulary) {
    let event = context.last.event
    guard let type = vocabulary.types[event.type], Self.isHidden(event, type, vocabulary) else { return nil }
    self.type = type
  }

  /// Whether an event is a sealed one of those that are counted and never listed.
  static func isHidden(_ event: EventView, _ type: EventType, _ vocabulary: Vocabulary) -> Bool {
    let isCounted = type.subjectKinds.contains { vocabulary.kinds[$0]?.isCounted ?? false }
    return isCounted && type.canBePublic && event.isSealed
  }

  /// What would give something away. Never with a value.
  ///
  /// - Parameters:
  ///   - draft: the own fields of an event about the target.
  ///   - amendment: the type of that event.
  ///   - prefix: stands before the names in messages.
  /// - Returns: a problem for each field.
  func telltale(_ draft: Draft, as amendment: EventType, prefix: String = "") -> [DraftProblem] {
    var problems: [DraftProblem] = []
    for entry in draft.entries {
      let field = prefix + entry.name
      switch FieldChanges.leafName(of: entry.name) {
      case "country", "institution", "note", "claim", "account", "effective", "title", "links", "sources":
        problems.append(
          DraftProblem(
            field: field,
            reason:
              "would stand in clear beside a sealed \(type.name); leave it out\(advice(entry.name, prefix))"))
      case "occurred":
        problems.append(
          DraftProblem(
            field: field,
            reason:
              "would stand in clear beside a sealed \(type.name); leave it out: the day of recording stands for it\(advice("occurred", prefix))"
          ))
      case "reason":
        let words: [String]
        if case .choice(let values)? = amendment.fields["reason"]?.kind {
          words = values
        } else {
          words = Self.reasons
        }
        if let text = entry.value.string, words.contains(where: { $0.utf8.elementsEqual(text.utf8) }) {
          continue
        }
        problems.append(
          DraftProblem(
            field: field,
            reason:
              "stands in clear beside a sealed \(type.name), so that it has to be one of: \(words.joined(separator: ", "))"
          ))
      default: continue
      }
    }
    return problems
  }

  private func advice(_ name: String, _ prefix: String) -> String {
    prefix.isEmpty ? " (what is to stand in the \(type.name) itself is new.\(name)=)" : ""
  }
}
