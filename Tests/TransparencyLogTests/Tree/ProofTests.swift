// Proofs made from tiles against the naive ones, and how they are refused.

import TestSupport
import Testing
import TransparencyLog

struct ProofTests {
  @Test("For all pairs up to 130 the inclusion proof is that of the naive tree, and is accepted")
  func smallInclusion() throws {
    let oracle = NaiveTree(size: 130)
    let tiles = MemoryTiles.tree(oracle.leafHashes).tiles
    for size in 1...90 {
      for index in 0..<size {
        let proof = try tiles.inclusionProof(index: UInt64(index), size: UInt64(size))
        #expect(proof.path == oracle.path(index, size), "\(index) of \(size)")
        try proof.check(leafHash: oracle.leafHashes[index], root: oracle.root(size))
      }
    }
  }

  @Test("For all pairs up to 130 the consistency proof is that of the naive tree, and is accepted")
  func smallConsistency() throws {
    let oracle = NaiveTree(size: 130)
    let tiles = MemoryTiles.tree(oracle.leafHashes).tiles
    for newSize in 0...130 {
      for oldSize in 0...newSize {
        let proof = try tiles.consistencyProof(from: UInt64(oldSize), to: UInt64(newSize))
        #expect(proof.path == oracle.proof(oldSize, newSize), "\(oldSize) to \(newSize)")
        try proof.check(
          oldRoot: oracle.root(oldSize), newRoot: oracle.root(newSize), emptyOldTree: .accepted)
      }
    }
  }

  @Test("Sampled pairs up to 66,100 have the proofs of the naive tree", arguments: [600, 66_100])
  func sampledProofs(size: Int) throws {
    let seed: UInt64 = 5
    var random = SeededGenerator(seed: seed)
    let oracle = NaiveTree(size: size)
    let tiles = MemoryTiles.tree(oracle.leafHashes).tiles
    for _ in 0..<300 {
      let newSize = Int.random(in: 1...size, using: &random)
      let index = Int.random(in: 0..<newSize, using: &random)
      let inclusion = try tiles.inclusionProof(index: UInt64(index), size: UInt64(newSize))
      #expect(inclusion.path == oracle.path(index, newSize), "seed \(seed), \(index) of \(newSize)")
      try inclusion.check(leafHash: oracle.leafHashes[index], root: oracle.root(newSize))

      let oldSize = index
      let consistency = try tiles.consistencyProof(from: UInt64(oldSize), to: UInt64(newSize))
      #expect(consistency.path == oracle.proof(oldSize, newSize), "seed \(seed), \(oldSize) to \(newSize)")
      try consistency.check(
        oldRoot: oracle.root(oldSize), newRoot: oracle.root(newSize), emptyOldTree: .accepted)
    }
  }

  @Test("Every single bit of an inclusion proof, its leaf and its root matters")
  func inclusionBitFlips() throws {
    let oracle = NaiveTree(size: 9)
    var (flips, refused) = (0, 0)
    for size in 1...9 {
      for index in 0..<size {
        let (leaf, root) = (oracle.leafHashes[index], oracle.root(size))
        let hashes = [leaf, root] + oracle.path(index, size)
        for bit in 0..<(hashes.count * 256) {
          var changed = hashes
          changed[bit / 256] = changed[bit / 256].flipping(bit: bit % 256)
          let proof = InclusionProof(index: UInt64(index), size: UInt64(size), path: Array(changed[2...]))
          flips += 1
          if failure({ () throws(ProofError) in try proof.check(leafHash: changed[0], root: changed[1]) })?
            .kind
            == .wrongRoot
          {
            refused += 1
          }
        }
      }
    }
    #expect(flips == 54016)
    #expect(refused == flips)
  }

  @Test("Every single bit of a consistency proof and of both roots matters")
  func consistencyBitFlips() throws {
    let oracle = NaiveTree(size: 9)
    var (flips, refused) = (0, 0)
    for newSize in 1...9 {
      for oldSize in 1...newSize {
        let hashes = [oracle.root(oldSize), oracle.root(newSize)] + oracle.proof(oldSize, newSize)
        for bit in 0..<(hashes.count * 256) {
          var changed = hashes
          changed[bit / 256] = changed[bit / 256].flipping(bit: bit % 256)
          let proof = ConsistencyProof(
            oldSize: UInt64(oldSize), newSize: UInt64(newSize), path: Array(changed[2...]))
          flips += 1
          let refusal = failure { () throws(ProofError) in
            try proof.check(oldRoot: changed[0], newRoot: changed[1], emptyOldTree: .accepted)
          }
          if refusal?.kind == .wrongRoot || refusal?.kind == .wrongOldRoot { refused += 1 }
        }
      }
    }
    #expect(flips == 48640)
    #expect(refused == flips)
  }

