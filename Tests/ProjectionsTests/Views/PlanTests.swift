// The plans of the queries: what keeps them fast when the log grows.

import Projections
import Testing

@Suite("Queries find their rows through indexes")
struct PlanTests {
  @Test("No query that asks about a part scans a whole table")
  func noScan() throws {
    let plans = try ViewStore(path: nil, vocabulary: Shipped.vocabulary()).queryPlans()
    #expect(plans.count >= 25)
    for (name, plan) in plans {
      #expect(!plan.isEmpty, "\(name)")
      for step in plan where step.hasPrefix("SCAN") {
        // What SQLite calls scanning a subquery reads rows that an index has already found; the names of types that
        // are asked for come as a list.
        let isSmall = ["SUBQUERY", "CONSTANT ROW", "json_each"].contains { step.contains($0) }
        #expect(isSmall, "\(name): \(step)")
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
      ("accounts of a claim in full", "entry_by_claim"), ("preference of a claim", "preference_by_claim"),
      ("events of types of a subject", "entry_by_subject"), ("claims of a subject", "entry_by_subject"),
      ("unsourced events of a subject", "entry_by_subject"), ("evidence of a subject", "entry_by_subject"),
      ("links of a subject", "link_by_other"), ("anomalies from a position", "anomaly_by_position"),
    ])
  func index(of question: String, index: String) throws {
    let plans = try ViewStore(path: nil, vocabulary: Shipped.vocabulary()).queryPlans()
    let plan = try #require(plans.first { $0.name == question }).plan
    #expect(plan.contains { $0.contains(index) }, "\(plan)")
  }
}
