// Consents bind every answer, whatever was known and whatever day is asked for.

import CanonicalJSON
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

  /// A person who is credited, linked and registered in clear, and what the person consents to from now on.
  private func recordingOfPerson(_ scopes: [String] = []) throws -> Recording {
    var recording = Recording()
    let person = "person:ana-public"
    try recording.record(
      "campaign.founded", "subject=campaign:x", "occurred=2006", "founder=\(person)", "title=X")
    try recording.record(
      "attribution.asserted", "subject=campaign:x", "occurred=2007", "agent=\(person)",
      "role=originator", "stance=asserts")
    try recording.record(
      "statement.made", "subject=statement:s", "occurred=2008", "speaker=\(person)", "stance=support",
      "quotation=What she said", "on=campaign:x")
    try recording.record(
      "entity.registered", "subject=\(person)", "occurred=2006", "kind=person", "title=Ana Public")
    try recording.record(
      "entity.linked", "subject=campaign:x", "occurred=2009", "kind=part_of", "other=\(person)")
    if !scopes.isEmpty {
      try recording.record("consent.changed", ["subject=\(person)", "occurred=2020-01-01"] + scopes)
    }
    return recording
  }

  /// What every view answers about some subjects and within a scope, in one text.
  private func everything(_ recording: Recording, _ scope: Scope, _ subjects: [String]) throws -> String {
    let day = try dayNumber("2030-01-01")
    return try recording.views().snapshot(of: recording.log) { snapshot in
      var parts: [Any] = [
        try snapshot.status(scope, onDay: day), try snapshot.timeline(scope, throughDay: day),
        try snapshot.credit("campaign:x", onDay: day), try snapshot.reach("campaign:x", onDay: day),
        try snapshot.links(of: "campaign:x", depth: 3, onDay: day),
        try snapshot.assessments(scope, onDay: day), try snapshot.votes(scope, onDay: day),
        try snapshot.unsourced(scope, onDay: day), try snapshot.anomalies(scope, onDay: day),
        try snapshot.disputes(scope, onDay: day),
        try snapshot.changes(fromDay: 0, toDay: day, scope),
      ]
      for subject in subjects {
        let history = try snapshot.history(of: subject, onDay: day)
        parts += history?.items.map { String(decoding: $0.event.bytes, as: UTF8.self) } ?? []
        parts.append(try snapshot.explanation(of: subject, onDay: day) as Any)
      }
      return parts.map { "\($0)" }.joined(separator: "\n")
    }
  }

  @Test("Who does not consent to be named is named in no view, in what is told of others neither")
  func everyView() throws {
    let others = ["campaign:x", "statement:s"]
    let all = others + ["person:ana-public"]
    let before = try everything(recordingOfPerson(), .world, all)
    for words in [
      "Ana Public", "founder\":[\"person:ana-public", "agent: \"person:ana-public", "What she said",
    ] {
      #expect(before.contains(words), "\(words)")
    }
    for scopes in [["to=hold"], ["to=hold", "to=publish", "to=quote"], ["to=hold", "to=name"]] {
      let recording = try recordingOfPerson(scopes)
      #expect(try !everything(recording, .world, all).contains("Ana Public"), "\(scopes)")
      for subject in others {
        let told = try everything(recording, .subject(subject), others)
        #expect(!told.contains("ana-public"), "\(scopes), \(subject)")
      }
    }
    let named = try recordingOfPerson(["to=hold", "to=publish", "to=name", "to=quote"])
    #expect(try everything(named, .world, all).contains("Ana Public"))
    #expect(try everything(named, .subject("campaign:x"), others).contains("ana-public"))
  }

  @Test("Who does not consent to be named is not named by a correction of what is told of others")
  func inCorrection() throws {
    let person = "person:ana-public"
    for (scopes, isNamed) in [(["to=quote"], false), (["to=quote", "to=name"], true)] {
      var recording = Recording()
      try recording.record(
        "campaign.founded", "subject=campaign:x", "occurred=2006", "founder=Somebody", "title=X")
      try recording.record(
        correction(
          of: 0, about: "campaign:x", old: JSONObject([("founder", .array([.string("Somebody")]))]),
          new: JSONObject([("founder", .array([.string(person)]))])))
      try recording.record(
        "consent.changed", ["subject=\(person)", "occurred=2020-01-01", "to=hold", "to=publish"] + scopes)
      let told = try everything(recording, .subject("campaign:x"), ["campaign:x"])
      #expect(told.contains("event.corrected"))
      #expect(told.contains("ana-public") == isNamed, "\(scopes)")
    }
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
