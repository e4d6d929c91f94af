// Signed notes: those of others, and what ours must keep to.

import Testing
import TransparencyLog

struct SignedNoteTests {
  struct Example: Decodable {
    let name: String
    let note_b64: String
    let vkeys: [String]
    let valid: Bool
    let verified_count: Int?
    let unverified_count: Int?
  }

  private func kind(_ text: String) -> FormatError.Kind? {
    failure { () throws(FormatError) in _ = try SignedNote(parsing: Array(text.utf8)) }?.kind
  }

  @Test("Each note of the vectors is accepted or refused as they say")
  func vectors() throws {
    let examples = try Vectors.decode([Example].self, from: "signed-note/notes.json")
    #expect(examples.count == 18)
    for example in examples {
      let bytes = try #require(decoded(base64: example.note_b64), "\(example.name)")
      let keys = try example.vkeys.map { try VerifierKey(parsing: $0) }
      do {
        let note = try SignedNote(parsing: bytes)
        let verification = try note.verify(with: keys)
        #expect(example.valid, "\(example.name)")
        #expect(verification.verified.count == example.verified_count, "\(example.name)")
        // The vectors drop a signature that is there twice.
        #expect(Set(verification.ignored).count == example.unverified_count, "\(example.name)")
        #expect(try note.serialized() == bytes, "\(example.name)")
      } catch {
        #expect(!example.valid, "\(example.name): \(error)")
      }
    }
  }

  @Test("Notes of the vectors are refused for the right reason")
  func reasons() throws {
    let examples = try Vectors.decode([Example].self, from: "signed-note/notes.json")
    func error(_ name: String) throws -> NoteError? {
      let example = try #require(examples.first { $0.name == name })
      let bytes = try #require(decoded(base64: example.note_b64))
      let keys = try example.vkeys.map { try VerifierKey(parsing: $0) }
      return failure { () throws(NoteError) in
        let note: SignedNote
        do throws(FormatError) {
          note = try SignedNote(parsing: bytes)
        } catch {
          throw NoteError.malformed(error)
        }
        _ = try note.verify(with: keys)
      }
    }
    func formatKind(_ name: String) throws -> FormatError.Kind? {
      guard case .malformed(let error) = try error(name) else { return nil }
      return error.kind
    }
    #expect(try error("no known key")?.caseName == "unknown")
    #expect(try error("misnamed key")?.caseName == "unknown")
    #expect(try error("wrong key id")?.caseName == "unknown")
    #expect(try error("known key, bad signature")?.caseName == "invalid")
    #expect(try formatKind("101 signatures") == .count)
    #expect(try formatKind("text only") == .missingPart)
    #expect(try formatKind("text and blank only") == .missingPart)
    #expect(try formatKind("missing final newline") == .missingPart)
    #expect(try formatKind("control char") == .encoding)
    #expect(try formatKind("invalid utf8") == .encoding)
    #expect(try formatKind("trailing junk line") == .syntax)
  }

  @Test("The text may hold blank lines and lines like signatures: the last blank line ends it")
  func blankLines() throws {
    let signer = try Keys.signer()
    for text in ["a\n\nb\n", "\n", "\n\n", "a\n\n", "\u{2014} x y\n", "a\n\n\u{2014} x AAAAAAAA\n"] {
      var note = try SignedNote(text: text)
      try note.sign(with: signer)
      let read = try SignedNote(parsing: note.serialized())
      #expect(read == note)
      #expect(read.text == text)
      #expect(try read.verify(with: [signer.verifierKey]).verified == [signer.identity])
    }
  }

  @Test("Up to 100 signatures are read and written, not one more, and none is none")
  func signatureCounts() throws {
    var note = try SignedNote(text: "text\n")
    #expect(failure { () throws(FormatError) in _ = try note.serialized() }?.kind == .count)
    let identity = try KeyIdentity(name: "n", id: 1)
    for number in 0..<100 {
      try note.add(NoteSignature(key: identity, bytes: [UInt8(number)]))
    }
    let bytes = try note.serialized()
    #expect(try SignedNote(parsing: bytes) == note)
    let extra = try NoteSignature(key: identity, bytes: [1])
    #expect(failure { () throws(FormatError) in try note.add(extra) }?.kind == .count)
    #expect(kind(String(decoding: bytes, as: UTF8.self) + extra.line + "\n") == .count)
  }

  @Test("A megabyte is read, a byte more is not")
  func lengths() throws {
    let signer = try Keys.signer()
    var short = try SignedNote(text: "t\n")
    try short.sign(with: signer)
    let overhead = try short.serialized().count - 2
    for (length, isFine) in [(1_000_000, true), (1_000_001, false)] {
      var note = try SignedNote(text: String(repeating: "t", count: length - overhead - 1) + "\n")
      try note.sign(with: signer)
      #expect((failure { () throws(FormatError) in _ = try note.serialized() } == nil) == isFine)
    }
    let long = String(repeating: "t", count: 1_000_001)
    #expect(kind(long) == .length)
    #expect(failure { () throws(FormatError) in _ = try SignedNote(text: long + "\n") }?.kind == .length)
  }

