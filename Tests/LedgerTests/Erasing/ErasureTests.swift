// Erasing: what is gone, what stays, and what does not come back.

import CanonicalJSON
import Foundation
import Ledger
import Milestones
import Projections
import Testing
import TransparencyLog

@Suite("Erasing")
struct ErasureTests {
  @discardableResult
  private func share(_ ledger: Ledger, _ more: String...) throws -> Appended {
    try ledger.append(
      checked(
        "testimony.shared",
        ["campaign=campaign:metoo", "occurred=2018-03-04", "country=CL", "narrative=kept"] + more),
      recorder: "m.reyes")
  }

  private func erase(
    _ ledger: Ledger, _ what: String, as scope: ErasureScope? = nil, reason: ErasureReason = .withdrawn
  ) throws -> Erasure {
    try ledger.erase(what, meaning: scope, reason: reason, authority: "data protection", recorder: "m.reyes")
  }

  private func digests(_ test: TestLedger, _ position: Int64) throws -> Set<String> {
    Set(try test.event(position).texts("_sd"))
  }

  /// Expects that of these events nothing is in the vault, and that the log tells of all their digests.
  private func expectErased(_ test: TestLedger, _ positions: [Int64], by erasure: Erasure) throws {
    let kept = try vaultRows(test.directory)
    var named: Set<String> = []
    for position in erasure.positions {
      let event = try test.event(position)
      #expect(event.type == "disclosure.erased")
      named.formUnion(event.texts("digests"))
    }
    for position in positions {
      #expect(!kept.contains { $0.position == position })
      #expect(try digests(test, position).isSubset(of: named))
    }
  }

