// The manual page, made by the tool Manual from what the program tells of itself.

internal import Foundation
internal import Testing

@Suite("The manual page")
struct ManualTests {
  /// The page, made as Tools/install makes it.
  private func page(_ directory: TemporaryDirectory) throws -> String {
    let tool = URL(fileURLWithPath: Annals.path).deletingLastPathComponent().appendingPathComponent("Manual")
      .path
    let ended = try Annals.shell(
      "annals --experimental-dump-help | '\(tool)' 'July 9, 2026'", in: directory.path)
    try #require(ended.how == .exit(0) && ended.errors == "", "\(ended)")
    return try directory.write("annals.1", ended.standardOutput)
  }

  @Test("Every command has its part, with its examples to the letter; what all have in common stands once")
  func commands() throws {
    try withDirectory { directory in
      let text = String(
        decoding: try directory.read(URL(fileURLWithPath: page(directory)).lastPathComponent), as: UTF8.self)
      for command in CommandTree.all where !command.words.isEmpty {
        #expect(text.contains("\n.Ss \(command.name)\n"), "\(command.name)")
      }
      #expect(text.contains("\nannals init my\\-ledger \\-\\-origin example.org/metoo \\-\\-floor 10\n"))
      #expect(text.contains("identifier='Bolet\\[u00ED]n 1'"))
      for once in [
        ".It Fl -ledger Ar LEDGER", ".It Fl -format Ar FORMAT", ".Sh ENVIRONMENT", ".Sh EXIT STATUS",
        ".Sh EXAMPLES",
      ] {
        #expect(text.components(separatedBy: "\n\(once)\n").count == 2, "\(once)")
      }
      for told in [
        ".It Ev ANNALS_LEDGER\n", ".It Li 79\nconflict\n", ".Dd July 9, 2026\n", ".It Fl -dry-run\n",
      ] {
        #expect(text.contains(told), "\(told)")
      }
    }
  }

  @Test(
    "mandoc has nothing to say against it", .enabled(if: find("mandoc") != nil, "mandoc is not installed"))
  func lint() throws {
    try withDirectory { directory in
      let ended = try ChildProcess(
        find("mandoc") ?? "", ["-Tlint", "-Wwarning", try page(directory)], environment: Annals.environment(),
        in: "/"
      ).wait()
      #expect(ended.how == .exit(0) && ended.output + ended.errors == "", "\(ended)")
    }
  }

  @Test(
    "man shows it without a warning",
    .enabled(if: find("man") != nil && find("groff") != nil, "man is not installed"))
  func man() throws {
    try withDirectory { directory in
      let ended = try Annals.shell(
        "man --warnings -l '\(try page(directory))'", in: "/",
        environment: ["MANWIDTH": "80", "LC_ALL": "C.UTF-8"])
      #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
      #expect(ended.output.contains("Boletín") && ended.output.contains("--dry-run"))
    }
  }

  @Test("What is not the output of the program is refused")
  func rubbish() throws {
    let tool = URL(fileURLWithPath: Annals.path).deletingLastPathComponent().appendingPathComponent("Manual")
      .path
    let ended = try ChildProcess(
      tool, ["July 9, 2026"], environment: Annals.environment(), in: "/", input: Array("{}".utf8)
    ).wait()
    #expect(ended.how == .exit(65) && ended.output == "" && ended.errors.hasPrefix("Manual: "), "\(ended)")
  }
}
