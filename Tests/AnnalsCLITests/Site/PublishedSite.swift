// The record, published for the tests that look at it, and ways to alter what is published.

internal import Foundation
internal import Testing

/// The curated record, published once for all tests.
struct PublishedSite: Sendable {
  /// A directory with `site`, what was published; and `ledger`.
  let ledger: TestLedger
  /// The log's verifier key.
  let key: String

  var path: String { ledger.home.file("site") }

  /// The record, published once; to be read, not changed.
  static let record = Result { try PublishedSite() }

  private init() throws {
    let home = try TemporaryDirectory()
    PublishedAtExit.directory = home
    atexit { PublishedAtExit.directory?.remove() }
    ledger = TestLedger(home: home)
    try withRecord { try FileManager.default.copyItem(atPath: $0.path, toPath: home.file("ledger")) }
    // What a reader keeps from an earlier visit.
    let kept = try ledger.annals("checkpoint", "-o", home.file("kept-checkpoint"))
    try #require(kept.how == .exit(0), "\(kept)")
    let appended = try ledger.annals(["append", "bill.introduced", "id=LAST", "--quiet"] + goodFields(1))
    try #require(appended.how == .exit(0), "\(appended)")
    let published = try ledger.annals("publish", "site")
    try #require(published.how == .exit(0), "\(published)")
    key = try ledger.annals("keys").output.trimmingCharacters(in: .whitespacesAndNewlines)
  }

  func file(_ name: String) throws -> [UInt8] { try ledger.home.read("site/" + name) }

  /// The files of the published site, by their paths in it.
  func files() throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: path).filter {
      var isDirectory: ObjCBool = false
      return FileManager.default.fileExists(atPath: path + "/" + $0, isDirectory: &isDirectory)
        && !isDirectory.boolValue
    }.sorted()
  }

  /// A change of one bit.
  func flipped(_ name: String, at offset: Int) throws -> [String: String?] {
    var bytes = try file(name)
    bytes[offset] ^= 1
    return [name: encoded(bytes)]
  }

  /// Another text in place of the first that is so.
  func replaced(_ name: String, _ old: String, _ new: String) throws -> [String: String?] {
    let text = String(decoding: try file(name), as: UTF8.self)
    let range = try #require(text.range(of: old))
    return [name: encoded(Array(text.replacingCharacters(in: range, with: new).utf8))]
  }

  /// Where in its bundle the event at a place begins, behind its length, and how long it is.
  static func event(_ slot: Int, in bundle: [UInt8]) -> Range<Int> {
    var start = 2
    for _ in 0..<slot { start += Int(bundle[start - 2]) << 8 + Int(bundle[start - 1]) + 2 }
    return start..<start + Int(bundle[start - 2]) << 8 + Int(bundle[start - 1])
  }
}

/// Bytes as a plan has them.
func encoded(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
func encoded(_ text: String) -> String { encoded(Array(text.utf8)) }

/// Written once, before it is read.
private enum PublishedAtExit {
  nonisolated(unsafe) static var directory: TemporaryDirectory?
}
