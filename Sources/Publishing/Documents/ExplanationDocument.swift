// Explanations as documents have them, and their words. Whoever reads them need not be a programmer.

package import CanonicalJSON
internal import EDTF
internal import Milestones
package import Projections

extension Explanation {
  /// Its lives with their words.
  package var explainedLives: [ExplainedLife] {
    lives.map { ExplainedLife(explanation: self, life: $0) }
  }

  /// What the document has beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    [
      ("subject", .string(subject)), ("title", .text(title)),
      ("lives", .array(explainedLives.map(\.json))), ("laterCount", .integer(laterCount)),
    ]
  }
}

/// One life as a document and as people have it.
package struct ExplainedLife {
  package let explanation: Explanation
  package let life: Explanation.Life

  package var steps: [ExplainedStep] {
    life.steps.enumerated().map { index, step in
      ExplainedStep(number: index + 1, life: life, step: step)
    }
  }

  /// A row for each step.
  package var rows: [JSONValue] { steps.map(\.json) }

  package var json: JSONValue {
    [
      "party": .text(life.party), "lifecycle": .text(life.lifecycle), "file": .text(life.place?.file),
      "line": life.place.map { .integer(Int64($0.line)) } ?? .null,
      "standing": life.standing?.json ?? .null, "steps": .array(rows),
    ]
  }

}

/// One step as a document and as people have it.
package struct ExplainedStep {
  package let number: Int
  package let life: Explanation.Life
  package let step: Explanation.Step

  package static let csvColumns =
    ["number", "party"] + Ground.csvColumns + [
      "recorded", "date", "understood", "firstDay", "certainDay", "certain", "byRule", "outcome", "stage",
      "detail", "from", "after", "afterCertainty", "waitedFor", "idle", "by", "byId", "reason", "ruleFile",
      "ruleLine", "lifecycle", "allowedFile", "allowedLine", "says",
    ]

  private var entry: EntryRow { step.ground.entry }

  package var json: JSONValue {
    let made = step.outcome?.members(party: "", isCertain: step.isCertain) ?? []
    func outcome(_ key: String) -> JSONValue { made.first { $0.0 == key }?.1 ?? .null }
    func number(_ value: Int64?) -> JSONValue { value.map { .integer($0) } ?? .null }
    return .object(
      JSONObject(
        step.ground.members + [
          ("number", .integer(Int64(self.number))), ("party", .text(life.party)),
          ("recorded", .text(step.recorded?.description)), ("date", .string(step.date)),
          ("understood", .string(step.understood)), ("firstDay", .text(step.firstDay?.description)),
          ("certainDay", .text(step.certainDay?.description)), ("certain", .bool(step.isCertain)),
          ("byRule", .bool(step.isByRule)), ("restsOn", .array(step.restsOn.map { .integer($0) })),
          ("outcome", outcome("outcome")), ("stage", .text(step.target)),
          ("inferred", made.isEmpty ? .array([]) : outcome("inferred")), ("detail", .text(step.detail)),
          ("from", .text(step.from)), ("after", .text(step.after)),
          ("afterCertainty", .text(step.afterCertainty?.rawValue)), ("waitedFor", number(step.waitedFor)),
          ("idle", .text(idle)), ("by", number(step.cause?.position)), ("byId", .text(step.cause?.id)),
          ("reason", .text(step.cause?.reason)),
          (
            "corrections",
            .array(
              step.corrections.map {
                ["position": .integer($0.position), "id": .string($0.id), "reason": .text($0.reason)]
              })
          ),
          ("ruleFile", .string(step.rule.file)), ("ruleLine", .integer(Int64(step.rule.line))),
          ("lifecycle", .text(life.lifecycle)), ("allowedFile", .text(step.allowance?.file)),
          ("allowedLine", number(step.allowance.map { Int64($0.line) })), ("says", .string(words)),
        ]))
  }

  private var idle: String? {
    switch step.idleness {
    case nil: nil
    case .tells: "tells"
    case .aboutEvents: "about-events"
    case .registers: "registers"
    case .movesOther: "moves-other"
    case .otherLifecycle: "other-lifecycle"
    }
  }

  // MARK: Words

  /// What the step did, in a sentence.
  package var words: String {
    let stood = step.from.map { "at \($0)" } ?? "at the beginning"
    let by =
      step.cause.map { cause in
        "[\(cause.position)]" + (cause.reason.map { " (\($0))" } ?? "")
      } ?? ""
    switch step.outcome {
    case .moved(let stage, let inferred):
      var text = step.isCertain ? "moved to \(stage)" : "possibly moved to \(stage)"
      if let detail = step.detail { text += " (\(detail))" }
      if let waited = step.waitedFor { text += ", having waited for [\(waited)]" }
      if !inferred.isEmpty {
        text +=
          "; no event tells of \(inferred.joined(separator: ", ")), which must have come between (inferred)"
      }
      if let after = step.after, after != stage { text += "; it stands at \(after) all the same" }
      return text
    case .waiting(let stage):
      return "waits to be \(stage) until that can follow; it stands \(stood)"
    case .unplaced(let stage):
      return "moves nothing: its date is too open to move it to \(stage)"
    case .anomaly(_, let stage):
      return "moves nothing (anomaly): \(stage) cannot follow, it stood \(stood)"
    case .disputed(let stage):
      return
        "moves nothing (disputed): other accounts of the same fact are at odds with it, and none is preferred"
        + (stage.map { "; by itself it would lead to \($0)" } ?? "")
    case .setAside: return "moves nothing (set aside): \(by) prefers another account of the same fact"
    case .retracted: return "counts no more: retracted by \(by)"
    case nil:
      switch step.idleness {
      case .registers:
        return "gives home and title" + (life.lifecycle.map { ", and the lifecycle: \($0)" } ?? "")
      case .aboutEvents: return "is about other events; what it changed is told with them"
      default: return "moves nothing"
      }
    }
  }

  /// The rule behind it, in a sentence.
  package var why: String {
    if step.isByRule { return "\(step.rule) declares the rule of dates" + follows }
    switch step.idleness {
    case .tells, .aboutEvents, .registers: return "\(step.rule): \(entry.type) moves no stage"
    case .movesOther:
      return "\(step.rule): \(entry.type), as it is told here, moves something else or nothing"
    case .otherLifecycle(let name):
      return "\(step.rule): \(entry.type) has no move in the lifecycle \(name ?? "of such a subject")"
    case nil: break
    }
    switch step.outcome {
    case .retracted, .setAside: return "\(step.rule) says what \(entry.type) would do"
    default: break
    }
    return "\(step.rule): \(entry.type) leads to \(step.target ?? "no stage")" + follows
  }

  /// What the lifecycle says of it.
  private var follows: String {
    guard let allowance = step.allowance else { return "" }
    let place = step.from.map { "what can follow \($0)" } ?? "how it can begin"
    let isRefused = if case .anomaly = step.outcome { true } else { false }
    return "; \(allowance) says \(place)" + (isRefused ? ", and no way leads there" : "")
  }

  package var dateWords: String {
    let known: String
    if let certain = step.certainDay {
      known = step.isCertain ? "no doubt from \(certain) on" : "no doubt only from \(certain) on"
    } else {
      known = "never without doubt"
    }
    let first = step.firstDay.map { "counts from \($0)" } ?? "no day is known"
    return "\(step.date) is understood as \(step.understood); \(first), \(known)"
  }
}
