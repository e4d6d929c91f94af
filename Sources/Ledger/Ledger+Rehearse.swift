// What an append would come to, without appending: for --dry-run.

internal import LogStore
public import Milestones

extension Ledger {
  /// Looks whether an event could be appended as things stand. Another writer may change that before it is.
  ///
  /// - Parameters:
  ///   - event: the checked event.
  ///   - expectedVersion: how many events of the subject the writer has seen; nil for any number.
  ///   - gate: what to do if it would show personal data of somebody who testifies.
  /// - Returns: the position of the same event, if it stands in the log already.
  /// - Throws: ``LedgerError`` as an append would, but for what only writing can tell.
  public func rehearse(_ event: CheckedEvent, expectedVersion: Int64? = nil, gate: GateRule = .refuse)
    throws(LedgerError) -> Int64?
  {
    let tagKey = try tagKey()
    var event = event
    if event.id == nil && !event.sealed.isEmpty && !isReadOnly {
      event = try asErased(event, among: erasedDrafts(), tagKey: tagKey)
    }
    let batch = Batch(events: [event], expected: [expectedVersion], tagKey: tagKey, clock: clock)
    if gate == .refuse { try requirePassing(event, batch.proposals[0]) }
    do {
      try requireNotRolledBack(log.head())
      if let position = try log.find(batch.proposals[0].key),
        let stored = try log.read(from: position, limit: 1).first
      {
        guard stored.tag == batch.proposals[0].tag else {
          throw LedgerError.idReused(id: batch.ids[0].text, position: position)
        }
        return position
      }
      if let expectedVersion, let subject = event.subject {
        let actual = try log.version(ofSubject: subject.text)
        guard actual == expectedVersion else {
          throw LedgerError.unexpectedVersion(
            subject: subject.text, expected: expectedVersion, actual: actual)
        }
      }
      let recorded = RecordedTime(milliseconds: clock())
      // For its length alone; what it seals is thrown away.
      _ = try event.dated(recorded).stamped(
        Stamp(
          id: batch.ids[0], recorded: recorded, recorder: event.recorder ?? "", origin: origin,
          schemaName: vocabulary.schemaName))
    } catch { throw LedgerError(error) }
    return nil
  }
}
