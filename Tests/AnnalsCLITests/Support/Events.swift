// Many events to import, and what must hold of a ledger whatever happened to it.

internal import CanonicalJSON
internal import Foundation
internal import Testing
internal import TransparencyLog

/// Makes files of events.
enum Events {
  /// Lines of JSON, each an event with an id of its own.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - prefix: what their ids begin with.
  ///   - sealed: every so many-th is a testimony with sealed fields; 0 for none.
  /// - Returns: the text of a file.
  static func lines(_ count: Int, prefix: String = "E", sealed: Int = 0) -> String {
    (0..<count).map { number in
      let id = "\(prefix)-\(number)"
      if sealed > 0 && number % sealed == 0 {
        return #"{"id":"\#(id)","type":"testimony.shared","campaign":"campaign:c","occurred":"2018-03-05","#
          + #""country":"CL","person":"Person \#(number)","narrative":"\#(String(repeating: "words ", count: 40))"}"#
      }
      return
        #"{"id":"\#(id)","type":"bill.introduced","subject":"measure:\#(prefix.lowercased())-\#(number)","#
        + #""occurred":"2024-05-02","country":"CL","identifier":"\#(number)","chamber":"senate","unsourced":true}"#
    }.joined(separator: "\n") + "\n"
  }
}

/// Expects of a ledger: positions without gap, ids distinct, the tree that of the events, views as `rebuild` makes
/// them, no disclosure without its event and no sealed event without its disclosures.
///
/// - Parameters:
///   - ledger: its directory.
///   - events: how many it has beside its beginning; nil for any number.
///   - sourceLocation: where the test asks.
/// - Throws: if it cannot be looked at.
/// - Returns: the ids in the order of their positions.
@discardableResult
func expectWhole(
  _ ledger: String, events: Int? = nil, sourceLocation: SourceLocation = #_sourceLocation
) throws -> [String] {
  let status = try Annals.run(["status", "--ledger", ledger, "--format", "json"])
  #expect(status.how == .exit(0), "\(status)", sourceLocation: sourceLocation)
  let replay = try Annals.run(["replay", "--ledger", ledger])
  let leaves = try replay.outputLines.map { try JSONValue(parsing: $0) }
  let size = try JSONValue(parsing: status.standardOutput)["size"]?.integer
  let root = try JSONValue(parsing: status.standardOutput)["root"]?.string
  #expect(size == Int64(leaves.count), "replay gives \(leaves.count)", sourceLocation: sourceLocation)
  let ids = leaves.compactMap { $0["id"]?.string }
  #expect(Set(ids).count == leaves.count, "an id stands twice", sourceLocation: sourceLocation)
  if let events {
    #expect(leaves.count == Int(TestLedger.sizeAtFirst) + events, sourceLocation: sourceLocation)
  }
  let times = leaves.compactMap { $0["recorded"]?.string }
  #expect(
    times == times.sorted() && times.count == leaves.count, "recorded goes back",
    sourceLocation: sourceLocation)

  var tree = TreeAppender()
  for line in replay.outputLines { tree.append(.leaf(line.utf8)) }
  #expect(root == tree.root.base64, "the root is not that of the events", sourceLocation: sourceLocation)

  // The views as they came about, step by step, against those made anew.
  let views = try Annals.run(["status", "--ledger", ledger, "--format", "json"]).output
  let rebuilt = try Annals.run(["rebuild", "--ledger", ledger])
  #expect(rebuilt.how == .exit(0), "\(rebuilt)", sourceLocation: sourceLocation)
  let after = try Annals.run(["status", "--ledger", ledger, "--format", "json"]).output
  #expect(views == after, "the views differ from rebuilt ones", sourceLocation: sourceLocation)

  guard Database.isUsable else { return ids }
  let positions = try Database.run(
    "SELECT count(*), min(position), max(position) FROM event", on: ledger + "/log.db")
  #expect(positions == ["\(leaves.count)|0|\(leaves.count - 1)"], sourceLocation: sourceLocation)
  let tiles = try Database.run("SELECT level, number, hex(hashes) FROM tile", on: ledger + "/log.db")
  let expectedTiles = tree.newTileHashes.map { new in
    "\(new.tile.level)|\(new.tile.index)|\(new.hashes.map(\.hex).joined().uppercased())"
  }
  #expect(
    Set(tiles) == Set(expectedTiles), "the tiles are not those of the events", sourceLocation: sourceLocation)
  // Each digest in the log has its disclosure, and each disclosure its event.
  var digests: Set<String> = []
  for (position, leaf) in leaves.enumerated() {
    for digest in leaf["data"]?["_sd"]?.array ?? [] { digests.insert("\(position)|\(digest.string ?? "")") }
  }
  let vault = ledger + "/vault.db"
  let kept =
    FileManager.default.fileExists(atPath: vault)
    ? Set(try Database.run("SELECT position, digest FROM disclosure", on: vault)) : []
  #expect(
    digests.subtracting(kept).isEmpty, "sealed events without disclosures", sourceLocation: sourceLocation)
  #expect(kept.subtracting(digests).isEmpty, "disclosures without an event", sourceLocation: sourceLocation)
  return ids
}
