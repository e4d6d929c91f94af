// Handing over: what the file holds and proves, what is refused, what the register keeps.

import CanonicalJSON
import Foundation
import GRDB
import Ledger
import Milestones
import TestSupport
import Testing
import TransparencyLog

@Suite("Handing disclosures over")
struct HandOverTests {
  private func withTestimony(_ body: (TestLedger, Int64, String) throws -> Void) throws {
    try withLedger { test in
      let position = try test.ledger.append(
        checked(
          "testimony.shared",
          [
            "id=T1", "campaign=campaign:metoo", "occurred=2018-03-04", "country=CL", "person=Xenia Nadel",
            "narrative=“kein Wort” 針", "consent=hold", "consent=publish",
          ]), recorder: "m.reyes"
      ).position
      try body(test, position, test.directory + "/../d.json")
    }
  }

  private func handOver(
    _ ledger: Ledger, _ fields: [String]? = nil, to recipient: String = "Court", into path: String,
    beyondConsent: Bool = false
  ) throws -> Handover {
    try ledger.handOver(
      "T1", to: recipient, fields: fields, into: path, beyondConsent: beyondConsent, recorder: "m.reyes")
  }

  private func check(
    _ test: TestLedger, _ file: [UInt8], published: String? = nil
  ) throws -> DisclosureCheck.Verified {
    try DisclosureCheck.check(
      file, keys: test.ledger.logKeys().map(\.verifierKey), origin: "example.org/metoo",
      published: published)
  }

  private func refusal(_ body: () throws -> Void) throws -> DisclosureRefusal? {
    do {
      try body()
      return nil
    } catch LedgerError.cannotDisclose(let refusal) { return refusal }
  }

  @Test("A file holds what was chosen, is its owner's alone, and is verified without a ledger")
  func file() throws {
    try withTestimony { test, position, path in
      let entry = try handOver(test.ledger, ["country"], into: path)
      #expect(entry.number == 1 && entry.position == position && entry.fields == ["country"])
      #expect(!entry.isBeyondConsent)
      #expect(try mode(path) == 0o600)
      let found = try check(test, bytes(path))
      #expect(found.fields.map(\.name) == ["country"] && found.fields.map(\.value) == ["CL"])
      #expect(found.file.position == position && found.event.id == "T1")
      #expect(found.file.recipient == "Court" && found.publishedSize == nil)
      // Nothing of what was not chosen is in it.
      for text in ["Xenia Nadel", "“kein Wort” 針"] { #expect(!Needle(text).isIn(try bytes(path))) }
    }
  }

  @Test("It is held to the published log, also one that has grown, and refused by another one")
  func published() throws {
    try withTestimony { test, _, path in
      let www = test.directory + "/../www"
      _ = try handOver(test.ledger, ["country"], into: path)
      _ = try test.load((0..<300).map { announced("p\($0)") })
      _ = try test.ledger.publish(to: www)
      #expect(try check(test, bytes(path), published: www).publishedSize == UInt64(test.size))
      let names = try FileManager.default.subpathsOfDirectory(atPath: www).filter { $0.contains("entries/") }
      let bundle = www + "/" + (try #require(names.first { !$0.hasSuffix(".p") }))
      var changed = try bytes(bundle)
      changed[100] ^= 1
      try Data(changed).write(to: URL(fileURLWithPath: bundle))
      #expect(throws: DisclosureCheck.Refusal.self) { try check(test, bytes(path), published: www) }
    }
  }

  @Test("What was altered in a file is found, wherever it is")
  func altered() throws {
    try withTestimony { test, _, path in
      _ = try handOver(test.ledger, into: path, beyondConsent: true)
      let good = try bytes(path)
      var generator = SeededGenerator(seed: 6)
      let told = ["recipient", "handedOver", "number"].compactMap { name in
        let text = Array("\"\(name)\":".utf8)
        return good.indices.first { good[$0...].starts(with: text) }
      }
      var refused = 0
      for _ in 0..<300 {
        var bad = good
        let place = Int.random(in: 0..<good.count, using: &generator)
        bad[place] = UInt8.random(in: 0x20...0x7e, using: &generator)
        if bad == good { continue }
        // Nothing vouches for these three, as the format says.
        if told.contains(where: { (($0)...($0 + 45)).contains(place) }) { continue }
        do {
          let found = try check(test, bad)
          // A letter of an escape or of a signature's unused bits may be written in two ways.
          #expect(found.fields.map(\.value) == (try check(test, good)).fields.map(\.value))
        } catch let error as DisclosureCheck.Refusal {
          refused += 1
          for text in ["Xenia Nadel", "kein Wort"] { #expect(!"\(error)".contains(text)) }
        }
      }
      #expect(refused > 200)
    }
  }

  @Test("A disclosure of another event, one that stands there twice, and none at all are refused")
  func swapped() throws {
    try withTestimony { test, _, path in
      _ = try handOver(test.ledger, ["country", "date"], into: path)
      let other = try test.ledger.append(
        checked("testimony.shared", ["id=T2", "campaign=campaign:metoo", "occurred=2018", "country=FR"]),
        recorder: "m.reyes")
      #expect(other.position > 0)
      let second = path + "2"
      _ = try test.ledger.handOver(
        "T2", to: "Court", into: second, beyondConsent: true, recorder: "m.reyes")
      let one = try #require(JSONValue(parsing: bytes(path)).object)
      let disclosures = try #require(one["disclosures"]?.array)
      let foreign = try #require(JSONValue(parsing: bytes(second))["disclosures"]?.array)
      for list in [foreign, disclosures + foreign, [disclosures[0], disclosures[0]], [], ["AAAA"], [1]] {
        var changed = one
        changed["disclosures"] = .array(list)
        #expect(throws: DisclosureCheck.Refusal.self) {
          try check(test, JSONValue.object(changed).canonicalBytes())
        }
      }
      var surplus = one
      surplus["more"] = 1
      #expect(throws: DisclosureCheck.Refusal.self) {
        try check(test, JSONValue.object(surplus).canonicalBytes())
      }
    }
  }

  @Test(
    "What the consent does not allow is refused, field by field, unless that is said; the register notes it")
  func consent() throws {
    try withTestimony { test, position, path in
      let refused = try refusal { _ = try handOver(test.ledger, into: path) }
      #expect(
        refused
          == .beyondConsent(position: position, [("narrative", [.quote]), ("person", [.name])]))
      #expect(!FileManager.default.fileExists(atPath: path))
      #expect(try test.ledger.handovers().isEmpty)
      #expect(try handOver(test.ledger, into: path, beyondConsent: true).isBeyondConsent)
      #expect(try test.ledger.handovers().map(\.entry.isBeyondConsent) == [true])
    }
  }

