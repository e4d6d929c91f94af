// Explanations as documents and people have them. Whoever reads them need not be a programmer.

import CanonicalJSON
import EDTF
import Ledger
import Milestones
import Projections

/// One life as a document and as people have it.
struct ExplainedLife {
  let explanation: Explanation
  let life: Explanation.Life

  private var steps: [ExplainedStep] {
    life.steps.enumerated().map { index, step in
      ExplainedStep(number: index + 1, life: life, step: step)
    }
  }

  /// A row for each step.
  var rows: [JSONValue] { steps.map(\.json) }

  var json: JSONValue {
    [
      "party": .text(life.party), "lifecycle": .text(life.lifecycle), "file": .text(life.place?.file),
      "line": life.place.map { .integer(Int64($0.line)) } ?? .null,
      "standing": life.standing?.json ?? .null, "steps": .array(rows),
    ]
  }

  /// The lines for people.
  func lines(on day: Day) -> [String] {
    let name = life.party.map { "\(explanation.subject) (\($0))" } ?? explanation.subject
    let stands: String
    if let row = life.standing {
      let marks = [row.detail.map { "(\($0))" }, row.certainty == "certain" ? nil : row.certainty].compactMap
      {
        $0
      }
      stands = (["stands at \(row.stage ?? "no stage")"] + marks + ["on \(day)"]).joined(separator: " ")
    } else {
      stands = "is not there yet on \(day)"
    }
    let certain = life.standing?.certainStage.map { "; certain is \($0)" } ?? ""
    let head = "\(name) \(stands)\(certain)" + (life.steps.isEmpty ? "" : ", because:")
    var lines = [ViewPrinter.heading(head)]
    if life.party == nil, let title = explanation.title { lines.append(ViewPrinter.line(title, indent: 2)) }
    if let lifecycle = life.lifecycle, let place = life.place {
      lines.append(ViewPrinter.line("lifecycle: \(lifecycle), \(place)", indent: 2))
    }
    return (life.party == nil ? [] : [""]) + lines + steps.flatMap(\.lines)
  }
}

/// One step as a document and as people have it.
struct ExplainedStep {
  let number: Int
  let life: Explanation.Life
  let step: Explanation.Step

  static let csvColumns =
    ["number", "party"] + Ground.csvColumns + [
      "recorded", "date", "understood", "firstDay", "certainDay", "certain", "byRule", "outcome", "stage",
      "detail", "from", "after", "afterCertainty", "waitedFor", "idle", "by", "byId", "reason", "ruleFile",
      "ruleLine", "lifecycle", "allowedFile", "allowedLine", "says",
    ]

  private var entry: EntryRow { step.ground.entry }

  var json: JSONValue {
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

  /// The step for people: the event, what it did, why, how its date was understood, its sources.
  var lines: [String] {
    let told = [step.ground.confidence, step.ground.account].compactMap { $0 }.joined(separator: ", says ")
    let head =
      step.isByRule
      ? "\(number). \(step.date)  by a rule of dates, resting on "
        + step.restsOn.map { "[\($0)]" }.joined(separator: ", ")
      : ["\(number). \(step.date)", entry.type, entry.title, "[\(entry.position)] \(step.ground.id)", told]
        .compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: "  ")
    var lines = [ViewPrinter.line(words, indent: 3), ViewPrinter.line("why: \(why)", indent: 3)]
    // A plain day needs no explanation.
    if [step.firstDay, step.certainDay].contains(where: { $0?.description != step.date }) {
      lines.append(ViewPrinter.line("date: \(dateWords)", indent: 3))
    }
    for correction in step.corrections {
      let reason = correction.reason.map { ": \($0)" } ?? ""
      lines.append(ViewPrinter.line("as corrected by [\(correction.position)]\(reason)", indent: 3))
    }
    if !step.isByRule && (entry.sourceCount > 0 || step.idleness == nil) {
      lines += step.ground.sourceLines.map { ViewPrinter.line($0, indent: 3) }
    }
    return ["", ViewPrinter.heading(head)] + lines
  }

  // MARK: Words

  /// What the step did, in a sentence.
  private var words: String {
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
  private var why: String {
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

  private var dateWords: String {
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
