// The short way to the command that the first word names. Whatever is not plainly a command that can run, a request for help
// or a mistake, goes the long way, by which the parser sees all commands and tells what is wrong.

import ArgumentParser

/// `annals` with no more commands than the one that is named.
///
/// The parser makes a tree of all commands that it is given, and looks through the command line for a request for completion
/// scripts, before it reads a word: that takes longer than most answers. What it makes of one command does not depend on
/// the others.
struct NamedCommand: ParsableCommand {
  static let configuration = {
    var configuration = CommandConfiguration(
      commandName: "annals",
      subcommands: named(by: CommandLine.arguments.dropFirst().first).map { [$0] } ?? [])
    // By which the parser knows that no completion scripts are asked for.
    configuration._superCommandName = ""
    return configuration
  }()

  /// The command that a word names; nil if it names none.
  private static func named(by word: String?) -> (any ParsableCommand.Type)? {
    Annals.configuration.subcommands.first { $0.configuration.commandName == word }
  }

  /// The command of the program's command line, ready to run; nil if it has to go the long way.
  static func parsed(from arguments: [String]) -> (any ParsableCommand)? {
    guard let named = configuration.subcommands.first, let command = try? parseAsRoot(arguments),
      isPart(command, of: named)
    else { return nil }
    return command
  }

  /// Whether it is the command, or one below it: the parser answers a request for help with a command of its own.
  private static func isPart(_ command: any ParsableCommand, of named: any ParsableCommand.Type) -> Bool {
    type(of: command) == named || named.configuration.subcommands.contains { isPart(command, of: $0) }
  }
}
