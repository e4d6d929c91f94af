// The examples of the README and of everything in docs/, run as they stand.

internal import Foundation
internal import Testing

@Suite("Documents")
struct DocumentTests {
  /// The documents whose examples are run, as paths from the repository's root.
  static let documents: [String] = {
    let files = FileManager.default.enumerator(atPath: repository.appendingPathComponent("docs").path)
    let inDocs = (files?.compactMap { $0 as? String } ?? []).filter { $0.hasSuffix(".md") }.map {
      "docs/" + $0
    }
    let atRoot = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Events/record/README.md"]
    return atRoot.filter {
      FileManager.default.fileExists(atPath: repository.appendingPathComponent($0).path)
    } + inDocs.sorted()
  }()

  @Test("Every example in a document does what the document says", arguments: documents)
  func examplesHold(document: String) throws {
    for difference in try TranscriptRunner.differences(in: text(document)) {
      Issue.record("\(document), \(difference)")
    }
  }

  @Test("The README shows the commands at work")
  func readmeHasExamples() throws {
    let commands = try Transcript(markdown: text("README.md")).commands
    for command in [
      "init", "append", "import", "status", "show", "timeline", "replay", "rebuild", "keys", "checkpoint",
      "prove",
      "publish", "verify",
      "check-proof", "vocabulary", "schema",
    ] {
      #expect(commands.contains { $0.text.hasPrefix("annals \(command)") }, "no example of annals \(command)")
    }
  }

  private func text(_ document: String) throws -> String {
    try String(contentsOf: repository.appendingPathComponent(document), encoding: .utf8)
  }
}
