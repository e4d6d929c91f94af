// The help of a type of event, made from the vocabulary: annals append TYPE --help, annals vocabulary show TYPE.

import ArgumentParser
import Foundation
import Ledger
import Milestones
import OrderedCollections
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
    var lines = [type.name.bold, "  \(type.availability)\(type.means)", "", "Told of: \(kinds)"]
    lines += ["", "Fields of its own:"]
    var own = Table([
      .init(heading: "FIELD"), .init(heading: "KIND"), .init(heading: ""),
      .init(heading: "WHAT IT MEANS", widthMin: 30),
    ])
    for field in type.fields.values { own.add([field.name, field.kind.name, traits(field), means(field)]) }
    lines += type.fields.isEmpty ? ["  none"] : own.lines(widthMax: .max).map { "  " + $0 }
    lines += ["", "Fields of every event:"]
    var common = Table([.init(heading: "FIELD"), .init(heading: "WHAT IT MEANS", widthMin: 30)])
    for field in CommonFields.all where field.name != "public" || type.canBePublic {
      common.add([field.name, field.means])
    }
    lines += common.lines(widthMax: .max).map { "  " + $0 }
    let moves = effects(type)
    if !moves.isEmpty { lines += ["", "What it does:"] + moves.map { "  " + $0 } }
    if !type.example.isEmpty {
      let fields = type.example.map(quoted).joined(separator: " ")
      lines += ["", "Example:", "  annals append \(type.name) \(fields)"]
    }
    return lines
  }

  private static func traits(_ field: Field) -> String {
    [field.isRequired ? "required" : nil, field.isList ? "list" : nil, field.isSealed ? "sealed" : nil]
      .compactMap { $0 }.joined(separator: ", ")
  }

  private static func means(_ field: Field) -> String {
    switch field.kind {
    case .choice(let values): "\(field.means) One of: \(values.joined(separator: ", "))."
    default: field.means
    }
  }

  private static func effects(_ type: EventType) -> [String] {
    type.effects.map { effect in
      switch effect {
      case .move(let move):
        let whom =
          move.otherField.map { "each subject in \($0)" }
          ?? (move.partyFields.isEmpty ? "the subject" : "the party")
        let procedures = move.lifecycles.isEmpty ? "" : " (\(move.lifecycles.joined(separator: ", ")))"
        let only = Self.only(move.when, move.unless)
        let dated = move.ruleField.map { ", by the rule in \($0)" } ?? ""
        return "moves \(whom) to \(move.stage)\(procedures)\(dated)\(only)"
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
      case .unavailable(let verb): return "\(verb) (not available yet)"
      }
    }
  }

  private static func only(_ when: [Effect.Condition], _ unless: [Effect.Condition]) -> String {
    let conditions =
      when.map { "\($0.field) is \($0.values.joined(separator: " or "))" }
      + unless.map { "\($0.field) is not \($0.values.joined(separator: " or "))" }
    return conditions.isEmpty ? "" : ", if \(conditions.joined(separator: " and "))"
  }

  /// An argument as a shell needs it.
  private static func quoted(_ argument: String) -> String {
    let isPlain = argument.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
        || Array("=:/._,-~?".utf8).contains(byte) || byte >= 0x80
    }
    if isPlain && !argument.contains("?") { return argument }
    guard let equals = argument.firstIndex(of: "=") else { return "'\(argument)'" }
    return "\(argument[...equals])'\(argument[argument.index(after: equals)...])'"
  }
}
