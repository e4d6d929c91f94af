// Steps and skipped steps in a lifecycle.

import Milestones
import Testing

@Suite("A lifecycle")
struct LifecycleTests {
  private func lifecycle(_ name: String) throws -> Lifecycle {
    try #require(Shipped.vocabulary().allLifecycles.first { $0.name == name })
  }

  @Test("A direct step infers nothing; a skipped one infers the stages of the shortest way")
  func inferred() throws {
    let bill = try lifecycle("bicameral")
    #expect(bill.inferred(from: nil, to: "introduced") == [])
    #expect(bill.inferred(from: "introduced", to: "passed") == [])
    #expect(bill.inferred(from: "introduced", to: "enacted") == ["passed", "presented"])
    #expect(bill.inferred(from: nil, to: "in-force") == ["introduced", "passed", "presented", "enacted"])
  }

  @Test("No way leads back, nor out of an end, nor to what is no stage")
  func unreachable() throws {
    let bill = try lifecycle("bicameral")
    #expect(bill.inferred(from: "enacted", to: "introduced") == nil)
    #expect(bill.inferred(from: "failed", to: "introduced") == nil)
    #expect(bill.inferred(from: "introduced", to: "adopted") == nil)
    #expect(bill.inferred(from: "adopted", to: "enacted") == nil)
  }

  @Test("A stage follows itself only where the file says so")
  func again() throws {
    #expect(try lifecycle("bicameral").inferred(from: "pending", to: "pending") == [])
    #expect(try lifecycle("bicameral").inferred(from: "presented", to: "presented") == nil)
    #expect(try lifecycle("treaty-party").inferred(from: "out", to: "out") == ["bound"])
  }

  @Test("It tells the stages that can follow, those to begin with, and the order of the file")
  func following() throws {
    let party = try lifecycle("treaty-party")
    #expect(party.next(from: nil) == ["signatory", "bound"])
    #expect(party.next(from: "leaving") == ["in-force", "out"])
    #expect(party.next(from: "nowhere") == [])
    #expect(party.has("succeeded") && !party.has("open"))
    #expect(
      party.rank(of: "signatory") == 0 && party.rank(of: "succeeded") == 6 && party.rank(of: "open") == nil)
    #expect(party.isForParties && party.kind == "treaty")
    #expect(party.place.file == "treaty.json")
  }
}
