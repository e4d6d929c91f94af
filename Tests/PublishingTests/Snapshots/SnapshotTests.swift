// Snapshots: the same bytes everywhere, harmless whatever the log says.

internal import CanonicalJSON
internal import Crypto
internal import Foundation
internal import Ledger
internal import Milestones
internal import Projections
internal import Publishing
internal import Testing
internal import TransparencyLog

@Suite("Snapshots")
struct SnapshotTests {
  /// What the snapshots of the house hash to, with its root and its digest taken out. Whoever changes these raises
  /// `Snapshot.formatVersion`: snapshots that lie with others are compared to the byte.
  private static let fingerprints: [SnapshotFormat: String] = [
    .json: "14180eefd34e537d8ea39aa1ead536ce5210809f1b6dc9040bfbb9f340da10fe",
    .csv: "e99dff1ead9476f30edc5b23d28bac56c5f0d6f93111c02050067f579e43f4b8",
    .md: "96a7cbd64f9a3b1289aafe38fd6443e9554d653e5a664fb535357e81eb029887",
    .html: "7c85348b8effa10261d2ddd3c507f4c96ce97eecf61e02a4c0730965fd524023",
  ]

  @Test("The bytes of every form are those of this version of the format", arguments: SnapshotFormat.allCases)
  func fingerprint(format: SnapshotFormat) throws {
    try SnapshotHouse.with { house in
      let snapshot = try house.snapshot()
      #expect(Snapshot.formatVersion == 1)
      var hasher = SHA256()
      for file in try snapshot.files(format) {
        // The root depends on ids that are drawn by chance when a ledger is opened.
        let text = String(decoding: file.bytes, as: UTF8.self).replacingOccurrences(
          of: snapshot.context.root.base64, with: "ROOT")
        hasher.update(data: Data("\(file.name)\n\(text)".utf8))
      }
      #expect(Hex.lowercase(hasher.finalize()) == Self.fingerprints[format])
    }
  }

  @Test("What is recorded later changes nothing of what was known", arguments: SnapshotFormat.allCases)
  func later(format: SnapshotFormat) throws {
    try SnapshotHouse.with { house in
      let before = try house.snapshot()
      try house.load([
        #"{"type":"policy.announced","subject":"policy:leave","occurred":"2016","country":"CL","unsourced":true}"#
      ])
      let again = try house.snapshot(on: before.context.on, knownAt: before.context.knownAt)
      #expect(try again.files(format) == before.files(format))
      #expect(try house.snapshot().files(format) != before.files(format))
    }
  }

  @Test("The digest is that of the rows, as the document has them, and the same in every form")
  func digest() throws {
    try SnapshotHouse.with { house in
      let document = try JSONValue(parsing: house.text(.json))
      var hasher = SHA256()
      for name in [
        "standing", "disputes", "anomalies", "credit", "reach", "links", "assessments", "votes", "tallies",
        "evidence", "unsourced", "events",
      ] {
        hasher.update(data: Data("\(name)\n".utf8))
        for row in try #require(document[name]?.array) {
          hasher.update(data: try row.canonicalBytes() + [UInt8(ascii: "\n")])
        }
      }
      let digest = Hex.lowercase(hasher.finalize())
      #expect(document["digest"]?.string == digest)
      #expect(try house.text(.md).contains(digest) && house.text(.html).contains(digest))
      #expect(try house.text(.csv).contains(digest))
    }
  }

  @Test("A country has what is its own, a subject too")
  func scopes() throws {
    try SnapshotHouse.with { house in
      let chile = try JSONValue(parsing: house.text(.json, .country("CL")))
      #expect(chile["scope"]?.string == "CL")
      #expect(chile["events"]?.array?.compactMap { $0["id"]?.string } == ["P1"])
      #expect(chile["disputes"]?.array?.isEmpty == true)
      let quota = try JSONValue(parsing: house.text(.json, .subject("policy:quota")))
      #expect(quota["disputes"]?.array?.first?["accounts"]?.array?.count == 2)
      #expect(quota["unsourced"]?.array?.count == 1)
    }
  }

  // MARK: Harmless

  private static let hostile = [
    #"{"id":"H1","type":"policy.announced","subject":"policy:h1","occurred":"2017","title":"<script>alert(1)</script>","source.citation":"\"><img src=x onerror=alert(1)>","source.url":"https://example.org/"}"#,
    "{\"id\":\"H2\",\"type\":\"policy.announced\",\"subject\":\"policy:h2\",\"occurred\":\"2017\",\"title\":\"\\u202Eevil\\u202C `|[x](javascript:alert(1))\",\"source.citation\":\"https://a\\\" onclick=\\\"x\"}",
    "{\"id\":\"H3\",\"type\":\"policy.announced\",\"subject\":\"policy:h3\",\"occurred\":\"2017\",\"title\":\"\(String(repeating: "Ä\u{301}", count: 5_000))\",\"unsourced\":true}",
    #"{"id":"H4","type":"policy.announced","subject":"policy:h4","occurred":"2017","title":"a\"\u0301 b","source.citation":"javascript:alert(1)","source.url":"https://example.org/\"><script>alert(1)</script>"}"#,
  ]

  @Test("A hostile record comes out as text: no script, no address but of the web, no other request")
  func hostileIsHarmless() throws {
    try SnapshotHouse.with { house in
      var taken = 0
      // What the gate before the log refuses cannot do harm; what it takes must not.
      for line in Self.hostile { taken += try house.loadIfTaken(line) ? 1 : 0 }
      #expect(taken >= 3)
      let page = try house.text(.html)
      #expect(page.contains("&lt;script&gt;alert(1)"))
      #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("\u{202E}"))
      for attribute in try Self.attributes("href", in: page) {
        #expect(attribute.hasPrefix("#") || attribute.hasPrefix("https://"), "\(attribute)")
      }
      #expect(try Self.attributes("src", in: page).isEmpty)
      #expect(!page.contains("@import") && !page.contains("url("))
      let markdown = try house.text(.md)
      #expect(!markdown.contains("\u{202E}"))
      // A backslash before it makes a mark text.
      #expect(markdown.firstMatch(of: /(^|[^\\])(<script|<img|\]\(<?javascript:)/) == nil)
      #expect(markdown.contains(#"\<script\>"#))
    }
  }

  @Test("The policy of the page lets in its own stylesheet and nothing else")
  func policy() throws {
    try SnapshotHouse.with { house in
      let page = try house.text(.html)
      let style = try #require(page.firstMatch(of: /<style>([^<]*)<\/style>/)?.1)
      let digest = Data(SHA256.hash(data: Data(style.utf8))).base64EncodedString()
      #expect(page.contains("default-src 'none'; style-src 'sha256-\(digest)'"))
      #expect(!page.contains(" style=") && !page.contains(" onclick="))
    }
  }

  private static func attributes(_ name: String, in page: String) throws -> [String] {
    // Escaped, a quotation mark never stands in a value.
    try page.matches(of: Regex("<[a-z]+[^<>]* \(name)=\"([^\"]*)\"")).compactMap { match in
      match.output[1].substring.map(String.init)
    }
  }
}
