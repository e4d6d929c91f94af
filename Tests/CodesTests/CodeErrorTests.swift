// What an archivist is told when a code is refused.

import Codes
import EDTF
import Testing

@Suite("Refusing a code")
struct CodeErrorTests {
  @Test(
    "What is not written as a code is refused with the code to write",
    arguments: [
      ("us", ["US"]), ("Us", ["US"]), (" US", ["US"]), ("US\n", ["US"]), ("us-ca", ["US-CA"]),
      ("US_CA", ["US-CA"]), ("US CA", ["US-CA"]), ("suhh", ["SUHH"]), ("USA", ["US"]), ("usa", ["US"]),
      ("SVK", ["SK"]), ("YUG", ["YUCS"]), ("SCG", ["CSXX"]), ("840", ["US"]), ("UK", ["GB"]), ("uk", ["GB"]),
      ("EL", ["GR"]), ("England", ["GB-ENG"]), ("USSR", ["SUHH"]), ("Germany", ["DE"]), ("GERMANY", ["DE"]),
      ("Vietnam", ["VN"]), ("Viet Nam", ["VN"]), ("Bolivia", ["BO"]),
      ("Tanzania, United Republic of", ["TZ"]),
      ("Korea", ["KP", "KR"]), ("Korea, Republic of", ["KR"]), ("Yugoslavia", ["YUCS"]),
      ("Federal Republic of Germany", ["DE"]), ("California", ["US-CA"]), ("Georgia", ["GE"]),
      ("EU", []), ("European Union", []), ("UN", []),
    ])
  func malformed(_ code: String, _ wanted: [String]) throws {
    let error = try #require(try refusal(code))
    guard case .malformed(let suggestions, let hint) = error.kind else {
      Issue.record("another kind: \(error)")
      return
    }
    #expect(suggestions == wanted)
    #expect(wanted.allSatisfy { hint.contains($0) }, "\(hint)")
    #expect(error.code == code)
  }

  @Test(
    "What has the form of a code but is none is refused as unknown",
    arguments: [
      ("QQ", []), ("ZZ", []), ("QQQQ", []), ("XK", []), ("Kosovo", []), ("US-ZZZ", ["US"]), ("US-", ["US"]),
      ("CN-11", ["CN-BJ"]), ("SU-RU", ["SUHH"]), ("CS-1", ["CSHH", "CSXX"]),
    ])
  func unknown(_ code: String, _ wanted: [String]) throws {
    let error = try #require(try refusal(code))
    guard case .unknown(let suggestions, _) = error.kind else {
      Issue.record("another kind: \(error)")
      return
    }
    #expect(suggestions == wanted)
  }

  @Test("All that is no code at all is refused with the forms that codes have")
  func noCode() throws {
    for code in [
      "", "-", "--", "1", "12345", "café", "🇺🇸", "\u{0}", String(repeating: "US", count: 100_000),
    ] {
      let error = try #require(try refusal(code))
      guard case .malformed(let suggestions, let hint) = error.kind else {
        Issue.record("another kind: \(error)")
        continue
      }
      #expect(suggestions.isEmpty)
      #expect(hint.contains("SUHH"))
    }
  }

  @Test("An alpha-2 code that touches two former states is refused with both")
  func ambiguous() throws {
    for (earliest, latest) in [
      (nil, nil), ("1990-01-01", "2005-12-31"), (nil, "2004-01-01"), ("1980-01-01", nil),
    ] {
      let error = try #require(try refusal("CS", from: earliest, to: latest))
      guard case .ambiguous(let readings) = error.kind else {
        Issue.record("another kind: \(error)")
        continue
      }
      #expect(readings.map(\.code) == ["CSHH", "CSXX"])
      #expect(readings.map(\.validity.last) == [try day("1992-12-31"), try day("2006-06-05")])
    }
    #expect(
      try refusal("CS")?.description
        == "CS without a date can mean CSHH (Czechoslovakia, Czechoslovak Socialist Republic, until 1992-12-31) or "
        + "CSXX (Serbia and Montenegro, from 2003-02-04 to 2006-06-05): write the one that is meant, or give a "
        + "narrower date")
  }

  @Test("A code that was not valid then is refused with its limits and the state there was")
  func notValidThen() throws {
    let error = try #require(try refusal("RS", from: "2001-01-01", to: "2001-12-31"))
    guard case .notValidThen(nil, let meanings, let readings) = error.kind else {
      Issue.record("another kind: \(error)")
      return
    }
    #expect(meanings.map(\.code) == ["RS"])
    #expect(meanings.first?.validity.first == (try day("2006-06-05")))
    #expect(readings.map(\.code) == ["YUCS"])
    #expect(
      error.description
        == "RS cannot be used for an event in 2001: RS (Serbia) holds only from 2006-06-05 on (Serbia went on alone "
        + "after Montenegro had left the state union). The state then was YUCS (Yugoslavia, (Socialist) Federal "
        + "Republic of, until 2003-02-04): write YUCS")
  }

  @Test(
    "The states there were then are found across changes, and sisters are left out",
    arguments: [
      ("RS", "2004-01-01", ["CSXX"]), ("ME", "2001-01-01", ["YUCS"]), ("HR", "1980-01-01", ["YUCS"]),
      (
        "SU", "2000-01-01",
        ["AM", "AZ", "BY", "EE", "GE", "KG", "KZ", "LT", "LV", "MD", "RU", "TJ", "TM", "UA", "UZ"]
      ),
      ("CSHH", "2000-01-01", ["CZ", "SK"]), ("YUCS", "2004-01-01", ["BA", "CSXX", "HR", "MK", "SI"]),
      ("MM", "1980-01-01", ["BUMM"]), ("BUMM", "2000-01-01", ["MM"]), ("BYAA", "2000-01-01", ["BY"]),
      ("SS", "2000-01-01", ["SD"]), ("GE", "1985-01-01", ["KI", "SUHH", "TV"]), ("DD", "2000-01-01", ["DE"]),
      ("CZ-10", "1980-01-01", ["CSHH"]),
    ])
  func statesThen(_ code: String, _ date: String, _ wanted: [String]) throws {
    let error = try #require(try refusal(code, from: date, to: date))
    guard case .notValidThen(_, _, let readings) = error.kind else {
      Issue.record("another kind: \(error)")
      return
    }
    #expect(readings.map(\.code).sorted() == wanted)
    #expect(wanted.allSatisfy { error.description.contains($0) })
  }

  @Test("A subdivision that was not valid then is refused for its country")
  func subdivisionNotValidThen() throws {
    let text = try #require(try refusal("CZ-10", from: "1980-01-01", to: "1980-01-01")).description
    #expect(
      text.hasPrefix("CZ-10 (Praha, Hlavní město) cannot be used for an event on 1980-01-01: CZ (Czechia)"))
  }

  @Test("A message holds neither control characters nor text without end")
  func message() throws {
    let hostile = "US\u{1B}[31m\n\u{202E}" + String(repeating: "e\u{301}", count: 10_000)
    let text = try #require(try refusal(hostile)).description
    #expect(text.unicodeScalars.count < 400)
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control || $0 == "\u{202E}" })
  }
}
