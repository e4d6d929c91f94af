// Writes the manual page of a program that is built with swift-argument-parser, from what it tells of itself.
//
// Usage: PROGRAM --experimental-dump-help | Manual DATE >PROGRAM.1
// DATE stands in the page's foot, as mdoc(7) wants it: "July 9, 2026".
//
// The parser has a plugin of its own for this. It drops letters beyond ASCII, fills lines of examples, lists the options
// that all commands share under each, and makes a second build of the package.

import Foundation

@main
struct Manual {
  static func main() {
    let arguments = CommandLine.arguments.dropFirst()
    guard arguments.count == 1, let date = arguments.first else {
      fail("usage: PROGRAM --experimental-dump-help | Manual DATE", code: 64)
    }
    do {
      let input = FileHandle.standardInput.readDataToEndOfFile()
      let page = ManualPage(try JSONDecoder().decode(ProgramInfo.self, from: input).command, date: date)
      try FileHandle.standardOutput.write(contentsOf: Data(page.text.utf8))
    } catch {
      fail("what stands on standard input is not the output of --experimental-dump-help: \(error)", code: 65)
    }
  }

  private static func fail(_ message: String, code: Int32) -> Never {
    FileHandle.standardError.write(Data("Manual: \(message)\n".utf8))
    exit(code)
  }
}

/// What a program tells of itself (ToolInfoV0 of swift-argument-parser), as far as the page needs it.
struct ProgramInfo: Decodable {
  let command: CommandInfo
}

/// A command.
struct CommandInfo: Decodable {
  let commandName: String
  let abstract: String?
  let discussion: String?
  let shouldDisplay: Bool?
  let arguments: [ArgumentInfo]?
  let subcommands: [CommandInfo]?

  /// What the page shows of its commands. The parser adds `help`, which the page itself stands for.
  var shownSubcommands: [CommandInfo] {
    (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
  }
  /// What the page shows of its arguments.
  var shownArguments: [ArgumentInfo] { (arguments ?? []).filter { $0.shouldDisplay != false } }
}

/// An argument, an option or a flag.
struct ArgumentInfo: Decodable, Equatable {
  struct Name: Decodable, Equatable {
    let kind: String
    let name: String
    /// The name as it is typed, without the first hyphen, which mdoc adds.
    var typed: String { kind == "long" ? "-\(name)" : name }
  }

  let kind: String
  let names: [Name]?
  let valueName: String?
  let abstract: String?
  let isOptional: Bool
  let isRepeating: Bool
  let shouldDisplay: Bool?

  var isPositional: Bool { kind == "positional" }
}
