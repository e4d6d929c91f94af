// The first and last day of each form of the format.

import EDTF
import Testing

struct BoundsTests {
  @Test(
    "Dates are bounded by their first and last day",
    arguments: [
      ("2017", "2017-01-01/2017-12-31"), ("2017-10", "2017-10-01/2017-10-31"),
      ("2016-02", "2016-02-01/2016-02-29"), ("1900-02", "1900-02-01/1900-02-28"),
      ("2017-10-15", "2017-10-15/2017-10-15"), ("0001-01-01", "0001-01-01/0001-01-01"),
      ("9999-12-31", "9999-12-31/9999-12-31"), ("0000", "0000-01-01/0000-12-31"),
      ("0000-02-29", "0000-02-29/0000-02-29"), ("-0001", "-0001-01-01/-0001-12-31"),
      ("-9999", "-9999-01-01/-9999-12-31"),
    ])
  func dates(text: String, expected: String) throws {
    #expect(try bounds(text) == expected)
  }

  @Test(
    "A date with time is bounded by the local day as written",
    arguments: [
      "2017-10-15T10:00:00", "2017-10-15T00:00:00Z", "2017-10-15T23:59:59-12:00", "2017-10-15T00:00:00+14:00",
      "2017-10-15T24:00:00", "2017-10-15T24:00:00+00", "2017-10-15T10:00:00+00:00", "2017-10-15T10:00:00-04",
    ])
  func times(text: String) throws {
    #expect(try bounds(text) == "2017-10-15/2017-10-15")
    #expect(try EDTF(text).level == 0)
  }

  @Test("Qualifiers and significant digits widen nothing")
  func qualifiers() throws {
    for text in ["1950?", "1950~", "1950%", "?1950", "1950S2", "1950S1", "1950S9"] {
      #expect(try bounds(text) == "1950-01-01/1950-12-31")
    }
    #expect(try bounds("2004-?06-~11") == "2004-06-11/2004-06-11")
    #expect(try bounds("Y171010000S3") == "Y171010000-01-01/Y171010000-12-31")
  }

  @Test(
    "Seasons and other parts of the year are bounded by whole months",
    arguments: [
      ("21", "2001-03-01/2001-05-31"), ("22", "2001-06-01/2001-08-31"), ("23", "2001-09-01/2001-11-30"),
      ("24", "2001-12-01/2002-02-28"), ("25", "2001-03-01/2001-05-31"), ("26", "2001-06-01/2001-08-31"),
      ("27", "2001-09-01/2001-11-30"), ("28", "2001-12-01/2002-02-28"), ("29", "2001-09-01/2001-11-30"),
      ("30", "2001-12-01/2002-02-28"), ("31", "2001-03-01/2001-05-31"), ("32", "2001-06-01/2001-08-31"),
      ("33", "2001-01-01/2001-03-31"), ("34", "2001-04-01/2001-06-30"), ("35", "2001-07-01/2001-09-30"),
      ("36", "2001-10-01/2001-12-31"), ("37", "2001-01-01/2001-04-30"), ("38", "2001-05-01/2001-08-31"),
      ("39", "2001-09-01/2001-12-31"), ("40", "2001-01-01/2001-06-30"), ("41", "2001-07-01/2001-12-31"),
    ])
  func partsOfYear(number: String, expected: String) throws {
    #expect(try bounds("2001-" + number) == expected)
    #expect(try EDTF("2001-" + number).level == (number <= "24" ? 1 : 2))
  }

  @Test("A winter ends with the February of the next year, leap day and all")
  func winters() throws {
    #expect(try bounds("2019-24") == "2019-12-01/2020-02-29")
    #expect(try bounds("9999-24") == "9999-12-01/Y10000-02-29")
    #expect(try bounds("-0001-24") == "-0001-12-01/0000-02-29")
    #expect(try bounds("199X-24") == "1990-12-01/2000-02-29")
  }

  @Test(
    "Years with Y are bounded by their days",
    arguments: [
      ("Y10000", "Y10000-01-01/Y10000-12-31"), ("Y-170000002", "Y-170000002-01-01/Y-170000002-12-31"),
      ("Y17E2", "1700-01-01/1700-12-31"), ("Y-17E7", "Y-170000000-01-01/Y-170000000-12-31"),
      ("Y3388E2S3", "Y338800-01-01/Y338800-12-31"), ("Y10000?", "Y10000-01-01/Y10000-12-31"),
    ])
  func longYears(text: String, expected: String) throws {
    #expect(try bounds(text) == expected)
  }

