// Adopting while others adopt, append and ask: one at a time, and everybody goes on by what is in force.

import CanonicalJSON
import Foundation
import Ledger
import Milestones
import Projections
import Testing

@Suite("Adopting a vocabulary among others")
struct AdoptTogetherTests {
  @Test("Of two that adopt at the same moment the second is told, and nothing of it stands")
  func twoAtOnce() throws {
    try withLedger { test in
      let clock = InterruptedClock(test.clock)
      let other = try Ledger.open(test.directory, clock: clock.read)
      // The other one has decided and asks for the time; then this one adopts.
      clock.interrupt { _ = try adopt(test.ledger, Climate.file()) }
      #expect {
        try adopt(other, Climate.small("notes"), Climate.small("letters"))
      } throws: { error in
        if case LedgerError.otherAdoption = error { true } else { false }
      }
      #expect(clock.error == nil)
      #expect(try test.size == 15)
      #expect(try test.reopened().vocabulary.digest == test.ledger.vocabulary.digest)
      // Asked again, it decides by what is in force by then.
      #expect(try adopt(other, Climate.small("notes")).families.map(\.name) == ["notes"])
      #expect(other.vocabulary.has(type: "pledge.announced"))
      #expect(try test.size == 17)
    }
  }

  @Test("Many that adopt at the same time: each family is adopted whole, or its adopter is told to try again")
  func manyAtOnce() throws {
    try withLedger { test in
      let names = (0..<8).map { "f\(String(UnicodeScalar(UInt8(97 + $0))))" }
      let ledgers = try names.map { _ in try test.reopened() }
      let outcomes = Outcomes()
      DispatchQueue.concurrentPerform(iterations: names.count) { index in
        var tries = 0
        while tries < 100 {
          tries += 1
          do {
            let adoption = try ledgers[index].adopt([Climate.small(names[index])], recorder: "r\(index)")
            outcomes.add(adopted: names[index], at: adoption.manifestPosition)
            return
          } catch LedgerError.otherAdoption {
            outcomes.addConflict()
          } catch { outcomes.add(error) }
        }
      }
      #expect(outcomes.errors.isEmpty, "\(outcomes.errors)")
      #expect(Set(outcomes.adopted.keys) == Set(names))
      #expect(Set(outcomes.adopted.values).count == names.count)
      let reopened = try test.reopened()
      for name in names { #expect(reopened.vocabulary.files.contains { $0.family == name }, "\(name)") }
      // Each wrote two events, and those that were refused none.
      #expect(try reopened.size() == test.size)
      #expect(try test.size == 13 + Int64(names.count) * 2)
      var manifests = 0
      try reopened.replay { _, leaf in
        if try EventView(leaf: Array(leaf)).subject == "vocabulary:manifest" { manifests += 1 }
      }
      #expect(manifests == names.count + 1)
    }
  }

  @Test(
    "Who was at work when another adopted goes on by the new vocabulary: appends name it, answers are read by it"
  )
  func overtaken() throws {
    try withLedger { test in
      try test.append("campaign.founded", "subject=campaign:a", "occurred=2017")
      #expect(try test.ledger.status(.world).content.count == 1)
      let other = try test.reopened()
      let adoption = try adopt(other, Climate.file())
      let event = try test.append("campaign.launched", "subject=campaign:a", "occurred=2018", "form=march")
      #expect(
        try test.event(event.position).root["dataschema"]?.string
          == "annals:vocabulary:sha256:\(adoption.digest)")
      #expect(test.ledger.vocabulary.digest == adoption.digest)
      let (report, refused) = try test.load([announced("x", id: "X1")])
      #expect(report.added == 1 && refused.isEmpty)
      // Again, and this time a question comes first.
      _ = try adopt(other, Climate.file(Climate.later))
      _ = try announce(other)
      #expect(try test.ledger.status(.subject("pledge:a")).content.map(\.stage) == ["announced"])
      #expect(test.ledger.vocabulary.has(type: "pledge.kept"))
      #expect(try test.ledger.viewsDigest() == other.rebuild().digest)
    }
  }
}

/// What became of adoptions on several threads.
private final class Outcomes: @unchecked Sendable {
  private let lock = NSLock()
  private(set) var adopted: [String: Int64] = [:]
  private(set) var conflicts = 0
  private(set) var errors: [String] = []

  func add(adopted name: String, at position: Int64?) { lock.withLock { adopted[name] = position } }
  func addConflict() { lock.withLock { conflicts += 1 } }
  func add(_ error: any Error) { lock.withLock { errors.append("\(error)") } }
}

/// A clock that lets something else happen the next time that it is asked.
private final class InterruptedClock: @unchecked Sendable {
  private let clock: HandClock
  private var interruption: (() throws -> Void)?
  private(set) var error: (any Error)?

  init(_ clock: HandClock) { self.clock = clock }

  func interrupt(_ interruption: @escaping () throws -> Void) { self.interruption = interruption }

  var read: @Sendable () -> Int64 {
    {
      let interruption = self.interruption
      self.interruption = nil
      do { try interruption?() } catch { self.error = error }
      return self.clock.read()
    }
  }
}
