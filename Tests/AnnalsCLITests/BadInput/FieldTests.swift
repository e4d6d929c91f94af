// Events that are not accepted: each fault is told with its field, and nothing is written.

internal import Foundation
internal import Testing

@Suite("Fields that are wrong")
struct FieldTests {
  /// What is typed after `append`, and words that must be told.
  struct Fault: Sendable, CustomTestStringConvertible {
    let arguments: [String]
    let told: [String]

    init(_ arguments: [String], _ told: String...) {
      self.arguments = arguments
      self.told = told
    }

    var testDescription: String { arguments.joined(separator: " ").prefix(100).description }
  }

  /// Good fields with some of them given otherwise.
  private static func fields(_ changed: [String], without: String? = nil) -> [String] {
    let names = Set((changed + [without ?? ""]).map { $0.split(separator: "=").first.map(String.init) ?? $0 })
    let kept = goodFields().filter { !names.contains(String($0.prefix { $0 != "=" })) }
    return ["bill.introduced"] + kept + changed
  }

  static let faults: [Fault] = [
    Fault(["bill.introducd"] + goodFields(), "there is no type", "did you mean bill.introduced?"),
    Fault(["BILL.INTRODUCED"] + goodFields(), "there is no type"),
    Fault(["zebra"] + goodFields(), "there is no type"),
    Fault([""] + goodFields(), "type"),
    Fault(["x=y"] + goodFields(), "type"),
    Fault(fields(["chambre=senate"]), "chambre: bill.introduced has no such field", "did you mean chamber?"),
    Fault(fields(["amendment=x"]), "amendment: bill.introduced has no such field"),
    Fault(fields([], without: "occurred"), "occurred: is missing"),
    Fault(fields([], without: "subject"), "subject: is missing"),
    Fault(fields([], without: "identifier"), "identifier: is missing"),
    Fault(fields([], without: "source.citation"), "source: is missing", "unsourced=true"),
    Fault(fields(["identifier="]), "identifier"),
    Fault(fields(["subject=measure"]), "subject"),
    Fault(fields(["subject=measure:"]), "subject"),
    Fault(fields(["subject=measure:A B"]), "subject"),
    Fault(fields(["subject=zebra:x"]), "subject", "zebra", "does not exist"),
    Fault(fields(["subject=treaty:x"]), "subject"),
    Fault(fields(["subject=measure:../../etc/passwd"]), "subject"),
    Fault(fields(["subject=measure:a", "subject=measure:b"]), "subject"),
    Fault(fields(["occurred=yesterday"]), "occurred"),
    Fault(fields(["occurred=2024-13-01"]), "occurred", "no month is numbered 13", "column 6"),
    Fault(fields(["occurred=2023-02-29"]), "occurred"),
    Fault(fields(["occurred=2024-02-30"]), "occurred"),
    Fault(fields(["occurred=05/02/2024"]), "occurred"),
    Fault(fields(["occurred=2024-05-02/2024-05-01"]), "occurred"),
    Fault(fields(["occurred=20240502"]), "occurred"),
    Fault(fields(["occurred=２０２４"]), "occurred"),
    Fault(fields(["occurred=" + String(repeating: "[", count: 5_000)]), "occurred"),
    Fault(fields(["effective=soon"]), "effective"),
    Fault(fields(["country=QQ"]), "country", "QQ"),
    Fault(fields(["country=cl"]), "country"),
    Fault(fields(["country=Chile"]), "country"),
    Fault(fields(["country=CHL"]), "country"),
    Fault(fields(["country=CL-ZZ"]), "country"),
    Fault(fields(["country=RS", "occurred=2001"]), "country", "RS", "YUCS"),
    Fault(fields(["country=CS", "occurred=XXXX"]), "country", "CSHH", "CSXX"),
    Fault(fields(["country=DD", "occurred=2001"]), "country"),
    Fault(fields(["institution=US/Congress"]), "institution"),
    Fault(fields(["institution=us//congress"]), "institution"),
    Fault(fields(["institution=/"]), "institution"),
    Fault(fields(["confidence=sure"]), "confidence", "confirmed"),
    Fault(fields(["source.url=not an address"]), "source.url"),
    Fault(fields(["source.url=javascript:alert(1)"]), "source.url"),
    Fault(fields(["source.sha256=12ab"]), "source.sha256"),
    Fault(fields(["source.zebra=x"]), "source.zebra"),
    Fault(fields(["unsourced=perhaps"]), "unsourced"),
    Fault(fields(["link.zebra=measure:x"]), "link"),
    Fault(fields(["companion=treaty:x"]), "companion"),
    Fault(fields(["title.not_a_tag=x"]), "title"),
    Fault(fields(["id="]), "id"),
    Fault(fields(["id=" + String(repeating: "x", count: 3_000)]), "id"),
    Fault(fields(["recorded=2001-01-01T00:00:00.000Z"]), "recorded: bill.introduced has no such field"),
    Fault(fields(["data=x"]), "data: bill.introduced has no such field"),
    Fault(fields(["specversion=1.0"]), "specversion: bill.introduced has no such field"),
    Fault(fields(["_sd=x"]), "is not FIELD=VALUE"),
    Fault(fields(["nofield"]), "is not FIELD=VALUE"),
    Fault(fields(["=value"]), "is not FIELD=VALUE"),
    Fault(fields(["identifier=a\u{7}b"]), "identifier"),
    Fault(fields(["note=" + String(repeating: "x", count: 65_536)]), "65535"),
    Fault(
      ["bill.passed", "subject=measure:x", "occurred=2024", "chamber=s", "unsourced=true", "amended=maybe"],
      "amended"),
    Fault(
      ["bill.passed", "subject=measure:x", "occurred=2024", "chamber=s", "unsourced=true", "mode=loud"],
      "mode", "voice"),
    Fault(
      ["bill.passed", "subject=measure:x", "occurred=2024", "chamber=s", "chamber=h", "unsourced=true"],
      "chamber"),
    Fault(["event.corrected"] + goodFields(), "target: is missing", "new: is missing"),
    Fault(["event.corrected", "target=0", "new.floor=3", "reason=x"], "target", "ledger.opened"),
    Fault(["event.retracted", "target=9999", "reason=false"], "target", "there is no event"),
    Fault(["recorder.admitted"] + goodFields(), "recorder.admitted is in the vocabulary", "cannot admit yet"),
    Fault(["ledger.opened"] + goodFields(), "ledger"),
    Fault(["vocabulary.adopted"] + goodFields(), "ledger"),
    Fault(
      ["testimony.shared", "campaign=campaign:x", "occurred=2018", "person=Aurora", "public=perhaps"],
      "public"),
    Fault(["testimony.shared", "campaign=campaign:x", "occurred=2018", "persn=Aurora Diaz"], "persn"),
  ]

