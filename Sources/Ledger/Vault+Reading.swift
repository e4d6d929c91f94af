// Reading the vault: the sealed fields of one event or of all, each held against its digest.

internal import CanonicalJSON
internal import Foundation
internal import GRDB
internal import LogStore
public import Milestones

/// What the vault keeps for one event.
public struct SealedContent: Sendable, Equatable {
  /// The event's position.
  public let position: Int64
  /// The fields, in the order of their names. Each one's digest was computed from its bytes and is that of its row.
  public let fields: [DisclosedField]
  /// The digests of decoys, sorted.
  public let decoys: [String]
  /// The digests of rows that do not hash to them, or that hold no disclosure: somebody altered the vault. Sorted.
  public let damaged: [String]

  init(position: Int64, rows: [(digest: String, preimage: [UInt8], isDecoy: Bool)]) {
    self.position = position
    var fields: [DisclosedField] = []
    var decoys: [String] = []
    var damaged: [String] = []
    for row in rows {
      guard
        Disclosure(preimage: row.preimage, isDecoy: row.isDecoy).digest.utf8.elementsEqual(row.digest.utf8)
      else {
        damaged.append(row.digest)
        continue
      }
      if row.isDecoy {
        decoys.append(row.digest)
      } else if let field = try? DisclosedField(decoding: row.preimage) {
        fields.append(field)
      } else {
        damaged.append(row.digest)
      }
    }
    self.fields = fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    self.decoys = decoys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    self.damaged = damaged.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The field of a name; nil if it was not given, or is erased.
  public func field(_ name: String) -> DisclosedField? {
    fields.first { $0.name.utf8.elementsEqual(name.utf8) }
  }

  /// All digests that have a row, the damaged ones among them.
  public var digests: [String] { fields.map(\.digest) + decoys + damaged }

  /// Whether nothing is kept for the event: it seals nothing, or what it sealed is erased.
  public var isEmpty: Bool { fields.isEmpty && decoys.isEmpty && damaged.isEmpty }
}

extension Vault {
  private static let columns = "position, digest, preimage, decoy"

  /// What is kept for one event; empty if there is nothing.
  func content(at position: Int64) throws(VaultError) -> SealedContent {
    var contents: [SealedContent] = []
    try eachContent(from: position, below: position + 1) { contents.append($0) }
    return contents.first ?? SealedContent(position: position, rows: [])
  }

  /// Passes over what is kept, event by event in the order of their positions, all from one state of the vault and
  /// one event at a time in memory. Events for which nothing is kept are left out.
  ///
  /// - Parameters:
  ///   - first: the position to begin at.
  ///   - end: the position to end before: the size of the log. What stands past it has no event (yet).
  ///   - body: is given each content.
  /// - Throws: ``VaultError``.
  func eachContent(
    from first: Int64 = 0, below end: Int64, _ body: (SealedContent) -> Void
  ) throws(VaultError) {
    try read { database in
      let rows = try GRDB.Row.fetchCursor(
        database,
        sql:
          "SELECT \(Self.columns) FROM disclosure WHERE position >= ? AND position < ? ORDER BY position, digest",
        arguments: [first, end])
      var pending: [(digest: String, preimage: [UInt8], isDecoy: Bool)] = []
      var position: Int64?
      while let row = try rows.next() {
        let next: Int64 = row[0]
        if let position, position != next {
          body(SealedContent(position: position, rows: pending))
          pending = []
        }
        position = next
        pending.append((row[1], [UInt8](row[2] as Data), row[3]))
      }
      if let position { body(SealedContent(position: position, rows: pending)) }
    }
  }

  /// The sealed names of persons in events from a position on, up to the size of the log.
  func persons(from first: Int64, below end: Int64) throws(VaultError) -> [String] {
    try read { database in
      let rows = try Data.fetchCursor(
        database,
        sql: "SELECT preimage FROM disclosure WHERE \(Self.isPerson) AND position >= ? AND position < ?",
        arguments: [first, end])
      var names: [String] = []
      while let row = try rows.next() {
        guard let field = try? DisclosedField(decoding: [UInt8](row)), field.name == "person" else {
          continue
        }
        names += (field.value.array ?? [field.value]).compactMap(\.string)
      }
      return names
    }
  }

  /// Reads in one transaction.
  func read<Value>(_ body: (Database) throws -> Value) throws(VaultError) -> Value {
    do { return try queue.read(body) } catch { throw VaultError(error, path: path) }
  }
}

extension Ledger {
  /// What the vault of this machine keeps for one event.
  ///
  /// - Parameter position: the event's position.
  /// - Returns: the content; empty where there is none, or no vault at all.
  /// - Throws: ``LedgerError/vault(_:)``.
  public func sealedContent(at position: Int64) throws(LedgerError) -> SealedContent {
    guard hasVault else { return SealedContent(position: position, rows: []) }
    do { return try vault().content(at: position) } catch { throw LedgerError(error) }
  }

  /// Passes over what the vault of this machine keeps, event by event in the order of their positions. Nothing that
  /// has no event is among it.
  ///
  /// - Parameter body: is given each content. It must not write to the vault.
  /// - Throws: ``LedgerError``.
  public func eachSealedContent(_ body: (SealedContent) -> Void) throws(LedgerError) {
    guard hasVault else { return }
    do { try vault().eachContent(below: log.head().size, body) } catch { throw LedgerError(error) }
  }

  /// Whether there is a vault on this machine.
  public var hasVault: Bool { FileManager.default.fileExists(atPath: paths.vault) }
}