  @Test("What is erased is not handed over, and its register stays; to whom it went is told by the erasure")
  func erased() throws {
    try withTestimony { test, position, path in
      let entry = try handOver(test.ledger, ["country"], to: "Court of Valdivia", into: path)
      let erasure = try test.ledger.erase("T1", reason: .withdrawn, authority: "office", recorder: "r")
      #expect(erasure.handedOver == [entry])
      #expect(
        try refusal { _ = try handOver(test.ledger, into: path + "2", beyondConsent: true) }
          == .erased(position: position, at: erasure.positions))
      let kept = try test.reopened().handovers(of: "T1")
      #expect(kept.map(\.entry) == [entry] && kept.map(\.erasedAt) == [erasure.positions[0]])
      // What was handed over still verifies: that is why it cannot be called back.
      #expect(try check(test, bytes(path)).fields.map(\.name) == ["country"])
      let again = try test.ledger.erase("T1", reason: .withdrawn, authority: "office", recorder: "r")
      #expect(again.handedOver.isEmpty)
    }
  }

  @Test("Refusals name what is wrong, and nothing is noted or written")
  func refusals() throws {
    try withTestimony { test, position, path in
      #expect(
        try refusal { _ = try handOver(test.ledger, ["place"], into: path) }
          == .noField(
            "place", position: position, known: ["consent", "country", "date", "narrative", "person"]))
      #expect(
        try refusal {
          _ = try test.ledger.handOver("0", to: "C", into: path, recorder: "r")
        } == .nothingSealed(position: 0))
      for recipient in ["", "  ", "a\nb", String(repeating: "x", count: 201)] {
        #expect(throws: LedgerError.self) {
          try handOver(test.ledger, ["country"], to: recipient, into: path)
        }
      }
      try Data("other".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: LedgerError.self) { try handOver(test.ledger, ["country"], into: path) }
      #expect(try bytes(path) == Array("other".utf8))
      #expect(throws: LedgerError.self) {
        try handOver(test.ledger, ["country"], into: test.directory + "/nowhere/d.json")
      }
      #expect(try test.ledger.handovers().isEmpty, "what was not written is not noted")
      try DatabaseQueue(path: test.directory + "/vault.db").write {
        try $0.execute(sql: "DELETE FROM disclosure WHERE decoy = 1")
      }
      #expect(
        try refusal { _ = try handOver(test.ledger, ["country"], into: path + "2") }
          == .notWhole(position: position))
      try FileManager.default.removeItem(atPath: test.directory + "/vault.db")
      #expect(
        try refusal { _ = try handOver(test.ledger, ["country"], into: path + "2") }
          == .noVault(path: test.ledger.paths.vault))
    }
  }

  @Test("The register holds no value, and neither does anything else but the file")
  func register() throws {
    try withTestimony { test, _, path in
      _ = try handOver(test.ledger, ["person"], into: path, beyondConsent: true)
      _ = try test.ledger.erase("T1", reason: .withdrawn, authority: "office", recorder: "r")
      for file in try FileManager.default.subpathsOfDirectory(atPath: test.directory) where file != "keys" {
        #expect(!Needle("Xenia Nadel").isIn(try bytes(test.directory + "/" + file)), "\(file)")
      }
      #expect(try test.ledger.handovers().map(\.entry.fields) == [["person"]])
    }
  }
}
