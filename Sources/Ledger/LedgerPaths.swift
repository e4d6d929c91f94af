// Where the parts of a ledger lie.

/// The files of a ledger directory.
public struct LedgerPaths: Sendable {
  /// The ledger's directory.
  public let directory: String
  /// The directory of the keys; within the ledger unless it is kept elsewhere.
  public let keys: String

  /// Names the files of a ledger.
  public init(directory: String, keys: String? = nil) {
    let trimmed = directory.count > 1 && directory.hasSuffix("/") ? String(directory.dropLast()) : directory
    self.directory = trimmed
    self.keys = keys ?? trimmed + "/keys"
  }

  /// The truth: the events.
  public var log: String { directory + "/log.db" }
  /// What is derived from it.
  public var views: String { directory + "/views.db" }
  /// The disclosures of sealed fields.
  public var vault: String { directory + "/vault.db" }
  /// A note of the vault that was last held to the log: see ``VaultHeld``.
  var vaultHeld: String { directory + "/vault.held" }
  /// The secret key of the content tags.
  public var tagKey: String { keys + "/content-tag.key" }
  /// The private key that signs checkpoints.
  public var signingKey: String { keys + "/signing.key" }
  /// The private key that is to sign once the log names it; there only while keys are changed.
  public var nextSigningKey: String { keys + "/signing.key.next" }
  /// The last checkpoint that was signed.
  public var lastCheckpoint: String { keys + "/last-checkpoint" }
  /// Held while something is signed or keys are changed.
  public var signingLock: String { keys + "/signing.lock" }
}
