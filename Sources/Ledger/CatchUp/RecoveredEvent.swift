// An event that comes back from a copy, ready to be appended as it was.

internal import EDTF
internal import LogStore
internal import Milestones

/// An event of a copy with all that the log keeps beside its bytes, read from the bytes themselves.
struct RecoveredEvent {
  let proposal: Proposal
  let leaf: Leaf
  /// The digests of its sealed fields, decoys too.
  let digests: [String]

  /// Reads an event.
  ///
  /// - Parameters:
  ///   - event: as the copy gives it.
  ///   - position: where it is to stand.
  ///   - tags: makes its tag where the copy does not know it.
  /// - Throws: ``LedgerError/catchUp(_:)`` if it is no event, or its tag cannot be had.
  init(_ event: SourceEvent, position: Int64, tags: TagMaker?) throws(LedgerError) {
    func unreadable(_ reason: String) -> LedgerError {
      .catchUp(.damaged(path: "position \(position)", reason: reason))
    }
    let view: EventView
    let key: EventKey?
    let date: EDTF
    do {
      view = try EventView(leaf: event.leaf)
      key = EventKey(bytes: try EventID(view.id).key)
      date = try EDTF(view.effective ?? view.occurred)
    } catch { throw unreadable("\(error)") }
    guard let key, let recorded = view.recorded else {
      throw unreadable("it has no id, or no time of recording")
    }
    var tag = event.tag
    if tag == nil { tag = try tags?.tag(of: view, leaf: event.leaf) }
    guard let tag else { throw unreadable("its content tag is not known") }
    proposal = Proposal(key: key, tag: tag, subject: view.subject)
    leaf = Leaf(
      bytes: event.leaf, subject: view.subject, country: view.country, institution: view.institution,
      earliestDay: date.earliest.dayNumber, latestDay: date.latest.dayNumber,
      recordedMilliseconds: recorded.milliseconds)
    digests = view.texts("_sd")
  }
}
