// What a shell offers when the tab key is pressed: types, fields, places and subjects of the ledger that is meant.
//
// Never fails and never writes to stderr: where there is no ledger, or it cannot be read, less is offered. What bash is
// given it expands as a list of words, so nothing is offered that has any other character than letters, digits and
// `._:/=+-`: a vocabulary or a ledger from elsewhere must not run commands through a tab.

import ArgumentParser
import Codes
import Foundation
import Ledger
import Milestones
import OrderedCollections
import Projections
import Publishing

/// What can be offered for an argument.
enum Candidates {
  /// A word with what it means.
  typealias Candidate = (word: String, means: String)

  /// Names for `annals schema`.
  static func schemas() -> [String] {
    offered((try? DocumentSchema.all())?.map { ($0.name, $0.title) } ?? [])
  }

  /// Types of events, of the vocabulary in force for a command line; for one that appends, those that can be appended.
  static func types(_ words: [String], isAppending: Bool) -> [String] {
    let types = vocabulary(words)?.types.values.map { $0 } ?? []
    return offered(
      types.filter { !isAppending || $0.availability.isEmpty }.map { ($0.name, $0.means) })
  }

  /// Fields of the type that the command line names, with their values where these are known.
  static func fields(_ words: [String], startingWith prefix: String) -> [String] {
    guard let vocabulary = vocabulary(words),
      let type = words.lazy.compactMap({ vocabulary.types[$0] }).first
    else { return [] }
    let own = type.fields.values.flatMap { field -> [Candidate] in
      switch field.kind {
      case .choice(let values): values.map { ("\(field.name)=\($0)", field.means) }
      case .boolean: ["true", "false"].map { ("\(field.name)=\($0)", field.means) }
      case .sources: []
      default: [("\(field.name)=", field.means)]
      }
    }
    let common = CommonFields.all.filter { type.fields[$0.name] == nil }.flatMap { field -> [Candidate] in
      switch field.name {
      case "source": CommonFields.sourceFields.map { ("source.\($0.name)=", $0.means) }
      case "link": CommonFields.linkKinds.map { ("link.\($0)=", field.means) }
      case "confidence": CommonFields.confidences.map { ("confidence=\($0)", field.means) }
      case "unsourced": [("unsourced=true", field.means)]
      case "public": type.canBePublic ? [("public=true", field.means)] : []
      default: [("\(field.name)=", field.means)]
      }
    }
    return offered(own + common, to: prefix)
  }

  /// Subjects of the ledger; for a scope its countries and institutions too.
  static func scopes(_ words: [String], startingWith prefix: String, subjectsAlone: Bool = false)
    -> [String]
  {
    // More than this nobody wants to choose from, and to gather it would keep the shell waiting.
    let sizeMax: Int64 = 100_000
    guard let ledger = try? options(words)?.open(), let size = try? ledger.size(), size <= sizeMax,
      let rows = try? ledger.status(.world).content
    else { return [] }
    var found: OrderedDictionary<String, String> = [:]
    for row in rows where row.party == nil { found[row.subject] = row.title ?? "" }
    if !subjectsAlone {
      for country in Set(rows.compactMap(\.country)) { found[country] = Codes.place(country)?.name ?? "" }
      for institution in Set(rows.compactMap(\.institution)) { found[institution] = "" }
    }
    return offered(found.map { ($0.key, $0.value) }, to: prefix)
  }

  // MARK: The ledger that is meant

  private static func options(_ words: [String]) -> GlobalOptions? {
    // bash takes --ledger=DIR apart.
    let ledger = GlobalOptions.ledger(in: words.filter { $0 != "=" })
    let path = ledger.map { NSString(string: $0).expandingTildeInPath }
    return try? GlobalOptions.parse(["--quiet"] + (path.map { ["--ledger", $0] } ?? []))
  }

  private static func vocabulary(_ words: [String]) -> Vocabulary? {
    (try? options(words)?.vocabulary()) ?? (try? Vocabulary.shipped())
  }

  // MARK: What the shell is told

  private static func offered(_ candidates: [Candidate], to prefix: String = "") -> [String] {
    let plain = candidates.filter { candidate in
      candidate.word.utf8.allSatisfy(isPlain) && candidate.word.hasPrefix(prefix)
    }
    let shell = CompletionShell.requesting
    return plain.sorted { $0.word < $1.word }.map { word, means in
      let means = Printable.text(means)
      switch shell {
      case .some(.fish): return means.isEmpty ? word : "\(word)\t\(means)"
      case .some(.zsh):
        // What follows a colon is shown beside the word.
        let escaped = word.replacing(":", with: "\\:")
        return means.isEmpty ? escaped : "\(escaped):\(means)"
      default: return word
      }
    }
  }

  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      true
    default: "._:/=+-".utf8.contains(byte)
    }
  }
}