  @Test("A known key that is wrong once refuses the note, even after a genuine signature of it")
  func wrongOnce() throws {
    let (log, witness) = (try Keys.signer(), try Keys.signer(name: "witness", seedByte: 2))
    var note = try SignedNote(text: "text\n")
    try note.sign(with: log)
    try note.sign(with: witness)
    let wrong = try log.signature(forNoteText: Array("other\n".utf8))
    try note.add(NoteSignature(key: log.identity, bytes: wrong))
    let keys = [log.verifierKey, witness.verifierKey]
    #expect(
      failure { () throws(NoteError) in _ = try note.verify(with: keys) }
        == .invalidSignature(key: log.identity))
    // To those who do not know the log's key, its signatures say nothing.
    #expect(try note.verify(with: [witness.verifierKey]).ignored.count == 2)
  }

  @Test("Two verifiers for one name and id are refused, whichever would fit")
  func ambiguity() throws {
    struct Anything: NoteVerifying {
      let identity: KeyIdentity
      func isValid(signature: [UInt8], forNoteText text: [UInt8]) -> Bool { true }
    }
    let signer = try Keys.signer()
    var note = try SignedNote(text: "text\n")
    try note.sign(with: signer)
    #expect(
      failure { () throws(NoteError) in
        _ = try note.verify(with: [signer.verifierKey, Anything(identity: signer.identity)])
      } == .ambiguousKey(signer.identity))
  }

  @Test("Signatures of other types are verified by those who know them, and are ignored by the others")
  func otherTypes() throws {
    // A stand-in for a cosignature: eight bytes of time, then a signature over another message.
    struct Cosigner: NoteVerifying {
      let identity: KeyIdentity
      let key: VerifierKey
      func isValid(signature: [UInt8], forNoteText text: [UInt8]) -> Bool {
        guard signature.count == 72 else { return false }
        return key.isValid(signature: Array(signature[8...]), forNoteText: Array(signature[..<8]) + text)
      }
    }
    let signer = try Keys.signer(name: "witness", seedByte: 3)
    let key = signer.verifierKey
    let identity = try KeyIdentity(name: "witness", type: 0x04, publicKey: key.publicKey)
    #expect(identity != key.identity)
    var note = try SignedNote(text: "text\n")
    try note.sign(with: Keys.signer())
    let time: [UInt8] = [0, 0, 0, 0, 1, 2, 3, 4]
    let cosignature = try signer.signature(forNoteText: time + note.textBytes)
    try note.add(NoteSignature(key: identity, bytes: time + cosignature))
    let read = try SignedNote(parsing: note.serialized())
    #expect(try read.verify(with: [Cosigner(identity: identity, key: key)]).verified == [identity])
    #expect(try read.verify(with: [Keys.signer().verifierKey]).ignored.map(\.key) == [identity])
  }

  @Test(
    "Texts that no note can hold are refused", arguments: ["", "a", "a\r\n", "a\tb\n", "\u{0}\n", "\u{1F}\n"])
  func badTexts(text: String) {
    #expect(failure { () throws(FormatError) in _ = try SignedNote(text: text) } != nil)
  }

  @Test("Signature lines in any other form are refused")
  func badLines() {
    let good = "\u{2014} name AAAAAQI="
    #expect(kind("t\n\n\(good)\n") == nil)
    let bad: [(String, FormatError.Kind)] = [
      ("- name AAAAAQI=", .syntax), ("\u{2014}name AAAAAQI=", .syntax), (" \(good)", .syntax),
      ("\u{2014}  name AAAAAQI=", .name), ("\u{2014} name", .missingPart), ("\u{2014} name ", .length),
      ("\u{2014} name AAAAAA==", .length), ("\u{2014} name AAAA", .length),
      ("\u{2014} name AAAAAQJ=", .base64),
      ("\u{2014} name AAAAAQI", .base64), ("\u{2014} name AAAAAQI= ", .base64),
      ("\u{2014} name  AAAAAQI=", .base64), ("\u{2014} name AAAA_QI=", .base64),
      ("\u{2014} na+me AAAAAQI=", .name),
      ("\u{2014} na\u{2003}me AAAAAQI=", .name), ("\u{2014}  AAAAAQI=", .name),
    ]
    for (line, expected) in bad { #expect(kind("t\n\n\(line)\n") == expected, "\(line)") }
    #expect(kind("t\n\(good)\n") == .missingPart)
    #expect(kind("\n\(good)\n") == .missingPart)
    #expect(kind("t\n\n\(good)\n\n") == .missingPart)
    #expect(kind("t\n\n\(good)\n\(good)") == .missingPart)
    #expect(kind("") == .missingPart)
  }
}
