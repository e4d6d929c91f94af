// A family of types for another theme, as a ledger of its own would adopt it.

internal import Testing

/// The family `climate`.
enum Climate {
  static let text = """
    {
      "family": "climate",
      "means": "Pledges on the climate.",
      "kinds": [{ "kind": "pledge", "means": "A promise with a date." }],
      "lifecycles": [
        {
          "name": "pledge", "for": "pledge", "default": true,
          "means": "A pledge until it is kept or missed.",
          "start": ["announced"],
          "stages": {
            "announced": { "means": "Made in public.", "next": ["strengthened", "missed"] },
            "strengthened": { "means": "Asks for more.", "next": ["strengthened", "missed"] },
            "missed": { "means": "Not done in time.", "next": [], "told": true }
          }
        }
      ],
      "types": {
        "pledge.announced": {
          "means": "Somebody made a pledge.",
          "subject": ["pledge"],
          "fields": {
            "target": { "kind": "text", "required": true, "means": "What is promised." },
            "due": { "kind": "date", "means": "By when." }
          },
          "effects": [{ "move": "announced", "detail": "target" }],
          "example": ["subject=pledge:a", "occurred=2019", "country=GB", "target=net zero", "unsourced=true"]
        },
        "pledge.strengthened": {
          "means": "A pledge came to ask for more.",
          "subject": ["pledge"],
          "fields": { "target": { "kind": "text", "required": true, "means": "What is promised from now on." } },
          "effects": [{ "move": "strengthened", "detail": "target" }]
        }
      }
    }

    """

  /// The text with one thing in it changed.
  static func text(_ old: String, _ new: String) -> String { text.replacing(old, with: new) }
}

/// A ledger that has adopted the family.
func withClimate(_ body: (TestLedger) throws -> Void) throws {
  try withLedger { ledger in
    try ledger.home.write("climate.json", Climate.text)
    let adopted = try ledger.annals("vocabulary", "adopt", "climate.json", "--quiet")
    try #require(adopted.how == .exit(0), "\(adopted)")
    try body(ledger)
  }
}
