// Publishing again: only what says something else is made anew, and the whole is as if all had been.

internal import CanonicalJSON
internal import EDTF
internal import Foundation
internal import Ledger
internal import Milestones
internal import Projections
internal import Publishing
internal import TestSupport
internal import Testing

@Suite("Publishing a site again")
struct IncrementalTests {
  @Test(
    "After random events, corrections, retractions, consents, erasures and days the site is to the byte what a whole publication gives",
    arguments: [1, 2])
  func equalsWhole(number: Int) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    print("IncrementalTests: seed \(seed)")
    try withSiteLedger { test in
      var record = RandomRecord(seed: seed)
      for round in 0..<9 {
        for _ in 0...record.random.below(7) { try record.step(test) }
        test.clock.advance(days: record.random.pick([0, 0, 0, 1, 3, 12]))
        // The clock alone changes nothing: the day told for is that of the last event.
        try test.publish()
        if round % 3 != 2 { continue }
        try? FileManager.default.removeItem(atPath: test.path("whole"))
        try test.publish(to: "whole")
        let (made, whole) = (try test.files(), try test.files(in: "whole"))
        #expect(made.keys.sorted() == whole.keys.sorted(), "seed \(seed), round \(round)")
        for (file, bytes) in whole where made[file] != bytes {
          let texts = [made[file] ?? Data(), bytes].map { String(decoding: $0, as: UTF8.self) }
          Issue.record(
            "seed \(seed), round \(round): \(file) differs: \(Self.difference(texts[0], texts[1]))")
          return
        }
        if round == 8 { try expectAsTheCommandLine(test, whole, seed) }
      }
      print("IncrementalTests: \(try test.ledger.size()) events, \(record.refused) refused")
    }
  }

  private static func difference(_ one: String, _ other: String) -> String {
    let (a, b) = (Array(one.utf8), Array(other.utf8))
    let place = zip(a, b).enumerated().first { $0.element.0 != $0.element.1 }?.offset ?? min(a.count, b.count)
    func cut(_ bytes: [UInt8]) -> String {
      String(
        decoding: bytes[max(0, min(place, bytes.count) - 120)..<min(bytes.count, place + 160)], as: UTF8.self)
    }
    return "…\(cut(a))… instead of …\(cut(b))…"
  }

  /// What stands beside a page is what is answered at the point of knowledge and for the day that it names.
  private func expectAsTheCommandLine(_ test: SiteLedger, _ files: [String: Data], _ seed: UInt64) throws {
    var compared = 0
    for (file, bytes) in files where file.hasSuffix(".json") && !file.contains("~") {
      let document = try JSONValue(parsing: [UInt8](bytes))
      guard let knownAt = document["knownAt"]?.integer, let on = document["on"]?.string.flatMap({ Day($0) })
      else { continue }
      let parts = file.dropLast(".json".count).split(separator: "/").map(String.init)
      let expected: JSONValue
      switch parts.first {
      case "subjects":
        let answer = try test.ledger.history(
          of: Subject("\(parts[1]):\(parts[2])"), on: on, knownAt: .position(knownAt))
        expected = answer.document(\.members)
      case "countries" where parts.count > 1:
        let answer = try test.ledger.status(
          .country(parts[1].uppercased()), on: on, knownAt: .position(knownAt))
        expected = answer.document { [("rows", .array($0.map(\.json)))] }
      default: continue
      }
      #expect(
        try expected.canonicalBytes() + [0x0a] == [UInt8](bytes), "seed \(seed): \(file)")
      compared += 1
    }
    #expect(compared > 3)
  }

  @Test("After one more event few files are written, and nothing where nothing was recorded")
  func fewFiles() throws {
    try withSiteLedger { test in
      for number in 0..<40 {
        try test.append(
          "bill.introduced", "subject=measure:m\(number)", "occurred=\(1980 + number)",
          "country=" + ["US", "FR", "DE", "GB"][number % 4],
          "chamber=house", "identifier=B\(number)")
      }
      let first = try test.publish()
      let again = try test.publish()
      #expect(again.written == 0 && again.kept == first.written && again.removed == 0, "\(again)")
      try test.append(
        "bill.passed", "subject=measure:m7", "occurred=1990", "country=GB", "chamber=house", "mode=voice")
      let before = try test.files()
      let second = try test.publish()
      let changed = Set(try test.files().filter { before[$0.key] != $0.value }.keys)
      #expect(changed.count == second.written || changed.count == second.written + 1, "\(changed)")
      #expect(second.written < first.written / 3, "\(second) after \(first)")
      for file in [
        "subjects/measure/m7.html", "countries/gb.json", "timeline/1990.html", "index.html", "feed.xml",
        "events/0.html",
      ] {
        #expect(changed.contains(file), "\(file)")
      }
      #expect(
        !changed.contains { $0.hasPrefix("subjects/measure/m8") || $0.hasPrefix("countries/fr") },
        "\(changed)")
    }
  }

  @Test(
    "A publication that was cut off, or whose memory is damaged, is made anew; what is not the site's stays")
  func anew() throws {
    try withSiteLedger { test in
      try test.append(
        "bill.introduced", "subject=measure:m1", "occurred=1990", "country=GB", "chamber=house",
        "identifier=B1")
      try test.publish()
      let whole = try test.files()
      try Data("<p>mine</p>".utf8).write(to: URL(fileURLWithPath: test.path("www/subjects/mine.html")))
      try Data("{".utf8).write(to: URL(fileURLWithPath: test.path("www/site.json")))
      try Data("spoilt".utf8).write(to: URL(fileURLWithPath: test.path("www/subjects/measure/m1.html")))
      try test.publish()
      var now = try test.files()
      #expect(now.removeValue(forKey: "subjects/mine.html") == Data("<p>mine</p>".utf8))
      #expect(now == whole)
      // What lies there under the site's name before there is a site is somebody's own.
      try FileManager.default.createDirectory(atPath: test.path("other"), withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: URL(fileURLWithPath: test.path("other/index.html")))
      #expect(throws: LedgerError.self) { try test.publish(to: "other") }
      #expect(try test.text("index.html", in: "other") == "mine")
    }
  }

  @Test("Pages of what is told of no more are removed, those of another template are made anew")
  func removed() throws {
    try withSiteLedger { test in
      let position = try test.append(
        "bill.introduced", "subject=measure:m1", "occurred=1990", "country=GB", "chamber=house",
        "identifier=B1")
      try test.publish()
      #expect(try test.text("subjects/measure/m1.html").contains("measure:m1"))
      try test.append(
        "event.retracted", "subject=measure:m1", "target=\(position)", "reason=false", "unsourced=true")
      try test.publish()
      // Retracted events stay visible.
      #expect(try test.text("subjects/measure/m1.html").contains("Retracted by"))
      let state = try test.text("site.json")
      try Data(state.replacing("\"templates\":\"", with: "\"templates\":\"0").utf8).write(
        to: URL(fileURLWithPath: test.path("www/site.json")))
      try Data("old".utf8).write(to: URL(fileURLWithPath: test.path("www/countries/gb.html")))
      try test.publish()
      #expect(try test.text("countries/gb.html").contains("United Kingdom"))
    }
  }
}
