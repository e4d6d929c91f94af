// Explanations for people. Whoever reads them need not be a programmer.

import EDTF
import Ledger
import Milestones
import Projections
import Publishing

extension ExplainedLife {
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

extension ExplainedStep {
  private var entry: EntryRow { step.ground.entry }

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
}
