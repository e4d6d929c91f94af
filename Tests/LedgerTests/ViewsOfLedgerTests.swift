// The views as a ledger keeps them.

import CanonicalJSON
import Foundation
import Ledger
import Projections
import Testing

@Suite("A ledger's views catch up with its log")
struct ViewsOfLedgerTests {
  /// Makes a ledger, closes it, spoils its views, and opens it again.
  private func damaged(_ spoil: (LedgerPaths) throws -> Void) throws {
    try withDirectory { parent in
      let directory = parent + "/ledger"
      let digest = try make(directory, count: 30)
      try spoil(LedgerPaths(directory: directory))
      let reopened = try Ledger.open(directory)
      #expect(try reopened.status(.country("US")).content.count == 30)
      #expect(try reopened.viewsDigest() == digest)
      #expect(try reopened.rebuild().digest == digest)
      #expect(try reopened.rebuild().size == reopened.size())
    }
  }

  private func make(_ directory: String, count: Int) throws -> String {
    let ledger = try Ledger.create(directory, founding: founding())
    for index in 0..<count {
      _ = try ledger.append(
        checked(
          "policy.announced", ["subject=policy:p\(index)", "occurred=2017", "country=US", "title=\(index)"]),
        recorder: "m.reyes")
    }
    return try ledger.viewsDigest()
  }

  @Test("Deleted views are made anew when they are asked")
  func deleted() throws {
    try damaged { try FileManager.default.removeItem(atPath: $0.views) }
  }

  @Test("Views damaged anywhere are made anew when they are asked", arguments: Array(0...14))
  func damagedPage(page: Int) throws {
    try damaged { paths in
      var content = try bytes(paths.views)
      let start = page * 4_096
      try #require(start + 4_096 <= content.count)
      content.replaceSubrange(start..<start + 4_096, with: [UInt8](repeating: 0x5a, count: 4_096))
      try Data(content).write(to: URL(fileURLWithPath: paths.views))
    }
  }

  @Test("The views of another ledger do not answer for this one", arguments: [20, 30, 40])
  func otherLedger(count: Int) throws {
    try withDirectory { other in
      _ = try make(other + "/ledger", count: count)
      try damaged { paths in
        let directory = other + "/ledger"
        try FileManager.default.removeItem(atPath: paths.views)
        for name in try FileManager.default.contentsOfDirectory(atPath: directory)
        where name.hasPrefix("views") && name.hasSuffix(".db") {
          try FileManager.default.copyItem(
            atPath: "\(directory)/\(name)", toPath: "\(paths.directory)/\(name)")
        }
      }
    }
  }

  @Test("Events that another connection appends are in the next answer")
  func otherConnection() throws {
    try withLedger { test in
      let reader = try test.reopened()
      #expect(try reader.status(.world).content.isEmpty)
      try test.append("campaign.founded", "subject=campaign:a", "occurred=2017")
      #expect(try reader.status(.world).content.count == 1)
    }
  }
}
