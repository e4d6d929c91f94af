// Whatever is given as a code, an answer or an error comes back.

import Codes
import EDTF
import TestSupport
import Testing

@Suite("Random codes")
struct FuzzTests {
  private static let alphabets: [[Character]] = [
    Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), Array("CSKUYEGHXQ-1"), Array("US-ca_ ,.0\t\n\0"),
    Array("é\u{301}🇺🇸日\u{202E}\u{FFFD}A-"), (0..<128).map { Character(Unicode.Scalar($0)) },
  ]

  @Test("No text crashes, and each gives a place whose code leads back to it, or an error with a message")
  func noCrash() throws {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    let edges = [Int64.min, -1_000_000, 0, 8_035, 12_087, 13_303, 20_000, .max]
    var accepted = 0
    for _ in 0..<20_000 {
      let alphabet = try #require(FuzzTests.alphabets.randomElement(using: &generator))
      let length = Int.random(in: 0...9, using: &generator)
      let code = String((0..<length).compactMap { _ in alphabet.randomElement(using: &generator) })
      let earliest = Bool.random(using: &generator) ? edges.randomElement(using: &generator) : nil
      let latest = Bool.random(using: &generator) ? edges.randomElement(using: &generator) : nil
      do {
        let place = try Codes.resolve(code, from: earliest.map(Day.init), to: latest.map(Day.init))
        #expect(Codes.place(place.code) == place, "seed \(seed): \(code)")
        #expect(place.code.hasPrefix(code), "seed \(seed): \(code) became \(place.code)")
        accepted += 1
      } catch {
        #expect(!error.description.isEmpty && error.code == code, "seed \(seed): \(code)")
      }
    }
    #expect(accepted > 100, "seed \(seed): the generator hardly ever makes a code")
  }

  @Test("Texts of any bytes, decoded with repairs, crash nothing")
  func anyBytes() {
    let seed = UInt64.random(in: .min ... .max)
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      let code = String(decoding: bytes, as: UTF8.self)
      #expect(Codes.place(code) == nil || code.utf8.count < 8, "seed \(seed)")
      if (try? Codes.resolve(code, from: nil, to: nil)) == nil { continue }
      #expect(code.utf8.count == 2 || code.utf8.count >= 4, "seed \(seed)")
    }
  }
}
