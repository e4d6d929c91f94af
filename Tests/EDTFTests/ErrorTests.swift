// What is refused: the reason, the column, and words that help.

import EDTF
import Testing

struct ErrorTests {
  @Test(
    "The mistakes that archivists make are pointed at",
    arguments: [
      ("", 1, .empty),
      ("15/10/2017", 3, .yearNeedsFourDigits),
      ("10-15-2017", 3, .yearNeedsFourDigits),
      ("2017-10-15 ", 11, .space),
      (" 2017", 1, .space),
      ("2017\n", 5, .space),
      ("2017.10.15", 5, .unexpected(".")),
      ("2017/10/15", 8, .yearNeedsFourDigits),
      ("Oct 2017", 1, .yearNeedsFourDigits),
      ("summer 2017", 1, .yearNeedsFourDigits),
      ("ca. 2017", 1, .yearNeedsFourDigits),
      ("unknown", 1, .yearNeedsFourDigits),
      ("2017-13", 6, .noSuchMonth("13")),
      ("2017-00", 6, .noSuchMonth("00")),
      ("2017-42", 6, .noSuchMonth("42")),
      ("2017-1", 7, .monthNeedsTwoDigits),
      ("2017-1-5", 7, .monthNeedsTwoDigits),
      ("2017-10-5", 10, .dayNeedsTwoDigits),
      ("2017-10-155", 11, .dayNeedsTwoDigits),
      ("2017-", 6, .monthNeedsTwoDigits),
      ("2017-02-30", 9, .monthIsShorter(month: 2, days: 29)),
      ("2017-02-29", 9, .notLeapYear(2017)),
      ("2017-06-31", 9, .monthIsShorter(month: 6, days: 30)),
      ("2017-06-32", 9, .noSuchDay("32")),
      ("2017-06-00", 9, .noSuchDay("00")),
      ("2017–2018", 5, .notASCII("–")),
      ("２０１７", 1, .notASCII("２")),
      ("2017-10-15T10:00", 17, .timeIncomplete),
      ("2017-10-15T10", 14, .timeIncomplete),
      ("2017-10-15 10:00:00", 11, .space),
      ("2017-10-15t10:00:00", 11, .wrongLetter(written: "t", right: "T")),
      ("2017-10-15T10:00:00z", 20, .wrongLetter(written: "z", right: "Z")),
      ("201?", 4, .yearNeedsFourDigits),
      ("201x", 4, .wrongLetter(written: "x", right: "X")),
      ("20uu", 3, .wrongLetter(written: "u", right: "X")),
      ("1990s", 5, .decade),
      ("20171015", 5, .longYearNeedsLetter),
      ("12345", 5, .longYearNeedsLetter),
      ("y12345", 1, .wrongLetter(written: "y", right: "Y")),
      ("2017??", 6, .qualifiedTwice),
      ("?2017?", 6, .qualifiedTwice),
      ("2017?~", 6, .qualifiedTwice),
      ("2018/2017", 6, .endBeforeStart),
      ("2017/2018/2019", 10, .tooManySides),
      ("/", 1, .intervalSaysNothing),
      ("..", 1, .dotsAlone),
    ] as [(String, Int, EDTFError.Reason)])
  func mistakes(text: String, column: Int, reason: EDTFError.Reason) throws {
    let error = try #require(refusal(of: text))
    #expect(error.reason == reason)
    #expect(error.column == column)
    #expect(Array(error.text.utf8) == Array(text.utf8))
  }

