// annals show: all that is known of one subject.

import ArgumentParser
import CanonicalJSON
import Ledger
import Milestones
import Projections
import Publishing
import Rainbow

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show all that is known of one subject: its events, what each did, rival accounts.",
    discussion: """
      With --disclose what is sealed in its events is shown, from the vault of this machine: each field is held against \
      its digest, and what passing it on would ask for beyond the consent that was given is said. Erased, withheld (no \
      vault here) and missing are told apart. There the id or the position of one of its events does as well. No other command and no other flag puts on the screen what is sealed.

      Examples:
        annals show measure:us-115-s3749
        annals show resolution:a-c3-73-l21 --format json
        annals show metoo-T7 --disclose
      """)

  @Argument(
    help: "The subject, such as measure:us-115-s3749.",
    completion: .custom { words, _, prefix in
      Candidates.scopes(words, startingWith: prefix, subjectsAlone: true)
    })
  var subject: String

  @OptionGroup var query: QueryOptions

  @Flag(help: "Show what is sealed in its events, from the vault of this machine. Mind who sees the screen.")
  var disclose = false

  @Flag(
    name: .customLong("beyond-consent"),
    help: "With --disclose: show values also where the consent to keep them has ended or was not given.")
  var beyondConsent = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if disclose && (query.on != nil || query.knownAt != nil) {
      throw ValidationError("--disclose tells of what the vault holds now; leave out --on and --known-at.")
    }
    if beyondConsent && !disclose { throw ValidationError("--beyond-consent goes with --disclose.") }
  }

  func run() throws {
    if disclose { return try printDisclosures() }
    let subject = try ScopeArgument.subject(subject)
    let ledger = try options.open()
    let answer = try ledger.history(of: subject, on: query.on, knownAt: query.knownAt)
    let items = answer.content.items
    switch options.format {
    case .json: try Output.json(answer.document(\.members))
    case .jsonl: for item in items { try Output.json(item.json) }
    case .csv:
      try Output.line(CSVText.line(SubjectHistory.Item.csvColumns))
      for item in items { try Output.line(CSVText.line(item.json, columns: SubjectHistory.Item.csvColumns)) }
    case .text: try printText(answer)
    }
  }

  private func printText(_ answer: Answer<SubjectHistory>) throws {
    let history = answer.content
    try Output.line(Printable.text(answer.context.line))
    try Output.line(
      [history.subject.bold, Printable.text(history.title ?? "")].filter { !$0.isEmpty }.joined(
        separator: "  "))
    for row in history.standing {
      let home = [row.party ?? row.country, row.institution].compactMap { $0 }.joined(separator: " ")
      let stage = [row.stage ?? "no stage", row.detail.map { "(\($0))" }, row.since.map { "since \($0)" }]
        .compactMap { $0 }.joined(separator: " ")
      try Output.line(
        Printable.text("  " + [home, stage, row.marks].filter { !$0.isEmpty }.joined(separator: ": ")))
    }
    for item in history.items {
      try Output.line("")
      for line in item.lines { try Output.line(line) }
    }
    for section in [
      Self.spells(history), Self.decisions(history), Self.links(history), Self.anomalies(history),
    ]
    where !section.isEmpty {
      try Output.line("")
      for line in section { try Output.line(line) }
    }
    for dispute in history.disputes {
      try Output.line("")
      for line in dispute.lines { try Output.line(line) }
    }
  }

  /// The spells of parties; the subject's own course stands in its events.
  private static func spells(_ history: SubjectHistory) -> [String] {
    let spells = history.spells.filter { $0.party != nil }
    if spells.isEmpty { return [] }
    return [ViewPrinter.heading("parties")]
      + spells.map { spell in
        let steps = spell.steps.map { step in
          [step.stage, step.since, step.certainty == "certain" ? nil : step.certainty.map { "(\($0))" }]
            .compactMap { $0 }.joined(separator: " ")
        }
        let name = "\(spell.party ?? "")\(spell.number > 1 ? " (spell \(spell.number))" : "")"
        return ViewPrinter.line("\(name): \(steps.joined(separator: " → "))", indent: 2)
      }
  }

  private static func decisions(_ history: SubjectHistory) -> [String] {
    guard let mode = history.mode else { return [] }
    let apart = history.dissociations.filter { $0.ground.certainty != .setAside }.map { item in
      [item.speaker, item.ground.entry.country.map { "(\($0))" }].compactMap { $0 }.joined(separator: " ")
    }
    return [
      ViewPrinter.heading("decided: \(mode.rawValue)"),
      apart.isEmpty ? "" : ViewPrinter.line("apart: \(apart.joined(separator: ", "))", indent: 2),
    ].filter { !$0.isEmpty }
  }

  private static func links(_ history: SubjectHistory) -> [String] {
    if history.links.isEmpty { return [] }
    return [ViewPrinter.heading("links")]
      + history.links.map { link in
        ViewPrinter.line(
          "\(link.subject) \(link.kind) \(link.other)  \(link.positions.map { "[\($0)]" }.joined(separator: " "))"
            + (link.isFarKnown ? "" : "  no event tells of it"), indent: 2)
      }
  }

  private static func anomalies(_ history: SubjectHistory) -> [String] {
    if history.anomalies.isEmpty { return [] }
    return [ViewPrinter.heading("anomalies")]
      + history.anomalies.map { ViewPrinter.line($0.line, indent: 2) }
  }
}

extension SubjectHistory.Item {
  /// The event for people: when, what, what it did; its fields; its sources.
  var lines: [String] {
    let when = [entry.occurred, entry.effective.map { "(effective \($0))" }].compactMap { $0 }.joined(
      separator: " ")
    let did = outcomes.map {
      $0.party.isEmpty
        ? $0.outcome.line(isCertain: isCertain)
        : "\($0.party) \($0.outcome.line(isCertain: isCertain))"
    }
    let corrected = entry.retractedBy == nil ? entry.amendments.map { [$0] } ?? [] : []
    let head = [when, entry.type] + did + corrected + ["[\(entry.position)] \(event.id)"]
    var lines = [Printable.text(head.joined(separator: "  "))]
    if let title = entry.title { lines.append("  " + Printable.text(title)) }
    let place = [entry.country, entry.institution].compactMap { $0 }.joined(separator: " ")
    let hidden: Set<String> = ["title", "sources", "confidence", "_sd", "_sd_alg", "effective"]
    var fields = place.isEmpty ? [] : [place]
    for (name, value) in event.data?.members.map({ ($0.key, $0.value) }) ?? [] where !hidden.contains(name) {
      fields.append("\(name): \(value.value.plainText)")
    }
    fields.append(event.data?["confidence"]?.string ?? "")
    lines.append("  " + Printable.text(fields.filter { !$0.isEmpty }.joined(separator: "; ")))
    for source in event.data?["sources"]?.elements.map({ $0 }) ?? [] {
      let words = [
        source["citation"]?.string, source["url"]?.string, source["quotation"]?.string.map { "“\($0)”" },
      ]
      lines.append("  source: " + Printable.text(words.compactMap { $0 }.joined(separator: " ")))
    }
    return lines
  }
}
