// Writes pages and their documents into a published directory, and nothing that is there already as it must be.

internal import CanonicalJSON
internal import EDTF
internal import Ledger
internal import TransparencyLog

/// How many files of a site were written, kept and removed.
package struct SiteCounts: Sendable, Hashable {
  /// Files that are new or differ from what was there.
  package var written = 0
  /// Files of the site that were there already, and as they must be.
  package var kept = 0
  /// Files of the site that belong to nothing any more.
  package var removed = 0
}

/// Writes the files of a site.
struct SiteWriter {
  let files: DirectoryFiles
  let templates: SiteTemplates
  /// What every page has beside its own.
  let common: Model
  /// The site's own files, as far as is known.
  var own: SiteFiles
  /// What was put this time.
  private(set) var put: Set<String> = []
  private(set) var counts = SiteCounts()

  init(files: DirectoryFiles, templates: SiteTemplates, common: Model) throws(ContentsError) {
    self.files = files
    self.templates = templates
    self.common = common
    own = SiteFiles(try files.read(SiteFiles.path, lengthMaxBytes: 1 << 30))
  }

  /// Writes a page and its documents.
  mutating func write(_ page: SitePage, _ context: AnswerContext) throws {
    var model = Self.flagged(page.model)
    model.merge(common) { own, _ in own }
    model["nav"] = Self.nav(of: page.base)
    model["up"] = SitePaths.up(from: page.base)
    model["title"] = page.title
    model["isStart"] = page.base == SitePaths.start
    model["context"] = Self.model(context)
    // The documents are named by the page, from beside it.
    let name = page.base.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? "" } ?? ""
    model["documents"] = SiteSource.list(
      page.documents.map { ["href": "\(name)\($0.suffix).json", "name": Self.documentName($0.suffix)] })
    try put("\(page.base).html", Array(templates.render(page.template, model).utf8))
    for (suffix, members) in page.documents {
      let document = try context.document(members).canonicalBytes()
      try put("\(page.base)\(suffix).json", document + [UInt8(ascii: "\n")])
    }
  }

  /// A model in which `hasSources` tells whether there are `sources`, for every list in it: a list without items is none.
  private static func flagged(_ model: Model) -> Model {
    var flagged = model
    for (name, value) in model {
      if let list = value as? [Model] {
        flagged[name] = list.map(Self.flagged)
        if !list.isEmpty { flagged["has\(name.prefix(1).uppercased())\(name.dropFirst())"] = true }
      } else if let child = value as? Model {
        flagged[name] = Self.flagged(child)
      }
    }
    return flagged
  }

  /// The parts of the site, with the one that a page belongs to.
  private static func nav(of base: String) -> [Model] {
    let part = base.utf8.split(separator: UInt8(ascii: "/")).first.map { String($0) ?? "" } ?? ""
    return [
      ("index", "Overview"), ("countries", "Countries"), ("institutions", "Institutions"),
      ("campaigns", "Campaigns"), ("timeline", "Timeline"), ("credit", "Credit"), ("disputes", "Disputes"),
      ("evidence", "Evidence"), ("tallies", "Testimonies"), ("events", "Events"), ("verify", "Verify"),
    ].map { name, words in
      var item: Model = ["href": "\(name).html", "name": words]
      if name == part || (name == "countries" && part == SitePaths.elsewhere) { item["isHere"] = true }
      return item
    }
  }

  private static func documentName(_ suffix: String) -> String {
    suffix.isEmpty
      ? "This page as JSON" : "\(suffix.dropFirst().prefix(1).uppercased())\(suffix.dropFirst(2)) as JSON"
  }

  private static func model(_ context: AnswerContext) -> Model {
    var model: Model = [
      "origin": context.origin, "size": Say.grouped(Int(context.size)), "root": context.root.base64,
      "on": context.on.description, "knownAt": Say.event(context.knownAt),
    ]
    model["restrictions"] = context.restrictionsAt.map(Say.event)
    return model
  }

  /// Puts a file in its place, if it is not there already.
  mutating func put(_ path: String, _ bytes: [UInt8]) throws(ContentsError) {
    guard put.insert(path).inserted else { return }
    own.insert(path)
    if try files.read(path, lengthMaxBytes: bytes.count) == bytes { return }
    try files.writeUnforced(path, bytes)
    counts.written += 1
  }

  /// Removes the files of a page that is no more, or its later pages.
  mutating func remove(_ paths: [String]) throws(ContentsError) {
    for path in paths where own.paths.contains(path) && !put.contains(path) {
      try files.remove(path)
      own.remove(path)
      counts.removed += 1
    }
  }

  /// Removes all that is the site's own and was not put this time.
  mutating func removeRest() throws(ContentsError) {
    try remove(own.paths.subtracting(put).sorted())
  }

  /// Removes what writes that were cut off have left in the site's directories.
  func removeLeftovers() throws(ContentsError) {
    var directories: Set<String> = [""]
    for path in own.paths {
      let steps = path.utf8.split(separator: UInt8(ascii: "/")).dropLast().map { String($0) ?? "" }
      if !steps.isEmpty { directories.insert(steps.joined(separator: "/")) }
    }
    for directory in directories.sorted() { try files.removeLeftovers(in: directory) }
  }

  /// Writes the list of the site's own files, and waits until all is on stable storage.
  mutating func finish() throws(ContentsError) {
    try putAside(SiteFiles.path, own.bytes)
    try files.forceAll()
    counts.kept = max(0, own.paths.count - counts.written)
  }

  /// Puts a file that is about the site: it is no part of it, and not counted.
  func putAside(_ path: String, _ bytes: [UInt8]) throws(ContentsError) {
    if try files.read(path, lengthMaxBytes: bytes.count) == bytes { return }
    try files.write(path, bytes)
  }
}