  @Test(
    "What the grammar does not have is refused where it stands",
    arguments: [
      ("-0000", 1, .negativeYearZero),
      ("-0000-01-01", 1, .negativeYearZero),
      ("-", 2, .yearNeedsFourDigits),
      ("+2006", 1, .yearNeedsFourDigits),
      ("Y2006", 1, .yearNeedsNoLetter),
      ("Y-9999", 1, .yearNeedsNoLetter),
      ("Y", 2, .numberFromOne),
      ("Y00001", 2, .numberFromOne),
      ("Y17E", 5, .numberFromOne),
      ("Y17E0", 5, .numberFromOne),
      ("Y17E-7", 5, .numberFromOne),
      ("1950S", 6, .numberFromOne),
      ("1950S02", 6, .numberFromOne),
      ("195XS2", 5, .unspecifiedNotAllowed),
      ("Y1700X", 6, .unspecifiedNotAllowed),
      ("Y17E7-12-26", 6, .yearStandsAlone),
      ("1950S2-10", 7, .yearStandsAlone),
      ("Y-61000/-2000", 1, .yearStandsAlone),
      ("1950/Y20000", 6, .yearStandsAlone),
      ("[1950S2,1960]", 2, .yearStandsAlone),
      ("2001-21-05", 8, .seasonHasNoDays),
      ("2015-02-3X", 9, .noDayFits),
      ("1X01-02-29", 9, .noDayFits),
      ("2017-10T10:00:00", 8, .timeNeedsDay),
      ("2017-10-15?T10:00:00", 12, .timeNeedsDay),
      ("2017-10-XXT10:00:00", 11, .timeNeedsDay),
      ("2017-10-15T24:00:01", 12, .noSuchTime),
      ("2017-10-15T10:60:00", 12, .noSuchTime),
      ("2017-10-15T10:00:60", 12, .noSuchTime),
      ("2017-10-15T10:00:0X", 18, .timeIncomplete),
      ("2017-10-15T10:00:00.5", 20, .unexpected(".")),
      ("2017-10-15T10:00:00?", 20, .unexpected("?")),
      ("2017-10-15T10:00:00+1", 22, .zoneMisspelt),
      ("2017-10-15T10:00:00+0100", 23, .zoneMisspelt),
      ("2017-10-15T10:00:00-00", 20, .noSuchZone),
      ("2017-10-15T10:00:00-12:01", 20, .noSuchZone),
      ("2017-10-15T10:00:00+14:01", 20, .noSuchZone),
      ("2017-10-15T10:00:00+02:60", 20, .noSuchZone),
      ("2017-10-15T10:00:00/2018", 11, .timeNotAllowed),
      ("2017/2018-10-15T10:00:00Z", 16, .timeNotAllowed),
      ("2012-24/2012-21", 9, .endBeforeStart),
      ("0800/-0999", 6, .endBeforeStart),
      ("-1000/-2000", 7, .endBeforeStart),
      ("2012///4444", 6, .tooManySides),
      ("2012/.", 6, .yearNeedsFourDigits),
      ("2017..", 5, .unexpected(".")),
      ("[1999", 6, .setNotClosed("]")),
      ("[1999}", 6, .setNotClosed("]")),
      ("{1999,2000]", 11, .setNotClosed("}")),
      ("[]", 2, .memberMissing),
      ("[..]", 4, .memberMissing),
      ("[1667,,1668]", 7, .memberMissing),
      ("[1667,]", 7, .memberMissing),
      ("[1667, 1668]", 7, .space),
      ("[1999]", 1, .setOfOne),
      ("[1667,1668]?", 12, .unexpected("?")),
      ("[1667,..1668]", 7, .openRangeInside),
      ("[1760-12..,1761]", 9, .openRangeInside),
      ("[1760-12..1761]", 11, .rangePrecision),
      ("[1672..1670]", 8, .endBeforeStart),
      ("[198X..1990]", 2, .rangeUnspecified),
      ("[1667/1668]", 6, .unexpected("/")),
      ("[[1667,1668]]", 2, .yearNeedsFourDigits),
      ("2001-21^southernHemisphere", 8, .unexpected("^")),
      ("2017\0", 5, .unexpected("\0")),
    ] as [(String, Int, EDTFError.Reason)])
  func grammar(text: String, column: Int, reason: EDTFError.Reason) throws {
    let error = try #require(refusal(of: text))
    #expect(error.reason == reason)
    #expect(error.column == column)
  }

  @Test("A text of more than a thousand bytes is refused, one of a thousand is read")
  func length() throws {
    #expect(EDTF.lengthMaxBytes == 1_000)
    // 1 + 5 × 199 + 4 = 1,000 bytes, with both brackets.
    let members = (0..<199).map { "1\(700 + $0)," }.joined()
    let longest = "{" + members + "XXX}"
    #expect(longest.utf8.count == 1_000)
    #expect(refusal(of: longest)?.reason == .yearNeedsFourDigits)
    #expect(try EDTF("Y" + String(repeating: "9", count: 999)).level == 1)
    for text in ["Y" + String(repeating: "9", count: 1_000), String(repeating: "–", count: 10_000)] {
      #expect(refusal(of: text)?.reason == .tooLong(lengthMaxBytes: 1_000))
      #expect(refusal(of: text)?.column == 1_001)
    }
  }

  @Test(
    "The words say what would be right",
    arguments: [
      ("2017-06-31", "June has 30 days"), ("2017-02-29", "2017 is not a leap year"),
      ("2017–2018", "‘/’ between two"),
      ("ca. 2017", "about 2017 is 2017~"), ("201?", "201X"), ("15/10/2017", "2017-10-15"), ("1990s", "199X"),
      ("2017-10-15T10:00", "hours, minutes and seconds"), ("2017-13", "01 to 12"), ("", "XXXX"),
      ("２０１７", "0 to 9"),
      ("2018/2017", "the earlier date comes first"), ("20171015", "hyphen"),
    ])
  func help(text: String, words: String) throws {
    let error = try #require(refusal(of: text))
    #expect(error.reason.description.contains(words))
    #expect(error.description.contains(error.reason.description))
    #expect(error.description.contains("column \(error.column)"))
  }

  @Test("A message is one short line, whatever was fed in")
  func oneLine() throws {
    let error = try #require(refusal(of: "\u{1B}[31m\n\u{202E}" + String(repeating: "9", count: 5_000)))
    #expect(error.description.utf8.count < 400)
    #expect(error.description.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" })
  }
}
