// A rebuild that is cut off leaves its half behind, and the next one goes on from there if that is of any use.

import Foundation
import GRDB
import LogStore
import Milestones
import Projections
import Synchronization
import Testing

@Suite("A rebuild that was cut off is gone on with")
struct ResumingTests {
  /// What a store was told while it worked.
  private final class Told: Sendable {
    private let all = Mutex<[ViewProgress]>([])
    var progress: [ViewProgress] { all.withLock { $0 } }
    func tell(_ progress: ViewProgress) { all.withLock { $0.append(progress) } }
  }

  /// Gives a test views of the first 100 events, and beside them the half that a rebuild left which came to an event
  /// that cannot be read.
  private func withHalf(_ body: (_ path: String) throws -> Void) throws {
    try withDirectory { directory in
      let path = directory + "/views.db"
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      try views.catchUp(with: ManyEvents.log().prefix(100))
      let before = try views.digest()
      #expect {
        try views.rebuild(from: ManyEvents.damagedLog())
      } throws: { error in
        guard case ViewError.unreadable(let position, let type, _) = error else { return false }
        return position == Int64(ManyEvents.damagedPosition) && type == "bill.introduced"
          && "\(error)".contains("annals verify")
      }
      #expect(try views.digest() == before, "the old views serve on")
      #expect(try views.isCurrent(with: ManyEvents.log().prefix(100)))
      try body(path)
    }
  }

  /// Where a rebuild begins.
  private func start(
    _ path: String, _ log: ArrayLog, vocabulary: Vocabulary? = nil, anew: Bool = false
  ) throws -> Int64? {
    let told = Told()
    let views = try ViewStore(
      path: path, vocabulary: vocabulary ?? Shipped.vocabulary(), watch: { told.tell($0) })
    #expect(try views.rebuild(from: log, anew: anew) == Int64(log.events.count))
    let progress = told.progress
    #expect(progress.allSatisfy { $0.isRebuild && $0.total == Int64(log.events.count) })
    #expect(progress.last?.isFinished == true && progress.last?.done == Int64(log.events.count))
    #expect(progress.dropLast().allSatisfy { !$0.isFinished })
    let names = try FileManager.default.contentsOfDirectory(
      atPath: URL(fileURLWithPath: path).deletingLastPathComponent().path)
    #expect(names.filter { $0.hasPrefix("views-") && $0.hasSuffix(".db") }.count == 1)
    return progress.first?.start
  }

  @Test("It begins where the last batch was committed, and comes to the same views")
  func goesOn() throws {
    try withHalf { path in
      let first = try start(path, ManyEvents.log())
      #expect(first == Int64(ManyEvents.batch))
      #expect(
        try ViewStore(path: path, vocabulary: Shipped.vocabulary()).digest() == ManyEvents.digest())
      #expect(try start(path, ManyEvents.log()) == 0, "what was finished is made from the beginning")
    }
  }

  @Test("Views that are missing are made from there as well, and nobody takes the half for views")
  func missing() throws {
    try withHalf { path in
      try FileManager.default.removeItem(atPath: path)
      let told = Told()
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary(), watch: { told.tell($0) })
      #expect(try views.size() == 0)
      #expect(try views.catchUp(with: ManyEvents.log()) == Int64(ManyEvents.count))
      #expect(told.progress.first?.start == Int64(ManyEvents.batch))
      #expect(try views.digest() == ManyEvents.digest())
    }
    try withHalf { path in
      // Even if a link should name it.
      let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let current = try FileManager.default.destinationOfSymbolicLink(atPath: path)
      let half = try FileManager.default.contentsOfDirectory(atPath: directory).first {
        $0.hasPrefix("views-") && $0.hasSuffix(".db") && $0 != current
      }
      try FileManager.default.removeItem(atPath: path)
      symlink(try #require(half), path)
      let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
      #expect(try views.size() == 0)
      #expect(try views.catchUp(with: ManyEvents.log()) == Int64(ManyEvents.count))
      #expect(try views.digest() == ManyEvents.digest())
    }
  }

  @Test("It is discarded if that is asked for")
  func anew() throws {
    try withHalf { path in
      let first = try start(path, ManyEvents.log(), anew: true)
      #expect(first == 0)
    }
  }

  @Test("It is discarded if the log is another, or shorter than the half")
  func otherLog() throws {
    try withHalf { path in
      var other = try ManyEvents.log()
      other.events.swapAt(ManyEvents.batch - 1, 7)
      for position in [ManyEvents.batch - 1, 7] {
        let event = other.events[position]
        other.events[position] = StoredEvent(
          position: Int64(position), key: event.key, tag: event.tag, version: 1, leaf: event.leaf)
      }
      #expect(try start(path, other) == 0)
    }
    try withHalf { path in
      let first = try start(path, ManyEvents.log().prefix(200))
      #expect(first == 0)
    }
  }

  @Test("It is discarded if the vocabulary is another; until then those who read by the former one go on")
  func otherVocabulary() throws {
    try withHalf { path in
      let shipped = try Shipped.vocabulary()
      let later = try Vocabulary(
        files: shipped.files.map { VocabularyFile(family: $0.family, text: $0.text + "\n") })
      let former = try ViewStore(path: path, vocabulary: shipped)
      let before = try former.digest()
      let views = try ViewStore(path: path, vocabulary: later)
      #expect(throws: ViewError.self) { try views.catchUp(with: ManyEvents.damagedLog()) }
      #expect(try former.isCurrent(with: ManyEvents.log().prefix(100)))
      #expect(try former.digest() == before)
      // The half by the former vocabulary was discarded: this one is by the later.
      #expect(try start(path, ManyEvents.log(), vocabulary: later) == Int64(ManyEvents.batch))
      #expect(try !former.isCurrent(with: ManyEvents.log()))
    }
    try withHalf { path in
      let later = try Vocabulary(
        files: Shipped.vocabulary().files.map { VocabularyFile(family: $0.family, text: $0.text + "\n") })
      #expect(try start(path, ManyEvents.log(), vocabulary: later) == 0)
    }
  }

  @Test("A half of another version, or one that is damaged, is discarded", arguments: ["version", "damage"])
  func spoilt(how: String) throws {
    try withHalf { path in
      let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
      let current = try FileManager.default.destinationOfSymbolicLink(atPath: path)
      let half = try #require(
        try FileManager.default.contentsOfDirectory(atPath: directory).first {
          $0.hasPrefix("views-") && $0.hasSuffix(".db") && $0 != current
        })
      let queue = try DatabaseQueue(path: directory + "/" + half)
      if how == "version" {
        try queue.write { try $0.execute(sql: "PRAGMA user_version = 999") }
        try queue.close()
        #expect(try start(path, ManyEvents.log()) == 0)
      } else {
        try queue.writeWithoutTransaction { try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)") }
        try queue.close()
        let url = URL(fileURLWithPath: directory + "/" + half)
        var content = try Data(contentsOf: url)
        // All but the first page, and the one that tells how far it is.
        for page in 4..<content.count / 4_096 {
          content.replaceSubrange(
            page * 4_096..<(page + 1) * 4_096, with: Data(repeating: 0xa5, count: 4_096))
        }
        try content.write(to: url)
        let views = try ViewStore(path: path, vocabulary: Shipped.vocabulary())
        #expect(try views.rebuild(from: ManyEvents.log()) == Int64(ManyEvents.count))
      }
      #expect(
        try ViewStore(path: path, vocabulary: Shipped.vocabulary()).digest() == ManyEvents.digest())
    }
  }
}
