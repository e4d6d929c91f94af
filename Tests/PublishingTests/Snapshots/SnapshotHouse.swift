// Ledgers whose snapshots can be compared to the byte: a clock set by hand, ids given, nothing that is sealed.

internal import CanonicalJSON
internal import EDTF
internal import Foundation
internal import Ledger
internal import Milestones
internal import Projections
internal import Publishing
internal import Testing

/// A ledger in a directory of a test's own.
struct SnapshotHouse {
  let directory: String
  let ledger: Ledger

  /// Gives a test a ledger with two policies and a campaign, of 2026-11-23.
  static func with<T>(_ lines: [String] = lines, _ body: (SnapshotHouse) throws -> T) throws -> T {
    let path = NSTemporaryDirectory() + "/snapshot-tests-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let ledger = try Ledger.create(
      path + "/ledger",
      founding: Ledger.Founding(
        origin: "example.org/snapshots", vocabulary: Vocabulary.shipped(), recorder: "m.reyes"),
      clock: { 1_795_464_904_123 })
    let house = SnapshotHouse(directory: path, ledger: ledger)
    try house.load(lines)
    return try body(house)
  }

  /// Events of which one has a source with an address, two are at odds, one lacks a source.
  static let lines = [
    #"{"id":"P1","type":"policy.announced","subject":"policy:leave","occurred":"2017-03-01","country":"CL","institution":"cl/gobierno","aim":"Paid leave","title":"Permiso pagado","source.citation":"Diario","source.url":"https://example.org/diario?a=1&b=2"}"#,
    #"{"id":"P2","type":"policy.announced","subject":"policy:quota","occurred":"2018?","country":"NO","claim":"quota","account":"one","unsourced":true}"#,
    #"{"id":"P3","type":"policy.announced","subject":"policy:quota","occurred":"2019","country":"NO","claim":"quota","account":"other","source.citation":"Lovtidend"}"#,
  ]

  func load(_ lines: [String]) throws {
    let refused = try refusals(lines)
    try #require(refused.isEmpty, "\(refused)")
  }

  /// Loads an event, if the gate before the log lets it in.
  func loadIfTaken(_ line: String) throws -> Bool { try refusals([line]).isEmpty }

  private func refusals(_ lines: [String]) throws -> [ImportRefusal] {
    let items = lines.enumerated().map { index, line in
      let draft = Result { try Draft(json: JSONText(parsing: Array(line.utf8)).root) }
      return ImportItem(
        file: "test.jsonl", line: index + 1,
        draft: draft.mapError { $0 as? DraftError ?? DraftError(nil, "\($0)") })
    }
    var refused: [ImportRefusal] = []
    _ = try ledger.importAll(items, recorder: "m.reyes", refused: { refused.append($0) })
    return refused
  }

  func snapshot(_ scope: Scope = .world, on day: Day? = nil, knownAt: Int64? = nil) throws -> Snapshot {
    try Snapshot(ledger.state(of: scope, on: day, knownAt: knownAt.map { .position($0) }))
  }

  /// The text of a snapshot that is one file.
  func text(_ format: SnapshotFormat, _ scope: Scope = .world) throws -> String {
    String(decoding: try #require(snapshot(scope).files(format).first).bytes, as: UTF8.self)
  }

  /// Writes a snapshot with its checkpoint.
  func write(_ format: SnapshotFormat, _ scope: Scope = .world, knownAt: Int64? = nil) throws -> SnapshotPlace
  {
    let place = SnapshotPlace("\(directory)/snapshot-\(format.rawValue)", format: format)
    let snapshot = try snapshot(scope, knownAt: knownAt)
    let checkpoint = try ledger.checkpoint()
    try place.write(
      snapshot.files(format), checkpoint: checkpoint.note,
      consistency: ledger.consistency(
        from: snapshot.context.size, to: checkpoint.note, ofSize: Int64(checkpoint.size)))
    return place
  }

  func check(_ place: SnapshotPlace) throws -> SnapshotCheck {
    try SnapshotCheck(SnapshotPlace(reading: place.path), against: ledger)
  }

  /// A file of a snapshot, as text.
  func read(_ path: String) throws -> String {
    String(decoding: try #require(FileManager.default.contents(atPath: path)), as: UTF8.self)
  }

  /// Changes a file, which must hold what is to be changed.
  func change(_ path: String, _ old: String, _ new: String) throws {
    let text = try read(path)
    let place = try #require(text.range(of: old), "\(path) does not hold \(old)")
    try Data(text.replacingCharacters(in: place, with: new).utf8).write(to: URL(fileURLWithPath: path))
  }
}