  @Test(
    "A year beyond what bounds can tell is valid and held at the greatest that they can",
    arguments: [
      "E999999", "9E15999", "99999999999999999", "9999999999999999999999999999999999999999", "1E16",
      "9E9223372036854775808",
    ])
  func heldYears(digits: String) throws {
    let written = digits.first == "E" ? "1" + digits : digits
    let greatest = "Y9999999999999999"
    #expect(EDTF.yearMagnitudeMax == 9_999_999_999_999_999)
    #expect(try bounds("Y" + written) == "\(greatest)-01-01/\(greatest)-12-31")
    #expect(try bounds("Y-" + written) == "Y-9999999999999999-01-01/Y-9999999999999999-12-31")
  }

  @Test(
    "An interval runs from the first day of its start to the last day of its end",
    arguments: [
      ("1964/2008", "1964-01-01/2008-12-31"), ("2004-02-01/2005-02", "2004-02-01/2005-02-28"),
      ("2005-02-10/2005", "2005-02-10/2005-12-31"), ("2017/2017", "2017-01-01/2017-12-31"),
      ("1919-XX-02/1919-XX-01", "1919-01-02/1919-12-01"), ("2003-22/2004-24", "2003-06-01/2005-02-28"),
      ("XXXX-12-21/1890-09-2X", "0000-12-21/1890-09-29"), ("1985/..", "1985-01-01/inf"),
      ("../1985", "-inf/1985-12-31"), ("1985/", "1985-01-01/unknown"), ("/1985", "unknown/1985-12-31"),
      ("../..", "-inf/inf"), ("/..", "unknown/inf"), ("../", "-inf/unknown"),
    ])
  func intervals(text: String, expected: String) throws {
    #expect(try bounds(text) == expected)
  }

  @Test(
    "A set runs from its first member to its last, in whatever order they are written",
    arguments: [
      ("[1667,1668,1670..1672]", "1667-01-01/1672-12-31"), ("{1960,-1961-12}", "-1961-12-01/1960-12-31"),
      ("[1984,1667-05]", "1667-05-01/1984-12-31"), ("{..1984}", "-inf/1984-12-31"),
      ("[1760-12..]", "1760-12-01/inf"), ("[1760-01,1760-02,1760-12..]", "1760-01-01/inf"),
      ("[..1983-12-31,1984-10-10..1984-11-01,1984-11-05..]", "-inf/inf"),
      ("{2001-21,2003-21..2003-24}", "2001-03-01/2004-02-29"), ("[198X,2001?]", "1980-01-01/2001-12-31"),
      ("[1670~..1672]", "1670-01-01/1672-12-31"),
    ])
  func sets(text: String, expected: String) throws {
    #expect(try bounds(text) == expected)
    #expect(try EDTF(text).level == 2)
  }

  @Test("Flags tell doubt, approximation, unknown years and missing ends")
  func flags() throws {
    func flags(_ text: String) throws -> String {
      let date = try EDTF(text)
      return (date.isUncertain ? "u" : "-") + (date.isApproximate ? "a" : "-")
        + (date.isUnknown ? "X" : "-") + (date.hasOpenOrUnknownEnd ? "o" : "-")
    }
    let expected = [
      "2017": "----", "2017?": "u---", "2017~": "-a--", "2017%": "ua--", "2004-06-~11": "-a--",
      "?2004-06-~11": "ua--", "1964~/2008?": "ua--", "{1960,1961-12%}": "ua--", "XXXX": "--X-",
      "XXXX-12-XX": "--X-",
      "XXX1": "----", "201X": "----", "../..": "--Xo", "/..": "--Xo", "1985/..": "---o", "/1985": "---o",
      "XXXX/..": "--Xo", "XXXX/1890": "----", "[..1984]": "---o", "{1760-12..}": "---o",
      "[1667,1668]": "----",
      "[..1984?]": "u--o", "[XXXX-12,XXXX-01]": "--X-", "Y17E7": "----", "2001-21~": "-a--",
      "[1670..1672?]": "u---",
    ]
    for (text, wanted) in expected {
      #expect(try flags(text) == wanted, "\(text)")
    }
  }

  @Test("Dates are equal if they were written alike, and only then")
  func equality() throws {
    #expect(try EDTF("2017") == EDTF("2017"))
    #expect(try EDTF("2017").hashValue == EDTF("2017").hashValue)
    #expect(try EDTF("?2017") != EDTF("2017?"))
    #expect(try EDTF("2017?").description == "2017?")
  }
}
