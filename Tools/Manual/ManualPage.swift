// The page: which sections there are, and what stands in them.
//
// In a discussion, a heading such as `Examples:` with indented lines under it is printed as it stands; the paragraphs
// `Exit codes: 0 done; …` and `Environment: NAME what it does; …` of the program become sections of the page.

/// A manual page in mdoc(7).
struct ManualPage {
  private let program: CommandInfo
  private let date: String
  /// The commands that do something, each with the words by which it is called.
  private let commands: [(words: [String], command: CommandInfo)]
  /// The options that all commands have, but those that have one of their own by that name.
  private let shared: [ArgumentInfo]

  init(_ program: CommandInfo, date: String) {
    func all(_ command: CommandInfo, _ words: [String]) -> [([String], CommandInfo)] {
      command.shownSubcommands.flatMap {
        [(words + [$0.commandName], $0)] + all($0, words + [$0.commandName])
      }
    }
    self.program = program
    self.date = date
    commands = all(program, [program.commandName]).map { (words: $0.0, command: $0.1) }
    let leaves = commands.map(\.command).filter(\.shownSubcommands.isEmpty)
    shared = (leaves.first?.shownArguments ?? []).filter { argument in
      !argument.isPositional
        && leaves.allSatisfy { leaf in leaf.shownArguments.contains { $0.names == argument.names } }
        && leaves.count { leaf in leaf.shownArguments.contains(argument) } > leaves.count / 2
    }
  }

  /// The page.
  var text: String {
    var page = Mdoc()
    page.macro("Dd", date)
    page.macro("Dt", "\(program.commandName.uppercased()) 1")
    page.macro("Os")
    page.section("NAME")
    page.macro("Nm", program.commandName)
    page.macro("Nd", Mdoc.escaped(program.abstract?.trimmed(".") ?? ""))
    page.section("SYNOPSIS")
    for (words, command) in commands where command.shownSubcommands.isEmpty {
      synopsis(words, command, to: &page)
    }
    page.section("DESCRIPTION")
    let blocks = Block.blocks(of: program.discussion)
    for block in blocks { if case .paragraph(let text) = block { page.paragraph(text) } }
    page.section("COMMANDS")
    for (words, command) in commands { section(words, command, to: &page) }
    page.section("OPTIONS OF EVERY COMMAND")
    options(shared, to: &page)
    list("ENVIRONMENT", "Environment", "Ev", of: blocks, to: &page)
    list("EXIT STATUS", "Exit codes", "Li", of: blocks, to: &page)
    page.section("EXAMPLES")
    for block in blocks { if case .literal(_, let lines) = block { page.literal(lines) } }
    return page.text
  }

  private func synopsis(_ words: [String], _ command: CommandInfo, to page: inout Mdoc) {
    page.macro("Nm")
    page.macro("Cm", words.dropFirst().joined(separator: " "))
    for argument in command.shownArguments where argument.isPositional {
      let name = "\((argument.valueName ?? "").uppercased())\(argument.isRepeating ? " ..." : "")"
      page.macro(argument.isOptional ? "Op Ar" : "Ar", name)
    }
    page.macro("Op Ar", "OPTION ...")
  }

  private func section(_ words: [String], _ command: CommandInfo, to page: inout Mdoc) {
    page.macro("Ss", words.joined(separator: " "))
    page.text(command.abstract ?? "")
    for block in Block.blocks(of: command.discussion) {
      switch block {
      case .paragraph(let text): page.paragraph(text)
      case .list(let heading, let items):
        page.paragraph("\(heading): \(items.map { "\($0.word) \($0.meaning)" }.joined(separator: "; ")).")
      case .literal(let heading, let lines):
        page.paragraph(heading + ":")
        page.literal(lines)
      }
    }
    let own = command.shownArguments.filter { !shared.contains($0) && !isAboutHelp($0) }
    if command.shownSubcommands.isEmpty { options(own, to: &page) }
  }

  private func isAboutHelp(_ argument: ArgumentInfo) -> Bool {
    (argument.names ?? []).contains { ["help", "version"].contains($0.name) }
  }

  private func options(_ arguments: [ArgumentInfo], to page: inout Mdoc) {
    guard !arguments.isEmpty else { return }
    page.macro("Bl", "-tag -width Ds")
    for argument in arguments {
      if argument.isPositional {
        page.macro("It Ar", (argument.valueName ?? "").uppercased())
      } else {
        let names = (argument.names ?? []).map { "Fl \($0.typed)" }.joined(separator: " , ")
        let value = argument.kind == "option" ? " Ar \((argument.valueName ?? "").uppercased())" : ""
        page.macro("It", names + value)
      }
      page.text(argument.abstract ?? "")
    }
    page.macro("El")
  }

  private func list(
    _ title: String, _ heading: String, _ macro: String, of blocks: [Block], to page: inout Mdoc
  ) {
    for case .list(heading, let items) in blocks {
      page.section(title)
      page.macro("Bl", "-tag -width Ds")
      for item in items {
        page.macro("It \(macro)", item.word)
        page.text(item.meaning)
      }
      page.macro("El")
    }
  }
}

/// A part of a discussion.
enum Block {
  case paragraph(String)
  /// Lines that are printed as they stand.
  case literal(heading: String, lines: [String])
  /// `heading: word meaning; word meaning.`
  case list(heading: String, items: [(word: String, meaning: String)])

  /// The parts of a discussion, parted by empty lines.
  static func blocks(of discussion: String?) -> [Block] {
    (discussion ?? "").split(separator: "\n\n").map { part in
      let lines = part.split(separator: "\n").map(String.init)
      let rest = lines.dropFirst()
      if let first = lines.first, first.hasSuffix(":"), !rest.isEmpty, rest.allSatisfy({ $0.hasPrefix("  ") })
      {
        return .literal(heading: first.trimmed(":"), lines: rest.map { String($0.dropFirst(2)) })
      }
      let text = lines.joined(separator: " ")
      for heading in ["Exit codes", "Environment"] where text.hasPrefix(heading + ": ") {
        let items = text.dropFirst(heading.count + 2).split(separator: ";").map { item in
          let words = item.drop { $0 == " " }.split(separator: " ", maxSplits: 1)
          return (
            word: String(words.first ?? ""), meaning: String(words.dropFirst().first ?? "").trimmed(".")
          )
        }
        return .list(heading: heading, items: items)
      }
      return .paragraph(text)
    }
  }
}

extension String {
  /// The text without one character at its end.
  func trimmed(_ last: Character) -> String { self.last == last ? String(dropLast()) : self }
}
