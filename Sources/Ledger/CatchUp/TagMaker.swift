// Content tags of events that come back without them: the event is checked again, as if it had been entered now.

internal import CanonicalJSON
internal import EDTF
internal import LogStore
internal import Milestones
internal import OrderedCollections

/// Makes the content tags of events of which only the leaf is known.
///
/// What a client supplied can be read from the leaf where nothing of it was sealed. Whether it was read rightly shows
/// when the event is stamped again as it was stamped then: it must give the leaf, byte for byte. Every other event gets
/// a stand-in, which is the tag of no draft: those with sealed fields, those that the ledger itself appended, and those
/// that the vocabulary no longer reads as it did. Their ids stay taken, but entering one of them again is a conflict
/// and not "already there", and so nothing is ever sealed a second time.
struct TagMaker {
  let key: TagKey
  let checker: DraftChecker

  /// Makes tags.
  ///
  /// - Parameters:
  ///   - key: the ledger's own.
  ///   - vocabulary: the one in force where the events stand.
  init(key: TagKey, vocabulary: Vocabulary) {
    self.key = key
    checker = DraftChecker(vocabulary: vocabulary)
  }

  /// The tag of an event.
  ///
  /// - Parameters:
  ///   - view: the event.
  ///   - leaf: its bytes.
  /// - Returns: the tag that its draft had, or a stand-in.
  /// - Throws: ``LedgerError/key(path:reason:)``.
  func tag(of view: EventView, leaf: [UInt8]) throws(LedgerError) -> ContentTag {
    guard let event = checkedAgain(view, leaf) else { return key.standIn(for: leaf) }
    return key.tag(of: event)
  }

  private func checkedAgain(_ view: EventView, _ leaf: [UInt8]) -> CheckedEvent? {
    guard !view.isSealed, let recorded = view.recorded, let id = try? EventID(view.id),
      var draft = try? Draft(json: view.root)
    else { return nil }
    // A day that is that of recording was as a rule left out.
    if let type = checker.vocabulary.types[view.type], type.isDatedByRecording,
      view.occurred == recorded.day.description
    {
      draft = draft.replacing("occurred", by: nil)
    }
    guard let event = try? checker.check(draft).dated(recorded) else { return nil }
    let stamp = Stamp(
      id: id, recorded: recorded, recorder: view.recorder, origin: view.root["source"]?.string ?? "",
      schemaName: view.root["dataschema"]?.string)
    guard let stamped = try? event.stamped(stamp), stamped.leaf == leaf else { return nil }
    return event
  }
}
