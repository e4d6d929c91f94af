// Anything at all may be fed in; what is accepted holds together.

import EDTF
import TestSupport
import Testing

struct RobustnessTests {
  /// What must hold of any text, accepted or not.
  static func check(_ text: String, seed: UInt64) -> Bool {
    do throws(EDTFError) {
      let date = try EDTF(text)
      #expect(Array(date.text.utf8) == Array(text.utf8), "seed \(seed)")
      #expect(text.utf8.allSatisfy { $0 < 0x80 }, "seed \(seed)")
      #expect((0...2).contains(date.level), "\(text), seed \(seed)")
      #expect(!date.meaning.isEmpty && date.meaning.utf8.allSatisfy { $0 >= 0x20 }, "\(text), seed \(seed)")
      if case .day(let first) = date.earliest, case .day(let last) = date.latest {
        #expect(first <= last, "\(text), seed \(seed)")
        #expect(!date.hasOpenOrUnknownEnd, "\(text), seed \(seed)")
      } else {
        #expect(date.hasOpenOrUnknownEnd, "\(text), seed \(seed)")
      }
      return true
    } catch {
      #expect((1...text.utf8.count + 1).contains(error.column), "\(text), seed \(seed)")
      #expect(!error.description.isEmpty)
      return false
    }
  }

  @Test("Random bytes are read or refused, never crashed on")
  func randomBytes() {
    let seed: UInt64 = 1
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<5_000 {
      let bytes = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        UInt8.random(in: 0...255, using: &generator)
      }
      _ = RobustnessTests.check(String(decoding: bytes, as: UTF8.self), seed: seed)
    }
  }

  @Test("Random strings of the signs that EDTF uses are read or refused, and what is read holds together")
  func randomSigns() {
    let seed: UInt64 = 2
    var generator = SeededGenerator(seed: seed)
    let pieces = [
      "-", "-", "/", "..", ",", "[", "]", "{", "}", "?", "~", "%", "X", "XX", "Y", "E", "S", "T", "Z", ":",
      "+", "0",
      "1", "2", "9", "02", "12", "29", "30", "21", "24", "1985", "2004", "2000", "19XX", "-0001", "-12",
      "-29",
      "T24:00:00",
    ]
    var accepted = 0
    for _ in 0..<10_000 {
      let text = (0..<Int.random(in: 1...7, using: &generator)).map { _ in
        pieces.randomElement(using: &generator) ?? ""
      }.joined()
      accepted += RobustnessTests.check(text, seed: seed) ? 1 : 0
    }
    #expect(accepted > 100, "too few were accepted to say anything, seed \(seed)")
  }

  @Test("The collected cases with a byte changed, left out or doubled hold together or are refused")
  func mutations() throws {
    let seed: UInt64 = 3
    var generator = SeededGenerator(seed: seed)
    let texts = try VectorTests.rows().map(\.edtf)
    var accepted = 0
    for _ in 0..<10_000 {
      var bytes = Array((texts.randomElement(using: &generator) ?? "").utf8)
      let place = Int.random(in: 0..<bytes.count, using: &generator)
      switch Int.random(in: 0..<3, using: &generator) {
      case 0: bytes[place] = "0123456789X-/?~%.".utf8.randomElement(using: &generator) ?? 0
      case 1: bytes.remove(at: place)
      default: bytes.insert(bytes[place], at: place)
      }
      accepted += RobustnessTests.check(String(decoding: bytes, as: UTF8.self), seed: seed) ? 1 : 0
    }
    #expect(accepted > 500, "too few were accepted to say anything, seed \(seed)")
  }
}