  @Test("A proof for another index, of another length or in another order is refused")
  func otherProofs() throws {
    let oracle = NaiveTree(size: 70)
    for size in 2...70 {
      for index in stride(from: 0, to: size, by: 3) {
        let path = oracle.path(index, size)
        let (leaf, root) = (oracle.leafHashes[index], oracle.root(size))
        func kind(_ index: Int, _ path: [MerkleHash]) -> ProofError.Kind? {
          failure { () throws(ProofError) in
            try InclusionProof(index: UInt64(index), size: UInt64(size), path: path)
              .check(leafHash: leaf, root: root)
          }?.kind
        }
        #expect(kind(index, path) == nil)
        #expect(kind(index, Array(path.dropLast())) == .pathTooShort)
        #expect(kind(index, path + [root]) == .pathTooLong)
        #expect(kind(index, [root] + path) != nil)
        #expect(kind(size, path) == .indexOutOfRange)
        for other in 0..<size where other != index { #expect(kind(other, path) != nil) }
        if Set(path).count > 1 { #expect(kind(index, path.reversed()) == .wrongRoot) }
      }
    }
  }

  @Test("A consistency proof of another length, or with the trees changed over, is refused")
  func otherConsistency() throws {
    let oracle = NaiveTree(size: 70)
    for newSize in 2...70 {
      for oldSize in 1..<newSize {
        let path = oracle.proof(oldSize, newSize)
        func kind(_ old: Int, _ new: Int, _ path: [MerkleHash]) -> ProofError.Kind? {
          failure { () throws(ProofError) in
            try ConsistencyProof(oldSize: UInt64(old), newSize: UInt64(new), path: path).check(
              oldRoot: oracle.root(oldSize), newRoot: oracle.root(newSize), emptyOldTree: .accepted)
          }?.kind
        }
        #expect(kind(oldSize, newSize, path) == nil)
        #expect(kind(oldSize, newSize, []) == .pathTooShort)
        #expect(kind(oldSize, newSize, path.dropLast()) == .pathTooShort)
        #expect(kind(oldSize, newSize, path + [.emptyRoot]) == .pathTooLong)
        #expect(kind(newSize, oldSize, path) == .sizesOutOfOrder)
        #expect(kind(oldSize, oldSize, path) == .pathTooLong)
        #expect(kind(0, newSize, path) == .pathTooLong)
        #expect(kind(newSize, newSize, []) == .wrongRoot)
      }
    }
  }

  @Test("An empty old tree proves nothing or everything, as the caller has it")
  func emptyOldTree() throws {
    let oracle = NaiveTree(size: 5)
    func kind(
      _ newSize: Int, oldRoot: MerkleHash = .emptyRoot, newRoot: MerkleHash? = nil,
      _ rule: ConsistencyProof.EmptyOldTree
    ) -> ProofError.Kind? {
      failure { () throws(ProofError) in
        try ConsistencyProof(oldSize: 0, newSize: UInt64(newSize), path: []).check(
          oldRoot: oldRoot, newRoot: newRoot ?? oracle.root(newSize), emptyOldTree: rule)
      }?.kind
    }
    #expect(kind(5, .accepted) == nil)
    #expect(kind(5, .refused) == .emptyOldTree)
    #expect(kind(5, oldRoot: oracle.root(1), .accepted) == .wrongOldRoot)
    #expect(kind(0, .accepted) == nil)
    #expect(kind(0, .refused) == nil)
    #expect(kind(0, newRoot: oracle.root(1), .accepted) == .wrongRoot)
    #expect(kind(0, oldRoot: oracle.root(1), newRoot: oracle.root(1), .accepted) == .wrongOldRoot)
  }

  @Test("Proofs that the tree cannot give are refused with their numbers")
  func impossibleProofs() throws {
    let tiles = MemoryTiles.tree(NaiveTree(size: 10).leafHashes).tiles
    func kind(_ body: () throws(TreeError) -> Void) -> TreeError.Kind? { failure(body)?.kind }
    #expect(
      kind { () throws(TreeError) in _ = try tiles.inclusionProof(index: 10, size: 10) } == .indexOutOfRange)
    #expect(
      kind { () throws(TreeError) in _ = try tiles.inclusionProof(index: 0, size: 0) } == .indexOutOfRange)
    #expect(kind { () throws(TreeError) in _ = try tiles.inclusionProof(index: 0, size: 11) } == .missingTile)
    #expect(
      kind { () throws(TreeError) in _ = try tiles.inclusionProof(index: 0, size: .max) } == .sizeOutOfRange)
    #expect(
      kind { () throws(TreeError) in _ = try tiles.consistencyProof(from: 9, to: 8) } == .sizeOutOfRange)
    #expect(kind { () throws(TreeError) in _ = try tiles.consistencyProof(from: 9, to: 11) } == .missingTile)
    #expect(
      kind { () throws(TreeError) in _ = try tiles.consistencyProof(from: 9, to: .max) } == .sizeOutOfRange)
  }

  @Test("Proofs with the largest numbers are refused, not crashed on")
  func extremes() {
    let path = Array(repeating: MerkleHash.emptyRoot, count: 70)
    for size in [1, 2, .max - 1, .max] as [UInt64] {
      for index in [0, 1, .max - 1, .max] as [UInt64] {
        for count in [0, 1, 63, 64, 65, 70] {
          let hashes = Array(path.prefix(count))
          #expect(
            failure { () throws(ProofError) in
              try InclusionProof(index: index, size: size, path: hashes).check(
                leafHash: path[0], root: path[0])
            } != nil || (index == 0 && size == 1 && count == 0))
          #expect(
            failure { () throws(ProofError) in
              try ConsistencyProof(oldSize: index, newSize: size, path: hashes)
                .check(oldRoot: path[0], newRoot: path[0], emptyOldTree: .refused)
            } != nil || (index == size && count == 0))
        }
      }
    }
  }
}
