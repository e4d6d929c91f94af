// Which place a code names on which days: the rules of Codes, case by case.

import Codes
import EDTF
import Testing

/// One question and its answer: the canonical code, or nil if the code is not valid then.
struct Question: Sendable, CustomTestStringConvertible {
  let code: String
  let earliest: String?
  let latest: String?
  let answer: String?

  init(_ code: String, _ earliest: String?, _ latest: String?, _ answer: String?) {
    (self.code, self.earliest, self.latest, self.answer) = (code, earliest, latest, answer)
  }

  /// The same, with one day.
  init(_ code: String, on day: String?, _ answer: String?) {
    self.init(code, day, day, answer)
  }

  var testDescription: String { "\(code) \(earliest ?? "…")/\(latest ?? "…") → \(answer ?? "refused")" }
}

/// A day that must exist: a misspelt one in a test would otherwise read as "not known".
func day(_ text: String?) throws -> Day? {
  guard let text else { return nil }
  return try #require(Day(text) as Day?)
}

/// The error for a code, or nil if it is taken.
func refusal(_ code: String, from earliest: String? = nil, to latest: String? = nil) throws -> CodeError? {
  let (first, last) = (try day(earliest), try day(latest))
  do {
    _ = try Codes.resolve(code, from: first, to: last)
    return nil
  } catch {
    return error
  }
}

@Suite("Resolving a code")
struct ResolveTests {
  @Test(
    "An alpha-2 code that had two meanings has the one of the day",
    arguments: [
      Question("CS", on: "1980-01-01", "CSHH"), Question("CS", on: "2004-01-01", "CSXX"),
      Question("CS", "1990-01-01", "2003-02-03", "CSHH"), Question("CS", nil, "1980-01-01", "CSHH"),
      Question("CS", "1993-01-01", nil, "CSXX"), Question("CS", on: "1995-01-01", nil),
      Question("SK", on: "1970-01-01", "SKIN"), Question("SK", on: "1975-05-16", "SKIN"),
      Question("SK", on: "1975-05-17", nil), Question("SK", on: "1992-12-31", nil),
      Question("SK", on: "1993-01-01", "SK"), Question("SK", on: nil, "SK"),
      Question("SK", "1970-01-01", "2000-01-01", "SK"),
      Question("GE", on: "1975-01-01", "GEHH"), Question("GE", on: "1985-01-01", nil),
      Question("GE", on: "1991-04-09", "GE"), Question("GE", on: nil, "GE"),
      Question("AI", on: "1970-01-01", "AIDJ"), Question("AI", on: "1978-01-01", nil),
      Question("AI", on: "1990-01-01", "AI"), Question("AI", on: nil, "AI"),
      Question("BQ", on: "1975-01-01", "BQAQ"), Question("BQ", on: "1985-01-01", nil),
      Question("BQ", on: "2015-01-01", "BQ"), Question("BQ", on: nil, "BQ"),
      Question("BY", on: "1960-01-01", "BY"), Question("BY", on: "2000-01-01", "BY"),
      Question("BY", on: nil, "BY"),
    ])
  func reused(_ question: Question) throws { try check(question) }

