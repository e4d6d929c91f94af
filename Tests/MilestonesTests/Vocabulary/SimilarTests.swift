// "Did you mean".

import Milestones
import Testing

@Suite("Names that may have been meant")
struct SimilarTests {
  private let known = ["chamber", "sponsor", "identifier", "companion"]

  @Test(
    "The nearest names come first, and what is far off does not come",
    arguments: [
      ("chambre", ["chamber"]), ("Chamber", ["chamber"]), ("identifer", ["identifier"]),
      ("sponsors", ["sponsor"]),
      ("zzz", []), ("", []),
    ])
  func nearest(name: String, names: [String]) {
    #expect(Similar.names(to: name, among: known) == names)
  }

  @Test("Three at most, the nearest first, equally near ones by name")
  func threeAtMost() {
    #expect(
      Similar.names(to: "aaaa", among: ["aaad", "aaac", "aaaa", "aaab", "bbbb"]) == ["aaaa", "aaab", "aaac"])
  }

  @Test("A very long name costs no more than a long one, and finds nothing")
  func long() {
    #expect(Similar.names(to: String(repeating: "chamber", count: 100_000), among: known) == [])
    #expect(Similar.hint(for: "zzz", among: known) == "")
    #expect(Similar.hint(for: "chambre", among: known) == "; did you mean chamber?")
  }
}
