// Figures as sources give them.

import Milestones
import Testing

@Suite("A figure")
struct QuantityTests {
  @Test(
    "Digits, marked as more, less or about, or a range, are kept to the byte",
    arguments: [
      "1700000", "0", "007", "3.5", ">=220", "<=220", ">85", "<5", "~60000", "~1.5", "17000..20000",
      "1.5..2.5",
      "1..2", String(repeating: "9", count: 60),
    ])
  func taken(_ text: String) throws {
    #expect(try Quantity(text).text == text)
    #expect(try Quantity(text).description == text)
  }

  @Test(
    "All else is refused",
    arguments: [
      "", "many", "1,700,000", "1 700 000", "1.7m", "-5", "+5", ".5", "5.", "1.2.3", "1...2", "1..", "..2",
      "1..2..3",
      "1....2", ">", ">=", "~", ">>5", "=5", "~>5", ">1..2", "~1..~2", "1..>2", "5%", "1e6", "٣", "５", "5\n",
      " 5",
      String(repeating: "9", count: 61),
    ])
  func refused(_ text: String) throws {
    let error = try #require(refusal { () throws(ValueError) in try Quantity(text) })
    #expect(error.reason == "is not a figure")
    #expect(error.advice.contains("17000..20000"))
  }
}