  @Test(
    "An alpha-2 code that was withdrawn names the former state, within its limits",
    arguments: [
      Question("SU", on: "1985-01-01", "SUHH"), Question("SU", on: "1991-12-26", "SUHH"),
      Question("SU", on: "1991-12-27", nil), Question("SU", on: nil, "SUHH"),
      Question("YU", on: "2001-01-01", "YUCS"), Question("YU", on: "2003-02-05", nil),
      Question("DD", on: "1989-11-09", "DDDE"), Question("DD", on: "1990-10-04", nil),
      Question("YD", on: "1990-05-22", "YDYE"), Question("VD", on: "1970-01-01", "VDVN"),
      Question("TP", on: "2000-01-01", "TPTL"), Question("BU", on: "1988-08-08", "BUMM"),
      Question("HV", on: "1983-01-01", "HVBF"), Question("DY", on: "1970-01-01", "DYBJ"),
      Question("ZR", on: "1990-01-01", "ZRCD"), Question("RH", on: "1970-01-01", "RHZW"),
      Question("AN", on: "2010-10-10", "ANHH"), Question("AN", on: "2010-10-11", nil),
      Question("NT", on: "1980-01-01", "NTHH"), Question("FQ", on: "1975-01-01", "FQHH"),
      Question("NH", on: "1980-07-30", "NHVU"), Question("PC", on: "1980-01-01", "PCHH"),
      Question("PZ", on: "1979-10-01", "PZPA"), Question("PZ", on: "1979-10-02", nil),
      Question("FX", on: "1995-01-01", "FXFR"), Question("CT", on: "1980-01-01", "CTKI"),
      Question("JT", on: "1980-01-01", "JTUM"), Question("MI", on: "1980-01-01", "MIUM"),
      Question("PU", on: "1980-01-01", "PUUM"), Question("WK", on: "1980-01-01", "WKUM"),
      Question("NQ", on: "1980-01-01", "NQAQ"),
    ])
  func withdrawn(_ question: Question) throws { try check(question) }

  @Test(
    "A state's code is refused before the state came to be",
    arguments: [
      Question("RS", on: "2001-01-01", nil), Question("RS", on: "2006-06-05", "RS"),
      Question("ME", on: "2006-06-02", nil), Question("ME", on: "2006-06-03", "ME"),
      Question("CZ", on: "1992-12-31", nil), Question("CZ", on: "1993-01-01", "CZ"),
      Question("RU", on: "1991-12-24", nil), Question("RU", on: "1991-12-25", "RU"),
      Question("HR", on: "1990-01-01", nil), Question("HR", on: "1992-01-01", "HR"),
      Question("SI", on: "1990-01-01", nil), Question("SI", on: "1992-01-01", "SI"),
      Question("BA", on: "1991-01-01", nil), Question("BA", on: "1993-01-01", "BA"),
      Question("MK", on: "1991-01-01", nil), Question("MK", on: "1993-01-01", "MK"),
      Question("MM", on: "1989-06-17", nil), Question("MM", on: "1989-06-18", "MM"),
      Question("BF", on: "1984-08-03", nil), Question("BF", on: "1984-08-04", "BF"),
      Question("BJ", on: "1975-11-29", nil), Question("BJ", on: "1975-11-30", "BJ"),
      Question("CD", on: "1997-05-16", nil), Question("CD", on: "1997-05-17", "CD"),
      Question("ZW", on: "1980-04-17", nil), Question("ZW", on: "1980-04-18", "ZW"),
      Question("TL", on: "2002-05-19", nil), Question("TL", on: "2002-05-20", "TL"),
      Question("CW", on: "2010-10-09", nil), Question("CW", on: "2010-10-10", "CW"),
      Question("SX", on: "2010-10-09", nil), Question("SX", on: "2010-10-10", "SX"),
      Question("AW", on: "1985-12-31", nil), Question("AW", on: "1986-01-01", "AW"),
      Question("ER", on: "1992-01-01", nil), Question("ER", on: "1994-01-01", "ER"),
      Question("SS", on: "2011-07-08", nil), Question("SS", on: "2011-07-09", "SS"),
    ])
  func successors(_ question: Question) throws { try check(question) }

  @Test(
    "A state that only gained or lost territory has no limits",
    arguments: [
      Question("DE", on: "1950-01-01", "DE"), Question("UA", on: "1946-01-01", "UA"),
      Question("LT", on: "1925-01-01", "LT"), Question("IN", on: "1950-01-01", "IN"),
      Question("US", on: "1776-07-04", "US"), Question("SD", on: "2000-01-01", "SD"),
      Question("YE", on: "1970-01-01", "YE"), Question("FR", on: "1789-07-14", "FR"),
    ])
  func unlimited(_ question: Question) throws { try check(question) }

