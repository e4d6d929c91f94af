// Proofs that others made, good and bad.

import Testing
import TransparencyLog

struct ProofVectorTests {
  struct Inclusion: Decodable {
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: String
    let leafHash: String
    let proof: [String]?
    let desc: String
    let wantErr: Bool

    // What is no hash of 32 bytes cannot even be said to this module, which refuses it.
    var isAccepted: Bool {
      guard let root = MerkleHash(base64: root), let leafHash = MerkleHash(base64: leafHash),
        let path = hashes(proof)
      else { return false }
      let proof = InclusionProof(index: leafIdx, size: treeSize, path: path)
      return failure { () throws(ProofError) in try proof.check(leafHash: leafHash, root: root) } == nil
    }
  }

  struct Consistency: Decodable {
    let size1: UInt64
    let size2: UInt64
    let root1: String
    let root2: String
    let proof: [String]?
    let desc: String
    let wantErr: Bool

    var isAccepted: Bool {
      guard let oldRoot = MerkleHash(base64: root1), let newRoot = MerkleHash(base64: root2),
        let path = hashes(proof)
      else { return false }
      let proof = ConsistencyProof(oldSize: size1, newSize: size2, path: path)
      return failure { () throws(ProofError) in
        try proof.check(oldRoot: oldRoot, newRoot: newRoot, emptyOldTree: .refused)
      } == nil
    }
  }

  @Test("Each inclusion proof of the vectors is accepted or refused as they say")
  func inclusion() throws {
    let paths = try Vectors.paths(under: "merkle-probes/inclusion")
    #expect(paths.count == 33)
    for path in paths {
      let probe = try Vectors.decode(Inclusion.self, from: path)
      #expect(probe.isAccepted == !probe.wantErr, "\(path)")
    }
  }

  @Test("Each consistency proof of the vectors is accepted or refused as they say")
  func consistency() throws {
    let paths = try Vectors.paths(under: "merkle-probes/consistency")
    #expect(paths.count == 32)
    for path in paths {
      let probe = try Vectors.decode(Consistency.self, from: path)
      #expect(probe.isAccepted == !probe.wantErr, "\(path)")
    }
  }

  @Test("The vectors hold proofs to accept and to refuse, of the length of a hash throughout")
  func vectorsAreNotVacuous() throws {
    let consistency = try Vectors.paths(under: "merkle-probes/consistency")
      .map { try Vectors.decode(Consistency.self, from: $0) }
    #expect(consistency.filter(\.isAccepted).count == 3)
    let wellFormed = consistency.filter { probe in
      MerkleHash(base64: probe.root1) != nil && MerkleHash(base64: probe.root2) != nil
        && hashes(probe.proof) != nil
    }
    #expect(wellFormed.filter(\.wantErr).count > 10)
  }
}

private func hashes(_ texts: [String]?) -> [MerkleHash]? {
  let hashes = (texts ?? []).compactMap { MerkleHash(base64: $0) }
  return hashes.count == (texts ?? []).count ? hashes : nil
}
