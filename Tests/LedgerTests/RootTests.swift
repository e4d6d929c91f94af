// The root in answers: that of the events which the answer was drawn from, and of no others.

import Foundation
import Ledger
import LogStore
import Milestones
import Projections
import Synchronization
import Testing
import TransparencyLog

@Suite("Answers carry the root of what they were drawn from")
struct RootTests {
  @Test("While another process appends, size and root of each answer belong together")
  func whileAppending() throws {
    try withLedger { test in
      let isDone = Mutex(false)
      let writer = Thread {
        defer { isDone.withLock { $0 = true } }
        for number in 0..<60 {
          _ = try? test.reopened().append(
            checked("policy.announced", ["subject=policy:p\(number)", "occurred=2017"]), recorder: "m.reyes")
        }
      }
      writer.start()
      var contexts: [AnswerContext] = []
      let asking = try test.reopened()
      while !isDone.withLock({ $0 }) { contexts.append(try asking.status(.world).context) }
      contexts.append(try asking.status(.world).context)

      var roots = [MerkleHash.emptyRoot]
      var tree = TreeFrontier()
      try asking.replay { _, leaf in
        tree.append(.leaf(leaf))
        roots.append(tree.root)
      }
      for context in contexts { #expect(context.root == roots[Int(context.size)], "size \(context.size)") }
      #expect(contexts.last?.size == (try asking.size()))
      #expect(Set(contexts.map(\.size)).count > 1, "nothing was appended meanwhile")
    }
  }

  @Test("Appending and rebuilding tell the root too")
  func others() throws {
    try withLedger { test in
      let appended = try test.append("policy.announced", "subject=policy:a", "occurred=2017")
      #expect(try appended.root == test.ledger.head().root)
      #expect(try test.ledger.rebuild().root == appended.root)
    }
  }
}
