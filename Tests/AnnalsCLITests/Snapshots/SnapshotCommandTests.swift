// annals snapshot and annals check-snapshot as people and scripts run them, and what validators of other makers say.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Snapshots from the command line")
struct SnapshotCommandTests {
  private static let formats = ["json", "csv", "md", "html"]

  @Test("A snapshot is the same to the byte in any time zone and locale", arguments: formats)
  func surroundings(format: String) throws {
    try withRecord { ledger in
      let places = try [
        ["TZ": "UTC", "LC_ALL": "C"], ["TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"],
        ["TZ": "America/Caracas", "LANG": "ar_EG.UTF-8", "COLUMNS": "40"],
      ].enumerated().map { index, environment in
        let name = "\(index).\(format)"
        let ended = try ledger.annals(
          "snapshot", "--on", "2021-06-30", "--format", format, "-o", name, environment: environment)
        try #require(ended.how == .exit(0) && ended.output == "", "\(ended)")
        return name
      }
      for other in places.dropFirst() {
        let ended = try ledger.shell("diff -r \(places[0]) \(other)")
        #expect(ended.how == .exit(0) && ended.output == "", "\(ended)")
      }
      // Another machine has a copy of the log, and makes its views by itself.
      let copied = try ledger.shell(
        "mkdir copy && cp ledger/log.db copy/ && annals snapshot --ledger copy --on 2021-06-30 --format \(format) "
          + "--unsigned --quiet -o copy.\(format) && rm -f 0.csv/checkpoint && diff -r 0.\(format) copy.\(format)"
      )
      #expect(copied.how == .exit(0) && copied.output == "", "\(copied)")
      for place in places {
        let checked = try ledger.annals("check-snapshot", place)
        #expect(checked.how == .exit(0) && checked.output.contains("to the byte"), "\(checked)")
      }
    }
  }

  @Test("Printed, it is the document alone; a data package needs a directory")
  func printed() throws {
    try withRecord { ledger in
      let ended = try ledger.annals("snapshot", "CN")
      #expect(ended.how == .exit(0) && ended.errors == "" && ended.outputLines.count == 1)
      #expect(try JSONText(parsing: Array(ended.standardOutput.dropLast())).isCanonical)
      expectFailure(try ledger.annals("snapshot", "--format", "csv"), 64, "-o DIR")
      expectFailure(try ledger.annals("snapshot", "--unsigned"), 64, "-o")
      expectFailure(try ledger.annals("snapshot", "--format", "jsonl"), 64, "html")
      expectFailure(try ledger.annals("snapshot", "campaign:nobody"), 66, "campaign:nobody")
      expectFailure(try ledger.annals("snapshot", "-o", "none/x.json"), 73, "none/x.json")
      expectFailure(try ledger.annals("snapshot", "--format", "csv", "-o", "none/x"), 73, "none/x")
    }
  }

  @Test("Without keys it can be written unsigned; signed, nothing is written at all")
  func withoutKeys() throws {
    try withRecord { ledger in
      let moved = try ledger.shell("mv ledger/keys away && annals snapshot -o a.json; test ! -e a.json")
      #expect(moved.how == .exit(0) && moved.errors.contains("key"), "\(moved)")
      let ended = try ledger.shell(
        "annals snapshot --unsigned -o a.json --quiet && annals check-snapshot a.json; ls")
      #expect(ended.output.contains("to the byte") && !ended.output.contains("a.json.checkpoint"), "\(ended)")
    }
  }

