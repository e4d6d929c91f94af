// The runner of transcripts itself: what it accepts, and that a wrong expectation fails.

internal import Testing

@Suite("Transcripts")
struct TranscriptRunnerTests {
  private func document(_ block: String) -> String { "# A document\n\n```console\n\(block)\n```\nThe end.\n" }

  @Test(
    "A document that tells the truth passes",
    arguments: [
      "$ echo one two\none two",
      "$ echo one two\none …",
      "$ echo one two\n… two",
      "$ echo one two\no…e t…o",
      "$ printf 'a\\nb\\nc\\nd\\n'\na\n…\nd",
      "$ printf 'a\\nb\\n'\n…\na\nb\n…",
      "$ printf 'without a line break'\nwithout a line break",
      "$ printf 'a\\n\\nb\\n'\na\n\nb",
      "$ echo wrong >&2; false\nwrong\n[exit 1]",
      "$ export NAME=x\n$ echo $NAME\nx",
      "$ echo anything at all\n$ true",
      "$ cat > file <<'END'\n$ is no prompt here\nEND\n$ cat file\n… is no prompt here",
      "$ echo a \\\n  b\na b",
      "$ ls Events/record/metoo.jsonl\nEvents/record/metoo.jsonl",
      "$ annals --version\n…",
      "$ echo $COLUMNS $NO_COLOR $ANNALS_RECORDER $TZ\n100 1 m.reyes UTC",
    ])
  func trueDocumentPasses(block: String) throws {
    let differences = try TranscriptRunner.differences(in: document(block))
    #expect(differences == [])
  }

  @Test(
    "A document with a wrong expectation fails, and shows both",
    arguments: [
      "$ echo one two\none three",
      "$ echo one two\none",
      "$ echo one two\n… three",
      "$ echo one\none\n…\ntwo",
      "$ printf 'a\\nb\\n'\na",
      "$ printf 'a\\n'\na\nb",
      "$ echo one\n$ echo two\ntwo",
      "$ echo one; false\none",
      "$ echo one\none\n[exit 1]",
      "$ false",
      "$ exit 0\n$ echo never reached\nnever reached",
      "$ if\nfi",
    ])
  func wrongDocumentFails(block: String) throws {
    let differences = try TranscriptRunner.differences(in: document(block))
    #expect(!differences.isEmpty)
  }

  @Test("A difference names the line, what was expected, what appeared and where they part")
  func differenceIsShown() throws {
    let missing = try #require(TranscriptRunner.differences(in: document("$ printf 'a\\nb\\n'\na\nc")).first)
    #expect(missing.contains("line 4: $ printf"))
    #expect(missing.contains("  expected:\n    | a\n    missing | c\n  actual:\n    | a\n    | b\n"))
    let surplus = try #require(TranscriptRunner.differences(in: document("$ printf 'a\\nb\\n'\na")).first)
    #expect(surplus.contains("  expected:\n    | a\n  actual:\n    | a\n    surplus | b\n"))
  }

  @Test("Other blocks and documents without blocks are passed over")
  func otherBlocks() throws {
    #expect(try Transcript(markdown: "# Nothing here\n").commands.isEmpty)
    #expect(try Transcript(markdown: "```\n$ false\n```\n```swift\nlet a = 1\n```\n").commands.isEmpty)
  }

  @Test("A block that is not closed, or does not begin with a command, is refused")
  func malformedBlocks() {
    #expect(throws: Transcript.Malformed.self) { try Transcript(markdown: "```console\n$ true\n") }
    #expect(throws: Transcript.Malformed.self) { try Transcript(markdown: "```console\ntrue\n```\n") }
  }
}