  @Test(
    "On the day of a change both codes are taken",
    arguments: [
      ("1991-12-26", ["SU", "RU"]), ("2003-02-04", ["YU", "YUCS", "CSXX", "CS"]),
      ("2006-06-05", ["CS", "RS", "ME"]), ("1989-06-18", ["BU", "MM"]),
      ("2010-10-10", ["AN", "BQ", "CW", "SX"]),
      ("2002-05-20", ["TP", "TL"]), ("1990-10-03", ["DD", "DE"]), ("1980-04-18", ["RH", "ZW"]),
    ])
  func changeover(_ date: String, _ codes: [String]) throws {
    for code in codes {
      #expect(try refusal(code, from: date, to: date) == nil, "\(code)")
    }
  }

  @Test(
    "A span is inside the limits if any day of it is, an open end included",
    arguments: [
      Question("RS", "2001-01-01", "2006-06-05", "RS"), Question("RS", "2001-01-01", "2006-06-04", nil),
      Question("RS", "2001-01-01", nil, "RS"), Question("RS", nil, "2001-01-01", nil),
      Question("SUHH", "1991-12-26", "1999-12-31", "SUHH"), Question("SUHH", "1991-12-27", "1999-12-31", nil),
      Question("SUHH", nil, "1999-12-31", "SUHH"), Question("SUHH", "1999-12-31", nil, nil),
      Question("SUHH", on: nil, "SUHH"), Question("RS", on: nil, "RS"),
      Question("CSXX", on: "2003-02-03", nil), Question("CSXX", on: "2006-06-06", nil),
    ])
  func spans(_ question: Question) throws { try check(question) }

  @Test(
    "A subdivision is valid when its country is",
    arguments: [
      Question("US-CA", on: "1950-01-01", "US-CA"), Question("CN-BJ", on: nil, "CN-BJ"),
      Question("CZ-10", on: "1993-01-01", "CZ-10"), Question("CZ-10", on: "1992-12-31", nil),
      Question("GE-AB", on: "1975-01-01", nil), Question("BQ-BO", on: "1975-01-01", nil),
    ])
  func subdivisions(_ question: Question) throws { try check(question) }

  @Test("A span whose ends are the wrong way round gets an answer or a refusal, no crash")
  func reversed() throws {
    let earliest = Day(number: .max)
    let latest = Day(number: .min)
    for code in ["US", "CS", "SK", "RS", "CZ-10", "SUHH"] {
      _ = try? Codes.resolve(code, from: earliest, to: latest)
    }
    #expect(try Codes.resolve("US", from: latest, to: earliest).code == "US")
  }

  @Test("A place says its name, its kind and the state that it belongs to")
  func places() throws {
    let france = try Codes.resolve("FR", from: nil, to: nil)
    #expect(france.name == "France" && france.kind == .country && france.country == "FR")
    let california = try Codes.resolve("US-CA", from: nil, to: nil)
    #expect(california.name == "California" && california.kind == .subdivision && california.country == "US")
    let soviet = try Codes.resolve("SU", from: nil, to: nil)
    #expect(soviet.code == "SUHH" && soviet.kind == .former && soviet.country == "SUHH")
    #expect(soviet.name == "USSR, Union of Soviet Socialist Republics")
  }

  @Test("A place is found by its canonical code whatever the date, and by no other code")
  func byCanonicalCode() {
    #expect(Codes.place("SUHH")?.kind == .former)
    #expect(Codes.place("RS")?.name == "Serbia")
    #expect(Codes.place("US-CA")?.country == "US")
    #expect(Codes.place("SK")?.name == "Slovakia")
    for code in ["SU", "CS", "us", "USA", "", "US-", "US-ZZZ", "CSHH-1", "U", "XK", "US\0"] {
      #expect(Codes.place(code) == nil, "\(code)")
    }
  }

  private func check(_ question: Question) throws {
    let (earliest, latest) = (try day(question.earliest), try day(question.latest))
    do {
      #expect(try Codes.resolve(question.code, from: earliest, to: latest).code == question.answer)
    } catch {
      #expect(question.answer == nil, "\(error)")
      guard case .notValidThen = error.kind else {
        Issue.record("refused for another reason: \(error)")
        return
      }
    }
  }
}
