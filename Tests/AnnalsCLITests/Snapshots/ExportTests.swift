// annals export, and what the SDK of CloudEvents reads of it.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Exported events")
struct ExportTests {
  @Test("Lines are the events of replay; a batch holds the same; a file is written whole")
  func lines() throws {
    try withRecord { ledger in
      let replayed = try ledger.annals("replay")
      #expect(try ledger.annals("export").standardOutput == replayed.standardOutput)
      #expect(try ledger.annals("export", "--format", "jsonl").standardOutput == replayed.standardOutput)
      let batch = try JSONValue(parsing: ledger.annals("export", "--format", "json").standardOutput)
      #expect(try batch.array == replayed.outputLines.map { try JSONValue(parsing: $0) })
      let ended = try ledger.annals("export", "--from", "20", "--to", "29", "-o", "events.jsonl")
      #expect(ended.how == .exit(0) && ended.output == "" && ended.errors.contains("10 events"), "\(ended)")
      let file = try String(contentsOfFile: ledger.home.file("events.jsonl"), encoding: .utf8)
      #expect(file == replayed.outputLines[20..<30].map { $0 + "\n" }.joined())
      expectFailure(try ledger.annals("export", "--from", "100000"), 66, "100000")
      expectFailure(try ledger.annals("export", "-o", "none/x"), 73, "none/x")
      #expect(
        try !FileManager.default.contentsOfDirectory(atPath: ledger.home.path).contains {
          $0.hasPrefix("none")
        })
    }
  }

  @Test("A table has a row for each event, with its data as JSON")
  func table() throws {
    try withRecord { ledger in
      let count = try ledger.size()
      let script = """
        import csv, json, sys
        rows = list(csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))
        for index, row in enumerate(rows):
            assert int(row['position']) == index and isinstance(json.loads(row['data']), dict)
        print(len(rows))
        """
      try ledger.home.write("read.py", script)
      let ended = try ledger.shell("annals export --format csv -o e.csv --quiet && python3 read.py e.csv")
      #expect(ended.output == "\(count)\n", "\(ended)")
    }
  }

  @Test(
    "Every line is a CloudEvent for the SDK of CloudEvents, and none without its source is",
    .enabled(if: PythonTools.isUsable, Comment(rawValue: PythonTools.advice)))
  func cloudEvents() throws {
    try withRecord { ledger in
      let script = """
        import sys
        from cloudevents.core.formats.json import JSONFormat
        from cloudevents.core.v1.event import CloudEvent
        for count, line in enumerate(open(sys.argv[1], 'rb'), 1):
            event = JSONFormat().read(CloudEvent, line)
            assert event.get_specversion() == '1.0' and event.get_source() == 'example.org/test' and event.get_id()
            assert event.get_extension('occurred') and isinstance(event.get_data(), dict)
        print(count)
        """
      let path = ledger.home.file("read.py")
      try ledger.home.write("read.py", script)
      let count = try ledger.size()
      let python = PythonTools.python ?? ""
      let ended = try ledger.shell(
        #"""
        annals export -o e.jsonl --quiet && sed 's/"source":"[^"]*",//' e.jsonl > spoilt.jsonl \
          && '\#(python)' '\#(path)' e.jsonl && ! '\#(python)' '\#(path)' spoilt.jsonl
        """#)
      #expect(ended.how == .exit(0) && ended.output == "\(count)\n", "\(ended)")
    }
  }
}
