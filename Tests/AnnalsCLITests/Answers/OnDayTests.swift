// --on DAY with every question, over the curated record: nothing of a later day is told.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Every question takes --on, and tells nothing of later days but what is at odds with earlier ones")
struct OnDayTests {
  private static let questions = [
    ["status"], ["timeline"], ["show", "resolution:a-c3-73-l21"], ["show", "treaty:ilo-c190"],
    ["credit", "campaign:metoo"], ["reach", "campaign:metoo"], ["links", "campaign:metoo", "--depth", "3"],
    ["assessments"], ["votes"], ["disputes"], ["disputes", "--settled"], ["evidence"], ["check"],
    ["status", "US"],
    ["check", "int/un"], ["timeline", "treaty:paris-2015"],
  ]

  @Test("On no day is there an event of a later one", arguments: ["2017-10-16", "2018-11-19", "2021-01-01"])
  func nothingLater(day: String) throws {
    try withLedger { ledger in
      let record = repository.appendingPathComponent("Events/record").path
      try #require(try ledger.shell("annals import --quiet '\(record)'/*.jsonl").how == .exit(0))
      for question in Self.questions {
        let ended = try ledger.annals(question + ["--on", day, "--format", "json"])
        try #require(ended.how == .exit(0), "\(ended)")
        let document = try JSONValue(parsing: ended.standardOutput)
        #expect(document["on"]?.string == day)
        var events = 0
        for event in Self.events(in: document) {
          events += 1
          let date = String((event["effective"]?.string ?? event["occurred"]?.string ?? "").prefix(10))
          let isPlain = date.utf8.allSatisfy { (0x30...0x39).contains($0) || $0 == 0x2d }
          #expect(!isPlain || String(date.prefix(day.count)) <= day, "\(question): \(event)")
          if let certainty = event["certainty"]?.string {
            #expect(["certain", "possible", "disputed", "set-aside"].contains(certainty), "\(question)")
          }
        }
        if ["timeline", "check"].contains(question[0]) { #expect(events > 0, "\(question)") }
        let text = try ledger.annals(question + ["--on", day])
        #expect(
          text.how == .exit(0) && text.outputLines.first?.contains("on \(day), root ") == true, "\(text)")
      }
    }
  }

  /// The events that a document tells, those of disputes apart: they are told with what they are at odds with.
  private static func events(in value: JSONValue) -> [JSONValue] {
    if let items = value.array { return items.flatMap(events(in:)) }
    guard let object = value.object else { return [] }
    let isEvent = object["position"] != nil && object["occurred"] != nil
    return (isEvent ? [value] : [])
      + object.filter { !["accounts", "data", "disputes"].contains($0.key) }.flatMap { events(in: $0.value) }
  }
}
