// Checking a snapshot: yes to what the log gives, no to every alteration, and why.

internal import EDTF
internal import Foundation
internal import Ledger
internal import Milestones
internal import Projections
internal import Publishing
internal import Testing
internal import TransparencyLog

@Suite("Checking snapshots")
struct SnapshotCheckTests {
  @Test("What was written is the same, also when the log has grown", arguments: SnapshotFormat.allCases)
  func same(format: SnapshotFormat) throws {
    try SnapshotHouse.with { house in
      let size = try house.ledger.size()
      let place = try house.write(format, .country("NO"))
      #expect(try house.check(place).verdict == .same)
      #expect(try house.check(place).checkpointSize == size)
      try house.load([
        #"{"type":"policy.announced","subject":"policy:quota","occurred":"2016","country":"NO","unsourced":true}"#
      ])
      #expect(try house.check(place).isSame)
    }
  }

  /// In each form something of a row, of the words around, and of each thing that it says that it depends on.
  static let alterations: [(format: SnapshotFormat, file: String, old: String, new: String)] = [
    (.json, "", "Permiso pagado", "Permiso Pagado"),
    (.json, "", "\"occurred\":\"2018?\"", "\"occurred\":\"2018\""),
    (.json, "", "\"disputes\":[", "\"disputes\": ["), (.json, "", "\"digest\":\"", "\"digest\":\"0"),
    (.json, "", "\"on\":\"2026", "\"on\":\"2016"), (.json, "", "\"scope\":null", "\"scope\":\"NO\""),
    (.json, "", "\"scope\":null", "\"scope\":\"policy:nobody\""), (.json, "", "\"size\":16", "\"size\":15"),
    (.json, "", "\"knownAt\":15", "\"knownAt\":14"),
    (.json, "", "\"restrictionsAt\":null", "\"restrictionsAt\":3"),
    (.json, "", "\"formatVersion\":1", "\"formatVersion\":2"), (.json, "", "}\n", "}"),
    (.json, "", "example.org/snapshots", "example.org/others"),
    (.md, "", "Permiso pagado", "Permiso Pagado"), (.md, "", "# The state", "# A state"),
    (.md, "", "https://example.org/diario", "https://example.com/diario"),
    (.html, "", "Permiso pagado", "Permiso Pagado"), (.html, "", "default-src 'none'", "default-src *"),
    (.html, "", "</body>", "<script></script></body>"),
    (.csv, "events.csv", "Permiso pagado", "Permiso Pagado"), (.csv, "events.csv", "\n", "\n\n"),
    (.csv, "datapackage.json", "\"bytes\": ", "\"bytes\": 1"), (.csv, "standing.csv", "CL", "PE"),
    (.csv, "datapackage.json", "The events,", "Events,"),
  ]

  @Test("Whatever is altered is found", arguments: alterations.indices)
  func altered(index: Int) throws {
    let alteration = Self.alterations[index]
    try SnapshotHouse.with { house in
      try #require(house.ledger.size() == 16)
      let place = try house.write(alteration.format)
      let path = alteration.file.isEmpty ? place.path : "\(place.path)/\(alteration.file)"
      try house.change(path, alteration.old, alteration.new)
      let check = try house.check(place)
      #expect(!check.isSame, "\(alteration)")
      if case .altered(let difference) = check.verdict {
        #expect(difference.expected != difference.found && (difference.file ?? "") == alteration.file)
        #expect(check.words.contains(difference.words))
      }
    }
  }

  @Test("The first difference is named with its place")
  func place() throws {
    try SnapshotHouse.with { house in
      var place = try house.write(.json)
      try house.change(place.path, "Permiso pagado", "Permiso robado")
      var difference = try #require(house.check(place).difference)
      #expect(difference.place == "events[0].title")
      #expect(difference.expected == #""Permiso pagado""# && difference.found == #""Permiso robado""#)
      place = try house.write(.csv)
      try house.change("\(place.path)/events.csv", "P1", "P9")
      difference = try #require(house.check(place).difference)
      #expect(difference.file == "events.csv" && difference.place == "line 2")
      #expect(difference.found?.contains("P9") == true && difference.expected?.contains("P1") == true)
    }
  }

