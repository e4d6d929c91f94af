// What is sealed, withdrawn or erased is on no page, from the next publication on.

internal import Foundation
internal import Ledger
internal import Milestones
internal import Publishing
internal import Testing

@Suite("What a site does not show")
struct HiddenTests {
  private func holds(_ test: SiteLedger, _ text: String) throws -> [String] {
    try test.files().filter { $0.value.range(of: Data(text.utf8)) != nil }.map(\.key).sorted()
  }

  @Test("Nothing sealed and no count that was not released is in any file")
  func sealed() throws {
    try withSiteLedger { test in
      try test.append("campaign.founded", "subject=campaign:c", "occurred=2006", "country=US", "name=C")
      for number in 0..<20 {
        try test.append(
          "testimony.shared", "campaign=campaign:c", "channel=letter", "occurred=2018", "country=CL",
          "language=qu",
          "narrative=NARRATIVE-\(number)", "person=PERSON-\(number)", "consent=hold", "consent=count")
      }
      try test.publish()
      for needle in ["NARRATIVE", "PERSON", "Bhutan", ">BT<", "\"BT\""] {
        #expect(try holds(test, needle) == [], "\(needle)")
      }
      #expect(try test.text("tallies.html").contains("No counts have been released"))
      #expect(try test.text("events/0.html").contains("testimony.shared"))
      // What was released is there, with the floor for all else.
      _ = try test.ledger.releaseTallies(by: [.country], recorder: "m.reyes")
      try test.publish()
      let page = try test.text("tallies.html")
      #expect(page.contains("Bhutan") && page.contains("15+") && page.contains("&lt;5"), "\(page)")
      #expect(try test.text("subjects/campaign/c.html").contains("15+"))
      #expect(!page.contains(">20<"))
    }
  }

  @Test("A consent that is taken back applies to all pages at once, and one that ends does so with the day")
  func consent() throws {
    try withSiteLedger { test in
      try test.append(
        "entity.registered", "subject=person:p", "occurred=2017", "country=FR", "title=The Name",
        "kind=public figure", "public=true")
      try test.append(
        "entity.registered", "subject=person:q", "occurred=2017", "country=FR", "title=The Other",
        "kind=public figure", "public=true")
      try test.publish()
      #expect(try holds(test, "The Name").contains("subjects/person/p.html"))
      #expect(try holds(test, "The Other").contains("countries/fr.html"))
      try test.append(
        "consent.changed", "subject=person:p", "from=hold", "to=hold", "to=publish", "to=quote",
        "unsourced=true")
      try test.append(
        "consent.changed", "subject=person:q", "from=hold", "to=hold", "to=publish", "to=name",
        "until=2026-12-01",
        "unsourced=true")
      try test.publish()
      #expect(try holds(test, "The Name") == [])
      #expect(try holds(test, "The Other") != [])
      #expect(try !test.text("events/0.html").contains("Not shown"))
      // Later events move the day beyond the end of the consent.
      test.clock.advance(days: 20)
      try test.append("campaign.founded", "subject=campaign:c", "occurred=2006", "country=US", "name=C")
      try test.publish()
      #expect(try holds(test, "The Other") == [])
      #expect(try test.text("events/0.html").contains("Not shown"))
    }
  }

  @Test(
    "Every page carries the policy, has no script of its own but the page that verifies, and names what it rests on"
  )
  func pages() throws {
    try withSiteLedger { test in
      try test.append(
        "bill.introduced", "subject=measure:m", "occurred=2017-11-15", "country=US",
        "institution=us/congress",
        "chamber=house", "identifier=M", "title=\"\u{301} onmouseover=x",
        "source.url=https://example.org/a?b&c",
        "source.citation=S")
      try test.publish()
      var pages = 0
      let breakout = "\"\u{301} onmouseover"
      for (file, bytes) in try test.files() where file.hasSuffix(".html") {
        let text = String(decoding: bytes, as: UTF8.self)
        pages += 1
        #expect(text.hasPrefix("<!doctype html>\n<html lang=\"en\">"), "\(file)")
        #expect(
          text.contains("Content-Security-Policy") && text.contains("default-src &#39;none&#39;")
            || text.contains("default-src 'none'"), "\(file)")
        #expect(text.components(separatedBy: "<script").count == (file == "verify.html" ? 2 : 1), "\(file)")
        #expect(!text.contains(" style=") && !text.contains("<style"), "\(file)")
        #expect(text.contains("example.org/metoo") && text.contains("Root of the tree"), "\(file)")
        #expect(!Array(text.utf8).contains(quoted: breakout), "\(file)")
      }
      #expect(pages > 12)
      let page = try test.text("subjects/measure/m.html")
      #expect(page.contains("href=\"https://example.org/a?b&amp;c\" rel=\"noopener noreferrer nofollow\""))
      #expect(page.contains("href=\"../../verify.html?position=13\""))
      #expect(page.contains("15 November 2017"))
    }
  }
}

extension [UInt8] {
  /// Whether a text stands in it, byte by byte: to Swift a mark and what it stands on are one character.
  fileprivate func contains(quoted text: String) -> Bool {
    Data(self).range(of: Data(text.utf8)) != nil
  }
}