  @Test(
    "A testimony is erased by its position, its id, its subject and its person; the others stay",
    arguments: [0, 1, 2, 3])
  func references(way: Int) throws {
    try withLedger { test in
      let other = try share(test.ledger, "id=other", "person=Berta").position
      let position = try share(test.ledger, "id=meant", "person=Aurora").position
      let subject = try test.event(position).subject
      let erasure = try erase(test.ledger, ["\(position)", "meant", subject, "Aurora"][way])
      #expect(erasure.targets.map(\.position) == [position])
      #expect(erasure.warning == nil)
      try expectErased(test, [position], by: erasure)
      #expect(
        try vaultRows(test.directory).filter { $0.position == other }.count == digests(test, other).count)
      let told = try test.event(erasure.positions[0])
      #expect(told.subject == subject)
      #expect(told.texts("targets") == ["meant"])
      #expect(told.texts("reason") == ["withdrawn"])
      #expect(try digests(test, position) == Set(told.texts("digests")))
    }
  }

  @Test("All testimonies of a person are erased, the name compared byte by byte")
  func person() throws {
    try withLedger { test in
      let composed = try share(test.ledger, "person=Ren\u{E9}e").position
      let second = try share(test.ledger, "person=Ren\u{E9}e").position
      let decomposed = try share(test.ledger, "person=Rene\u{301}e").position
      let erasure = try erase(test.ledger, "Ren\u{E9}e", as: .person)
      #expect(erasure.targets.map(\.position) == [composed, second])
      try expectErased(test, [composed, second], by: erasure)
      #expect(try vaultRows(test.directory).contains { $0.position == decomposed })
    }
  }

  @Test("A subject is erased with all that was sealed of it")
  func subject() throws {
    try withLedger { test in
      let position = try share(test.ledger, "id=t").position
      let subject = try test.event(position).subject
      let consent = try test.append(
        "consent.changed", "subject=\(subject)", "occurred=2019", "from=hold", "from=count", "to=hold",
        "evidence=a letter"
      ).position
      let erasure = try erase(test.ledger, subject)
      #expect(erasure.targets.map(\.position) == [position, consent])
      try expectErased(test, [position, consent], by: erasure)
    }
  }

  @Test("Erasing twice does nothing the second time, and says where the first one stands")
  func twice() throws {
    try withLedger { test in
      let position = try share(test.ledger).position
      let first = try erase(test.ledger, "\(position)")
      let size = try test.size
      let second = try erase(test.ledger, "\(position)", reason: .unlawful)
      #expect(second.targets.isEmpty)
      #expect(second.positions == first.positions)
      #expect(try test.size == size)
    }
  }

  @Test("What does not exist, and what is in clear, cannot be erased; nothing is recorded")
  func refusals() throws {
    try withLedger { test in
      try share(test.ledger, "person=Aurora")
      try test.append("policy.announced", "subject=policy:x", "occurred=2018", "id=P")
      let size = try test.size
      func refusal(_ what: String, as scope: ErasureScope? = nil) throws -> String {
        do {
          _ = try erase(test.ledger, what, as: scope)
          return "none"
        } catch let error as LedgerError {
          switch error {
          case .noEvent, .unknownSubject, .nothingToErase: return "not there"
          case .cannotErase: return "in clear"
          default: return "\(error)"
          }
        }
      }
      for what in ["99", "nowhere", "policy:y", "aurora", "Aurora "] {
        #expect(try refusal(what) == "not there", "\(what)")
      }
      #expect(try refusal("Aurora", as: .event) == "not there")
      #expect(try refusal("P", as: .person) == "not there")
      for what in ["P", "policy:x", "0"] { #expect(try refusal(what) == "in clear", "\(what)") }
      #expect(try test.size == size)
    }
  }

  @Test("A word that is an id and a name is refused until it is said which is meant")
  func ambiguous() throws {
    try withLedger { test in
      let one = try share(test.ledger, "id=Aurora").position
      let two = try share(test.ledger, "person=Aurora").position
      #expect {
        try erase(test.ledger, "Aurora")
      } throws: { error in
        if case LedgerError.cannotErase = error { "\(error)".contains("--as") } else { false }
      }
      #expect(try erase(test.ledger, "Aurora", as: .person).targets.map(\.position) == [two])
      #expect(try erase(test.ledger, "Aurora", as: .event).targets.map(\.position) == [one])
    }
  }

  @Test(
    "Whoever is named as authority stays in the log, so no person may be",
    arguments: [
      "", " ", "a@example.org", "+56 2 1234", "for Aurora", "two\nlines", String(repeating: "x", count: 201),
    ])
  func authority(_ text: String) throws {
    try withLedger { test in
      try share(test.ledger, "id=t", "person=aurora")
      let size = try test.size
      #expect {
        try test.ledger.erase("t", reason: .mistaken, authority: text, recorder: "m.reyes")
      } throws: { error in
        if case LedgerError.draft(let error) = error {
          error.problems.first?.field == "authority"
        } else {
          false
        }
      }
      #expect(try test.size == size)
    }
  }

  @Test("A thousand testimonies take several events, each within the limit of a leaf")
  func many() throws {
    try withLedger { test in
      let lines = (0..<300).map {
        "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:c\",\"occurred\":\"2018\",\"person\":\"A\",\"id\":\"\(String(repeating: "t", count: 150))-\($0)\"}"
      }
      #expect(try test.load(lines).report.added == 300)
      let erasure = try erase(test.ledger, "A", as: .person)
      #expect(erasure.targets.count == 300)
      #expect(erasure.positions.count == 300, "one for each subject")
      #expect(try vaultRows(test.directory).isEmpty)
      // One subject whose digests do not fit into one leaf.
      let subject = "testimony:one"
      let changes = (0..<2_000).map {
        "{\"type\":\"consent.changed\",\"subject\":\"\(subject)\",\"occurred\":\"2018\",\"to\":[\"hold\"],\"evidence\":\"\($0)\",\"id\":\"c\($0)\"}"
      }
      #expect(try test.load(changes).report.added == 2_000)
      let second = try erase(test.ledger, subject)
      #expect(second.targets.count == 2_000)
      #expect(second.positions.count > 1)
      try expectErased(test, second.targets.map(\.position), by: second)
    }
  }

  @Test("What was erased does not come back with the file that it came from, with ids or without")
  func imported() throws {
    try withLedger { test in
      let withID =
        "{\"id\":\"t1\",\"type\":\"testimony.shared\",\"campaign\":\"campaign:c\",\"occurred\":\"2018\",\"person\":\"Aurora\"}"
      let without =
        "{\"type\":\"testimony.shared\",\"campaign\":\"campaign:c\",\"occurred\":\"2018\",\"person\":\"Aurora\",\"place\":\"x\"}"
      #expect(try test.load([withID, without]).report.added == 2)
      #expect(try erase(test.ledger, "Aurora").targets.count == 2)
      let size = try test.size
      for ledger in [test.ledger, try test.reopened()] {
        let again = try importLines([withID, without, without], into: ledger).report
        #expect(again.added == 0)
        #expect(again.alreadyThere == 3)
        #expect(again.erasedBefore == 2)
        #expect(again.sealedWithoutID == 0)
      }
      // Without the vault the log alone remembers.
      try FileManager.default.removeItem(atPath: test.directory + "/vault.db")
      let again = try importLines([without], into: test.reopened()).report
      #expect(again.alreadyThere == 1 && again.added == 0)
      #expect(try test.size == size)
      #expect(try vaultRows(test.directory).isEmpty)
      // A new consent comes with an id of its own.
      #expect(try share(test.ledger, "id=anew", "person=Aurora").wasThere == false)
    }
  }

  @Test("Erasing in one ledger touches nothing of another with the same person")
  func twoLedgers() throws {
    try withLedger { one in
      try withLedger { other in
        for test in [one, other] { try share(test.ledger, "person=Aurora") }
        let before = try vaultRows(other.directory)
        _ = try erase(one.ledger, "Aurora")
        #expect(try vaultRows(other.reopened().paths.directory) == before)
        #expect(try vaultRows(one.directory).isEmpty)
      }
    }
  }

  @Test("Proofs made before an erasure verify after it")
  func proofs() throws {
    try withLedger { test in
      let position = try share(test.ledger, "person=Aurora").position
      let proof = try test.ledger.prove("\(position)").bytes
      let leaf = try test.ledger.event("\(position)").leaf
      let keys = try test.ledger.logKeys().map(\.verifierKey)
      _ = try erase(test.ledger, "Aurora")
      #expect(try test.ledger.event("\(position)").leaf == leaf)
      let check = try TlogProof(parsing: proof).check(
        leafHash: .leaf(leaf), origin: "example.org/metoo", logKeys: keys)
      #expect(check.checkpoint.size == UInt64(position) + 1)
      #expect(try test.ledger.prove("\(position)").bytes.isEmpty == false)
    }
  }
}
