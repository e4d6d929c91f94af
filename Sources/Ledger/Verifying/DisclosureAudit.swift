// The vault against the log: each digest is present, erased, withheld, or missing, and nothing else lies there.

internal import Foundation
internal import GRDB
internal import LogStore
internal import Milestones
internal import TransparencyLog

/// What became of what digests in a log stand for, decoys among them.
public struct DisclosureCounts: Sendable, Equatable {
  /// It lies in the vault and hashes to its digest.
  public var present: Int64 = 0
  /// The log tells that it was erased.
  public var erased: Int64 = 0
  /// There is no vault here.
  public var withheld: Int64 = 0
  /// It is gone, and no event tells why.
  public var missing: Int64 = 0

  /// Counts of nothing.
  public init() {}

  init(present: Int64 = 0, erased: Int64 = 0, withheld: Int64 = 0, missing: Int64 = 0) {
    (self.present, self.erased, self.withheld, self.missing) = (present, erased, withheld, missing)
  }
}

/// Holds a vault to a log, event by event.
///
/// The vault's rows are read once beside the events, since both stand in the order of positions. Kept in memory is only
/// what differs and what was erased.
final class DisclosureAudit {
  /// How many failures are told at most.
  private static let failuresMax = 100

  private let file: String
  private let next: () throws -> Row?
  private var row: Row?
  /// Digests that have no disclosure, with their positions.
  private var absent: [(digest: String, position: Int64)] = []
  /// Those of which the disclosure is there.
  private var presentCount: Int64 = 0
  private var digestCount: Int64 = 0
  private var erased: Set<String> = []
  private var failures: [VerificationFailure] = []
  private let hasVault: Bool

  /// A row of the vault.
  private struct Row {
    let position: Int64
    let digest: String
    let preimage: [UInt8]
    let isDecoy: Bool
  }

  /// Runs `body` with an audit of the vault, or with one of a log without a vault.
  ///
  /// - Parameters:
  ///   - vault: the vault's file; nil, or a path where there is none, if there is no vault.
  ///   - body: hands every event over, in the order of positions.
  /// - Returns: what was found.
  /// - Throws: `VaultError`, or what `body` throws.
  static func run(
    _ vault: String?, _ body: (DisclosureAudit) throws -> Void
  ) throws -> (counts: DisclosureCounts, failures: [VerificationFailure]) {
    guard let path = vault, FileManager.default.fileExists(atPath: path) else {
      let audit = DisclosureAudit(file: "vault.db", hasVault: false) { nil }
      try body(audit)
      return (audit.counts, [])
    }
    let file = URL(fileURLWithPath: path).lastPathComponent
    do {
      let vault = try Vault(path: path, busyTimeoutMilliseconds: Ledger.busyTimeoutMillisecondsDefault)
      let result = try vault.reading { database in
        Result { try run(file: file, database, body) }
      }
      return try result.get()
    } catch VaultError.notAVault {
      let failure = VerificationFailure(.malformedFile, file: file, detail: "is no vault of this version")
      return (DisclosureCounts(), [failure])
    }
  }

  private static func run(
    file: String, _ database: Database, _ body: (DisclosureAudit) throws -> Void
  ) throws -> (counts: DisclosureCounts, failures: [VerificationFailure]) {
    let columns = "SELECT position, digest, preimage, decoy FROM disclosure ORDER BY position, digest"
    let cursor = try GRDB.Row.fetchCursor(database, sql: columns)
    let audit = DisclosureAudit(file: file, hasVault: true) {
      try cursor.next().map { row in
        Row(
          position: row["position"], digest: row["digest"], preimage: [UInt8](row["preimage"] as Data),
          isDecoy: row["decoy"])
      }
    }
    audit.row = try audit.next()
    try body(audit)
    // What lies behind the log belongs to an append under way, or is swept on the next opening.
    try audit.findKept(database)
    return (audit.counts, audit.sortedFailures)
  }

  private init(file: String, hasVault: Bool, next: @escaping () throws -> Row?) {
    self.file = file
    self.hasVault = hasVault
    self.next = next
  }

  /// Takes the next event.
  func take(_ event: EventView, at position: Int64) throws {
    if event.type == LedgerEvents.erasedType { erased.formUnion(event.texts("digests")) }
    let digests = event.isSealed ? event.texts("_sd") : []
    digestCount += Int64(digests.count)
    guard hasVault else { return }
    var left = Set(digests)
    while let row, row.position <= position {
      if row.position == position, left.remove(row.digest) != nil {
        presentCount += 1
        if Disclosure(preimage: row.preimage, isDecoy: row.isDecoy).digest != row.digest {
          fail(.alteredDisclosure, row.position, "what lies there for \(row.digest) has another digest")
        }
      } else {
        fail(.strayDisclosure, row.position, "no digest of the event stands for what lies there")
      }
      self.row = try next()
    }
    for digest in left { absent.append((digest, position)) }
  }

  /// Takes erasures that were recorded after the last event that was handed over: the vault may be ahead of the log as
  /// it was read.
  func takeErasures(_ digests: [String]) { erased.formUnion(digests) }

  /// Whether something is absent that no erasure names.
  var hasMissing: Bool { absent.contains { !erased.contains($0.digest) } }

  /// Finds disclosures that are there though the log tells that they are gone.
  private func findKept(_ database: Database) throws {
    guard !erased.isEmpty else { return }
    let rows = try GRDB.Row.fetchCursor(
      database, sql: "SELECT position, digest FROM disclosure ORDER BY position, digest")
    while let row = try rows.next() {
      guard erased.contains(row["digest"]) else { continue }
      presentCount -= 1
      keptCount += 1
      fail(
        .keptDisclosure, row["position"],
        "what the log tells is erased lies there still: the vault was put back from an old copy, or an erasure was cut off; the next command that opens the ledger removes it"
      )
    }
  }

  private var keptCount: Int64 = 0

  private var missing: [(digest: String, position: Int64)] {
    absent.filter { !erased.contains($0.digest) }
  }

  private var counts: DisclosureCounts {
    guard hasVault else {
      let gone = min(digestCount, Int64(erased.count))
      return DisclosureCounts(erased: gone, withheld: digestCount - gone)
    }
    let missing = Int64(missing.count)
    return DisclosureCounts(
      present: presentCount, erased: Int64(absent.count) - missing + keptCount, missing: missing)
  }

  private var sortedFailures: [VerificationFailure] {
    var failures = failures
    for (position, digests) in Dictionary(grouping: missing, by: \.position).sorted(by: { $0.key < $1.key })
      .prefix(Self.failuresMax)
    {
      failures.append(
        VerificationFailure(
          .missingDisclosure, position: UInt64(position), file: file,
          detail:
            "\(digests.count) disclosures of the event are gone, and no event tells that they were erased; put the vault back from its backup"
        ))
    }
    return failures.sorted { $0.position ?? 0 < $1.position ?? 0 }
  }

  private func fail(_ kind: VerificationFailure.Kind, _ position: Int64, _ detail: String) {
    guard failures.count < Self.failuresMax else { return }
    failures.append(
      VerificationFailure(kind, position: UInt64(max(0, position)), file: file, detail: detail))
  }
}
