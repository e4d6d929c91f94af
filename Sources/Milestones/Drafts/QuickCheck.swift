// Checks events in place, many after another: the way that nearly all lines of an import go.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import OrderedCollections

/// Checks drafts as ``DraftChecker`` does, in a fraction of the time.
///
/// A draft that is read from JSON, flat, and right in the plainest way is checked in the bytes of its line, and what the
/// log will show of it is written once, from these bytes, for content tag and leaf. Whatever is wrong or unusual (other
/// names for fields, escapes, numbers as text, links, `seal` and `public`, events about events) gives nil, and
/// ``DraftChecker`` looks at it and finds the words. So there are no messages here, and no second opinion: tests hold
/// what it accepts against the other, to the byte.
///
/// It keeps tables of the types, and of the dates and institutions met last. To be used by one thread.
package final class QuickCheck {
  /// The vocabulary in force.
  package let vocabulary: Vocabulary
  @exclusivity(unchecked) private var types = ByteTable<QuickType?>()
  let values: QuickValues
  /// What the client supplied, as it is put together. (Nobody else can touch it while it is; to have that looked at each
  /// time that a piece is put in costs more than the piece.)
  @exclusivity(unchecked) var out = ByteSink()

  /// Makes a check.
  package init(vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    values = QuickValues(vocabulary: vocabulary)
  }

  /// Checks a draft.
  ///
  /// - Parameter draft: what the client supplied.
  /// - Returns: what ``DraftChecker/check(_:)`` returns; nil for what has to go the ordinary way, be it right or wrong.
  package func check(_ draft: Draft) -> CheckedEvent? {
    draft.json?.withTape { tape, place in
      guard let type = type(tape, place) else { return nil }
      return withUnsafeTemporaryAllocation(of: Int.self, capacity: type.slots.count) { places in
        places.initialize(repeating: QuickDraft.notGiven)
        var member = place + 1
        let end = tape.placeAfter(place)
        while member < end {
          guard let name = tape.plainText(member), let slot = type.indices[name] else { return nil }
          places[slot] = member + 1
          member = tape.placeAfter(member + 1)
        }
        return try? check(QuickDraft(tape: tape, places: places), type)
      }
    }
  }

  /// The type of a draft; nil if its events are not checked here.
  private func type(_ tape: JSONTape, _ place: Int) -> QuickType? {
    guard tape.isObject(place) else { return nil }
    var member = place + 1
    let end = tape.placeAfter(place)
    while member < end {
      if tape.plainText(member)?.equals("type") == true {
        guard let name = tape.plainText(member + 1) else { return nil }
        if let known = types[name] { return known }
        guard let type = vocabulary.types[name.string], name.equals(bytesOf: type.name) else { return nil }
        let made = QuickType(type, vocabulary: vocabulary)
        types.insert(name, made)
        return made
      }
      member = tape.placeAfter(member + 1)
    }
    return nil
  }

  private func check(_ draft: QuickDraft, _ type: QuickType) throws(Unusual) -> CheckedEvent {
    // Dates first: the codes of countries must hold on them.
    let exact = try values.date(draft.text(type.occurred))
    let effective = try draft.isGiven(type.effective) ? values.date(draft.text(type.effective)) : nil
    values.begin(on: exact)
    if type.isHidden { try refuseTelltale(draft, type) }
    let country: Place? =
      if let slot = type.country, draft.isGiven(slot) { try values.country(draft.text(slot)) } else { nil }
    let institution =
      try draft.isGiven(type.institution) ? values.institution(draft.text(type.institution)) : nil
    let subject = try type.isHidden ? nil : values.subject(draft.text(type.subject), of: type.kinds)
    let id = try draft.isGiven(type.id) ? values.id(draft.text(type.id)) : nil
    let recorder = try draft.isGiven(type.recorder) ? draft.text(type.recorder) : nil
    if let recorder {
      try values.requireText(recorder)
      if recorder.count > 100 { throw Unusual() }
    }
    for fields in type.partyFields where !fields.contains(where: draft.isGiven) { throw Unusual() }

    // Its keys stand in the order of RFC 8785.
    out.clear()
    out.append("{")
    if let country {
      out.append("\"country\":")
      out.append(quoting: country.code)
      out.append(",")
    }
    out.append("\"data\":{")
    let clear = try writeData(draft, type)
    out.append("}")
    if let institution {
      out.append(",\"institution\":")
      out.append(quoting: institution.text)
    }
    out.append(",\"occurred\":")
    out.append(quoting: exact.text)
    out.append(",\"sealed\":{")
    let sealed = try writeSealed(draft, type, exact: exact)
    out.append("}")
    if let subject {
      out.append(",\"subject\":")
      out.append(quoting: subject.text)
    }
    out.append(type.end)
    return CheckedEvent(
      type: type.type, id: id, subject: subject,
      occurred: type.isHidden ? values.yearOnly(exact) : exact, effective: effective, country: country,
      institution: institution, recorder: recorder?.string, clear: .written(clear), sealed: sealed,
      digestCount: type.type.sealableFields.count, suppliedBytes: out.bytes,
      mayHoldContacts: values.mayHoldContacts)
  }

  /// A sealed testimony shows its campaign, channel and year; the subject is made by the ledger.
  private func refuseTelltale(_ draft: QuickDraft, _ type: QuickType) throws(Unusual) {
    for (index, slot) in type.slots.enumerated() where draft.isGiven(index) {
      switch slot.role {
      case .field, .confidence, .unsourced: continue
      case .envelope where index != type.subject && index != type.institution: continue
      default: throw Unusual()
      }
    }
  }
}

/// Something that is wrong, or that only the ordinary check knows how to read.
struct Unusual: Error {}

/// A draft that is checked in place: the places on the tape of what is given, by slot.
struct QuickDraft {
  static let notGiven = -1

  let tape: JSONTape
  let places: UnsafeMutableBufferPointer<Int>

  func isGiven(_ slot: Int) -> Bool { places[slot] != Self.notGiven }

  /// The text given in a slot.
  func text(_ slot: Int) throws(Unusual) -> ByteRun {
    guard isGiven(slot), let text = tape.plainText(places[slot]) else { throw Unusual() }
    return text
  }
}
