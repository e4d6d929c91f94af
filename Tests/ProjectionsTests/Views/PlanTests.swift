// The plans of the queries: what keeps them fast when the log grows.

import Projections
import Testing

@Suite("Queries find their rows through indexes")
struct PlanTests {
  @Test("No query that asks about a part scans a whole table")
  func noScan() throws {
    let plans = try ViewStore(path: nil, vocabulary: Shipped.vocabulary()).queryPlans()
    #expect(plans.count >= 11)
    for (name, plan) in plans {
      #expect(!plan.isEmpty, "\(name)")
      for step in plan where step.hasPrefix("SCAN") {
        // What SQLite calls scanning a subquery reads rows that an index has already found.
        #expect(step.contains("SUBQUERY") || step.contains("CONSTANT ROW"), "\(name): \(step)")
      }
    }
  }

  @Test(
    "Each kind of question has its index",
    arguments: [
      ("status of a country", "profile_by_country"), ("status of an institution", "profile_by_institution"),
      ("status of a subject", "PRIMARY KEY"), ("timeline of a country", "entry_by_country"),
      ("timeline of an institution", "entry_by_institution"), ("timeline of a subject", "entry_by_subject"),
      ("events of a subject", "entry_by_subject"), ("accounts of a claim", "entry_by_claim"),
    ])
  func index(of question: String, index: String) throws {
    let plans = try ViewStore(path: nil, vocabulary: Shipped.vocabulary()).queryPlans()
    let plan = try #require(plans.first { $0.name == question }).plan
    #expect(plan.contains { $0.contains(index) }, "\(plan)")
  }
}
