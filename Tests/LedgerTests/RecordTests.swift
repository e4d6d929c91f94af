// The curated record, loaded as the quick start does, and what it says stands.

import CanonicalJSON
import EDTF
import Foundation
import Ledger
import Milestones
import Projections
import Testing

@Suite("The curated record gives the stages that it tells of")
struct RecordTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Events/record")

  private static func lines() throws -> [(file: String, lines: [String])] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".jsonl") }
      .sorted().map {
        let text = try String(contentsOf: folder.appending(path: $0), encoding: .utf8)
        return ($0, text.split(separator: "\n").map(String.init))
      }
  }

  /// Gives a test a ledger into which the record was loaded.
  @discardableResult
  private func withRecord<T>(_ body: (Ledger) throws -> T) throws -> T {
    try withLedger { test in
      for (file, lines) in try Self.lines() {
        let (report, refused) = try importLines(lines, into: test.ledger, file: file)
        #expect(refused.isEmpty, "\(file)")
        #expect(report.added == lines.count, "\(file)")
        #expect(report.warning == nil)
      }
      return try body(test.ledger)
    }
  }

  @Test("The record is imported without a refusal, and a second time adds nothing")
  func twice() throws {
    try withRecord { ledger in
      let size = try ledger.size()
      for (file, lines) in try Self.lines() {
        let (report, refused) = try importLines(lines, into: ledger, file: file)
        #expect(refused.isEmpty)
        #expect(report.added == 0, "\(file)")
        #expect(report.alreadyThere == lines.count, "\(file)")
      }
      #expect(try ledger.size() == size)
      let digest = try ledger.viewsDigest()
      #expect(try ledger.rebuild().digest == digest)
    }
  }

  @Test("What the record says stands, stands")
  func stages() throws {
    try withRecord { ledger in
      func row(_ scope: Scope, _ subject: String) throws -> StatusRow {
        try #require(
          try ledger.status(scope).content.first { $0.subject == subject && $0.party == nil }, "\(subject)")
      }
      // The essay has it as law; it never was.
      let essay = try row(.country("US"), "measure:us-115-hr4396")
      #expect(essay.stage == "introduced")
      #expect(essay.disputeCount == 1)
      #expect(essay.anomalyCount == 0)
      let law = try row(.country("US"), "measure:us-115-s3749")
      #expect(["enacted", "in-force"].contains(law.stage))
      #expect(law.detail == "Pub.L. 115-397")
      #expect(law.anomalyCount == 0)
      let passed = try #require(
        try ledger.status(.subject("measure:us-115-s3749"), on: Day("2018-12-13")).content.first)
      #expect(passed.stage == "passed")
      #expect(passed.detail == "house, senate")
      let article = try row(.country("CN"), "measure:cn-civil-code-1010")
      #expect(article.stage == "in-force")
      #expect(article.detail == "art. 1010")
      #expect(article.since == "2021-01-01")
      let retroactive = try row(.country("IN"), "measure:in-2013-act13")
      #expect(retroactive.stage == "in-force" || retroactive.stage == "ended")
      #expect(retroactive.anomalyCount == 0)
      let resolution = try row(.institution("int/un/ga"), "resolution:a-c3-73-l21")
      #expect(resolution.stage == "adopted")
      #expect(resolution.anomalyCount == 0)
    }
  }

  @Test("The provision is followed from draft article 790 to article 1010 in force")
  func provision() throws {
    try withRecord { ledger in
      let subject = try Subject("measure:cn-civil-code-1010")
      func detail(_ day: String) throws -> String? {
        try ledger.status(.subject(subject.text), on: Day(day)).content.first?.detail
      }
      #expect(try detail("2018-10-01") == "draft art. 790")
      #expect(try detail("2020-06-01") == "art. 1010")
      let stages = try ledger.history(of: subject).content.items.flatMap(\.outcomes).compactMap {
        item -> String? in
        if case .moved(let to, _) = item.outcome { to } else { nil }
      }
      #expect(stages == ["announced", "pending", "drafted", "drafted", "enacted", "in-force"])
    }
  }

  @Test(
    "The resolution was tabled, revised, amended in vain, approved by consensus and adopted without a vote")
  func resolution() throws {
    try withRecord { ledger in
      let history = try ledger.history(of: Subject("resolution:a-c3-73-l21")).content
      let stages = history.items.flatMap(\.outcomes).compactMap { item -> String? in
        if case .moved(let to, _) = item.outcome { to } else { nil }
      }
      #expect(stages == ["tabled", "revised", "under-amendment", "under-amendment", "approved", "adopted"])
      #expect(history.standing.first?.detail == "without-a-vote")
      for name in ["op8d", "op11"] {
        #expect(
          try ledger.status(.subject("amendment:a-c3-73-l21-\(name)")).content.first?.stage == "rejected")
      }
      let vote = try #require(history.items.first { $0.entry.type == "vote.recorded" })
      let leaf = try EventView(leaf: ledger.event("\(vote.entry.position)").leaf)
      #expect(["yes", "no", "abstain"].map { leaf.data?[$0]?.integer } == [130, 1, 31])
      #expect(history.items.contains { $0.entry.title == "United States dissociates itself" })
      #expect(
        history.decisions.first?.mode == .consensus,
        "the United States dissociated itself, which the essay denies")
      #expect(history.mode == .withoutAVote)
      // "Unanimously" is what the essay says, one of two accounts, and moves nothing.
      let claim = try #require(history.disputes.first { $0.claim == "a-c3-73-l21-unanimous" })
      #expect(claim.accounts.count == 2)
      #expect(claim.accounts.allSatisfy { $0.stage == nil })
      let essay = try #require(
        claim.accounts.first { $0.ground.entry.title?.contains("unanimously") == true })
      #expect(
        try EventView(leaf: ledger.event("\(essay.ground.entry.position)").leaf).data?["account"]?.string
          == "essay")
    }
  }

  @Test("In the whole record no step is an anomaly that the record itself does not tell of")
  func anomalies() throws {
    try withRecord { ledger in
      let rows = try ledger.status(.world, on: Day("2030-01-01")).content.filter { $0.anomalyCount > 0 }
      #expect(rows.map { "\($0.subject) \($0.party ?? "")" } == [])
    }
  }
}
