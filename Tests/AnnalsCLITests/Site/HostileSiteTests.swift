// A record that somebody filled with malice is published harmlessly.

internal import Foundation
internal import Testing

@Suite("A hostile record on the site", .serialized)
struct HostileSiteTests {
  /// What must not run, wherever it stands.
  private static let texts = [
    "<script>window.hacked = 1</script>",
    "\"><img src=x onerror=\"window.hacked = 1\">",
    "'><svg onload='window.hacked=1'>",
    "</title></textarea></style></script><script>window.hacked=1</script>",
    "]]><!-- <script>window.hacked=1</script> --><![CDATA[",
    "{{{title}}} {{#keys}}{{.}}{{/keys}} {{> page}} {{=<% %>=}}",
    "&lt;b&gt; &amp;amp; &#x3c;script&#x3e;",
    "\u{202e}desrever si siht\u{2066}\u{2067}\u{202a}",
    "\u{200f}\u{05e9}\u{05dc}\u{05d5}\u{05dd} \u{0645}\u{0631}\u{062d}\u{0628}\u{0627} abc (1)",
    String(repeating: "W", count: 10_000),
    String(repeating: "<i>", count: 3_000),
    "a" + String(repeating: "\u{0301}", count: 2_000),
    "javascript:window.hacked=1",
    "\u{feff}\u{200b}\u{2028}line\u{2029}",
    "=HYPERLINK(\"javascript:window.hacked=1\")",
  ]

  private static let addresses = [
    "javascript:window.hacked=1", "JaVaScRiPt:window.hacked=1", " javascript:window.hacked=1",
    "java\tscript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>", "vbscript:x", "https://", "http:///nowhere",
    "//example.org/x",
    "https://exa mple.org/\"><script>window.hacked=1</script>", "https://user:word@example.org/",
    "http://[::1", "ftp://example.org/x",
    "https://example.org/" + String(repeating: "x", count: 1_500), "https://example.org/\u{202e}gpj.exe",
    "file:///etc/passwd", "../../../etc/passwd",
  ]

  /// Lines of events with all of it in every field that takes free text.
  private static func lines() throws -> String {
    var events: [[String: Any]] = []
    for (number, text) in texts.enumerated() {
      // The name of a recorder is short by rule.
      let recorder = text.utf8.count <= 100 ? text : "m.reyes"
      events.append([
        "type": "entity.registered", "subject": "campaign:evil-\(number)", "id": "C\(number)", "kind": text,
        "occurred": "2019", "title": text, "title.en": text, "title.ar": text, "identifier": [text],
        "unsourced": true, "recorder": recorder,
      ])
      events.append([
        "type": "campaign.launched", "subject": "campaign:evil-\(number)", "id": "F\(number)",
        "form": "hashtag",
        "occurred": "2019", "country": "CL", "title": text, "note": text, "account": text, "claim": "launch",
        "source.citation": text, "recorder": recorder,
      ])
      events.append([
        "type": "bill.introduced", "subject": "measure:evil-\(number)", "id": "B\(number)",
        "occurred": "2020",
        "country": "CL", "institution": "cl/congress", "identifier": text, "chamber": text, "sponsor": [text],
        "title": text, "title.en": text, "note": text, "source.citation": text, "source.quotation": text,
        "recorder": recorder,
      ])
    }
    for (number, address) in addresses.enumerated() {
      events.append([
        "type": "bill.introduced", "subject": "measure:link-\(number)", "id": "L\(number)",
        "occurred": "2021",
        "country": "CL", "identifier": "\(number)", "chamber": "senate", "source.url": address,
        "source.archived": address, "source.citation": address,
      ])
    }
    return try events.map {
      String(decoding: try JSONSerialization.data(withJSONObject: $0), as: UTF8.self) + "\n"
    }.joined()
  }

  @Test(
    "What looks like markup, script, a template, an address or another direction is text on every page, and runs nowhere",
    .enabled(if: Chromium.isUsable, Comment(rawValue: Chromium.advice)))
  func harmless() throws {
    try withLedger { ledger in
      try ledger.home.write("hostile.jsonl", Self.lines())
      let imported = try ledger.annals("import", "hostile.jsonl", "--format", "json")
      // Addresses that are none are refused; everything else is recorded.
      #expect(imported.how == .exit(65), "\(imported)")
      let refused = imported.errorLines.filter { $0.hasPrefix("hostile.jsonl:") }
      #expect(refused.allSatisfy { $0.contains("is not a web address") }, "\(refused)")
      let size = try ledger.size()
      #expect(size >= TestLedger.sizeAtFirst + Int64(3 * Self.texts.count), "\(imported)")
      let published = try ledger.annals("publish", "site")
      try #require(published.how == .exit(0), "\(published)")
      let site = ledger.home.file("site")

      let crawl = try Crawl.of(site)
      #expect(crawl.faults == [], "\(crawl.faults.prefix(20))")
      #expect(crawl.pages > 2 * Self.texts.count)
      // Every one of the texts must be met, or nothing was tried.
      let probe = """
        window.hacked === undefined && !document.querySelector("img[src='x'], [onload], [onerror], a[href^='javascript' i]")
        """
      let visits = crawl.pagePaths.map { SitePlan.Visit(path: $0) }
      let positions = ["\(TestLedger.sizeAtFirst)", "\(TestLedger.sizeAtFirst + 1)", "\(size - 1)"]
      let questions = positions.map { SitePlan.Question(name: $0, position: $0) }
      let seen = try Chromium.look(
        SitePlan(directory: site, probe: probe, visits: visits, questions: questions))
      expectWell(seen.visits)
      for answer in seen.questions { #expect(answer.answer == "yes" && answer.messages == [], "\(answer)") }
      #expect(seen.questions.first?.event.contains("<script>window.hacked = 1</script>") == true)

      let pages = try crawl.pagePaths.map {
        String(decoding: try ledger.home.read("site/" + $0), as: UTF8.self)
      }
      #expect(pages.contains { $0.contains("&lt;script&gt;window.hacked = 1&lt;/script&gt;") })
      for hidden in ["\u{202e}", "\u{2066}", "\u{feff}"] {
        #expect(!pages.contains { $0.unicodeScalars.contains(hidden.unicodeScalars.first ?? " ") })
      }
      if PythonTools.isUsable {
        for name in crawl.files where name.hasSuffix(".atom") || name.hasSuffix("feed.xml") {
          let feed = try ParsedFeed.of(site + "/" + name)
          #expect(feed.fault == "" && !feed.entries.isEmpty, "\(feed.fault)")
        }
      }
    }
  }
}
