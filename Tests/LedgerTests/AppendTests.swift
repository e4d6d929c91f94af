// Appending one event.

import CanonicalJSON
import EDTF
import Foundation
import Ledger
import Milestones
import Projections
import Testing

@Suite("An append is whole, once, and for good")
struct AppendTests {
  @Test("An event gets the next position, and reads back as it was given")
  func appends() throws {
    try withLedger { test in
      let size = try test.size
      let first = try test.append(
        "campaign.founded", "subject=campaign:a", "occurred=2017-10?", "country=US", "title=é", "id=a-1")
      #expect(first.id == "a-1")
      #expect(first.position == size)
      #expect(!first.wasThere)
      #expect(first.size == size + 1)
      #expect(first.warning == nil)
      let second = try test.append("campaign.founded", "subject=campaign:b", "occurred=2017")
      #expect(second.position == size + 1)
      let event = try test.event(size)
      #expect(event.occurred == "2017-10?")
      #expect(event.recorder == "m.reyes")
      #expect(event.root["source"]?.string == "example.org/metoo")
      #expect(event.root["dataschema"]?.string == test.ledger.vocabulary.schemaName)
      #expect(try test.ledger.event("a-1").position == size)
      #expect(try test.ledger.event(second.id).position == size + 1)
    }
  }

