// What Tools/lib/crawl-site.py, which reads a site without a browser, and feedparser tell of a published directory.

internal import Foundation
internal import Testing

/// The pages of a site, as a crawler finds them.
struct Crawl: Decodable {
  let pages: Int
  let links: Int
  let anchors: Int
  let files: [String]
  let faults: [String]

  /// The pages, by their paths.
  var pagePaths: [String] { files.filter { $0.hasSuffix(".html") } }

  /// Whether there is a Python to run it.
  static let isUsable = find("python3") != nil

  /// Reads every page of a directory.
  static func of(_ directory: String) throws -> Crawl {
    let script = repository.appendingPathComponent("Tools/lib/crawl-site.py").path
    let ended = try python(find("python3"), [script, directory])
    return try JSONDecoder().decode(Crawl.self, from: Data(ended.standardOutput))
  }

  /// Runs Python, which must end well.
  static func python(_ program: String?, _ arguments: [String]) throws -> Ended {
    let ended = try ChildProcess(
      try #require(program), arguments, environment: Annals.environment(["PYTHONDONTWRITEBYTECODE": "1"]),
      in: "/"
    ).wait()
    try #require(ended.how == .exit(0), "\(ended)")
    return ended
  }

  /// Some pages of each kind: those at the top, and of each folder the largest and the smallest.
  func someOfEachKind(in directory: String) -> [String] {
    func size(_ path: String) -> Int {
      ((try? FileManager.default.attributesOfItem(atPath: directory + "/" + path))?[.size] as? Int) ?? 0
    }
    var kinds: [String: [String]] = [:]
    for path in pagePaths {
      kinds[path.split(separator: "/").dropLast().prefix(2).joined(separator: "/"), default: []].append(path)
    }
    return kinds.flatMap { folder, paths in
      let sorted = paths.sorted { (size($0), $0) < (size($1), $1) }
      return folder.isEmpty ? sorted : Array(Set([sorted[0], sorted[sorted.count - 1]]))
    }.sorted()
  }
}

/// A feed, as feedparser reads it.
struct ParsedFeed: Decodable {
  struct Entry: Decodable {
    let id: String
    let title: String
    let updated: String
    let isDated: Bool
    let link: String
  }

  let version: String
  let fault: String
  let title: String
  let id: String
  let entries: [Entry]

  /// Reads a file.
  static func of(_ path: String) throws -> ParsedFeed {
    let code = """
      import feedparser, json, sys
      f = feedparser.parse(open(sys.argv[1], "rb").read())
      print(json.dumps({"version": f.version, "fault": str(f.get("bozo_exception", "")), "title": f.feed.get("title", ""),
        "id": f.feed.get("id", ""), "entries": [{"id": e.get("id", ""), "title": e.get("title", ""), "link": e.get("link", ""),
        "updated": e.get("updated", ""), "isDated": bool(e.get("updated_parsed"))} for e in f.entries]}))
      """
    let ended = try Crawl.python(PythonTools.python, ["-c", code, path])
    return try JSONDecoder().decode(ParsedFeed.self, from: Data(ended.standardOutput))
  }
}
