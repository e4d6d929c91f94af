// The lowest level whose grammar admits a text, feature by feature of the specification.

import EDTF
import Testing

struct LevelTests {
  @Test(
    "Level 0 is plain dates, dates with time, and intervals of dates",
    arguments: [
      "1985-04-12", "1985-04", "1985", "1985-04-12T23:20:30Z", "1985-04-12T23:20:30-04", "1964/2008",
    ])
  func levelZero(text: String) throws {
    #expect(try EDTF(text).level == 0)
  }

  @Test(
    "Level 1 adds long and negative years, seasons, final qualifiers, X from the right and open intervals",
    arguments: [
      "Y170000002", "-1985", "-1985-04-12T23:20:30", "2001-21", "1984?", "2004-06~", "2004-06-11%", "201X",
      "20XX",
      "2004-XX", "1985-04-XX", "1985-XX-XX", "-20XX", "-2004-XX", "XXXX", "XXXX-XX", "XXXX-XX-XX", "1985/..",
      "/1985",
      "../..", "1984?/2004~", "2003-22/2004-22", "-1000/-0999", "2011-23~", "2004-XX?",
    ])
  func levelOne(text: String) throws {
    #expect(try EDTF(text).level == 1)
  }

  @Test(
    "Level 2 adds exponents, significant digits, parts of the year, inner qualifiers, X anywhere and sets",
    arguments: [
      "Y17E7", "1950S2", "-1859S5", "Y171010000S3", "2001-25", "2001-41", "2004-06~-11", "2004?-06-11",
      "?2004-06-~11", "2004-%06-11", "%2001", "2004?-06", "?-2004-06", "156X-12-25", "XXXX-12-XX", "1XXX-XX",
      "1XXX-12", "1984-1X", "1XXX", "-XXXX", "1XX3", "X984", "1560-XX-25", "198X-21", "2004-06-XX/2004-07-03",
      "198X/199X",
      "2000/2000-XX-XX", "[1667,1668]", "{1960,1961-12}", "[..1984]", "2001-25/2002-25",
    ])
  func levelTwo(text: String) throws {
    #expect(try EDTF(text).level == 2)
  }
}
