// The three hashes of RFC 6962, section 2.1, fed from raw bytes: nothing is put together in memory to be
// hashed.

internal import Crypto

extension MerkleHash {
  /// The root of a tree without leaves: the hash of nothing.
  public static let emptyRoot = MerkleHash(SHA256())

  /// The hash of an entry as a leaf: SHA-256(0x00 || entry).
  public static func leaf(_ entry: UnsafeRawBufferPointer) -> MerkleHash {
    var hasher = SHA256()
    HashMeter.note(bytes: 1 + entry.count)
    update(&hasher, prefix: 0x00)
    hasher.update(bufferPointer: entry)
    return MerkleHash(hasher)
  }

  /// The hash of an entry as a leaf: SHA-256(0x00 || entry).
  public static func leaf(_ entry: some Collection<UInt8>) -> MerkleHash {
    if let hash = entry.withContiguousStorageIfAvailable({ leaf(UnsafeRawBufferPointer($0)) }) {
      return hash
    }
    return Array(entry).withUnsafeBytes { leaf($0) }
  }

  /// The hash of a node above two others: SHA-256(0x01 || left || right).
  public static func node(_ left: MerkleHash, _ right: MerkleHash) -> MerkleHash {
    Swift.withUnsafeBytes(of: (left, right)) { node(children: $0) }
  }

  /// The root over hashes that lie side by side at one level, of 1, 2, 4, … of them.
  ///
  /// This is the root of a full tile, given its 256 hashes. Nothing for a count that is no power of two.
  public static func root(ofComplete hashes: some Collection<MerkleHash>) -> MerkleHash? {
    guard hashes.count > 0, hashes.count & (hashes.count - 1) == 0 else { return nil }
    var level = Array(hashes)
    while level.count > 1 {
      let parentsCount = level.count / 2
      level.withUnsafeMutableBytes { bytes in
        // A parent is written where it overlaps no child that is still to be read.
        for parent in 0..<parentsCount {
          let children = UnsafeRawBufferPointer(rebasing: bytes[(parent * 64)..<(parent * 64 + 64)])
          let hash = node(children: children)
          bytes.storeBytes(of: hash, toByteOffset: parent * LogLimits.hashLengthBytes, as: MerkleHash.self)
        }
      }
      level.removeLast(level.count - parentsCount)
    }
    return level.first
  }

  // Both children in one piece of 64 bytes, as they lie in a tile. They are given to the hasher behind the prefix, in one
  // piece: of a call of it with one byte, SHA-256 makes a detour for all that follows.
  private static func node(children: UnsafeRawBufferPointer) -> MerkleHash {
    // The prefix is the last byte of the first word, so that the children stand where words do.
    var input: (UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64, UInt64) =
      (UInt64(bigEndian: 0x01), 0, 0, 0, 0, 0, 0, 0, 0)
    return withUnsafeMutableBytes(of: &input) { input in
      UnsafeMutableRawBufferPointer(rebasing: input[8...]).copyMemory(from: children)
      HashMeter.note(bytes: 1 + children.count)
      var hasher = SHA256()
      hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: input[7...]))
      return MerkleHash(hasher)
    }
  }

  private static func update(_ hasher: inout SHA256, prefix: UInt8) {
    Swift.withUnsafeBytes(of: prefix) { hasher.update(bufferPointer: $0) }
  }

  private init(_ hasher: SHA256) {
    self = hasher.finalize().withUnsafeBytes { MerkleHash(first32: $0) }
  }
}
