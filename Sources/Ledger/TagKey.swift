// The key of the content tags: a tag tells whether two drafts are the same, and tells nothing to whom lacks the key.

internal import Crypto
internal import Foundation
internal import LogStore
internal import Milestones
internal import TransparencyLog

/// Makes content tags: HMAC-SHA-256 (RFC 2104) of what the client supplied, cut to its first 16 bytes.
struct TagKey: Sendable {
  /// Has taken in the key: each code goes on from a copy, and need not take it in again.
  private let keyed: HMAC<SHA256>
  /// Has taken in, besides, what all content tags begin with.
  private let tagged: HMAC<SHA256>

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
    // Read anew for each append: it may be put back from a backup at any time.
    guard let data = try? WholeFile.read(path, bytesMax: 4_096) else {
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
    var tagged = keyed
    tagged.update(data: Array("annals content tag v1\n".utf8))
    self.tagged = tagged
  }

  func tag(of event: CheckedEvent) -> ContentTag {
    tag(tagged, event.suppliedBytes)
  }

  /// A tag for an event of which it is not known what the client supplied. No draft has it.
  func standIn(for leaf: [UInt8]) -> ContentTag {
    tag(taking("annals stand-in tag v1\n"), leaf)
  }

  /// What an id is made of for an event of an import that brings none: the same for the same content, so that importing
  /// a file again adds nothing. `ordinal` tells equal events of one file apart.
  func importTag(of event: CheckedEvent, ordinal: Int) -> ContentTag {
    tag(taking("annals import id v1\n\(ordinal)\n"), event.suppliedBytes)
  }

  private func taking(_ purpose: String) -> HMAC<SHA256> {
    var code = keyed
    code.update(data: Array(purpose.utf8))
    return code
  }

  private func tag(_ begun: HMAC<SHA256>, _ bytes: [UInt8]) -> ContentTag {
    HashMeter.note(bytes: bytes.count)
    var code = begun
    code.update(data: bytes)
    return code.finalize().withUnsafeBytes { digest in
      ContentTag(
        high: UInt64(bigEndian: digest.loadUnaligned(as: UInt64.self)),
        low: UInt64(bigEndian: digest.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
    }
  }
}
