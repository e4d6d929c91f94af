// The fields of an event that is checked in place, written in their stored form as they are checked.

internal import CanonicalJSON
internal import Codes
internal import EDTF

extension QuickCheck {
  // MARK: In clear

  /// Writes what stands in `data`, between its braces.
  func writeData(_ draft: QuickDraft, _ type: QuickType) throws(Unusual) -> WrittenData {
    let start = out.count
    var confidenceAt: Int?
    func begin(_ slot: QuickType.Slot) {
      if out.count > start { out.append(",") }
      out.append(slot.key)
    }
    for index in type.slots.indices {
      let slot = type.slots[index]
      let place = draft.places[index]
      let isGiven = place != QuickDraft.notGiven
      switch slot.role {
      case .envelope: continue
      case .field:
        guard let field = slot.field else { continue }
        if field.isRequired && !isGiven { throw Unusual() }
        guard isGiven, !field.isSealed else { continue }
        begin(slot)
        try write(field, draft.tape, place)
      case .confidence:
        let word = isGiven ? try draft.text(index) : nil
        guard let word, !word.equals(bytesOf: CommonFields.confidenceDefault) else {
          // No part of what was supplied, and part of what is stored.
          confidenceAt = out.count
          continue
        }
        guard CommonFields.confidences.contains(where: { word.equals(bytesOf: $0) }) else { throw Unusual() }
        begin(slot)
        out.append(quoted: word)
      case .text:
        guard isGiven else { continue }
        let text = try draft.text(index)
        if text.count > 200 && slot.name == "claim" { throw Unusual() }
        try values.requireText(text, isShown: true)
        begin(slot)
        out.append(quoted: text)
      case .effective:
        guard isGiven else { continue }
        let text = try draft.text(index)
        values.look(through: text)
        begin(slot)
        out.append(quoted: text)
      case .title:
        guard isGiven else { continue }
        begin(slot)
        try writeTitles(draft.tape, place)
      case .sources:
        guard isGiven else { continue }
        begin(slot)
        try writeSources(draft.tape, place)
      case .unsourced:
        let isUnsourced = try isUnsourced(draft, place)
        if type.isHidden { continue }
        if type.sources.map(draft.isGiven) == true {
          if isUnsourced { throw Unusual() }
        } else if isUnsourced {
          begin(slot)
          out.append("true")
        } else if !type.type.isAboutEvents {
          throw Unusual()
        }
      }
    }
    return WrittenData(range: start..<out.count, confidenceAt: confidenceAt)
  }

  private func isUnsourced(_ draft: QuickDraft, _ place: Int) throws(Unusual) -> Bool {
    guard place != QuickDraft.notGiven else { return false }
    guard let bool = draft.tape.bool(place) else { throw Unusual() }
    return bool
  }

  /// One title, which is the original, or an object of them by language.
  private func writeTitles(_ tape: JSONTape, _ place: Int) throws(Unusual) {
    if let text = tape.plainText(place) {
      try values.requireText(text, isShown: true)
      out.append("{\"original\":")
      out.append(quoted: text)
      return out.append("}")
    }
    guard tape.isObject(place) else { throw Unusual() }
    var titles: [(tag: ByteRun, text: ByteRun)] = []
    var hasOriginal = false
    var member = place + 1
    while member < tape.placeAfter(place) {
      guard let tag = tape.plainText(member), let text = tape.plainText(member + 1) else { throw Unusual() }
      try values.requireText(text, isShown: true)
      if tag.equals("original") { hasOriginal = true } else { try values.requireLanguage(tag) }
      titles.append((tag, text))
      member = tape.placeAfter(member + 1)
    }
    guard hasOriginal else { throw Unusual() }
    titles.sort { $0.tag.lexicographicallyPrecedes($1.tag) }
    out.append("{")
    for (index, title) in titles.enumerated() {
      if index > 0 { out.append(",") }
      out.append(quoted: title.tag)
      out.append(":")
      out.append(quoted: title.text)
    }
    out.append("}")
  }

  // MARK: Sources

  private func writeSources(_ tape: JSONTape, _ place: Int) throws(Unusual) {
    guard tape.isArray(place), !tape.isEmpty(place) else { throw Unusual() }
    out.append("[")
    var source = place + 1
    while source < tape.placeAfter(place) {
      if source > place + 1 { out.append(",") }
      try writeSource(tape, source)
      source = tape.placeAfter(source)
    }
    out.append("]")
  }

