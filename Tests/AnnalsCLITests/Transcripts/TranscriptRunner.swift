// Runs the commands of a transcript as a reader would type them: one after the other, in one shell, in one directory.

internal import Foundation

/// Runs transcripts.
enum TranscriptRunner {
  /// The folder of the repository that a reader of the documents has before him.
  private static let folder = "Events"

  /// Runs a document's commands.
  ///
  /// - Parameter markdown: the document.
  /// - Returns: what differs from what the document says, one text a command; none if all is as it says.
  /// - Throws: if the document is malformed or the shell cannot be started.
  static func differences(in markdown: String) throws -> [String] {
    let commands = try Transcript(markdown: markdown).commands
    guard !commands.isEmpty else { return [] }
    return try withDirectory { directory in
      let shown = try run(commands, in: directory)
      return zip(commands, shown).compactMap { difference(of: $0, shown: $1) }
        + (shown.count < commands.count
          ? ["line \(commands[shown.count].line): not reached; the shell came to its end before"] : [])
    }
  }

  /// What a command showed.
  private struct Shown {
    let lines: [String]
    let exitStatus: Int
  }

  private static func run(
    _ commands: [TranscriptCommand], in directory: TemporaryDirectory
  ) throws -> [Shown] {
    let desk = directory.file("desk")
    try FileManager.default.createDirectory(atPath: desk, withIntermediateDirectories: false)
    try FileManager.default.copyItem(
      atPath: repository.appendingPathComponent(folder).path, toPath: "\(desk)/\(folder)")
    let marker = UUID().uuidString
    var script = "exec 2>&1\n"
    for (index, command) in commands.enumerated() {
      let file = try directory.write("command-\(index)", command.text + "\n")
      // Read in by the shell itself, so that variables and directories stay for the next.
      script += "source '\(file)'\nprintf '\\n%s %d\\n' \(marker) \"$?\"\n"
    }
    let ended = try Annals.shell(
      "source '\(try directory.write("script", script))'", in: desk,
      environment: [
        "COLUMNS": "100", "NO_COLOR": "1", "ANNALS_RECORDER": "m.reyes", "TZ": "UTC", "HOME": directory.path,
        "LC_ALL": "C.UTF-8",
      ], seconds: 100)
    var shown: [Shown] = []
    var rest = ended.output[...]
    while let mark = rest.range(of: "\n\(marker) "), let end = rest[mark.upperBound...].firstIndex(of: "\n") {
      var lines = rest[..<mark.lowerBound].components(separatedBy: "\n")
      if lines.last == "" { lines.removeLast() }
      shown.append(Shown(lines: lines, exitStatus: Int(rest[mark.upperBound..<end]) ?? -1))
      rest = rest[rest.index(after: end)...]
    }
    return shown
  }

  private static func difference(of command: TranscriptCommand, shown: Shown) -> String? {
    let difference = command.expected.flatMap {
      TranscriptMatch.difference(expected: $0, actual: shown.lines)
    }
    guard difference != nil || shown.exitStatus != command.exitStatus else { return nil }
    var text = "line \(command.line): $ \(command.text)\n"
    if shown.exitStatus != command.exitStatus {
      text += "  exit status \(shown.exitStatus), expected \(command.exitStatus)\n"
    }
    func list(_ lines: [String], _ mark: String, isMarked: (Int) -> Bool) {
      for (index, line) in lines.enumerated() { text += "    \(isMarked(index) ? mark : "")| \(line)\n" }
    }
    if let expected = command.expected {
      text += "  expected:\n"
      list(expected, "missing ") { difference == .missing(expected: $0) }
    }
    text += "  actual:\n"
    list(shown.lines, "surplus ") { difference == .surplus(actual: $0) }
    return text
  }
}