  @Test("Verdicts tell apart another log, another history, a newer snapshot, another format")
  func kinds() throws {
    try SnapshotHouse.with { house in
      func kind(_ old: String, _ new: String) throws -> String {
        let place = try house.write(.json)
        try house.change(place.path, old, new)
        return try house.check(place).kind
      }
      let root = try house.snapshot().context.root.base64
      #expect(try kind("example.org/snapshots", "example.org/other") == "other-log")
      let other = root.hasPrefix("A") ? "B" : "A"
      #expect(
        try kind("\"root\":\"\(root)", "\"root\":\"\(other)\(root.dropFirst())") == "other-history")
      #expect(try kind("\"size\":16", "\"size\":160") == "newer-than-ledger")
      #expect(try kind("\"formatVersion\":1", "\"formatVersion\":7") == "other-format")
    }
  }

  @Test("A file too many and a file too few in a data package are found")
  func files() throws {
    try SnapshotHouse.with { house in
      let place = try house.write(.csv)
      try Data("x".utf8).write(to: URL(fileURLWithPath: "\(place.path)/more.csv"))
      #expect(try house.check(place).difference?.file == "more.csv")
      try FileManager.default.removeItem(atPath: "\(place.path)/more.csv")
      #expect(try house.check(place).isSame)
      try FileManager.default.removeItem(atPath: "\(place.path)/votes.csv")
      #expect(try house.check(place).difference?.file == "votes.csv")
    }
  }

  @Test("A checkpoint beside it that is none of the log is refused, and so is a proof that proves nothing")
  func checkpoint() throws {
    try SnapshotHouse.with { house in
      let place = try house.write(.json, knownAt: 13)
      #expect(try house.check(place).verdict == .same)
      let proof = try house.read(place.consistencyPath)
      #expect(try proof.hasPrefix("old 14\n") && proof.hasSuffix(house.read(place.checkpointPath)))
      try house.change(place.consistencyPath, "old 14", "old 15")
      #expect(try house.check(place).kind == "checkpoint")
      _ = try house.write(.json, knownAt: 13)
      try house.change(place.checkpointPath, "16", "17")
      #expect(try house.check(place).kind == "checkpoint")
      // Of the whole log there is nothing to prove, and what lay there is gone.
      _ = try house.write(.json)
      #expect(!FileManager.default.fileExists(atPath: place.consistencyPath))
      #expect(try house.check(place).isSame)
    }
  }

  @Test(
    "What is no snapshot is said to be none",
    arguments: [
      "", "text", "{}", "{\"annals\":{}}", "<!doctype html><p>", "<!-- annals-snapshot x",
      "<!-- annals-snapshot {} -->\n", "{\"origin\"",
    ])
  func none(text: String) throws {
    try SnapshotHouse.with { house in
      let path = "\(house.directory)/none"
      try Data(text.utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: NoSnapshot.self) {
        try SnapshotCheck(SnapshotPlace(reading: path), against: house.ledger)
      }
    }
  }

  @Test("A directory that holds something else is not replaced, and a data package is, whole")
  func replacing() throws {
    try SnapshotHouse.with { house in
      let place = try house.write(.csv)
      try house.load([
        #"{"type":"policy.announced","subject":"policy:leave","occurred":"2016","country":"CL","unsourced":true}"#
      ])
      _ = try house.write(.csv)
      #expect(try house.check(place).claims.size == 17)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: "\(place.path)/notes.txt"))
      #expect(throws: SnapshotPlace.OtherFiles.self) { try house.write(.csv) }
      #expect(try house.read("\(place.path)/notes.txt") == "mine")
      let left = try FileManager.default.contentsOfDirectory(atPath: house.directory)
      #expect(left.sorted() == ["ledger", "snapshot-csv"])
    }
  }

  // MARK: Restrictions

  private static let testimony = [
    #"{"id":"T1","type":"testimony.shared","subject":"testimony:abcdefghijkm","campaign":"campaign:metoo","occurred":"2018-03-05","public":true,"person":"Ana Public","narrative":"What she said","title":"Ana speaks","country":"CL","consent":["publish"],"unsourced":true}"#
  ]

  private static func consent(_ scopes: String) -> String {
    #"{"type":"consent.changed","subject":"testimony:abcdefghijkm","occurred":"2020-01-01","to":[\#(scopes)]}"#
  }

  @Test(
    "A consent that is taken back restricts snapshots of what was known before, and that is told apart",
    arguments: SnapshotFormat.allCases)
  func restrictions(format: SnapshotFormat) throws {
    try SnapshotHouse.with(Self.testimony) { house in
      let place = try house.write(format)
      let known = try house.ledger.size() - 1
      func text() throws -> String {
        try house.snapshot(on: Day("2026-11-23"), knownAt: known).files(format)
          .map { String(decoding: $0.bytes, as: UTF8.self) }.joined()
      }
      #expect(try text().contains("Ana speaks") && house.check(place).isSame)
      try house.load([Self.consent("\"hold\",\"count\"")])
      #expect(try !text().contains("Ana"))
      guard case .otherRestrictions(let position, let difference) = try house.check(place).verdict else {
        Issue.record("\(try house.check(place).verdict)")
        return
      }
      #expect(position == known + 1 && difference != nil)
      // What the check says must not tell what is withheld again.
      #expect(difference?.found == nil && difference?.expected == nil)
      #expect(try !house.check(place).words.contains("Ana"))
    }
  }

  @Test("A consent that ends by its day restricts without an event, and that is told apart too")
  func ended() throws {
    try SnapshotHouse.with(Self.testimony) { house in
      let scopes = "\"hold\",\"publish\",\"name\",\"quote\""
      try house.load([
        #"{"type":"consent.changed","subject":"testimony:abcdefghijkm","occurred":"2020-01-01","to":[\#(scopes)],"until":"2026-11-23"}"#
      ])
      let place = try house.write(.json)
      #expect(try house.check(place).isSame && house.read(place.path).contains("Ana speaks"))
      let later = try Ledger.open("\(house.directory)/ledger", clock: { 1_795_464_904_123 + 3 * 86_400_000 })
      let event = try DraftChecker(vocabulary: later.vocabulary).check(
        Draft(type: "policy.announced", arguments: ["subject=policy:x", "occurred=2017", "unsourced=true"]))
      _ = try later.append(event, recorder: "m.reyes")
      let check = try house.check(place)
      #expect(check.kind == "other-restrictions" && check.claims.restrictionsOn == nil)
      #expect(try house.snapshot().restrictionsOn == "2026-11-23")
    }
  }

  @Test("An export leaves out what consents withhold, and says how much that is")
  func export() throws {
    try SnapshotHouse.with(Self.testimony) { house in
      func exported() throws -> (text: String, report: ExportReport) {
        var text = ""
        let report = try house.ledger.export { _, event in
          text += String(decoding: event.bytes, as: UTF8.self) + "\n"
        }
        return (text, report)
      }
      let whole = try exported()
      var replayed = ""
      try house.ledger.replay { _, leaf in replayed += String(decoding: leaf, as: UTF8.self) + "\n" }
      #expect(whole.text == replayed && whole.report.withheldCount == 0 && whole.text.contains("Ana speaks"))
      try house.load([Self.consent("\"hold\",\"publish\"")])
      let shortened = try exported()
      #expect(shortened.report.shortenedCount == 1 && !shortened.text.contains("Ana"))
      try house.load([Self.consent("\"hold\"")])
      let withheld = try exported()
      #expect(withheld.report.withheldCount == 1 && !withheld.text.contains("Ana"))
      #expect(try withheld.report.eventCount + 1 == house.ledger.size())
    }
  }
}