  private func writeSource(_ tape: JSONTape, _ place: Int) throws(Unusual) {
    guard tape.isObject(place) else { throw Unusual() }
    try withTypedTemporaryAllocation(count: values.sourceParts.count) { places throws(Unusual) in
      var member = place + 1
      while member < tape.placeAfter(place) {
        guard let name = tape.plainText(member), let part = values.sourceParts.indices[name] else {
          throw Unusual()
        }
        places[part] = member + 1
        member = tape.placeAfter(member + 1)
      }
      var isSaid = false
      out.append("{")
      var isFirst = true
      for index in 0..<places.count where places[index] != QuickDraft.notGiven {
        let part = values.sourceParts.parts[index]
        guard let text = tape.plainText(places[index]) else { throw Unusual() }
        switch part.kind {
        case .url: try values.requireURL(text)
        case .sha256: try values.requireSHA256(text)
        case .date: _ = try values.date(text)
        default: try values.requireText(text, isShown: true)
        }
        if part.saysWhat { isSaid = true }
        if !isFirst { out.append(",") }
        isFirst = false
        out.append(part.key)
        out.append(quoted: text)
      }
      out.append("}")
      if !isSaid { throw Unusual() }
    }
  }

  // MARK: Sealed

  /// Writes what is sealed, between its braces, and gives it by name.
  func writeSealed(
    _ draft: QuickDraft, _ type: QuickType, exact: EDTF
  ) throws(Unusual) -> [(name: String, value: JSONValue)] {
    guard type.type.canBePublic else { return [] }
    var sealed: [(name: String, value: JSONValue)] = []
    for index in type.slots.indices {
      guard let field = type.slots[index].field, field.isSealed else { continue }
      let place = draft.places[index]
      let isHiddenDate =
        place == QuickDraft.notGiven && type.isHidden && field.name == "date"
        && !values.yearOnly(exact).text.utf8.elementsEqual(exact.text.utf8)
      guard place != QuickDraft.notGiven || isHiddenDate else { continue }
      if !sealed.isEmpty { out.append(",") }
      out.append(type.slots[index].key)
      if isHiddenDate {
        out.append(quoting: exact.text)
        sealed.append((field.name, .string(exact.text)))
      } else {
        let start = out.count
        try write(field, draft.tape, place)
        guard let value = try? JSONValue(parsing: out.bytes(from: start)) else { throw Unusual() }
        sealed.append((field.name, value))
      }
    }
    return sealed
  }

  // MARK: Fields of the type

  private func write(_ field: QuickField, _ tape: JSONTape, _ place: Int) throws(Unusual) {
    guard tape.isArray(place) else {
      if field.isList { out.append("[") }
      try writeItem(field, tape, place)
      if field.isList { out.append("]") }
      return
    }
    guard field.isList, !tape.isEmpty(place) else { throw Unusual() }
    out.append("[")
    var item = place + 1
    while item < tape.placeAfter(place) {
      if item > place + 1 { out.append(",") }
      try writeItem(field, tape, item)
      item = tape.placeAfter(item)
    }
    out.append("]")
  }

  private func writeItem(_ field: QuickField, _ tape: JSONTape, _ place: Int) throws(Unusual) {
    switch field.kind {
    case .integer: return out.append(try wholeNumber(tape, place))
    case .quantity where tape.isInteger(place):
      return out.append(quoted: try wholeNumber(tape, place))
    case .boolean:
      guard let bool = tape.bool(place) else { throw Unusual() }
      return out.append(bool ? "true" : "false")
    default: break
    }
    guard let text = tape.plainText(place) else { throw Unusual() }
    switch field.kind {
    case .text: try values.requireText(text, isShown: field.isLookedThrough)
    case .choice: if field.words[text] == nil { throw Unusual() }
    case .date: _ = try values.date(text)
    case .country: return out.append(quoting: try values.country(text).code)
    case .institution: _ = try values.institution(text)
    case .party:
      guard text.contains(UInt8(ascii: "/")) else {
        return out.append(quoting: try values.country(text).code)
      }
      guard try values.institution(text).isInternational else { throw Unusual() }
    case .subject:
      try values.requireSubject(text, of: field.words)
      if field.isLookedThrough { values.look(through: text) }
    case .sha256: try values.requireSHA256(text)
    case .url:
      try values.requireURL(text)
      if field.isLookedThrough { values.look(through: text) }
    case .language: try values.requireLanguage(text)
    case .quantity: try values.requireQuantity(text)
    case .integer, .boolean, .event, .sources, .map: throw Unusual()
    }
    out.append(quoted: text)
  }

  /// The digits of a number that is not negative: as they stand they are canonical.
  private func wholeNumber(_ tape: JSONTape, _ place: Int) throws(Unusual) -> ByteRun {
    let digits = tape.written(place)
    guard tape.isInteger(place), digits.first != .hyphen else { throw Unusual() }
    return digits
  }
}

/// Room for places on the tape, on the stack. (The library's own function does not pass typed errors on.)
private func withTypedTemporaryAllocation(
  count: Int, _ body: (UnsafeMutableBufferPointer<Int>) throws(Unusual) -> Void
) throws(Unusual) {
  let result = withUnsafeTemporaryAllocation(of: Int.self, capacity: count) { places in
    places.initialize(repeating: QuickDraft.notGiven)
    do throws(Unusual) {
      try body(places)
      return true
    } catch { return false }
  }
  if !result { throw Unusual() }
}
