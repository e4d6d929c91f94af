// What the vault of this machine discloses: present, erased, withheld, missing, altered; within and beyond the consent.

import CanonicalJSON
import Foundation
import GRDB
import Ledger
import Milestones
import Testing

@Suite("What is sealed, shown on the machine that holds the vault")
struct SubjectDisclosuresTests {
  private func share(_ test: TestLedger, _ more: String...) throws -> (position: Int64, subject: Subject) {
    let position = try test.ledger.append(
      checked("testimony.shared", ["campaign=campaign:metoo", "occurred=2018-03-04"] + more),
      recorder: "m.reyes"
    ).position
    return (position, try test.ledger.subject(ofEvent: "\(position)"))
  }

  private func only(_ ledger: Ledger, _ subject: Subject) throws -> EventDisclosures {
    try #require(try ledger.disclosures(of: subject).content.events.first)
  }

  @Test("Every field is there, to the letter, and its digest stands in the event")
  func present() throws {
    try withLedger { test in
      let (position, subject) = try share(
        test, "country=CL", "person=Ren\u{E9}e 針", "narrative=“kein Wort”", "consent=hold", "consent=count")
      let found = try only(test.ledger, subject)
      #expect(found.position == position && found.state == .present)
      #expect(found.fields.map(\.name) == ["consent", "country", "date", "narrative", "person"])
      #expect(
        found.fields.map(\.value) == [
          ["hold", "count"], "CL", "2018-03-04", "“kein Wort”", "Ren\u{E9}e 針",
        ])
      let digests = try test.event(position).texts("_sd")
      #expect(Set(found.fields.map(\.digest)).isSubset(of: digests))
      #expect(found.counts.present == Int64(digests.count))
      #expect(found.decoyCount == digests.count - 5)
    }
  }

  @Test("Erased, withheld, missing and altered are told apart")
  func states() throws {
    try withLedger { test in
      let erased = try share(test, "person=Aurora")
      let kept = try share(test, "person=Berta")
      let erasure = try test.ledger.erase("Aurora", reason: .withdrawn, authority: "office", recorder: "r")
      let gone = try only(test.ledger, erased.subject)
      #expect(gone.state == .erased && gone.erasedAt == erasure.positions && gone.fields.isEmpty)
      #expect(try only(test.ledger, kept.subject).state == .present)

      let vault = test.directory + "/vault.db"
      try FileManager.default.moveItem(atPath: vault, toPath: vault + ".away")
      let without = try test.ledger.disclosures(of: kept.subject).content
      #expect(!without.hasVault && without.events.map(\.state) == [.withheld] && !without.isAlarming)
      #expect(try only(test.ledger, erased.subject).state == .erased)
      try FileManager.default.moveItem(atPath: vault + ".away", toPath: vault)

      // A decoy is missed like a field: nothing tells which of them is gone.
      try change(test, "DELETE FROM disclosure WHERE position = \(kept.position) AND decoy = 1")
      let missing = try test.ledger.disclosures(of: kept.subject).content
      #expect(missing.events.map(\.state) == [.missing] && missing.isAlarming)
      #expect(missing.events[0].fields.map(\.name).contains("person"))
      try change(
        test, "UPDATE disclosure SET preimage = x'414141' WHERE position = \(kept.position) AND decoy = 0")
      let altered = try test.ledger.disclosures(of: kept.subject).content
      #expect(altered.events.map(\.state) == [.altered] && altered.isAlarming)
      #expect(altered.events[0].fields.isEmpty, "what does not give its digest is not shown")
    }
  }

  private func change(_ test: TestLedger, _ sql: String) throws {
    try DatabaseQueue(path: test.directory + "/vault.db").write { try $0.execute(sql: sql) }
  }

  @Test(
    "What the log says is erased is not shown, whatever lies in the vault of a ledger that was open before")
  func oldVault() throws {
    try withLedger { test in
      let (_, subject) = try share(test, "person=Aurora")
      let old = try bytes(test.directory + "/vault.db")
      _ = try test.ledger.erase("Aurora", reason: .withdrawn, authority: "office", recorder: "r")
      try Data(old).write(to: URL(fileURLWithPath: test.directory + "/vault.db"))
      let found = try only(test.ledger, subject)
      #expect(found.state == .erased && found.fields.isEmpty)
    }
  }

  @Test("What passing a field on asks for beyond the consent is told, and changes with the consent")
  func consent() throws {
    try withLedger { test in
      let (_, subject) = try share(
        test, "country=CL", "person=Aurora", "narrative=x", "consent=hold", "consent=publish")
      func lacking() throws -> [String: [ConsentScope]] {
        Dictionary(
          uniqueKeysWithValues: try only(test.ledger, subject).fields.map { ($0.name, $0.lacking) })
      }
      #expect(
        try lacking() == [
          "country": [], "date": [], "consent": [], "person": [.name], "narrative": [.quote],
        ])
      try test.append(
        "consent.changed", "subject=\(subject.text)", "occurred=2019", "to=hold", "to=name", "to=quote")
      #expect(try lacking()["person"] == [.publish])
      #expect(try lacking()["narrative"] == [.publish])
      // That of the person, told by the name's short form, comes later and counts.
      _ = try test.ledger.append(
        checked("consent.changed", ["subject=person:aurora", "occurred=2020", "to=hold"]),
        recorder: "m.reyes", gate: .pass)
      #expect(try lacking()["person"] == [.name, .publish])
      #expect(try test.ledger.disclosures(of: subject).content.consent == .given(["hold"]))
    }
  }

  @Test("Nobody said anything of a consent: it is shown, and all of it is beyond the consent")
  func notTold() throws {
    try withLedger { test in
      let (_, subject) = try share(test, "person=Aurora")
      let found = try test.ledger.disclosures(of: subject).content
      #expect(found.consent == .nothing && found.isShown)
      #expect(found.events[0].fields.allSatisfy { !$0.lacking.isEmpty && $0.value != nil })
    }
  }

  @Test("Where the consent to keep it has ended, values are shown only to whoever says so")
  func ended() throws {
    try withLedger { test in
      let (_, subject) = try share(
        test, "person=Aurora", "consent=hold", "consent=until=2026-11-23")
      #expect(try test.ledger.disclosures(of: subject).content.isShown, "the last day counts")
      test.clock.advance(86_400_000)
      let found = try test.ledger.disclosures(of: subject).content
      #expect(found.consent == .ended && !found.isShown)
      #expect(found.events[0].fields.allSatisfy { $0.value == nil })
      let asked = try test.ledger.disclosures(of: subject, beyondConsent: true).content
      #expect(asked.events[0].fields.contains { $0.value == "Aurora" })
    }
  }

  @Test("A consent that was never to keep it lets nothing be shown either")
  func withoutHold() throws {
    try withLedger { test in
      let (_, subject) = try share(test, "person=Aurora", "consent=count")
      #expect(try !test.ledger.disclosures(of: subject).content.isShown)
    }
  }

  @Test("A subject that nobody tells of, and one in whose events nothing is sealed")
  func nothing() throws {
    try withLedger { test in
      try test.append("policy.announced", "subject=policy:x", "occurred=2018")
      #expect(try test.ledger.disclosures(of: Subject("policy:x")).content.events.isEmpty)
      #expect {
        try test.ledger.disclosures(of: Subject("policy:y"))
      } throws: { error in
        if case LedgerError.unknownSubject = error { true } else { false }
      }
    }
  }

  @Test(
    "What a field asks for: every kind of field, and a correction what it corrects",
    arguments: [
      ("country", JSONValue.string("CL"), [ConsentScope.hold, .publish]),
      ("person", "A", [.hold, .name, .publish]), ("narrative", "A", [.hold, .quote, .publish]),
      ("unheard-of", "A", [.hold, .quote, .name, .publish]),
      ("old", .object(["country": "CL"]), [.hold, .publish]),
      ("new", .object(["country": "CL", "person": "A"]), [.hold, .name, .publish]),
    ])
  func needs(field: String, value: JSONValue, needed: [ConsentScope]) {
    #expect(ConsentScope.needed(toPassOn: field, value) == needed)
  }
}
