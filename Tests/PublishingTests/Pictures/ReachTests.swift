// Reach: every stage of the shipped vocabulary has its class by what can follow it.

internal import Milestones
internal import OrderedCollections
internal import Publishing
internal import Testing

@Suite("Reach")
struct ReachTests {
  private static let law = [
    "announced": 1, "introduced": 2, "pending": 2, "passed": 2, "presented": 2, "vetoed": 2, "override": 2,
    "enacted": 3, "in-force": 4, "ended": 0, "failed": 0,
  ]
  private static let short = law.filter { !["passed", "presented", "vetoed", "override"].contains($0.key) }

  private static let expected: [String: [String: Int]] = [
    "bicameral": law, "single-house": law, "house-resolution": short, "decree": short,
    "code-provision": [
      "announced": 1, "drafted": 2, "out-for-comment": 2, "pending": 2, "removed": 0, "enacted": 3,
      "in-force": 4,
      "amended": 4, "ended": 0, "failed": 0,
    ],
    "provision": [
      "drafted": 2, "out-for-comment": 2, "removed": 0, "adopted": 3, "promulgated": 3, "in-force": 4,
      "amended": 4,
      "ended": 0,
    ],
    "policy": ["announced": 1, "in-force": 4, "suspended": 3, "ended": 0],
    "resolution": [
      "tabled": 2, "revised": 2, "under-amendment": 2, "approved": 2, "reported": 2, "adopted": 3,
      "withdrawn": 0,
      "not-acted-on": 0, "rejected": 0, "deferred": 0,
    ],
    "amendment": ["proposed": 2, "adopted": 3, "rejected": 0, "withdrawn": 0, "not-moved": 0],
    "treaty": ["proposed": 1, "adopted": 3, "open": 3, "in-force": 4, "terminated": 0],
    "treaty-party": [
      "signatory": 2, "none": 0, "bound": 3, "in-force": 4, "leaving": 4, "out": 0, "succeeded": 0,
    ],
    "campaign": ["founded": 0, "launched": 0, "viral": 0, "dormant": 0, "closed": 0],
    "campaign-country": ["active": 0],
    "testimony": ["held": 0, "narrowed": 0, "widened": 0, "withdrawn": 0, "erased": 0],
  ]

  @Test("Every stage of the shipped vocabulary has its class")
  func classes() throws {
    let vocabulary = try Vocabulary.shipped()
    #expect(Set(vocabulary.lifecycles.keys) == Set(ReachTests.expected.keys))
    for (name, stages) in ReachTests.expected {
      let lifecycle = try #require(vocabulary.lifecycles[name])
      #expect(Set(lifecycle.stages.map(\.name)) == Set(stages.keys))
      for (stage, reach) in stages {
        #expect(Reach.of(stage: stage, in: lifecycle) == reach, "\(name): \(stage)")
      }
    }
  }

  @Test("No stage, and one that nobody knows, is no reach")
  func unknown() throws {
    let vocabulary = try Vocabulary.shipped()
    let lifecycle = try #require(vocabulary.lifecycles["bicameral"])
    #expect(Reach.of(stage: nil, in: lifecycle) == 0)
    #expect(Reach.of(stage: "perhaps", in: lifecycle) == 0)
    #expect(Reach.of(stage: "perhaps", in: vocabulary) == 0)
    #expect(Reach.of(stage: "bound", in: vocabulary) == 3)
    #expect(Reach.of(stage: "enacted", in: vocabulary) == 3)
  }

  @Test("Every class has words")
  func names() {
    #expect(Set(Reach.names).count == Reach.last + 1)
    #expect(Reach.name(99) == Reach.name(4) && Reach.name(-1) == Reach.name(0))
  }
}
