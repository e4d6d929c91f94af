// What lies in keys/ for signing: the private key, the next one while keys are changed, and the last checkpoint that
// was signed. All but reading the last size happens under one lock.

internal import Foundation
internal import TransparencyLog

/// The signing side of a ledger's keys.
struct SigningKeys {
  let paths: LedgerPaths
  let origin: String

  /// More than any of these files needs; a note is bounded by its own format.
  private static let keyBytesMax = 4_096

  /// Runs `body` while no other process signs for these keys or changes them.
  func withLock<T>(timeoutMilliseconds: Int, _ body: () throws(LedgerError) -> T) throws(LedgerError) -> T {
    try FileLock.hold(paths.signingLock, timeoutMilliseconds: timeoutMilliseconds, body)
  }

  // MARK: A new ledger

  /// The key that lies here already for a log that has no events yet, if any: from an attempt that was cut off, or
  /// made elsewhere.
  ///
  /// - Throws: ``LedgerError``; ``LedgerError/signedBefore(path:signedSize:)`` if a checkpoint of another log of this
  ///   name was signed by it, which is lost or elsewhere.
  func unusedSigner() throws(LedgerError) -> Ed25519Signer? {
    guard FileManager.default.fileExists(atPath: paths.signingKey) else { return nil }
    let signer = try read(paths.signingKey)
    guard FileManager.default.fileExists(atPath: paths.lastCheckpoint) else { return signer }
    let signedSize = try lastCheckpoint(keys: [signer.verifierKey]).checkpoint.size
    guard signedSize == 0 else { throw .signedBefore(path: paths.lastCheckpoint, signedSize: signedSize) }
    return signer
  }

  /// Makes the key of a log that has no events yet, unless there is one, and notes that nothing of it was signed.
  func create() throws(LedgerError) {
    let signer: Ed25519Signer
    if let unused = try unusedSigner() {
      signer = unused
    } else {
      signer = try newSigner()
      try write(signer, to: paths.signingKey)
    }
    try keep(Self.sign(origin: origin, size: 0, root: .emptyRoot, by: signer))
  }

  // MARK: The key in force

  /// The private key that signs now.
  ///
  /// - Parameter inForce: the key that the log names; nil if it names none, since it never changed.
  /// - Returns: the key; a change of keys that was cut off after the log named the new one is finished first.
  /// - Throws: ``LedgerError/key(path:reason:)`` if it is not here.
  func signer(inForce: VerifierKey?) throws(LedgerError) -> Ed25519Signer {
    if let inForce, let next = try? read(paths.nextSigningKey), next.verifierKey == inForce {
      try takeNextKey()
      return next
    }
    let signer = try read(paths.signingKey)
    guard let inForce, signer.verifierKey != inForce else { return signer }
    throw .key(
      path: paths.signingKey,
      reason:
        "is \(signer.identity), but by the log its checkpoints are signed by \(inForce.identity); put that "
        + "key back from its backup")
  }

  /// The public halves of the keys that lie here, whether or not they are in force: one, or two while keys are
  /// changed.
  func verifierKeys() throws(LedgerError) -> [VerifierKey] {
    let key = try read(paths.signingKey).verifierKey
    guard let next = try? read(paths.nextSigningKey).verifierKey else { return [key] }
    return [key, next]
  }

  /// Makes the key that is to come, beside the one in force.
  func makeNextKey() throws(LedgerError) -> Ed25519Signer {
    let signer = try newSigner()
    try write(signer, to: paths.nextSigningKey)
    return signer
  }

  /// Puts the next key in the place of the one before, whose private half is gone then.
  func takeNextKey() throws(LedgerError) {
    do { try WholeFile.move(paths.nextSigningKey, to: paths.signingKey) } catch { throw .file(error) }
  }

  // MARK: The last checkpoint

  /// The last checkpoint that was signed.
  ///
  /// - Parameter keys: the keys of which one must have signed it.
  /// - Returns: the checkpoint.
  /// - Throws: ``LedgerError/key(path:reason:)`` if it is not there, or is not one of this log: without it nobody could
  ///   tell whether the log was put back from an old copy.
  func lastCheckpoint(keys: [VerifierKey]) throws(LedgerError) -> VerifiedCheckpoint {
    let advice = "put it back from its backup, or put the newest checkpoint that you published in its place"
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(paths.lastCheckpoint, bytesMax: LogLimits.noteLengthMaxBytes)
    } catch {
      guard error.isMissing else { throw .file(error) }
      throw .key(
        path: paths.lastCheckpoint, reason: "the last checkpoint that was signed is missing; \(advice)")
    }
    do {
      return try VerifiedCheckpoint(verifying: bytes, origin: origin, logKeys: keys)
    } catch {
      throw .key(
        path: paths.lastCheckpoint, reason: "is not the last checkpoint that was signed (\(error)); \(advice)"
      )
    }
  }

  /// The size of the last checkpoint that was signed, as it stands there; nil where it cannot be read.
  var signedSize: UInt64? {
    guard let bytes = try? WholeFile.read(paths.lastCheckpoint, bytesMax: LogLimits.noteLengthMaxBytes),
      let note = try? SignedNote(parsing: bytes),
      let checkpoint = try? Checkpoint(parsingText: note.textBytes),
      checkpoint.origin.utf8.elementsEqual(origin.utf8)
    else { return nil }
    return checkpoint.size
  }

  /// Keeps a checkpoint as the last one. When this returns it is on stable storage: only then is it given out.
  func keep(_ note: [UInt8]) throws(LedgerError) {
    do {
      try WholeFile.write(note, to: paths.lastCheckpoint, mode: 0o600, draft: paths.lastCheckpoint + ".draft")
    } catch { throw .file(error) }
  }

  /// A signed checkpoint.
  static func sign(
    origin: String, size: UInt64, root: MerkleHash, by signer: Ed25519Signer
  ) throws(LedgerError) -> [UInt8] {
    do {
      return try Checkpoint(origin: origin, size: size, root: root).signed(by: [signer]).serialized()
    } catch { throw .key(path: "keys", reason: "the checkpoint could not be signed: \(error)") }
  }

  // MARK: Files of keys

  private func newSigner() throws(LedgerError) -> Ed25519Signer {
    do {
      return try Ed25519Signer(name: origin, seed: Ed25519Signer.newSeed())
    } catch { throw .key(path: paths.signingKey, reason: "no key can be made for \(origin): \(error)") }
  }

  private func write(_ signer: Ed25519Signer, to path: String) throws(LedgerError) {
    do {
      let text = Array((signer.privateText + "\n").utf8)
      try WholeFile.write(text, to: path, mode: 0o600, draft: path + ".draft")
    } catch { throw .file(error) }
  }

  private func read(_ path: String) throws(LedgerError) -> Ed25519Signer {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(path, bytesMax: Self.keyBytesMax)
    } catch {
      guard error.isMissing else { throw .file(error) }
      throw .key(
        path: path,
        reason:
          "the signing key is missing; put keys/ back from its backup, or name its place with --keys DIR")
    }
    let signer: Ed25519Signer
    do {
      let text = bytes.last == UInt8(ascii: "\n") ? bytes.dropLast() : bytes[...]
      signer = try Ed25519Signer(parsing: String(decoding: text, as: UTF8.self))
    } catch { throw .key(path: path, reason: "is no signing key (\(error)); put it back from its backup") }
    guard signer.identity.name.utf8.elementsEqual(origin.utf8) else {
      throw .key(
        path: path,
        reason:
          "is the key of \(signer.identity.name), not of \(origin); name the right place with --keys DIR")
    }
    return signer
  }
}
