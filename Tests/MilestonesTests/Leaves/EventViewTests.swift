// Reading an event back from its leaf.

import CanonicalJSON
import Milestones
import Testing

@Suite("An event read from its leaf")
struct EventViewTests {
  @Test("It has what was stamped")
  func fields() throws {
    let event = try checked(
      "bill.introduced", "subject=measure:x", "occurred=2017-11", "effective=2018", "country=US",
      "institution=us/congress", "identifier=1", "chamber=house", "sponsor=A", "sponsor=B", "title=Act",
      "claim=c",
      "source.citation=c", "source.citation=d")
    let view = try EventView(leaf: event.stamped(stamp(id: "e1")).leaf)
    #expect(view.id == "e1" && view.type == "bill.introduced" && view.subject == "measure:x")
    #expect(view.occurred == "2017-11" && view.effective == "2018")
    #expect(view.recorded == RecordedTime(milliseconds: 1_795_464_904_123) && view.recorder == "m.reyes")
    #expect(view.country == "US" && view.institution == "us/congress")
    #expect(view.title == "Act" && view.claim == "c")
    #expect(view.sourceCount == 2 && !view.isSealed)
    #expect(view.texts("sponsor") == ["A", "B"] && view.texts("chamber") == ["house"])
    #expect(view.texts("country") == ["US"] && view.texts("nothing") == [])
  }

  @Test("A sealed one says so, and tells nothing else")
  func sealed() throws {
    let view = try EventView(leaf: Testimony.stamped(Testimony.full).leaf)
    #expect(view.isSealed)
    #expect(view.country == nil && view.institution == nil && view.title == nil && view.sourceCount == 0)
    #expect(view.texts("person") == [] && view.texts("country") == [])
    #expect(view.occurred == "2018")
  }

  @Test("Bytes that are no JSON are an error, and JSON that is no event is an empty one")
  func damaged() throws {
    #expect(throws: JSONError.self) { try EventView(leaf: Array("{\"id\":".utf8)) }
    #expect(throws: JSONError.self) { try EventView(leaf: []) }
    let view = try EventView(leaf: Array("[1]".utf8))
    #expect(view.id == "" && view.type == "" && view.recorded == nil && view.country == nil && !view.isSealed)
  }
}
