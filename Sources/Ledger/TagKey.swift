// The key of the content tags: a tag tells whether two drafts are the same, and tells nothing to whom lacks the key.

internal import Crypto
internal import Foundation
internal import LogStore
internal import Milestones

/// Makes content tags: HMAC-SHA-256 (RFC 2104) of what the client supplied, cut to its first 16 bytes.
struct TagKey: Sendable {
  /// Has taken in the key: each tag goes on from a copy, and need not take it in again.
  private let keyed: HMAC<SHA256>

  /// Makes a key file, readable by its owner alone. A key that is there already is kept.
  static func create(at path: String) throws(LedgerError) {
    if FileManager.default.fileExists(atPath: path) { return }
    let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }
    do {
      try WholeFile.write(
        Array((Hex.lowercase(bytes) + "\n").utf8), to: path, mode: 0o600, draft: path + ".draft")
    } catch { throw .file(error) }
  }

  init(readingFrom path: String) throws(LedgerError) {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw .key(
        path: path,
        reason:
          "the key of the content tags is missing; put keys/ back from its backup, or name its place with --keys DIR"
      )
    }
    let digits = data.filter { $0 != UInt8(ascii: "\n") }
    guard let bytes = Hex.bytes(digits), bytes.count == 32 else {
      throw .key(
        path: path,
        reason: "is not a key of content tags (64 hexadecimal digits); put it back from its backup")
    }
    keyed = HMAC<SHA256>(key: SymmetricKey(data: bytes))
  }

  func tag(of event: CheckedEvent) -> ContentTag {
    tag("annals content tag v1\n", event.suppliedBytes)
  }

  /// A tag for an event of which it is not known what the client supplied. No draft has it.
  func standIn(for leaf: [UInt8]) -> ContentTag {
    tag("annals stand-in tag v1\n", leaf)
  }

  private func tag(_ purpose: String, _ bytes: [UInt8]) -> ContentTag {
    authenticate(purpose, bytes) { digest in
      ContentTag(
        high: UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }

  /// What an id is made of for an event of an import that brings none: the same for the same content, so that importing
  /// a file again adds nothing. `ordinal` tells equal events of one file apart.
  func importTag(of event: CheckedEvent, ordinal: Int) -> ContentTag {
    tag("annals import id v1\n\(ordinal)\n", event.suppliedBytes)
  }

  private func authenticate<T>(_ purpose: String, _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) -> T)
    -> T
  {
    var code = keyed
    code.update(data: Array(purpose.utf8))
    code.update(data: bytes)
    return code.finalize().withUnsafeBytes(body)
  }
}
