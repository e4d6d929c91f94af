// Credit as a document has it: by role and agent.

package import CanonicalJSON
package import Ledger
package import Projections

extension CreditReport {
  /// The claims by role, and of each role by agent.
  package var roles: [(name: String, agents: [[CreditClaim]])] {
    Grouped(claims, by: \.role).map { role in
      (name: role[0].role, agents: Grouped(role, by: \.agent).groups)
    }
  }

  /// What the document has beside what the answer depends on.
  package var members: [(String, JSONValue)] {
    [
      ("subject", .string(subject)), ("title", .text(title)),
      ("roles", .array(roles.map { Self.json(role: $0.name, agents: $0.agents) })),
    ]
  }

  private static func json(role: String, agents: [[CreditClaim]]) -> JSONValue {
    [
      "role": .string(role),
      "agents": .array(
        agents.map { claims in
          ["agent": .string(claims[0].agent), "claims": .array(claims.map(\.json))]
        }),
    ]
  }
}