  @Test("Each fault is told with its field, exits 65 and writes nothing", arguments: faults)
  func faultIsRefused(fault: Fault) throws {
    try withLedger { ledger in
      let before = try ledger.state()
      let ended = try ledger.annals(["append"] + fault.arguments)
      expectFailure(ended, 65)
      for text in fault.told { #expect(ended.errors.contains(text), "\"\(text)\" is not told: \(ended)") }
      #expect(ended.output == "")
      // One line a problem; nothing that was typed is long enough to hide the message.
      for line in ended.errorLines {
        #expect(line.hasPrefix("annals: "), "\(line)")
        #expect(line.utf8.count < 1_000, "a line of \(line.utf8.count) bytes: \(line.prefix(200))")
      }
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("All that is wrong is told at once, one line each")
  func allAtOnce() throws {
    try withLedger { ledger in
      let ended = try ledger.annals("append", "bill.introduced", "occurred=2024-13", "country=QQ", "zebra=1")
      expectFailure(
        ended, 65, "zebra:", "occurred:", "country:", "identifier:", "chamber:", "subject:", "source:")
      #expect(ended.errorLines.count == 7, "\(ended)")
    }
  }

  @Test("What may be meant to be sealed is never said back")
  func sealedValues() throws {
    try withLedger { ledger in
      let secret = "Aurora-Diaz-7731"
      for fields in [
        ["country=\(secret)"], ["date=\(secret)"], ["language=\(secret)!"],
        ["consent=\(secret)", "campaign=zebra"],
        ["persn=\(secret)"], ["source.url=\(secret)"], [secret],
      ] {
        let ended = try ledger.annals(
          ["append", "testimony.shared", "campaign=campaign:x", "occurred=2018"] + fields)
        #expect(!(ended.output + ended.errors).contains(secret), "\(ended)")
        #expect(ended.how == .exit(65) || fields == ["consent=\(secret)", "campaign=zebra"], "\(ended)")
      }
    }
  }

  @Test("An event of exactly as many bytes as a leaf may have is taken, one more is refused")
  func limit() throws {
    try withLedger { ledger in
      func append(_ note: Int) throws -> Ended {
        try ledger.annals(
          ["append", "bill.introduced", "id=E\(note)", "note=" + String(repeating: "x", count: note)]
            + goodFields())
      }
      #expect(try append(10_000).how == .exit(0))
      let leaf = try ledger.annals("replay", "--from", "13").standardOutput.dropLast()
      let room = 65_535 - (leaf.count - 10_000)
      #expect(try append(room).how == .exit(0))
      #expect(try ledger.annals("replay", "--from", "14").standardOutput.dropLast().count == 65_535)
      expectFailure(try append(room + 1), 65, "65536 bytes", "65535 is the most")
      #expect(try ledger.size() == 15)
    }
  }
}
