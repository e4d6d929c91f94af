// Keys for the tests.

import TransparencyLog

enum Keys {
  static let origin = "log.example/annals"

  static func signer(name: String = origin, seedByte: UInt8 = 1) throws -> Ed25519Signer {
    try Ed25519Signer(name: name, seed: Array(repeating: seedByte, count: 32))
  }

  /// A signed checkpoint of that tree.
  static func checkpoint(size: UInt64, root: MerkleHash, signers: [Ed25519Signer]? = nil) throws -> [UInt8] {
    let checkpoint = try Checkpoint(origin: origin, size: size, root: root)
    return try checkpoint.signed(by: signers ?? [signer()]).serialized()
  }
}

/// The error that a throwing call ends with, or nil if it returns.
func failure<Failure: Error>(_ body: () throws(Failure) -> Void) -> Failure? {
  do throws(Failure) {
    try body()
    return nil
  } catch {
    return error
  }
}
