// The country of an event is read as of the days on which it may have happened.

import CanonicalJSON
import Codes
import Milestones
import Testing

@Suite("The country of an event")
struct CountryTests {
  private func introduced(_ country: String, _ occurred: String) throws -> [String] {
    try problems(
      "policy.announced",
      ["subject=policy:x", "occurred=\(occurred)", "country=\(country)", "unsourced=true"]
    )
    .map(\.description)
  }

  private func stored(_ country: String, _ occurred: String) throws -> String? {
    try checked(
      "policy.announced", "subject=policy:x", "occurred=\(occurred)", "country=\(country)", "unsourced=true"
    )
    .country?.code
  }

  @Test("A code that did not hold then is refused, and the one that did is named")
  func notThen() throws {
    let found = try introduced("RS", "2001")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("country: ") == true)
    #expect(found.first?.contains("YUCS") == true)
  }

  @Test("A withdrawn code is stored as that of the former state")
  func former() throws {
    #expect(try stored("CS", "1980") == "CSHH")
    #expect(try stored("CS", "2004-05") == "CSXX")
    #expect(try stored("SU", "1985") == "SUHH")
    #expect(try stored("YUCS", "2001") == "YUCS")
  }

  @Test(
    "A code that two states had is refused where the date does not decide", arguments: ["XXXX", "1990/2004"])
  func ambiguous(_ occurred: String) throws {
    let found = try introduced("CS", occurred)
    #expect(found.count == 1)
    #expect(found.first?.contains("CSHH") == true && found.first?.contains("CSXX") == true)
  }

  @Test("One open end leaves the other to decide")
  func openEnds() throws {
    #expect(try stored("CS", "../1980") == "CSHH")
    #expect(try stored("CS", "2004/..") == "CSXX")
    #expect(try stored("RS", "2001/..") == "RS")
  }

  @Test("The codes in other fields are read as of the same days")
  func parties() throws {
    let event = try checked(
      "treaty.signed", "subject=treaty:x", "occurred=1980", "party=CS", "unsourced=true")
    #expect(event.data["party"]?.string == "CSHH")
    let found = try problems(
      "treaty.signed", ["subject=treaty:x", "occurred=2001", "party=RS", "unsourced=true"])
    #expect(found.map(\.field) == ["party"])
  }

  @Test("An event that moves a party says which: by its country or by a field of its own")
  func partyIsNamed() throws {
    let common = ["subject=treaty:x", "occurred=1980-05", "mode=ratification", "unsourced=true"]
    let nobody = try problems("treaty.ratified", common)
    #expect(nobody.map(\.field) == ["country"])
    #expect(nobody.first?.reason.contains("party= or country=") == true)
    #expect(try problems("treaty.ratified", common + ["country=CL"]).isEmpty)
    #expect(try problems("treaty.ratified", common + ["party=int/eu"]).isEmpty)
    // In general, nobody in particular.
    let general = ["subject=treaty:x", "occurred=1980-05", "scope=general", "unsourced=true"]
    #expect(try problems("treaty.entered-into-force", general).isEmpty)
  }

  @Test("How dates and codes were understood can be looked over")
  func readings() throws {
    let event = try checked(
      "treaty.signed", "subject=treaty:x", "occurred=1980-05", "effective=1981", "country=CS", "party=SU",
      "unsourced=true")
    #expect(event.readings.map(\.field) == ["occurred", "effective", "country", "party"])
    #expect(event.readings.map(\.value) == ["1980-05", "1981", "CSHH", "SUHH"])
    #expect(event.readings.allSatisfy { !$0.meaning.isEmpty })
  }
}
