// Consents bind every answer, whatever was known and whatever day is asked for.

import Milestones
import Projections
import Testing

@Suite("What a person consents to binds every answer, old questions too")
struct RestrictionTests {
  private static let testimony = "testimony:abcdefghijkm"

  /// A public testimony, then something else, then what the person consents to from now on.
  private func recording(_ scopes: String...) throws -> Recording {
    var recording = Recording()
    try recording.record(
      "testimony.shared", "subject=\(Self.testimony)", "campaign=campaign:metoo", "occurred=2018-03-05",
      "public=true", "person=Ana Public", "narrative=What she said", "title=Ana speaks", "country=CL",
      "consent=publish", "unsourced=true")
    try recording.record("campaign.founded", "subject=campaign:metoo", "occurred=2006")
    if !scopes.isEmpty {
      try recording.record(
        "consent.changed", ["subject=\(Self.testimony)", "occurred=2020-01-01"] + scopes)
    }
    return recording
  }

  /// All that is told of the testimony, in one text.
  private func told(_ recording: Recording, knownAt: Int64? = nil) throws -> String {
    let day = try dayNumber("2030-01-01")
    return try recording.views().snapshot(of: recording.log, knownAt: knownAt) { snapshot in
      var text = ""
      for entry in try snapshot.timeline(.world, throughDay: day) { text += "\(entry)\n" }
      let history = try snapshot.history(of: Self.testimony, onDay: day)
      for item in history?.items ?? [] { text += String(decoding: item.event.bytes, as: UTF8.self) }
      text += "\(history?.title ?? "-") \(try snapshot.title(of: Self.testimony) ?? "-")"
      text += "\(try snapshot.explanation(of: Self.testimony, onDay: day) as Any)"
      return text
    }
  }

  @Test("Before anything is told of a consent, what was entered as public is shown")
  func unrestricted() throws {
    let text = try told(recording())
    for words in ["Ana Public", "What she said", "Ana speaks"] { #expect(text.contains(words), "\(words)") }
  }

  @Test("Without consent to publish, nothing is shown of the testimony, as known before neither")
  func withdrawn() throws {
    let recording = try recording("to=hold", "to=count")
    for known in [nil, 0, 1] as [Int64?] {
      let text = try told(recording, knownAt: known)
      for words in ["Ana", "What she said"] {
        #expect(!text.contains(words), "\(words), known at \(known ?? -1)")
      }
    }
    #expect(try recording.views().snapshot(of: recording.log, knownAt: 0, \.restrictedBy) == 2)
  }

  @Test("Without consent to name there is no name, without consent to quote no word")
  func inPart() throws {
    let nameless = try told(recording("to=hold", "to=publish", "to=quote"))
    #expect(nameless.contains("What she said"))
    #expect(!nameless.contains("Ana"))
    let wordless = try told(recording("to=hold", "to=publish", "to=name"))
    #expect(wordless.contains("Ana Public"))
    #expect(!wordless.contains("What she said"))
  }

  @Test("A consent holds until its last day; what was told last counts")
  func until() throws {
    var ended = try recording("to=hold", "to=publish", "to=name", "to=quote", "until=2025-12-31")
    #expect(!(try told(ended)).contains("Ana"))
    try ended.record(
      "consent.changed", "subject=\(Self.testimony)", "occurred=2026-01-01", "to=hold", "to=publish",
      "to=name", "to=quote", "until=2040")
    #expect(try told(ended).contains("Ana Public"))
  }
}
