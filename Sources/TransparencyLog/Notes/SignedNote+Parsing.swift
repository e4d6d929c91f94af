// Reading a signed note, strictly: what is read is what would be written.

extension SignedNote {
  /// Reads a note, whose signatures are still to be verified.
  ///
  /// Throws with the place in the bytes. Writing the note again gives the same bytes.
  public init(parsing bytes: [UInt8]) throws(FormatError) {
    try SignedNote.checkLength(bytes.count)
    try SignedNote.checkCharacters(bytes)
    guard bytes.last == UInt8(ascii: "\n") else {
      throw FormatError(
        .signedNote, .missingPart, offset: bytes.count, expected: "a line feed at the end",
        found: bytes.suffix(8))
    }
    guard let blankLine = SignedNote.lastBlankLine(in: bytes) else {
      throw FormatError(
        .signedNote, .missingPart, offset: bytes.count, expected: "a blank line before the signatures",
        found: "none")
    }
    guard blankLine < bytes.count - 1 else {
      throw FormatError(
        .signedNote, .missingPart, offset: bytes.count, expected: "a signature after the blank line",
        found: "the end")
    }
    var signatures: [NoteSignature] = []
    for line in bytes[(blankLine + 1)...].dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      guard signatures.count < LogLimits.noteSignaturesMax else {
        throw FormatError(
          .signedNote, .count, offset: line.startIndex,
          expected: "at most \(LogLimits.noteSignaturesMax) signatures", found: "more")
      }
      signatures.append(try SignedNote.parseSignature(line))
    }
    self.init(textBytes: Array(bytes[..<blankLine]), signatures: signatures)
  }

  // The index of the line feed that is a line by itself, the last such; the text ends right before it.
  private static func lastBlankLine(in bytes: [UInt8]) -> Int? {
    var index = bytes.count - 1
    while index > 0 {
      if bytes[index] == UInt8(ascii: "\n"), bytes[index - 1] == UInt8(ascii: "\n") { return index }
      index -= 1
    }
    return nil
  }

  private static func parseSignature(_ line: ArraySlice<UInt8>) throws(FormatError) -> NoteSignature {
    let prefix = Array("\u{2014} ".utf8)
    guard line.starts(with: prefix) else {
      throw FormatError(
        .signedNote, .syntax, offset: line.startIndex, expected: "an em dash and a space before a signature",
        found: line)
    }
    let rest = line.dropFirst(prefix.count)
    guard let space = rest.firstIndex(of: UInt8(ascii: " ")) else {
      throw FormatError(
        .signedNote, .missingPart, offset: rest.endIndex, expected: "a key name, a space and a signature",
        found: rest)
    }
    let name = rest[..<space]
    try KeyIdentity.checkName(name, of: .signedNote, offset: name.startIndex)
    let payload = rest[(space + 1)...]
    guard let bytes = Base64.decode(payload) else {
      throw FormatError(
        .signedNote, .base64, offset: payload.startIndex, expected: "base64 with padding", found: payload)
    }
    guard bytes.count > 4 else {
      throw FormatError(
        .signedNote, .length, offset: payload.startIndex, expected: "a key id of 4 bytes and a signature",
        found: "\(bytes.count) bytes")
    }
    let id = bytes.prefix(4).reduce(0 as UInt32) { $0 << 8 | UInt32($1) }
    let key = try KeyIdentity(name: String(decoding: name, as: UTF8.self), id: id)
    return try NoteSignature(key: key, bytes: Array(bytes.dropFirst(4)))
  }

  // What must hold for a text that is to be signed.
  static func checkText(_ text: [UInt8]) throws(FormatError) {
    try checkLength(text.count)
    try checkCharacters(text)
    guard text.last == UInt8(ascii: "\n") else {
      throw FormatError(
        .signedNote, .missingPart, offset: text.count, expected: "a line feed at the end of the text",
        found: text.suffix(8))
    }
  }

  static func checkLength(_ count: Int) throws(FormatError) {
    guard count <= LogLimits.noteLengthMaxBytes else {
      throw FormatError(
        .signedNote, .length, offset: LogLimits.noteLengthMaxBytes,
        expected: "at most \(LogLimits.noteLengthMaxBytes) bytes", found: "\(count)")
    }
  }

  private static func checkCharacters(_ bytes: [UInt8]) throws(FormatError) {
    if let offset = bytes.firstIndex(where: { $0 < 0x20 && $0 != UInt8(ascii: "\n") }) {
      throw FormatError(
        .signedNote, .encoding, offset: offset, expected: "no control character but the line feed",
        found: bytes[offset...offset])
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw FormatError(.signedNote, .encoding, expected: "UTF-8", found: "bytes that are not")
    }
  }
}
