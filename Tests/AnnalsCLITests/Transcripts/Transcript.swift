// Transcripts: what a person types and what then stands on the screen, as documents have it.
//
// A fenced block marked `console` holds lines `$ command` and under each what is expected. A command goes on over the
// next line after a backslash, and up to the closing word of a here-document. In what is expected, `…` within a line
// stands for any text, and a line that is only `…` for any number of lines, none among them. `[exit 65]` as the last
// line states the exit status; otherwise it is 0. A block in which nothing is expected checks the exit status alone.

internal import Foundation

/// A command of a transcript.
struct TranscriptCommand: Sendable {
  /// The line of the document on which it stands, from 1.
  let line: Int
  /// What is typed.
  let text: String
  /// What is to appear, line by line; nil if that is left open.
  let expected: [String]?
  /// How it is to end.
  let exitStatus: Int
}

/// The commands of a document, in their order.
struct Transcript: Sendable {
  struct Malformed: Error { let reason: String }

  let commands: [TranscriptCommand]

  /// Reads a document in Markdown.
  ///
  /// - Throws: ``Malformed`` if a console block is not closed, or begins with anything but a command.
  init(markdown: String) throws {
    var commands: [TranscriptCommand] = []
    var block: [(line: Int, text: String)]?
    var isOtherBlock = false
    for (index, line) in markdown.components(separatedBy: "\n").enumerated() {
      if line.hasPrefix("```") {
        if let finished = block {
          commands += try Self.commands(of: finished)
          block = nil
        } else if isOtherBlock {
          isOtherBlock = false
        } else if line.dropFirst(3).trimmingCharacters(in: .whitespaces) == "console" {
          block = []
        } else {
          isOtherBlock = true
        }
      } else {
        block?.append((index + 1, line))
      }
    }
    if block != nil { throw Malformed(reason: "a console block is not closed") }
    self.commands = commands
  }

  private static func commands(of block: [(line: Int, text: String)]) throws -> [TranscriptCommand] {
    var rest = block[...]
    var found: [(line: Int, text: String, output: [String])] = []
    while let first = rest.popFirst() {
      guard first.text.hasPrefix("$ ") else {
        guard !found.isEmpty else {
          throw Malformed(reason: "line \(first.line): a console block begins with \"$ command\"")
        }
        found[found.count - 1].output.append(first.text)
        continue
      }
      var lines = [String(first.text.dropFirst(2))]
      while lines[lines.count - 1].hasSuffix("\\"), let next = rest.popFirst() { lines.append(next.text) }
      if let word = hereDocumentWord(lines[0]) {
        while let next = rest.popFirst() {
          lines.append(next.text)
          if next.text == word { break }
        }
      }
      found.append((first.line, lines.joined(separator: "\n"), []))
    }
    let isOpen = found.allSatisfy(\.output.isEmpty)
    return found.map { line, text, output in
      var output = output
      var status = 0
      if let stated = output.last.flatMap(exitStatus) {
        status = stated
        output.removeLast()
      }
      return TranscriptCommand(line: line, text: text, expected: isOpen ? nil : output, exitStatus: status)
    }
  }

  private static func exitStatus(_ line: String) -> Int? {
    guard line.hasPrefix("[exit "), line.hasSuffix("]") else { return nil }
    return Int(line.dropFirst(6).dropLast())
  }

  private static func hereDocumentWord(_ command: String) -> String? {
    guard let operatorRange = command.range(of: "<<"), !command[operatorRange.upperBound...].hasPrefix("<")
    else {
      return nil
    }
    let word = command[operatorRange.upperBound...].drop { $0 == " " || $0 == "'" || $0 == "\"" || $0 == "-" }
      .prefix { $0.isLetter || $0.isNumber || $0 == "_" }
    return word.isEmpty ? nil : String(word)
  }
}

/// Compares what is expected with what appeared.
enum TranscriptMatch {
  private static let anything = "…"

  /// Where two texts part.
  enum Difference: Equatable {
    /// No line answers to the expected one with this index.
    case missing(expected: Int)
    /// All that was expected appeared, and then, from the line with this index, something more.
    case surplus(actual: Int)
  }

  /// Compares lines; blanks at the end of a line are left out of account.
  ///
  /// - Returns: nil if they agree.
  static func difference(expected: [String], actual: [String]) -> Difference? {
    let actual = actual.map(trimmed)
    // The places that the expected lines so far can have led to.
    var places: Set<Int> = [0]
    for (index, line) in expected.map(trimmed).enumerated() {
      if line == anything {
        places = Set((places.min() ?? 0)...actual.count)
      } else {
        places = Set(places.filter { $0 < actual.count && accepts(line, actual[$0]) }.map { $0 + 1 })
      }
      if places.isEmpty { return .missing(expected: index) }
    }
    return places.contains(actual.count) ? nil : .surplus(actual: places.max() ?? 0)
  }

  /// Whether a line agrees with an expected one.
  static func accepts(_ expected: String, _ actual: String) -> Bool {
    let parts = expected.components(separatedBy: anything)
    guard parts.count > 1 else { return expected == actual }
    guard actual.hasPrefix(parts[0]) else { return false }
    var rest = actual.dropFirst(parts[0].count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.range(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return rest.hasSuffix(parts[parts.count - 1])
  }

  private static func trimmed(_ line: String) -> String {
    String(line.reversed().drop { $0 == " " || $0 == "\t" || $0 == "\r" }.reversed())
  }
}
