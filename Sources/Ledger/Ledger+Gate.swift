// The gate before the log, with the names that the vault knows.

internal import LogStore
public import Milestones
internal import Synchronization

/// What the gate does with an event that would show personal data.
public enum GateRule: Sendable, Equatable {
  /// Refuses it.
  case refuse
  /// Lets it pass: the archivist says that it is meant, as for a public figure.
  case pass
}

/// A gate that is kept, and what it knows.
struct KeptGate: Sendable {
  /// The vocabulary that it was made by.
  let vocabularyDigest: String
  var gate: Gate
  /// The names sealed in events under this position are known to it.
  var below: Int64
}

extension Ledger {
  /// What of an event looks like personal data and would stand in clear, whether or not it is refused for it.
  ///
  /// - Parameter event: the event.
  /// - Returns: fields and kinds of data, never values; and whether an append refuses the event for them.
  /// - Throws: ``LedgerError``.
  public func personalData(in event: CheckedEvent) throws(LedgerError) -> (
    findings: [Gate.Finding], isRefused: Bool
  ) {
    var gate = try gate(for: event)
    let findings = gate.findings(in: event)
    return (findings, gate.isGuarded(event) && !findings.isEmpty)
  }

  /// Passes if an event may stand in the log as it is, or stands there already.
  ///
  /// - Throws: ``LedgerError/draft(_:)`` with field and kind of what was found.
  func requirePassing(_ event: CheckedEvent, _ proposal: Proposal) throws(LedgerError) {
    var gate = try gate(for: event)
    guard let refusal = gate.refusal(of: event), try !isRecorded(proposal) else { return }
    throw .draft(refusal)
  }

  /// Whether the same draft stands in the log under the same id: nothing new would be shown.
  func isRecorded(_ proposal: Proposal) throws(LedgerError) -> Bool {
    do {
      guard let position = try log.find(proposal.key) else { return false }
      return try log.read(from: position, limit: 1).first?.tag == proposal.tag
    } catch { throw .log(error) }
  }

  /// The gate, with the names that are sealed in the vault of this machine if the event concerns a person. These are
  /// read once; afterwards only what was added since.
  func gate(for event: CheckedEvent) throws(LedgerError) -> Gate {
    let vocabulary = vocabulary
    let kept = gateKept.withLock { kept in
      if let kept, kept.vocabularyDigest == vocabulary.digest { return kept }
      let made = KeptGate(vocabularyDigest: vocabulary.digest, gate: Gate(vocabulary: vocabulary), below: 0)
      kept = made
      return made
    }
    guard kept.gate.isGuarded(event), hasVault else { return kept.gate }
    let size = try head().size
    guard kept.below < size else { return kept.gate }
    let names: [String]
    do { names = try vault().persons(from: kept.below, below: size) } catch { throw LedgerError(error) }
    return gateKept.withLock { known in
      var next = kept
      // Let go of what the lock holds first, so that the names are not copied.
      if known?.below == kept.below { known = nil }
      next.gate.add(names)
      next.below = size
      known = next
      return next.gate
    }
  }
}
