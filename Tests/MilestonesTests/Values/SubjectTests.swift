// What an event can be about: `kind:slug`.

import Milestones
import Testing

@Suite("A subject")
struct SubjectTests {
  @Test(
    "A kind and a name in lower case are taken apart at the first colon",
    arguments: [
      ("measure:us-115-hr4396", "measure", "us-115-hr4396"), ("campaign:metoo", "campaign", "metoo"),
      ("resolution:a-c3-73-l21.rev1", "resolution", "a-c3-73-l21.rev1"), ("treaty:1", "treaty", "1"),
      ("house-rule:x", "house-rule", "x"),
    ])
  func taken(text: String, kind: String, slug: String) throws {
    let subject = try Subject(text)
    #expect(subject.text == text && subject.description == text)
    #expect(subject.kind == kind)
    #expect(subject.slug == slug)
  }

  @Test(
    "All else is refused with what is wrong and how a subject is written",
    arguments: [
      ("metoo", "has no kind"), ("", "has no kind"), (":metoo", "no proper kind"),
      ("Campaign:metoo", "no proper kind"),
      ("cam paign:metoo", "no proper kind"), ("2017:metoo", "no proper kind"),
      ("campaign:", "no proper name"),
      ("campaign:MeToo", "no proper name"), ("campaign:me too", "no proper name"),
      ("campaign:-metoo", "no proper name"),
      ("campaign:metoo-", "no proper name"), ("campaign:metoo.", "no proper name"),
      ("campaign:me:too", "no proper name"),
      ("campaign:me/too", "no proper name"), ("campaign:米兔", "no proper name"),
      ("campaign:caf\u{E9}", "no proper name"),
      ("campaign:a\u{0}", "no proper name"), ("campaign:a\n", "no proper name"),
      (" campaign:a", "no proper kind"),
    ])
  func refused(text: String, reason: String) throws {
    let error = try #require(refusal { () throws(ValueError) in try Subject(text) })
    #expect(error.reason.contains(reason))
    #expect(!error.advice.isEmpty)
  }

  @Test("200 bytes are the most")
  func longest() throws {
    let longest = "campaign:" + String(repeating: "a", count: 191)
    #expect(try Subject(longest).text == longest)
    #expect(
      refusal { () throws(ValueError) in try Subject(longest + "a") }?.reason == "is longer than 200 bytes")
  }

  @Test("Subjects are in the order of their bytes")
  func order() throws {
    let texts = ["a:b-c", "a:b.c", "a:b0", "a:bb", "b:a"]
    #expect(try texts.reversed().map { try Subject($0) }.sorted().map(\.text) == texts)
  }
}
