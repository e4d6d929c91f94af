// Where an institution stands: `us/congress/senate`.

import Milestones
import Testing

@Suite("The path of an institution")
struct InstitutionPathTests {
  @Test(
    "Words in lower case joined by slashes are taken; what stands under int/ is a body between states",
    arguments: [
      ("us/congress/senate", false), ("int/un/ga/c3", true), ("int/ilo", true), ("int", true), ("us", false),
      ("gb/government-equalities-office", false), ("international/x", false), ("in/parliament", false),
      ("eu/2", false),
    ])
  func taken(text: String, isInternational: Bool) throws {
    let path = try InstitutionPath(text)
    #expect(path.text == text && path.description == text)
    #expect(path.isInternational == isInternational)
  }

  @Test(
    "All else is refused",
    arguments: [
      "", "/", "/us", "us/", "us//senate", "US/congress", "us/Congress", "us/the senate", "us/-senate",
      "us/senate-",
      "us\\senate", "us/sénat", "us/senate\n", "us/.", "us/..", "us/s.e", "http://us/senate",
    ])
  func refused(_ text: String) throws {
    let error = try #require(refusal { () throws(ValueError) in try InstitutionPath(text) })
    #expect(error.description.contains("such as us/congress/senate"))
  }

  @Test("200 bytes are the most")
  func longest() throws {
    let longest = "us/" + String(repeating: "a", count: 197)
    #expect(try InstitutionPath(longest).text == longest)
    let error = refusal { () throws(ValueError) in try InstitutionPath(longest + "a") }
    #expect(error?.reason == "is longer than 200 bytes")
  }
}
