// What an import does, against the simple way; and how often it does it, counted rather than timed.

import CanonicalJSON
import Foundation
import Ledger
import Milestones
import TestSupport
import Testing
import TransparencyLog

@Suite("An import records what appends record, and hashes each byte once")
struct ImportCostTests {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Events/record")

  /// The record, each line with an id, so that both ways give the same.
  private static func record() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".jsonl") }
      .sorted()
      .flatMap { try String(contentsOf: folder.appending(path: $0), encoding: .utf8).split(separator: "\n") }
      .enumerated().map { index, line in
        line.contains("\"id\":") ? String(line) : "{\"id\":\"line-\(index)\"," + line.dropFirst()
      }
  }

  @Test("Leaves of the record are the same to the byte, imported or appended one by one")
  func sameLeaves() throws {
    let lines = try Self.record()
    let imported = try withLedger { test in
      #expect(try test.load(lines).refused.isEmpty)
      return try leaves(test, isMasked: true)
    }
    let appended = try withLedger { test in
      for line in lines {
        let event = try test.ledger.check(Draft(json: JSONText(parsing: Array(line.utf8)).root))
        _ = try test.ledger.append(event, recorder: "m.reyes")
      }
      return try leaves(test, isMasked: true)
    }
    #expect(imported.count == lines.count)
    #expect(imported == appended)
  }

  /// The leaves, their digests but counted: salts and decoys are drawn at random.
  private func leaves(_ test: TestLedger, isMasked: Bool = false) throws -> [String] {
    var leaves: [String] = []
    for position in try Self.first..<test.size {
      var event = try #require(test.event(position).root.value.object)
      if isMasked, var data = event["data"]?.object, let digests = data["_sd"]?.array {
        data["_sd"] = .integer(Int64(digests.count))
        event["data"] = .object(data)
      }
      leaves.append(String(decoding: try JSONValue.object(event).canonicalBytes(), as: UTF8.self))
    }
    return leaves
  }

  /// The position behind the ledger's own first events.
  private static var first: Int64 { get throws { try withLedger { try $0.size } } }

  #if DEBUG
    @Test(
      "Of each event the leaf is hashed once, what was supplied once for its tag, and about one node of the tree"
    )
    func hashedBytes() throws {
      let count = 700
      let lines = (0..<count).map { announced("policy-\($0)", id: "id-\($0)", aim: "aim \($0 * 7_919)") }
      try withLedger { test in
        let meter = HashMeter()
        let report = try meter.measure { try test.load(lines).report }
        #expect(report.added == count)
        let leafBytes = try leaves(test).reduce(0) { $0 + 1 + $1.utf8.count }
        let suppliedBytes = try lines.reduce(0) { sum, line in
          let draft = try Draft(json: JSONText(parsing: Array(line.utf8)).root)
          return sum + (try DraftChecker(vocabulary: Shipped.vocabulary()).check(draft).suppliedBytes.count)
        }
        // A node for each leaf but for the edge of the tree, whose root is told a few times.
        let nodeBytes = 65
        let edge = 4 * 62
        let expected = leafBytes + suppliedBytes
        #expect(meter.bytes >= expected + nodeBytes * (count - edge))
        #expect(meter.bytes <= expected + nodeBytes * (count + edge), "\(meter.bytes) bytes")
        #expect(meter.count >= 3 * count - edge && meter.count <= 3 * count + edge, "\(meter.count) hashes")
      }
    }
  #endif
}