  @Test("A snapshot that was altered exits 1 with the place; what is none, 65; what is not there, 66")
  func refused() throws {
    try withRecord { ledger in
      let changed = try ledger.shell(
        "annals snapshot campaign:metoo -o m.json --quiet && sed -i 's/Tarana Burke/Somebody Else/' m.json")
      try #require(changed.how == .exit(0), "\(changed)")
      let ended = try ledger.annals("check-snapshot", "m.json")
      #expect(
        ended.how == .exit(1) && ended.output.contains("Somebody Else") && ended.output.contains("credit["))
      let document = try JSONValue(
        parsing: ledger.annals("check-snapshot", "m.json", "--format", "json").standardOutput)
      #expect(document["same"]?.bool == false && document["verdict"]?.string == "altered")
      try ledger.home.write("text", "none")
      expectFailure(try ledger.annals("check-snapshot", "text"), 65, "no snapshot")
      expectFailure(try ledger.annals("check-snapshot", "ledger"), 65, "no snapshot")
      expectFailure(try ledger.annals("check-snapshot", "nothing"), 66, "nothing")
    }
  }

  @Test(
    "A full disk leaves the snapshot that was there",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
  func fullDisk() throws {
    try withRecord { ledger in
      let ended = try ledger.shell("annals snapshot >/dev/full")
      #expect(ended.how == .exit(74), "\(ended)")
      let export = try ledger.shell("annals export >/dev/full")
      #expect(export.how == .exit(74), "\(export)")
    }
  }

  @Test(
    "A data package is valid for Frictionless, and is not if a cell is spoilt",
    .enabled(if: PythonTools.isUsable, Comment(rawValue: PythonTools.advice)))
  func frictionless() throws {
    try withRecord { ledger in
      try ledger.prepareForExamples()
      let written = try ledger.shell("annals snapshot --format csv -o all --quiet && cp -r all spoilt")
      try #require(written.how == .exit(0), "\(written)")
      let all = try PythonTools.run(
        "frictionless", ["validate", "--trusted", ledger.home.file("all/datapackage.json"), "--json"])
      #expect(all.how == .exit(0), "\(all)")
      let report = try JSONSerialization.jsonObject(with: Data(all.standardOutput)) as? [String: Any]
      let tasks = report?["tasks"] as? [[String: Any]] ?? []
      #expect(report?["valid"] as? Bool == true && tasks.count == 16, "\(all)")
      let spoilt = try ledger.shell("sed -i '2s/^[0-9]*/first/' spoilt/events.csv")
      try #require(spoilt.how == .exit(0))
      let refused = try PythonTools.run(
        "frictionless", ["validate", "--trusted", ledger.home.file("spoilt/datapackage.json"), "--json"])
      #expect(refused.how == .exit(1) && refused.output.contains("type-error"), "\(refused)")
    }
  }

  @Test("The types of the columns are those that the schemas have")
  func columns() throws {
    let schemas = try PrintedSchemas()
    try withRecord { ledger in
      let written = try ledger.annals("snapshot", "--format", "csv", "-o", "all", "--quiet")
      try #require(written.how == .exit(0), "\(written)")
      let bytes = try #require(FileManager.default.contents(atPath: ledger.home.file("all/datapackage.json")))
      let resources = try #require(JSONValue(parsing: Array(bytes))["resources"]?.array)
      let lines = [
        "standing": "status-row", "disputes": "dispute-row", "anomalies": "check-row", "credit": "credit-row",
        "reach": "reach-row", "figures": "reach-figure", "links": "link-row", "assessments": "assessment-row",
        "votes": "vote-row", "tallies": "tally-released-row", "evidence": "evidence-row",
      ]
      var seen = 0
      for resource in resources {
        let name = try #require(resource["name"]?.string)
        let schema = schemas.all.first { $0.name == lines[name] }?.value
        for field in try #require(resource["schema"]?["fields"]?.array) {
          let column = try #require(field["name"]?.string)
          #expect(field["description"]?.string?.hasSuffix(".") == true, "\(name).\(column)")
          guard let schema, column != "reachOf" else { continue }
          var property = try #require(schema["properties"]?[column], "\(name).\(column)")
          if let part = property["$ref"]?.string?.split(separator: "/").last {
            property = schema["$defs"]?[String(part)] ?? .null
          }
          let types = property["type"]?.array?.compactMap(\.string) ?? [property["type"]?.string ?? ""]
          #expect(types.contains(field["type"]?.string ?? "?"), "\(name).\(column): \(types)")
          seen += 1
        }
      }
      #expect(seen > 100)
    }
  }
}
