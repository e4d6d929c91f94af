// Whatever later vocabulary is allowed reads every event as the former one did: the same views, to the digest.

import CanonicalJSON
import Foundation
import Milestones
import Projections
import TestSupport
import Testing

@Suite("A later vocabulary that is allowed changes no view of what is recorded")
struct LaterVocabularyTests {
  private static let record = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Events/record")

  /// The curated record, and events at random among which every anomaly and dispute is found.
  private static let log: Result<ArrayLog, any Error> = Result {
    let checker = DraftChecker(vocabulary: try Shipped.vocabulary())
    var recording = Recording()
    for name in try FileManager.default.contentsOfDirectory(atPath: record.path).sorted()
    where name.hasSuffix(".jsonl") {
      let text = try String(contentsOf: record.appending(path: name), encoding: .utf8)
      for line in text.split(separator: "\n") {
        try recording.record(checker.check(Draft(json: JSONText(parsing: Array(line.utf8)).root)))
      }
    }
    var random = RandomEvents(seed: 7)
    for event in try random.events(150) { try recording.record(event) }
    return recording.log
  }

  private static func digest(_ vocabulary: Vocabulary) throws -> String {
    let views = try ViewStore(path: nil, vocabulary: vocabulary)
    try views.catchUp(with: log.get())
    return try views.digest()
  }

  private static let before = Result { try digest(Shipped.vocabulary()) }

  static let seeds: [UInt64] = Array(1...4)

  @Test("Random changes: what is allowed folds every event to the same views as before", arguments: seeds)
  func randomChanges(seed: UInt64) throws {
    let shipped = try Shipped.vocabulary()
    var random = try RandomVocabularies(seed: seed)
    var (allowed, refused) = (0, 0)
    for number in 1...60 {
      let (files, what) = try random.next()
      guard let later = try? Vocabulary(files: files) else { continue }
      guard VocabularyChange(from: shipped, to: later).problems.isEmpty else {
        refused += 1
        continue
      }
      allowed += 1
      if try Self.digest(later) != Self.before.get() {
        Issue.record("seed \(seed), number \(number): allowed, but the views differ: \(what)")
      }
    }
    // Else the test would say nothing.
    #expect(allowed > 3 && refused > 3, "seed \(seed): \(allowed) allowed, \(refused) refused")
  }
}
