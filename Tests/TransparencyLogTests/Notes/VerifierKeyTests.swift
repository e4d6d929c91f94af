// Verifier keys and the signer behind them.

import Testing
import TransparencyLog

struct VerifierKeyTests {
  struct KeySet: Decodable {
    struct Signed: Decodable {
      let text: String
      let note: String
    }

    let signer_keys_test_only: [String]
    let expected_sign: Signed
    let vkeys_ok: [String]
    let vkeys_bad: [String]
  }

  private static func keySet() throws -> KeySet {
    try Vectors.decode(KeySet.self, from: "signed-note/keys.json")
  }

  private func kind(_ text: String) -> FormatError.Kind? {
    failure { () throws(FormatError) in _ = try VerifierKey(parsing: text) }?.kind
  }

  @Test("The keys of the vectors are read, and written as they were")
  func goodKeys() throws {
    let keys = try Self.keySet().vkeys_ok
    #expect(keys.count == 4)
    for text in keys {
      let key = try VerifierKey(parsing: text)
      #expect(key.text == text)
      #expect(try VerifierKey(name: key.identity.name, ed25519PublicKey: key.publicKey) == key)
    }
  }

  @Test("The bad keys of the vectors are refused")
  func badKeys() throws {
    let keys = try Self.keySet().vkeys_bad
    #expect(keys.count == 5)
    for text in keys { #expect(kind(text) != nil, "\(text)") }
    #expect(keys.map { kind($0) } == [.base64, .base64, .unsupportedType, .missingPart, .base64])
  }

  @Test("Every part of a key, and a key with any byte raised by one, is refused")
  func mangledKeys() throws {
    let text = Array(try #require(Self.keySet().vkeys_ok.first).utf8)
    var refused = 0
    for start in text.indices {
      for end in start...text.count where end - start < text.count {
        if kind(String(decoding: text[start..<end], as: UTF8.self)) != nil { refused += 1 }
      }
    }
    #expect(refused == text.count * (text.count + 1) / 2 + text.count - 1)
    for index in text.indices {
      var raised = text
      raised[index] += 1
      #expect(kind(String(decoding: raised, as: UTF8.self)) != nil, "byte \(index)")
    }
  }

  @Test("Every single bit of a key matters")
  func bitFlips() throws {
    let text = Array(try #require(Self.keySet().vkeys_ok.first).utf8)
    let refused = (0..<(text.count * 8)).count { bit in
      guard let changed = String(validating: text.flipping(bit: bit), as: UTF8.self) else { return true }
      return kind(changed) != nil
    }
    #expect(refused == text.count * 8)
  }

  @Test("The private key of the vectors signs as theirs did")
  func expectedSignature() throws {
    let keys = try Self.keySet()
    let text = try #require(keys.signer_keys_test_only.first)
    let signer = try Ed25519Signer(parsing: text)
    #expect(signer.privateText == text)
    #expect(keys.vkeys_ok.contains(signer.verifierKey.text))

    var note = try SignedNote(text: keys.expected_sign.text)
    try note.sign(with: signer)
    #expect(try String(decoding: note.serialized(), as: UTF8.self) == keys.expected_sign.note)
  }

  @Test(
    "A private key with a byte missing, or any one changed, is refused, and the error holds nothing of it")
  func badPrivateKeys() throws {
    let text = Array(try #require(Self.keySet().signer_keys_test_only.first).utf8)
    func refusal(_ bytes: [UInt8]) -> FormatError? {
      failure { () throws(FormatError) in
        _ = try Ed25519Signer(parsing: String(decoding: bytes, as: UTF8.self))
      }
    }
    let secret = String(decoding: text.suffix(20), as: UTF8.self)
    for index in text.indices {
      var (shorter, raised) = (text, text)
      shorter.remove(at: index)
      raised[index] += 1
      for bytes in [shorter, raised, Array(text.prefix(index))] {
        let error = try #require(refusal(bytes), "byte \(index)")
        #expect(error.format == .privateKey || error.kind == .name)
        #expect(!error.description.contains(secret.prefix(6)))
      }
    }
    #expect(refusal(Array("PRIVATE+KEY+".utf8) + [UInt8](repeating: 0x61, count: 2_000))?.kind == .syntax)
    #expect(refusal(Array("PRIVATE+KEY+n+00000000+AQ==".utf8))?.kind == .length)
  }

  @Test("A signature holds for its text and its key only")
  func signatures() throws {
    let signer = try Keys.signer()
    let text = Array("text\n".utf8)
    let signature = try signer.signature(forNoteText: text)
    let key = signer.verifierKey
    #expect(signature.count == 64)
    #expect(key.isValid(signature: signature, forNoteText: text))
    for bit in 0..<512 { #expect(!key.isValid(signature: signature.flipping(bit: bit), forNoteText: text)) }
    for bit in 0..<40 { #expect(!key.isValid(signature: signature, forNoteText: text.flipping(bit: bit))) }
    for count in [0, 1, 63, 65, 128] {
      let other = Array((signature + signature).prefix(count))
      #expect(!key.isValid(signature: other, forNoteText: text))
    }
    #expect(!(try Keys.signer(seedByte: 2)).verifierKey.isValid(signature: signature, forNoteText: text))
  }

  @Test(
    "Names that no key may have are refused",
    arguments: [
      "", " ", "a b", "a+b", "a\nb", "a\tb", "a\u{00A0}b", "a\u{2003}b", "a\u{0085}b", "a\u{2028}b",
      "a\u{3000}",
      "\u{0000}",
    ])
  func badNames(name: String) {
    #expect(
      failure { () throws(FormatError) in
        _ = try Ed25519Signer(name: name, seed: Array(repeating: 1, count: 32))
      }?.kind == .name)
    #expect(failure { () throws(FormatError) in _ = try KeyIdentity(name: name, id: 1) }?.kind == .name)
  }

  @Test("A known key has a name of at most 255 bytes, a signature of an unknown one may have a longer one")
  func longNames() throws {
    let (fits, tooLong) = (String(repeating: "n", count: 255), String(repeating: "n", count: 256))
    let signer = try Ed25519Signer(name: fits, seed: Array(repeating: 1, count: 32))
    #expect(try VerifierKey(parsing: signer.verifierKey.text) == signer.verifierKey)
    #expect(
      failure { () throws(FormatError) in
        _ = try VerifierKey(name: tooLong, ed25519PublicKey: signer.verifierKey.publicKey)
      }?.kind == .name)
    var note = try SignedNote(text: "text\n")
    try note.sign(with: signer)
    try note.add(NoteSignature(key: KeyIdentity(name: tooLong, id: 1), bytes: [1]))
    let read = try SignedNote(parsing: note.serialized())
    #expect(try read.verify(with: [signer.verifierKey]).ignored.map(\.key.name) == [tooLong])
  }

  @Test("Keys and seeds of another length are refused")
  func lengths() throws {
    for count in [0, 31, 33, 64] {
      let bytes = [UInt8](repeating: 1, count: count)
      #expect(
        failure { () throws(FormatError) in _ = try Ed25519Signer(name: "n", seed: bytes) }?.kind == .length)
      #expect(
        failure { () throws(FormatError) in _ = try VerifierKey(name: "n", ed25519PublicKey: bytes) }?.kind
          == .length)
    }
    #expect(Ed25519Signer.newSeed().count == 32)
    #expect(Ed25519Signer.newSeed() != Ed25519Signer.newSeed())
    #expect(kind(String(repeating: "n", count: 2_000)) == .length)
  }

  @Test("Names that look alike but differ in their bytes are two names")
  func canonicalEquivalence() throws {
    let (composed, decomposed) = ("caf\u{E9}", "cafe\u{301}")
    #expect(composed == decomposed)
    #expect(try KeyIdentity(name: composed, id: 1) != KeyIdentity(name: decomposed, id: 1))
    #expect(try Set([KeyIdentity(name: composed, id: 1), KeyIdentity(name: decomposed, id: 1)]).count == 2)
  }

  @Test("Nothing that prints a signer prints its seed")
  func secrecy() throws {
    let seed = Array((100...131) as ClosedRange<UInt8>)
    let signer = try Ed25519Signer(name: "n", seed: seed)
    var dumped = ""
    dump(signer, to: &dumped)
    for text in [dumped, "\(signer)", String(reflecting: signer)] {
      #expect(!text.contains("100"))
      #expect(!text.contains("64656667"))
      #expect(text.contains(signer.identity.idText))
    }
  }
}
