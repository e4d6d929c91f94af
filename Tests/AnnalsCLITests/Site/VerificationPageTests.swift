// The page that verifies says yes to what was signed, and no, with the reason, to whatever else it is given.

internal import Foundation
internal import Testing
internal import TransparencyLog

@Suite(
  "Verification in the browser", .enabled(if: Chromium.isUsable, Comment(rawValue: Chromium.advice)),
  .serialized)
struct VerificationPageTests {
  private typealias Question = SitePlan.Question

  /// A question, and what its answer must be and must say.
  private struct Case {
    let question: Question
    let answer: String
    let says: String

    init(
      _ name: String, _ answer: String, _ says: String, changes: [String: String?] = [:],
      position: String? = nil,
      _ more: (inout Question) -> Void = { _ in }
    ) {
      var question = Question(name: name, changes: changes, position: position)
      more(&question)
      self.question = question
      self.answer = answer
      self.says = says
    }
  }

  /// Asks all of them in one session, and holds each answer to what it must be.
  @discardableResult
  private func expect(_ cases: [Case], of site: PublishedSite) throws -> [SiteSeen.Answer] {
    let seen = try Chromium.look(SitePlan(directory: site.path, questions: cases.map(\.question)))
    try #require(seen.questions.count == cases.count)
    for (wanted, found) in zip(cases, seen.questions) {
      #expect(found.name == wanted.question.name)
      #expect(found.answer == wanted.answer && found.verdict.contains(wanted.says), "\(found)")
      // What was not reached is not called right, and a verdict is that of its steps.
      let answers = found.steps.map(\.answer)
      let isAllYes = answers.allSatisfy { $0 == "yes" }
      #expect(!answers.isEmpty && isAllYes == (wanted.answer == "yes"), "\(found)")
      #expect(isAllYes || answers.drop { $0 == "yes" }.dropFirst().allSatisfy { $0 == "skipped" }, "\(found)")
      // A file that is not there is told by the browser itself; nothing else may be.
      let other = found.messages.filter { !$0.hasPrefix("Failed to load resource: ") }
      #expect(other == [], "\(found)")
      #expect(
        found.requests.allSatisfy { $0.hasPrefix("http://127.0.0.1:") || wanted.question.byFile }, "\(found)")
    }
    return seen.questions
  }

  @Test(
    "It says yes to the true log: any event, the whole, a proof, a kept checkpoint, from a server and from files"
  )
  func yes() throws {
    let site = try PublishedSite.record.get()
    let home = site.ledger.home
    for position in ["60", "282"] {
      let proved = try site.ledger.shell(
        "annals prove \(position) -o \(position).tlog-proof --quiet "
          + "&& annals replay --from \(position) --to \(position) >\(position).json")
      try #require(proved.how == .exit(0), "\(proved)")
    }
    let proof = [home.file("60.tlog-proof"), home.file("60.json")]
    let answers = try expect(
      [
        Case("first", "yes", "position 0 stands in example.org/test", position: "0"),
        Case("in a full tile", "yes", "as it was signed, among 283 events", position: "60"),
        Case("in a partial tile", "yes", "position 282", position: "282"),
        Case("with a key of one's own", "yes", "with the key that you gave", position: "282") {
          $0.key = " \(site.key)\n\(site.key)"
        },
        Case("the whole", "yes", "all 283 events") { $0.all = true },
        Case("the whole since", "yes", "continue the checkpoint that you kept") {
          ($0.all, $0.files) = (true, [home.file("kept-checkpoint")])
        },
        Case("proof and event chosen", "yes", "the event is proved") { $0.files = proof },
        Case("proof and event dropped", "yes", "at position 60, among 283") { $0.drop = proof },
        Case("proof alone", "yes", "at position 282") { $0.drop = [home.file("282.tlog-proof")] },
        Case("dropped on a page from a file", "yes", "the event is proved") {
          ($0.drop, $0.byFile) = (proof, true)
        },
        Case("a chosen directory", "yes", "position 282", position: "282") {
          ($0.chosen, $0.byFile, $0.key) = (site.path, true, site.key + " ")
        },
        Case("the whole of a chosen directory", "yes", "all 283 events") {
          ($0.chosen, $0.byFile, $0.all) = (site.path, true, true)
        },
        // Where the full tile has taken the place of the partial one, it serves.
        Case(
          "a full tile for a partial one", "yes", "position 282",
          changes: [
            "tile/0/001.p/27": nil,
            "tile/0/001": encoded(try site.file("tile/0/001.p/27") + [UInt8](repeating: 0, count: 229 * 32)),
          ], position: "282"),
      ], of: site)
    let first = try #require(answers.first { $0.name == "in a full tile" })
    #expect(first.steps.count == 7 && first.verdict.contains("A page cannot vouch for itself"), "\(first)")
    #expect(first.saved == ["event-60.json", "event-60.tlog-proof", "checkpoint"])
    let root = try site.ledger.root()
    #expect(first.steps.last?.details.contains(root) == true, "\(first.steps)")
    #expect(first.steps.allSatisfy { !$0.sentence.isEmpty && $0.details.contains("Rule") }, "\(first.steps)")
  }

  @Test("It says no to an altered, cut, foreign or missing event, tile and checkpoint, and tells which it is")
  func altered() throws {
    let site = try PublishedSite.record.get()
    let event = PublishedSite.event(60, in: try site.file("tile/entries/000"))
    // The event and its hash altered to match.
    var bundle = try site.file("tile/entries/000")
    bundle[event.upperBound - 3] ^= 1
    var tile = try site.file("tile/0/000")
    tile.replaceSubrange(60 * 32..<61 * 32, with: MerkleHash.leaf(bundle[event]).bytes)
    let both = ["tile/entries/000": encoded(bundle), "tile/0/000": encoded(tile)] as [String: String?]
    let checkpoint = try site.file("checkpoint")
    let lines = String(decoding: checkpoint, as: UTF8.self).components(separatedBy: "\n")
    let root = MerkleHash.emptyRoot.base64
    func cut(_ name: String, _ count: Int) throws -> [String: String?] {
      [name: encoded(Array(try site.file(name).dropLast(count)))]
    }
    func added(_ name: String) throws -> [String: String?] { [name: encoded(try site.file(name) + [0])] }
    func whole(_ name: String, _ says: String, _ changes: [String: String?]) -> Case {
      Case("the whole: " + name, "no", says, changes: changes) { $0.all = true }
    }
    func one(_ name: String, _ says: String, _ changes: [String: String?]) -> Case {
      Case(name, "no", says, changes: changes, position: "60")
    }
    let inEvent = try site.flipped("tile/entries/000", at: event.lowerBound + 40)
    try expect(
      [
        Case("an event", "no", "the event was altered", changes: inEvent, position: "60"),
        one("its hash", "the tile of hashes was altered", try site.flipped("tile/0/000", at: 60 * 32 + 31)),
        one("both", "a tile is not the one that was signed", both),
        one(
          "a neighbour's hash", "a tile is not the one that was signed", try site.flipped("tile/0/000", at: 7)
        ),
        one(
          "a hash at the right edge", "a tile is not the one",
          try site.flipped("tile/0/001.p/27", at: 26 * 32)),
        Case(
          "a hash above", "no", "a tile is not the one", changes: try site.flipped("tile/1/000.p/1", at: 0),
          position: "282"),
        one("a tile cut", "tile/0/000 is malformed", try cut("tile/0/000", 1)),
        one("a tile with more", "tile/0/000 is too long", try added("tile/0/000")),
        one("a tile gone", "tile/0/000 is missing", ["tile/0/000": nil]),
        one("an empty tile", "tile/0/000 is malformed", ["tile/0/000": ""]),
        one("events cut", "tile/entries/000 is malformed", try cut("tile/entries/000", 1)),
        one("events with more", "tile/entries/000 is malformed", try added("tile/entries/000")),
        one("events gone", "tile/entries/000 is missing", ["tile/entries/000": nil]),
        one("no events", "tile/entries/000 is malformed", ["tile/entries/000": ""]),
        one(
          "the length of an event", "malformed",
          try site.flipped("tile/entries/000", at: event.lowerBound - 1)),
        one(
          "signature", "signature of example.org/test is not genuine",
          try site.flipped("checkpoint", at: checkpoint.count - 20)),
        one(
          "origin", "of another log",
          try site.replaced("checkpoint", "example.org/test\n", "example.org/best\n")),
        one("size", "is not genuine", try site.replaced("checkpoint", "\n283\n", "\n282\n")),
        one("root", "is not genuine", try site.replaced("checkpoint", lines[2], root)),
        one(
          "signer", "no key that you trust",
          try site.replaced("checkpoint", "\u{2014} example.org/test", "\u{2014} example.org/best")),
        one("checkpoint gone", "nothing vouches for these files", ["checkpoint": nil]),
        one("empty", "no signed note", ["checkpoint": ""]),
        one("no text", "no signed note", ["checkpoint": encoded("\n\n\u{2014} x y\n")]),
        one(
          "unsigned", "no signed note", ["checkpoint": encoded(lines[0...2].joined(separator: "\n") + "\n")]),
        one("a web page", "no signed note", ["checkpoint": encoded("<!DOCTYPE html>\n<title>404</title>\n")]),
        one("bytes", "not text in UTF-8", ["checkpoint": encoded([0xff, 0xfe, 10, 10, 1, 10])]),
        one(
          "long", "checkpoint is too long", ["checkpoint": encoded([UInt8](repeating: 65, count: 1_000_001))]),
        one(
          "a size that is none", "the size is not a number",
          try site.replaced("checkpoint", "\n283\n", "\n0283\n")),
        one(
          "a huge size", "the size is not a number",
          try site.replaced("checkpoint", "\n283\n", "\n18446744073709551616\n")),
        one("a root that is none", "the root is not base64", try site.replaced("checkpoint", lines[2], "?")),
        one("a short root", "not the length of a hash", try site.replaced("checkpoint", lines[2], "AAAA")),
        one("another spelling of base64", "is not base64", try site.replaced("checkpoint", "=\n\n", "\n\n")),
        one("control characters", "no signed note", try site.replaced("checkpoint", "\n283\n", "\n283\r\n")),
        whole("an event", "the event at position 60 is not the one of tile/0/000", inEvent),
        whole("both", "they are not what was signed", both),
        whole(
          "a tile", "tile/0/000 is not that of the events, from position 3",
          try site.flipped("tile/0/000", at: 3 * 32)),
        whole(
          "a tile above", "tile/1/000.p/1 is not that of the events, from position 0",
          try site.flipped("tile/1/000.p/1", at: 3)),
        whole(
          "the last tile", "tile/0/001.p/27 is not that", try site.flipped("tile/0/001.p/27", at: 5 * 32)),
        whole("events gone", "tile/entries/001.p/27 is missing", ["tile/entries/001.p/27": nil]),
      ], of: site)
  }

  @Test(
    "It says no to another key, a foreign proof, another history and a place that is none; it cannot tell without Ed25519"
  )
  func others() throws {
    let site = try PublishedSite.record.get()
    let home = site.ledger.home
    let proved = try site.ledger.shell(
      """
      annals prove 61 -o p61 --quiet && annals replay --from 61 --to 61 >e61 && annals replay --from 62 --to 62 >e62 \
      && sed 's/^index 61$/index 60/' p61 >moved && sed '4d' p61 >shorter && sed '4p' p61 >longer \
      && sed '4s/^./-/' p61 >spoilt && sed 's/^index .*/index -1/' p61 >unread && head -n 5 p61 >cut \
      && sed 's/^c2sp.org.tlog-proof@v1/c2sp.org\\/tlog-proof@v9/' p61 >version && printf '' >empty
      """)
    try #require(proved.how == .exit(0), "\(proved)")
    // Another history by the same key, as long as this one; and one that has less.
    let kept = try site.file("checkpoint")
    let signer = try Ed25519Signer(name: "example.org/test", seed: [UInt8](repeating: 7, count: 32))
    func signed(_ size: UInt64, _ root: MerkleHash, _ origin: String = "example.org/test") throws -> String {
      encoded(try Checkpoint(origin: origin, size: size, root: root).signed(by: [signer]).serialized())
    }
    let mine = signer.verifierKey.text
    let stored = MerkleHash.leaf([1])
    func note(_ name: String, _ base64: String) throws -> String {
      try home.write(name, Array(#require(Data(base64Encoded: base64))))
    }
    let newer = try note("newer", try signed(500, stored))
    let other = try note("other", try signed(100, stored))
    func files(_ name: String, _ says: String, _ given: [String], _ answer: String = "no") -> Case {
      Case(name, answer, says) { $0.files = given.map(home.file) }
    }
    func place(_ position: String, _ says: String) -> Case { Case(position, "no", says, position: position) }
    let root = try #require(MerkleHash(base64: try site.ledger.root()))
    let whole = try signed(283, root)
    let cases = [
      Case("another key of that name", "no", "no key that you trust", position: "60") { $0.key = mine },
      Case("a key of another log", "no", "of another log", position: "60") {
        $0.key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
      },
      Case("a key not copied whole", "no", "was it copied whole", position: "60") {
        $0.key = "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
      },
      Case("no key", "no", "there is no verifier key", position: "60") { $0.key = "" },
      Case("words for a key", "no", "no verifier key", position: "60") { $0.key = "trust me" },
      files("proof of another event", "not the one that was proved", ["p61", "e62"]),
      files("proof of another place", "not the one that was proved", ["moved", "e61"]),
      files("a shorter path", "too short", ["shorter", "e61"]),
      files("a longer path", "too long", ["longer", "e61"]),
      files("a spoilt path", "is not base64", ["spoilt", "e61"]),
      files("an index that is none", "index is not a number", ["unread", "e61"]),
      files("a proof cut", "no proof", ["cut", "e61"]),
      files("a later version", "no proof", ["version", "e61"]),
      files("an empty event", "not the one that was proved", ["p61", "empty"]),
      place("283", "no such position"), place("18446744073709551615", "no such position"),
      place("18446744073709551616", "not a number"), place("-1", "not a number"),
      place("1e2", "not a number"),
      place("<img src=x onerror=alert(1)>", "not a number"), place("060", "not a number"),
      // Signed by another key of the same name, so that what follows the signature is met.
      Case(
        "size 0", "no", "no such position", changes: ["checkpoint": try signed(0, .emptyRoot)], position: "0"
      ) {
        $0.key = mine
      },
      Case("nothing, whole", "yes", "all 0 events", changes: ["checkpoint": try signed(0, .emptyRoot)]) {
        ($0.key, $0.all) = (mine, true)
      },
      Case("nothing with a root", "no", "not what was signed", changes: ["checkpoint": try signed(0, stored)])
      {
        ($0.key, $0.all) = (mine, true)
      },
      Case(
        "a size that no log has", "no", "is missing", changes: ["checkpoint": try signed(1 << 63, root)],
        position: "60"
      ) {
        $0.key = mine
      },
      Case(
        "too large to hash anew", "unable", "too many for a browser",
        changes: ["checkpoint": try signed(1 << 63, root)]
      ) {
        ($0.key, $0.all) = (mine, true)
      },
      Case(
        "a root that does not follow", "no", "a tile is not",
        changes: ["checkpoint": try signed(283, stored)], position: "60"
      ) {
        $0.key = mine
      },
      Case(
        "signed for another log", "no", "of another log",
        changes: ["checkpoint": try signed(283, root, "example.org/else")], position: "60"
      ) {
        $0.key = mine
      },
      Case("less than was signed", "no", "fewer events", changes: ["checkpoint": whole]) {
        ($0.key, $0.all, $0.files) = (mine, true, [newer])
      },
      Case("another history", "no", "another history", changes: ["checkpoint": whole]) {
        ($0.key, $0.all, $0.files) = (mine, true, [other])
      },
      Case("a kept checkpoint of nobody", "no", "no key that you trust", changes: ["checkpoint": whole]) {
        ($0.key, $0.all, $0.files) = (mine, true, [home.file("kept-checkpoint")])
      },
      Case("no Ed25519", "unable", "cannot check Ed25519", position: "60") {
        $0.before =
          "crypto.subtle.importKey = () => Promise.reject(new DOMException('no', 'NotSupportedError'))"
      },
      Case("an Ed25519 that says yes to all", "unable", "it gives a wrong answer", position: "60") {
        $0.before = "crypto.subtle.verify = () => Promise.resolve(true)"
      },
      Case("no cryptography", "unable", "needs https", position: "60") {
        $0.before = "Object.defineProperty(globalThis, 'crypto', { value: undefined })"
      },
      Case(
        "a server that fails", "unable", "the server says 500", changes: ["tile/0/000": "!500"],
        position: "60"),
      Case(
        "a server that does not answer", "unable", "could not be read", changes: ["checkpoint": "!slow"],
        position: "60"
      ) {
        $0.before =
          "{ const after = AbortSignal.timeout; AbortSignal.timeout = () => after.call(AbortSignal, 200); }"
      },
      Case("from a file, without a directory", "unable", "Choose the published directory", position: "60") {
        ($0.byFile, $0.key) = (true, site.key)
      },
      Case("a directory without a checkpoint", "no", "nothing vouches", position: "60") {
        ($0.byFile, $0.key, $0.chosen) = (true, site.key, site.path + "/tile")
      },
    ]
    try expect(cases, of: site)
    #expect(kept == (try site.file("checkpoint")))
  }

  @Test("A log that other software published is verified, and its altered copy refused")
  func foreign() throws {
    let site = try PublishedSite.record.get()
    let vectors = repository.appendingPathComponent("Tests/TransparencyLogTests/Vectors/published-log").path
    let key = "log.example/foreign+eca10a65+Ae1JKMYo0cLG6ukDOJBZlWEpWSc6XGP5NjbBRhSshzfR"
    var files: [String: String?] = [:]
    for name in [
      "checkpoint", "tile/entries/000", "tile/entries/001.p/4", "tile/0/000", "tile/0/001.p/4",
      "tile/1/000.p/1",
    ] {
      files[name] = encoded(Array(try Data(contentsOf: URL(fileURLWithPath: vectors + "/" + name))))
    }
    var altered = files
    altered["tile/1/000.p/1"] = encoded([UInt8](repeating: 1, count: 32))
    let answers = try expect(
      [
        Case("an event", "yes", "position 258 stands in log.example/foreign", changes: files, position: "258")
        { $0.key = key },
        // An entry without any bytes.
        Case("an empty event", "yes", "position 259", changes: files, position: "259") { $0.key = key },
        Case("the whole since", "yes", "all 260 events", changes: files) {
          ($0.key, $0.all, $0.files) = (key, true, [vectors + "/checkpoint-100"])
        },
        Case("altered", "no", "a tile is not", changes: altered, position: "258") { $0.key = key },
      ], of: site)
    #expect(answers.first?.event.contains("entry 258") == true, "\(answers)")
  }
}
