// From bytes to an expression: the whole text, intervals and sets. Single dates are read in EDTF+Parsing.swift.

extension Parser {
  /// Reads the whole text.
  mutating func expression() throws(Fault) -> Expression {
    guard !bytes.isEmpty else { throw Fault(reason: .empty, offset: 0) }
    guard bytes.count <= EDTF.lengthMaxBytes else {
      throw Fault(reason: .tooLong(lengthMaxBytes: EDTF.lengthMaxBytes), offset: EDTF.lengthMaxBytes)
    }
    if skip("[") { return try set(isChoice: true) }
    if skip("{") { return try set(isChoice: false) }

    let start = try side()
    guard skip("/") else {
      guard next == nil else { throw faultAtNext() }
      guard case .date(let date) = start else { throw Fault(reason: .dotsAlone, offset: 0) }
      return .date(date)
    }
    try refuseFormsForWholeTextsOnly(start.date)
    let end = try side()
    guard next == nil else {
      throw next == UInt8(ascii: "/") ? Fault(reason: .tooManySides, offset: position) : faultAtNext()
    }
    try refuseFormsForWholeTextsOnly(end.date)
    try checkInterval(start, end)
    return .interval(start: start, end: end)
  }

  /// Years with Y, E or S and times stand alone.
  private func refuseFormsForWholeTextsOnly(_ date: DateExpression?) throws(Fault) {
    guard let date else { return }
    guard !date.isYearOnlyForm else { throw Fault(reason: .yearStandsAlone, offset: date.offset) }
    if let time = date.time { throw Fault(reason: .timeNotAllowed, offset: time.offset) }
  }

  /// Reads `..` if it comes next.
  private mutating func skipDots() -> Bool {
    guard next == UInt8(ascii: "."), byte(at: position + 1) == UInt8(ascii: ".") else { return false }
    position += 2
    return true
  }
}

// MARK: - Intervals

extension Parser {
  private mutating func side() throws(Fault) -> Side {
    if next == nil || next == UInt8(ascii: "/") { return .unknown }
    return skipDots() ? .open : .date(try date())
  }

  private func checkInterval(_ start: Side, _ end: Side) throws(Fault) {
    switch (start, end) {
    case (.unknown, .unknown):
      throw Fault(reason: .intervalSaysNothing, offset: 0)
    case (.date(let start), .date(let end)) where start.firstDay > end.lastDay:
      throw Fault(reason: .endBeforeStart, offset: end.offset)
    default:
      return
    }
  }
}

// MARK: - Sets

extension Parser {
  /// Reads what follows the opening bracket, to the end of the text.
  private mutating func set(isChoice: Bool) throws(Fault) -> Expression {
    let closing: Unicode.Scalar = isChoice ? "]" : "}"
    var members: [SetMember] = []
    repeat {
      members.append(try member(isFirst: members.isEmpty))
    } while skip(",")
    guard skip(closing) else {
      let isEnd = next == nil || next == UInt8(ascii: "]") || next == UInt8(ascii: "}")
      throw isEnd
        ? Fault(reason: .setNotClosed(Character(closing)), offset: position) : faultAtNext()
    }
    guard next == nil else { throw faultAtNext() }
    if members.count == 1, case .date = members[0] {
      throw Fault(reason: .setOfOne, offset: 0)
    }
    return .set(isChoice: isChoice, members: members)
  }

  private mutating func member(isFirst: Bool) throws(Fault) -> SetMember {
    let offset = position
    if skipDots() {
      guard isFirst else { throw Fault(reason: .openRangeInside, offset: offset) }
      return .range(from: nil, through: try memberDate(isInRange: true))
    }
    let from = try memberDate(isInRange: false)
    let dotsOffset = position
    guard skipDots() else { return .date(from) }
    try refuseUnspecified(from)
    if next == UInt8(ascii: ",") {
      throw Fault(reason: .openRangeInside, offset: dotsOffset)
    }
    if next == nil || next == UInt8(ascii: "]") || next == UInt8(ascii: "}") {
      return .range(from: from, through: nil)
    }
    let through = try memberDate(isInRange: true)
    guard from.precision == through.precision else {
      throw Fault(reason: .rangePrecision, offset: through.offset)
    }
    guard from.firstDay <= through.firstDay else {
      throw Fault(reason: .endBeforeStart, offset: through.offset)
    }
    return .range(from: from, through: through)
  }

  private mutating func memberDate(isInRange: Bool) throws(Fault) -> DateExpression {
    switch next {
    case nil, UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}"):
      throw Fault(reason: .memberMissing, offset: position)
    default:
      break
    }
    let date = try date()
    try refuseFormsForWholeTextsOnly(date)
    if isInRange { try refuseUnspecified(date) }
    return date
  }

  /// A range runs over all values between its ends, so its ends are values.
  private func refuseUnspecified(_ date: DateExpression) throws(Fault) {
    guard !date.hasUnspecifiedDigits else { throw Fault(reason: .rangeUnspecified, offset: date.offset) }
  }
}
