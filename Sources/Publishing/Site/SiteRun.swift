// One publication of the site: which pages read otherwise than before, and those written.

internal import CanonicalJSON
internal import EDTF
internal import Ledger
internal import Milestones
internal import Projections
internal import TransparencyLog

/// Writes what has changed since the site was published last, or all of it.
struct SiteRun {
  private let source: SiteSource
  private let files: DirectoryFiles
  private let state: SiteState
  private let former: SiteState?
  private let keys: [String]
  private var writer: SiteWriter

  init(source: SiteSource, files: DirectoryFiles, keys: [String], root: MerkleHash) throws {
    self.source = source
    self.files = files
    self.keys = keys
    state = SiteState(
      origin: source.ledger.origin, size: source.snapshot.knownAt + 1, root: root.base64, day: source.day,
      restrictions: try source.snapshot.restrictionsMark(), vocabulary: source.vocabulary.digest,
      templates: SiteTemplates.digest, isFinished: true)
    former = try files.read(SiteState.path, lengthMaxBytes: 1 << 20).flatMap { SiteState($0) }
    let templates = try SiteTemplates()
    writer = try SiteWriter(files: files, templates: templates, common: ["siteName": source.ledger.origin])
  }

  /// Publishes.
  mutating func publish(isComplete: Bool, progress: (Int, Int) -> Void) throws -> SiteCounts {
    try refuseForeign()
    let base = try isComplete ? nil : beginning()
    var begun = state
    begun.isFinished = false
    if base?.size != state.size || base?.day != state.day {
      try writer.putAside(SiteState.path, begun.json.canonicalBytes() + [UInt8(ascii: "\n")])
    }
    let source = source
    let plan = try SitePlan(source: source, former: base)
    let total = plan.count + 1
    var done = 0
    func told() {
      done += 1
      progress(done, total)
    }
    for (subject, reading) in plan.subjects {
      try write(of: SitePaths.subject(subject), reading) { context in
        try source.page(ofSubject: subject, toldFor: context.on).map { [$0] } ?? []
      }
      told()
    }
    for (place, reading) in plan.places {
      try write(of: place.base, reading) { _ in try source.pages(of: place) }
      told()
    }
    for (year, reading) in plan.years {
      try write(of: SitePaths.year(year), reading) { _ in try source.pages(ofYear: year) }
      told()
    }
    for (first, reading) in plan.eventPages {
      try write(of: SitePaths.events(at: first), reading) { _ in
        try source.page(ofEventsFrom: first).map { [$0] } ?? []
      }
      told()
    }
    try writeWhole()
    if base == nil {
      try writer.removeRest()
      try writer.removeLeftovers()
    }
    try writer.finish()
    try writer.putAside(SiteState.path, state.json.canonicalBytes() + [UInt8(ascii: "\n")])
    progress(total, total)
    return writer.counts
  }

  /// What was published, if what differs can be told anew on top of it; nil if all is to be made anew.
  private func beginning() throws -> SiteState? {
    guard let former, former.continues(to: state) else { return nil }
    let root = try source.ledger.root(atSize: former.size)
    return root.base64 == former.root ? former : nil
  }

  /// A file of the site's name that is not the site's own is not written over.
  private func refuseForeign() throws {
    for path in ["\(SitePaths.start).html", "site.css", Feed.path] where !writer.own.paths.contains(path) {
      if former == nil, try files.read(path, lengthMaxBytes: 0) != nil {
        throw PublishError.differs(file: path)
      }
    }
  }

  /// Writes the pages of one thing, and removes those that it has no more.
  private mutating func write(
    of base: String?, _ reading: SitePlan.Reading, _ make: (AnswerContext) throws -> [SitePage]
  ) throws {
    guard let base else { return }
    let context = try source.context(knownAt: reading.knownAt, changed: reading.changed)
    let pages = try make(context)
    for page in pages { try writer.write(page, context) }
    if pages.isEmpty { try writer.remove(["", "~credit", "~reach"].flatMap { Self.files("\(base)\($0)") }) }
    if pages.count == 1 {
      let kept = Set(pages[0].documents.map(\.suffix))
      try writer.remove(
        ["~credit", "~reach"].filter { !kept.contains($0) }.flatMap { Self.files("\(base)\($0)") })
    }
    var number = max(2, pages.count + 1)
    while writer.own.paths.contains("\(SitePaths.page(base, number)).html") {
      try writer.remove(Self.files(SitePaths.page(base, number)))
      number += 1
    }
  }

  private static func files(_ base: String) -> [String] { ["\(base).html", "\(base).json"] }

  /// Writes the pages about the whole ledger, which every event changes, and the files that are made of nothing.
  private mutating func writeWhole() throws {
    let context = try source.context()
    let snapshot = source.snapshot
    let recent = try Recent.latest(of: source)
    let claims = try snapshot.openClaims(onDay: source.day.number)
    let unsourced = try snapshot.latestUnsourced(onDay: source.day.number, count: SiteSource.rowsInReport)
    var pages = [
      try source.startPage(recent, openDisputes: claims.count, unsourced: unsourced.of),
      source.campaignsPage(), try source.disputesPage(claims), try source.creditPage(),
      try source.evidencePage(unsourced), source.talliesPage(), try source.timelineList(),
      try source.eventsList(),
    ]
    pages += try source.placeLists()
    if SiteTemplates.file("verify.mustache") != nil {
      pages.append(
        SitePage(
          base: SitePaths.verify, template: "verifypage", title: "Verify",
          model: ["origin": source.ledger.origin, "keys": keys, "base": "", "script": "verify.js"]))
    }
    for page in pages { try writer.write(page, context) }
    let opened = try snapshot.recordedTime(at: 0)
    let feed = Feed(origin: source.ledger.origin, openedYear: opened.day.year)
    let text = feed.text(
      recent, updated: snapshot.recorded, templates: writer.templates, vocabulary: source.vocabulary)
    try writer.put(Feed.path, Array(text.utf8))
    try writer.put("site.css", Array(Self.stylesheet.utf8))
    if let script = SiteTemplates.file("verify.js") { try writer.put("verify.js", Array(script.utf8)) }
  }

  /// The stylesheet, with what the page of verification adds to it.
  private static let stylesheet = ["site.css", "pictures.css", "verify.css"].compactMap(SiteTemplates.file)
    .joined(separator: "\n")
}
