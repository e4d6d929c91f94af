// The help of a type of event, made from the vocabulary: annals append TYPE --help, annals vocabulary show TYPE.

import ArgumentParser
import Foundation
import Ledger
import Milestones
import OrderedCollections
import Publishing
import Rainbow

/// Prints what can be said of a type.
enum TypeHelp {
  /// The type that `annals append TYPE --help` asks about; nil for any other command line.
  static func typeAskedFor(in arguments: [String]) -> String? {
    guard arguments.first == "append", arguments.contains(where: { $0 == "--help" || $0 == "-h" }),
      let type = arguments.dropFirst().first, !type.hasPrefix("-"), !type.contains("=")
    else { return nil }
    return type
  }

  /// Prints the help of a type: of the ledger that is named or stood in, else of the program's own vocabulary.
  static func print(_ name: String, arguments: [String]) throws {
    let ledger = GlobalOptions.ledger(in: arguments)
    let vocabulary = try GlobalOptions.parse(ledger.map { ["--ledger", $0] } ?? []).vocabulary()
    for line in lines(try vocabulary.type(named: name), vocabulary: vocabulary) { try Output.line(line) }
    try Output.flush()
  }

  /// The help in lines.
  static func lines(_ type: EventType, vocabulary: Vocabulary) -> [String] {
    let kinds = type.subjectKinds.isEmpty ? "any subject" : type.subjectKinds.joined(separator: ", ")
    var lines = [
      type.name.bold, "  \(type.availability)\(Printable.text(type.means))", "", "Told of: \(kinds)",
    ]
    lines += ["", "Fields of its own:"]
    var own = Table([
      .init(heading: "FIELD"), .init(heading: "KIND"), .init(heading: ""),
      .init(heading: "WHAT IT MEANS", widthMin: 30),
    ])
    for field in type.fields.values { own.add([field.name, kind(field), traits(field), means(field)]) }
    lines += type.fields.isEmpty ? ["  none"] : own.lines(widthMax: .max).map { "  " + $0 }
    lines += ["", "Fields of every event:"]
    var common = Table([.init(heading: "FIELD"), .init(heading: "WHAT IT MEANS", widthMin: 30)])
    for field in CommonFields.all where field.name != "public" || type.canBePublic {
      common.add([field.name, field.means])
    }
    lines += common.lines(widthMax: .max).map { "  " + $0 }
    let moves = effects(type)
    if !moves.isEmpty { lines += ["", "What it does:"] + moves.map { "  " + $0 } }
    if !type.example.isEmpty { lines += ["", "Example:", "  \(example(type))"] }
    return lines
  }

  /// The kind of a field's values; of a subject, the kinds that it can be of.
  static func kind(_ field: Field) -> String {
    guard case .subject(let kinds) = field.kind, !kinds.isEmpty else { return field.kind.name }
    return "\(field.kind.name) (\(kinds.joined(separator: ", ")))"
  }

  /// What is particular about a field.
  static func traits(_ field: Field) -> String {
    [field.isRequired ? "required" : nil, field.isList ? "list" : nil, field.isSealed ? "sealed" : nil]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// What a field means, and what it can say.
  static func means(_ field: Field) -> String {
    switch field.kind {
    case .choice(let values): "\(field.means) One of: \(values.joined(separator: ", "))."
    default: field.means
    }
  }

  /// What a type does, in words.
  static func effects(_ type: EventType) -> [String] {
    type.effects.map { effect in
      switch effect {
      case .move(let move):
        let whom =
          move.otherField.map { "each subject in \($0)" }
          ?? (move.partyFields.isEmpty ? "the subject" : "the party")
        let from = move.from.isEmpty ? "" : " from \(move.from.joined(separator: " or "))"
        let procedures = move.lifecycles.isEmpty ? "" : " (\(move.lifecycles.joined(separator: ", ")))"
        let only = Self.only(move.when, move.unless)
        let dated = move.ruleField.map { ", by the rule in \($0)" } ?? ""
        let waits = move.waits ? ", as soon as that step can be taken" : ""
        return "moves \(whom)\(from) to \(move.stage)\(procedures)\(dated)\(only)\(waits)"
      case .link(let kind, let field, let kindField):
        return "links the subject to \(field) (\(kindField ?? kind))"
      case .credit(let credit):
        return
          "credits \(credit.agentField)\(credit.role.map { " as \($0)" } ?? ""); credit is listed, never awarded"
      case .assess: return "records a judgement beside others"
      case .measure(let value, let metric, _): return "records \(value) of \(metric)"
      case .vote: return "records a vote; its totals are compared with the list of members"
      case .decide: return "records how the body decided; whether that was unanimous is derived"
      case .dissociate(let agent, let conditions):
        return "records that \(agent) stands apart from a decision\(Self.only(conditions, []))"
      case .describe(let givesHome):
        return givesHome ? "gives the subject title, home and procedure" : "adds titles and identifiers"
      case .attach: return "adds evidence"
      case .prefer(let account, let claim):
        return "prefers the account in \(account) to its rivals; without one, opens \(claim) again"
      case .correct(let target): return "puts right what the event in \(target) says"
      case .retract(let target): return "takes the event in \(target) out of what counts; it stays visible"
      case .consent(let scopes):
        return "\(scopes) is what may be done from then on with what a person entrusted"
      case .erase(let targets): return "tells that the disclosures of \(targets) are gone"
      case .unavailable(let verb): return "\(verb) (not available yet)"
      }
    }
  }

  private static func only(_ when: [Effect.Condition], _ unless: [Effect.Condition]) -> String {
    let conditions = when.map { condition($0, is: "is") } + unless.map { condition($0, is: "is not") }
    return conditions.isEmpty ? "" : ", if \(conditions.joined(separator: " and "))"
  }

  private static func condition(_ condition: Effect.Condition, is verb: String) -> String {
    "\(condition.field) \(verb) \(condition.values == ["*"] ? "given" : condition.values.joined(separator: " or "))"
  }

  /// The example of a type as a command.
  static func example(_ type: EventType) -> String {
    (["annals append", type.name] + type.example.map { quoted(Printable.text($0)) }).joined(separator: " ")
  }

  /// An argument as a shell needs it.
  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || Array("=:/._,-~?".utf8).contains(byte) || byte >= 0x80
    }
    if isPlain && !argument.contains("?") { return argument }
    // Only a name may stand outside the quotation marks.
    let name = argument.prefix { $0.isASCII && ($0.isLetter || $0.isNumber || "_.-".contains($0)) }
    let start = name.endIndex
    let isNamed = start < argument.endIndex && argument[start] == "="
    let (outside, inside) =
      isNamed ? ("\(name)=", argument[argument.index(after: start)...]) : ("", argument[...])
    // A quotation mark ends the quotation, stands by itself, and begins another.
    let parts = inside.split(separator: "'", omittingEmptySubsequences: false)
    return "\(outside)'\(parts.joined(separator: #"'\''"#))'"
  }
}
