// The published record, looked at as a reader's browser shows it: every page, narrow and wide, from a server and from files.

internal import Foundation
internal import Testing

/// Expects that pages came out as they should: within their width, without a word on the console, without a request to
/// anywhere else.
func expectWell(_ visits: [SiteSeen.Visit], sourceLocation: SourceLocation = #_sourceLocation) {
  for visit in visits {
    let page = "\(visit.path) at \(visit.width)"
    #expect(visit.tooWide == [], "\(page)", sourceLocation: sourceLocation)
    #expect(visit.messages == [], "\(page)", sourceLocation: sourceLocation)
    #expect(visit.axe == [], "\(page)", sourceLocation: sourceLocation)
    #expect(visit.probe && !visit.title.isEmpty, "\(page)", sourceLocation: sourceLocation)
    let foreign = visit.requests.filter { !$0.hasPrefix("http://127.0.0.1:") && !$0.hasPrefix("file:///") }
    #expect(foreign == [], "\(page)", sourceLocation: sourceLocation)
  }
}

@Suite("The published site", .serialized)
struct SitePageTests {
  @Test(
    "Every page is well formed, asks for nothing from elsewhere, and every link and anchor leads somewhere",
    .enabled(if: Crawl.isUsable, "needs python3"))
  func links() throws {
    let crawl = try Crawl.of(PublishedSite.record.get().path)
    #expect(crawl.faults == [], "\(crawl.faults.prefix(20))")
    #expect(crawl.pages > 50 && crawl.links > 1_000 && crawl.anchors > 250)
    // That the crawler sees what is wrong is seen by spoiling pages.
    try withDirectory { directory in
      let spoilt = [
        "a.html": "<a href='b.html'>x</a>", "c.html": "<a href='#none'>x</a>",
        "d.html": "<a href='javascript:x'>x</a>",
        "e.html": "<script>x</script>", "f.html": "<p onclick='x'></p>", "g.html": "<p><b></p>",
        "h.html": "<img src='https://example.org/x.png' alt=''>", "i.html": "<input id='x'>",
        "j.html": "<a href='/index.html'>x</a>", "k.html": "<p style='color:red'></p>",
        "l.html": "<h3>x</h3>",
        "m.html": "<p id='a'></p><p id='a'></p>", "n.html": "<a href='https:x'>x</a>",
        "o.html": "<svg></svg>",
      ]
      let policy = #"<meta http-equiv="Content-Security-Policy" content="default-src 'none'">"#
      for (name, body) in spoilt {
        try directory.write(name, "<html lang='en'><title>x</title>\(policy)<h1>x</h1>\(body)</html>")
      }
      try directory.write(
        "good.html", "<html lang='en'><title>x</title>\(policy)<h1 id='a'>x</h1><a href='#a'>x</a></html>")
      let found = try Crawl.of(directory.path).faults
      for name in spoilt.keys { #expect(found.contains { $0.hasPrefix(name) }, "\(name) passes") }
      #expect(!found.contains { $0.hasPrefix("good.html") }, "\(found)")
    }
  }

  @Test(
    "Every page fits a phone and a desktop, says nothing on the console and asks nothing of anybody else",
    .enabled(if: Chromium.isUsable, Comment(rawValue: Chromium.advice)))
  func pages() throws {
    let site = try PublishedSite.record.get()
    let crawl = try Crawl.of(site.path)
    let visits = crawl.pagePaths.map { SitePlan.Visit(path: $0) }
    let some = crawl.someOfEachKind(in: site.path)
    let byFile = some.map { SitePlan.Visit(path: $0, widths: [1280], byFile: true) }
    let seen = try Chromium.look(SitePlan(directory: site.path, visits: visits + byFile)).visits
    #expect(seen.count == 2 * visits.count + byFile.count)
    expectWell(seen)
    // What a page asks for is there, and it is its own style at least.
    #expect(seen.allSatisfy { $0.requests.contains { $0.hasSuffix(".css") } })
  }

  @Test(
    "Pages of each kind, and answers of the page that verifies, pass the check for accessibility, light and dark",
    .enabled(if: Chromium.isUsable && Chromium.axe != nil, Comment(rawValue: PythonTools.advice)))
  func accessible() throws {
    let site = try PublishedSite.record.get()
    let crawl = try Crawl.of(site.path)
    let visits = crawl.someOfEachKind(in: site.path).map {
      SitePlan.Visit(path: $0, widths: [$0.utf8.count % 2 == 0 ? 360 : 1280], axe: true)
    }
    let questions = [
      SitePlan.Question(name: "yes", position: "60", axe: true),
      SitePlan.Question(name: "no", changes: ["tile/0/000": nil], position: "60", axe: true),
      SitePlan.Question(name: "whole", all: true, axe: true),
    ]
    let seen = try Chromium.look(SitePlan(directory: site.path, visits: visits, questions: questions))
    #expect(seen.visits.count > 8)
    expectWell(seen.visits)
    for answer in seen.questions { #expect(answer.axe == [], "\(answer.name)") }
    // That the check sees what is wrong is seen by a page that is.
    try withDirectory { directory in
      try directory.write(
        "bad.html", "<html><body><img src='data:,'><input><p style='color:#bbb'>pale</p></body></html>")
      try directory.write("verify.html", "")
      let bad = try Chromium.look(
        SitePlan(directory: directory.path, visits: [.init(path: "bad.html", widths: [360], axe: true)]))
      for fault in ["image-alt", "label", "html-has-lang", "color-contrast"] {
        #expect(
          bad.visits.first?.axe.contains { $0.contains(": \(fault) ") } == true, "\(fault): \(bad.visits)")
      }
    }
  }

  @Test(
    "The feed is read by feedparser without a fault, and its entries lead to pages that are there",
    .enabled(if: PythonTools.isUsable, Comment(rawValue: PythonTools.advice)))
  func feed() throws {
    let site = try PublishedSite.record.get()
    let crawl = try Crawl.of(site.path)
    let feeds = crawl.files.filter { $0.hasSuffix(".atom") || $0.hasSuffix("feed.xml") }
    #expect(!feeds.isEmpty)
    for name in feeds {
      let feed = try ParsedFeed.of(site.path + "/" + name)
      #expect(
        feed.version == "atom10" && feed.fault == "" && !feed.title.isEmpty && !feed.id.isEmpty, "\(feed)")
      #expect(feed.entries.count > 20 && Set(feed.entries.map(\.id)).count == feed.entries.count)
      for entry in feed.entries {
        #expect(!entry.id.isEmpty && !entry.title.isEmpty && entry.isDated, "\(entry)")
        let page = entry.link.split(separator: "#")[0]
        #expect(crawl.files.contains { page == $0 || page.hasSuffix("/" + $0) }, "\(entry)")
      }
    }
  }

  @Test(
    "The page that verifies is used with the keyboard alone",
    .enabled(if: Chromium.isUsable, Comment(rawValue: Chromium.advice)))
  func keyboard() throws {
    let site = try PublishedSite.record.get()
    // Every control can be reached, in the order of the page, and none is taken out of the order.
    let script = """
      (() => [...document.querySelectorAll("input, button, textarea")].map((e) => {
        e.focus(); return [e.id || e.textContent, document.activeElement === e, e.tabIndex]; }))()
      """
    let seen = try Chromium.look(
      SitePlan(
        directory: site.path,
        // A key makes the driver type the position and press Enter.
        questions: [SitePlan.Question(name: "typed", position: "60", key: site.key)], scripts: [script]))
    #expect(seen.questions.first?.answer == "yes", "\(seen.questions)")
    let controls = try #require(seen.scripts.first)
    for name in ["verify-position", "verify-all", "verify-key", "verify-files", "verify-directory"] {
      #expect(controls.contains("[\"\(name)\", true, 0]"), "\(controls)")
    }
  }
}