  @Test(
    "What is not there is told", arguments: ["-1", "99999", "99999999999999999999", "no-such-id", "", "+3x"])
  func noEvent(reference: String) throws {
    try withLedger { test in
      #expect {
        try test.ledger.event(reference)
      } throws: { error in
        if case LedgerError.noEvent(reference) = error { true } else { false }
      }
    }
  }

  @Test("A rehearsal refuses what an append would refuse, finds what is there, and writes nothing")
  func rehearsal() throws {
    try withLedger { test in
      try test.append("campaign.founded", "subject=campaign:a", "occurred=2017", "id=a-1")
      let size = try test.size
      let same = try checked("campaign.founded", ["subject=campaign:a", "occurred=2017", "id=a-1"])
      #expect(try test.ledger.rehearse(same) == size - 1)
      let other = try checked("campaign.founded", ["subject=campaign:a", "occurred=2018", "id=a-1"])
      #expect {
        try test.ledger.rehearse(other)
      } throws: { error in
        if case LedgerError.idReused("a-1", size - 1) = error { true } else { false }
      }
      let next = try checked("campaign.ended", ["subject=campaign:a", "occurred=2019", "kind=dormant"])
      #expect(try test.ledger.rehearse(next, expectedVersion: 1) == nil)
      #expect {
        try test.ledger.rehearse(next, expectedVersion: 2)
      } throws: { error in
        if case LedgerError.unexpectedVersion("campaign:a", 2, 1) = error { true } else { false }
      }
      let long = try checked(
        "campaign.ended",
        [
          "subject=campaign:a", "occurred=2019", "kind=dormant",
          "note=\(String(repeating: "a", count: 65_536))",
        ])
      #expect(throws: LedgerError.self) { try test.ledger.rehearse(long) }
      #expect(try test.size == size)
    }
  }

  @Test("The same id with the same content is there already, for ever and from every connection")
  func idempotent() throws {
    try withLedger { test in
      let fields = ["subject=campaign:a", "occurred=2017", "id=a-1", "title=T"]
      let first = try test.append("campaign.founded", fields[0], fields[1], fields[2], fields[3])
      test.clock.advance(86_400_000)
      let again = try test.reopened().append(
        checked("campaign.founded", fields.reversed()), recorder: "another")
      #expect(again.position == first.position)
      #expect(again.wasThere)
      #expect(again.size == first.size)
    }
  }

  @Test("The same id with other content is a conflict that names the position; nothing is recorded")
  func conflict() throws {
    try withLedger { test in
      let first = try test.append("campaign.founded", "subject=campaign:a", "occurred=2017", "id=a-1")
      #expect {
        try test.append("campaign.founded", "subject=campaign:a", "occurred=2018", "id=a-1")
      } throws: { error in
        guard case LedgerError.idReused(let id, let position) = error else { return false }
        return id == "a-1" && position == first.position
      }
      #expect(try test.size == first.size)
    }
  }

  @Test("Two events that say the same without an id are two")
  func withoutID() throws {
    try withLedger { test in
      let first = try test.append("campaign.founded", "subject=campaign:a", "occurred=2017")
      let second = try test.append("campaign.founded", "subject=campaign:a", "occurred=2017")
      #expect(second.position == first.position + 1)
      #expect(second.id != first.id)
    }
  }

  @Test("An expected number of events that is not met is a conflict; a met one is not")
  func expectation() throws {
    try withLedger { test in
      func append(expecting: Int64) throws -> Appended {
        try test.ledger.append(
          checked("campaign.launched", ["subject=campaign:a", "occurred=2017", "form=march"]),
          recorder: "m.reyes",
          expectedVersion: expecting)
      }
      let size = try append(expecting: 0).size
      for wrong in [Int64(0), 2, -1] {
        #expect {
          try append(expecting: wrong)
        } throws: { error in
          guard case LedgerError.unexpectedVersion(let subject, let expected, let actual) = error else {
            return false
          }
          return subject == "campaign:a" && expected == wrong && actual == 1
        }
      }
      #expect(try test.size == size)
      #expect(try append(expecting: 1).size == size + 1)
    }
  }

  @Test("The ledger's clock never goes back, whatever the machine's does")
  func clock() throws {
    try withLedger { test in
      var recorded: [Int64] = []
      for step: Int64 in [0, 5_000, -3_600_000, 1, -9_000_000_000, 20_000] {
        test.clock.advance(step)
        let position = try test.append("campaign.founded", "subject=campaign:a", "occurred=2017").position
        recorded.append(try #require(try test.event(position).recorded).milliseconds)
      }
      #expect(recorded == recorded.sorted())
      #expect(recorded[1] == HandClock.startMilliseconds + 5_000)
      #expect(recorded[5] == recorded[1])
      test.clock.set(recorded[5] + 1)
      let position = try test.append("campaign.founded", "subject=campaign:a", "occurred=2017").position
      #expect(try test.event(position).recorded?.milliseconds == recorded[5] + 1)
    }
  }

  @Test("A day is asked for as of the last recording, in UTC")
  func defaultDay() throws {
    try withLedger { test in
      try test.append("campaign.founded", "subject=campaign:a", "occurred=2026-11-23")
      try test.append("campaign.launched", "subject=campaign:a", "occurred=2026-11-24", "form=march")
      var answer = try test.ledger.status(.subject("campaign:a"))
      #expect(answer.context.on.description == "2026-11-23")
      #expect(answer.content.first?.stage == "founded")
      #expect(answer.context.size == (try test.size))
      #expect(answer.context.knownAt == answer.context.size - 1)
      // 2026-11-24T00:00:00.000Z
      test.clock.set(1_795_478_400_000)
      try test.append("campaign.founded", "subject=campaign:b", "occurred=2017")
      answer = try test.ledger.status(.subject("campaign:a"))
      #expect(answer.context.on.description == "2026-11-24")
      #expect(answer.content.first?.stage == "launched")
    }
  }

  @Test("An event that would be too long is refused with its length, and nothing is recorded")
  func tooLong() throws {
    try withLedger { test in
      let size = try test.size
      #expect {
        try test.append(
          "campaign.founded", "subject=campaign:a", "occurred=2017",
          "purpose=\(String(repeating: "x", count: 65_536))")
      } throws: { error in
        guard case LedgerError.draft = error else { return false }
        return "\(error)".contains("65535")
      }
      #expect(try test.size == size)
    }
  }

  @Test("Where the views cannot be written, the event is recorded all the same, with a warning")
  func viewsFail() throws {
    try withLedger { test in
      let views = test.ledger.paths.views
      for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: views + suffix) }
      try FileManager.default.createDirectory(atPath: views, withIntermediateDirectories: true)
      let ledger = try test.reopened()
      _ = try ledger.append(
        checked("campaign.founded", ["subject=campaign:a", "occurred=2017"]), recorder: "m.reyes")
      #expect(ledger.waitForViews()?.hasPrefix("recorded, but") == true)
      #expect(ledger.waitForViews() == nil, "it is told once")
      try FileManager.default.removeItem(atPath: views)
      #expect(try test.reopened().status(.world).content.map(\.subject) == ["campaign:a"])
    }
  }

  @Test("Replaying gives the stored bytes, in order, of the positions asked for")
  func replay() throws {
    try withLedger { test in
      for name in ["a", "b", "c"] {
        try test.append("campaign.founded", "subject=campaign:\(name)", "occurred=2017")
      }
      let size = try test.size
      var leaves: [[UInt8]] = []
      try test.ledger.replay { position, leaf in
        #expect(position == Int64(leaves.count))
        leaves.append(Array(leaf))
      }
      #expect(Int64(leaves.count) == size)
      for (position, leaf) in leaves.enumerated() {
        #expect(try test.ledger.event("\(position)").leaf == leaf)
      }
      var positions: [Int64] = []
      try test.ledger.replay(from: size - 3, through: size - 2) { position, _ in positions.append(position) }
      #expect(positions == [size - 3, size - 2])
    }
  }

  @Test("A subject that nobody tells of is not known, and the error names the nearest")
  func unknownSubject() throws {
    try withLedger { test in
      try test.append("campaign.founded", "subject=campaign:metoo", "occurred=2006")
      try test.ledger.requireKnown("campaign:metoo")
      #expect {
        try test.ledger.requireKnown("campaign:meto")
      } throws: { error in
        guard case LedgerError.unknownSubject("campaign:meto", let like) = error else { return false }
        return like == ["campaign:metoo"]
      }
    }
  }
}
