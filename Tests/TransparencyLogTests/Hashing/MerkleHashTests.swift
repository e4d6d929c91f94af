// The hashes of RFC 6962 and their spellings, against the values of others.

import TestSupport
import Testing
import TransparencyLog

struct MerkleHashTests {
  struct Roots: Decodable {
    let leaf_inputs_hex: [String]
    let leaf_hashes_hex: [String]
    let level1_hex: [String]
    let level2_hex: [String]
    let level3_hex: [String]
    let root_by_size_hex: [String]
  }

  private static func bytes(hex: String) -> [UInt8] {
    let digits = Array(hex)
    return stride(from: 0, to: digits.count, by: 2).compactMap {
      UInt8(String(digits[$0...($0 + 1)]), radix: 16)
    }
  }

  @Test("Leaves, nodes and roots of sizes 0 to 8 are those of the vectors")
  func vectors() throws {
    let roots = try Vectors.decode(Roots.self, from: "rfc6962-roots/roots.json")
    let leaves = roots.leaf_inputs_hex.map { MerkleHash.leaf(Self.bytes(hex: $0)) }
    #expect(leaves.map(\.hex) == roots.leaf_hashes_hex)
    #expect(leaves.count == 8)

    var level = leaves
    for expected in [roots.level1_hex, roots.level2_hex, roots.level3_hex] {
      level = stride(from: 0, to: level.count, by: 2).map { .node(level[$0], level[$0 + 1]) }
      #expect(level.map(\.hex) == expected)
    }

    var tree = TreeFrontier()
    var found = [tree.root.hex]
    for leaf in leaves {
      tree.append(leaf)
      found.append(tree.root.hex)
    }
    #expect(found == roots.root_by_size_hex)
    #expect(found.count == 9)
  }

  @Test("The root of the empty tree is the hash of nothing, in hexadecimal and in base64")
  func emptyRoot() {
    #expect(MerkleHash.emptyRoot.base64 == "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")
    #expect(MerkleHash.emptyRoot.hex == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
  }

  @Test("A hash is read back from its bytes, its hexadecimal digits and its base64")
  func roundTrips() {
    var random = SeededGenerator(seed: 1)
    for _ in 0..<500 {
      let hash = MerkleHash.leaf(random.bytes(count: 5))
      #expect(MerkleHash(hash.bytes) == hash)
      #expect(hash.bytes.withUnsafeBytes { MerkleHash($0) } == hash)
      #expect(MerkleHash(hex: hash.hex) == hash)
      #expect(MerkleHash(hex: hash.hex.uppercased()) == hash)
      #expect(MerkleHash(base64: hash.base64) == hash)
    }
  }

  @Test("Bytes, digits and base64 of any other length or alphabet are no hash")
  func notHashes() {
    #expect(MerkleHash([UInt8](repeating: 0, count: 31)) == nil)
    #expect(MerkleHash([UInt8](repeating: 0, count: 33)) == nil)
    #expect([UInt8](repeating: 0, count: 33).withUnsafeBytes { MerkleHash($0) } == nil)
    #expect(MerkleHash(hex: String(repeating: "0", count: 62)) == nil)
    #expect(MerkleHash(hex: String(repeating: "0", count: 63)) == nil)
    #expect(MerkleHash(hex: String(repeating: "g", count: 64)) == nil)
    let base64 = MerkleHash.emptyRoot.base64
    #expect(MerkleHash(base64: String(base64.dropLast())) == nil)
    #expect(MerkleHash(base64: base64 + "\n") == nil)
    #expect(MerkleHash(base64: base64.replacing("+", with: "-")) == nil)
    // 47DE…uFU= and 47DE…uFV= stand for the same 32 bytes, but only one is the spelling of them.
    #expect(MerkleHash(base64: base64.replacing("uFU=", with: "uFV=")) == nil)
  }

  @Test("Hashes are ordered by their bytes from the first")
  func order() {
    var random = SeededGenerator(seed: 2)
    let hashes = (0..<200).map { _ in MerkleHash.leaf(random.bytes(count: 5)) }
    #expect(hashes.sorted().map(\.hex) == hashes.map(\.hex).sorted())
    for bit in 0..<256 {
      let (zero, one) = (MerkleHash.emptyRoot, MerkleHash.emptyRoot.flipping(bit: bit))
      #expect((zero < one) == (zero.hex < one.hex))
      #expect((one < zero) == (one.hex < zero.hex))
      #expect(zero != one)
    }
  }

  @Test("A leaf is hashed alike from any collection of its bytes")
  func leafSources() {
    let entry = Array("an entry".utf8)
    #expect(MerkleHash.leaf(entry) == MerkleHash.leaf("an entry".utf8))
    #expect(MerkleHash.leaf(entry) == MerkleHash.leaf(entry.lazy.map { $0 }))
    #expect(MerkleHash.leaf(entry) == entry.withUnsafeBytes { MerkleHash.leaf($0) })
    #expect(MerkleHash.leaf(entry[2...]) == MerkleHash.leaf(Array(entry[2...])))
  }

  @Test("Complete subtrees have a root, other counts of hashes have none")
  func completeSubtrees() {
    let oracle = NaiveTree(size: 512)
    for count in 0...512 {
      let root = MerkleHash.root(ofComplete: oracle.leafHashes.prefix(count))
      #expect(root == (count.nonzeroBitCount == 1 ? oracle.root(count) : nil))
    }
  }
}
