// The program reads no more commands than the one that is named. Nobody should see that.

internal import Testing

@Suite("A command is the same by the short way and by the long one")
struct NamedCommandTests {
  @Test("Its help is, by whichever way it is asked for")
  func help() throws {
    let commands = CommandTree.all.filter { !$0.words.isEmpty }
    #expect(commands.count > 30)
    for command in commands {
      // Of the two only the first names a command with its first word.
      let (short, long) = try (Annals.run(command.words + ["--help"]), Annals.run(["help"] + command.words))
      #expect(short.how == .exit(0), "\(short)")
      #expect(short.output == long.output, "\(command.name)")
    }
  }

  @Test(
    "A word that is nearly a command, or comes after another, names none",
    arguments: [
      ["Status"], ["status "], ["stat"], ["--quiet", "status"], ["", "status"], ["nothing", "status"],
    ])
  func noCommand(arguments: [String]) throws {
    try withLedger { ledger in
      let ended = try ledger.annals(arguments)
      #expect(ended.how == .exit(64), "\(ended)")
      #expect(ended.errors.contains("annals --help"), "\(ended)")
      #expect(ended.output == "")
    }
  }
}
