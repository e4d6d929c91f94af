// The documents that scripts read: keys that are always there, in every format.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Documents for scripts")
struct DocumentKeyTests {
  /// What every answer carries.
  private static let contextKeys: Set<String> = ["origin", "size", "root", "on", "knownAt", "restrictionsAt"]
  /// What every row of a status has.
  private static let rowKeys: Set<String> = [
    "country", "institution", "subject", "title", "stage", "certainty", "since", "lastPosition",
    "sourceCount",
    "anomalyCount", "disputeCount",
  ]

  private func document(_ ended: Ended) throws -> JSONValue {
    #expect(ended.how == .exit(0), "\(ended)")
    #expect(ended.outputLines.count == 1, "a document is one line")
    return try JSONValue(parsing: ended.standardOutput)
  }

  private func keys(_ value: JSONValue?) throws -> Set<String> { Set(try #require(value?.object).keys) }

  /// A ledger with a bill, a dispute about it, a subject without a stage and a country without anything.
  private func withRecord(_ body: (TestLedger) throws -> Void) throws {
    try withLedger { ledger in
      try ledger.home.write(
        "events.jsonl",
        """
        {"id":"E1","type":"bill.introduced","subject":"measure:xx-1","occurred":"2024-05-02","country":"CL","institution":"cl/senado","identifier":"B 1","chamber":"senate","source.citation":"Diario, \\"A\\"","title":"Ley, \\"uno\\""}
        {"id":"E2","type":"bill.passed","subject":"measure:xx-1","occurred":"2024-06?","country":"CL","chamber":"senate","claim":"c1","unsourced":true}
        {"id":"E3","type":"bill.failed","subject":"measure:xx-1","occurred":"2024-07","country":"CL","kind":"lapsed","claim":"c1","unsourced":true}
        {"id":"E4","type":"statement.made","subject":"statement:s1","occurred":"2024","country":"CL","speaker":"A","unsourced":true}

        """)
      let imported = try ledger.annals("import", "events.jsonl")
      #expect(imported.output == "4 added, 0 already there, 0 refused\n", "\(imported)")
      try body(ledger)
    }
  }

  @Test("append prints id, position and size")
  func append() throws {
    try withLedger { ledger in
      let append = ["append", "bill.introduced", "id=E1"] + goodFields()
      let json = try document(ledger.annals(append + ["--format", "json"]))
      #expect(json["id"]?.string == "E1")
      #expect(json["position"]?.integer == 13)
      #expect(json["size"]?.integer == 14)
      #expect(json["alreadyThere"]?.bool == false)
      let again = try document(ledger.annals(append + ["--format", "jsonl"]))
      #expect(again["alreadyThere"]?.bool == true)
      let csv = try ledger.annals(append + ["--format", "csv"])
      let root = try ledger.root()
      #expect(json["root"]?.string == root && again["root"]?.string == root)
      #expect(csv.output == "id,position,size,root,alreadyThere\nE1,13,14,\(root),true\n")
    }
  }

  @Test("An event without an id gets a UUID of version 7 that finds it again")
  func appendMakesID() throws {
    try withLedger { ledger in
      let json = try document(
        ledger.annals(["append", "bill.introduced", "--format", "json"] + goodFields()))
      let id = try #require(json["id"]?.string)
      #expect(
        id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil,
        "\(id)")
      let leaf = try JSONValue(parsing: ledger.annals("replay", "--from", "13").standardOutput)
      #expect(leaf["id"]?.string == id)
      #expect(leaf["recorder"]?.string == "m.reyes")
    }
  }

  @Test("A status document has all that it depends on, and rows with all fixed keys")
  func status() throws {
    try withRecord { ledger in
      let json = try document(ledger.annals("status", "--format", "json"))
      #expect(try keys(json) == Self.contextKeys.union(["rows"]))
      #expect(json["origin"]?.string == "example.org/test")
      #expect(json["size"]?.integer == 17)
      #expect(try json["root"]?.string == ledger.root())
      let line = try ledger.annals("status").outputLines[0]
      #expect(try line.hasSuffix(", root \(ledger.root().prefix(8))"), "\(line)")
      #expect(json["knownAt"]?.integer == 16)
      #expect(json["restrictionsAt"] == .null)
      #expect(json["on"]?.string?.wholeMatch(of: /\d{4}-\d\d-\d\d/) != nil)
      let rows = try #require(json["rows"]?.array)
      #expect(rows.count == 2)
      for row in rows { #expect(try keys(row).isSuperset(of: Self.rowKeys)) }
      let bill = try #require(rows.first { $0["subject"]?.string == "measure:xx-1" })
      #expect(bill["country"]?.string == "CL")
      #expect(bill["institution"]?.string == "cl/senado")
      #expect(bill["title"]?.string == "Ley, \"uno\"")
      #expect(bill["stage"]?.string == "introduced")
      #expect(bill["certainty"]?.string == "disputed")
      #expect(bill["since"]?.string == "2024-05-02")
      #expect(bill["lastPosition"]?.integer == 15)
      #expect(bill["sourceCount"]?.integer == 1)
      #expect(bill["anomalyCount"]?.integer == 0)
      #expect(bill["disputeCount"]?.integer == 1)
      // What there is not is null or 0, never left out.
      let statement = try #require(rows.first { $0["subject"]?.string == "statement:s1" })
      for key in ["institution", "title", "stage", "since"] {
        #expect(statement[key]?.isNull == true, "\(key)")
      }
      for key in ["sourceCount", "anomalyCount", "disputeCount"] {
        #expect(statement[key]?.integer == 0, "\(key)")
      }
      #expect(ledgerIsCanonical(try ledger.annals("status", "--format", "json")))
    }
  }

  private func ledgerIsCanonical(_ ended: Ended) -> Bool {
    (try? JSONText(parsing: Array(ended.standardOutput.dropLast())).isCanonical) == true
  }

  @Test("jsonl and csv give the rows of the document, one a line")
  func statusRows() throws {
    try withRecord { ledger in
      let rows = try #require(document(ledger.annals("status", "--format", "json"))["rows"]?.array)
      let lines = try ledger.annals("status", "--format", "jsonl").outputLines
      #expect(try lines.map { try JSONValue(parsing: $0) } == rows)
      let csv = try ledger.annals("status", "--format", "csv")
      let heading = try #require(csv.outputLines.first).components(separatedBy: ",")
      #expect(Set(heading) == (try keys(rows[0])))
      #expect(csv.outputLines.count == 3)
      #expect(csv.output.contains(#","Ley, ""uno""","#), "\(csv)")
      #expect(csv.errors == "")
    }
  }

  @Test("A country without events gives a document without rows, not an error")
  func emptyStatus() throws {
    try withLedger { ledger in
      let json = try document(ledger.annals("status", "FR", "--format", "json"))
      #expect(try keys(json) == Self.contextKeys.union(["rows"]))
      #expect(json["rows"]?.array?.isEmpty == true)
      #expect(try ledger.annals("status", "FR", "--format", "jsonl").output == "")
      #expect(try ledger.annals("status", "FR", "--format", "csv").outputLines.count == 1)
      #expect(try ledger.annals("status", "FR").output.contains("nothing is recorded here"))
    }
  }

  @Test("timeline and show carry what they depend on too")
  func otherAnswers() throws {
    try withRecord { ledger in
      let timeline = try document(ledger.annals("timeline", "--format", "json"))
      #expect(try keys(timeline) == Self.contextKeys.union(["rows"]))
      #expect(timeline["rows"]?.array?.compactMap { $0["position"]?.integer } == [16, 13, 14, 15])
      let show = try document(ledger.annals("show", "measure:xx-1", "--format", "json"))
      #expect(
        try keys(show)
          == Self.contextKeys.union([
            "subject", "title", "standing", "events", "spells", "mode", "dissociations", "decisions", "votes",
            "links", "assessments", "anomalies", "disputes",
          ]))
      #expect(show["events"]?.array?.count == 3)
      #expect(show["disputes"]?.array?.first?["accounts"]?.array?.count == 2)
      #expect(show["standing"]?.array?.first?["stage"]?.string == "introduced")
    }
  }

  @Test("import, init and rebuild tell their counts in every format")
  func otherCommands() throws {
    try withRecord { ledger in
      let json = try document(ledger.annals("import", "events.jsonl", "--format", "json"))
      let root = try ledger.root()
      #expect(
        json == [
          "added": 0, "alreadyThere": 4, "refused": 0, "anomalies": 0, "size": 17, "root": .string(root),
        ])
      let csv = try ledger.annals("import", "events.jsonl", "--format", "csv")
      #expect(csv.output == "added,alreadyThere,refused,anomalies,size,root\n0,4,0,0,17,\(root)\n")
      let made = try document(
        ledger.annals("init", "second", "--origin", "example.org/2", "--floor", "7", "--format", "json"))
      #expect(
        try keys(made) == ["directory", "origin", "floor", "size", "root", "vocabulary", "verifierKey"])
      #expect(made["origin"]?.string == "example.org/2")
      #expect(made["floor"]?.integer == 7)
      #expect(made["size"]?.integer == TestLedger.sizeAtFirst)
      let rebuilt = try document(ledger.annals("rebuild", "--format", "json"))
      #expect(try keys(rebuilt) == ["origin", "size", "root", "digest"])
      #expect(rebuilt["root"]?.string == root)
      #expect(rebuilt["digest"]?.string?.wholeMatch(of: /[0-9a-f]{64}/) != nil)
      let text = try ledger.annals("rebuild").output
      #expect(text == "17 events projected, digest \(rebuilt["digest"]?.string ?? "")\n")
    }
  }

  @Test("keys, checkpoint, prove, check-proof and catch-up print documents with all their keys")
  func signingCommands() throws {
    try withRecord { ledger in
      let root = try ledger.root()
      let listed = try document(ledger.annals("keys", "--format", "json"))
      #expect(try keys(listed) == ["origin", "size", "root", "keys"])
      let key = try #require(listed["keys"]?.array?.first)
      #expect(try keys(key) == ["verifierKey", "fromSize", "throughSize"])
      let vkey = try #require(key["verifierKey"]?.string)
      #expect(try ledger.annals("keys").output == vkey + "\n")
      #expect(
        try ledger.annals("keys", "--format", "csv").output
          == "verifierKey,fromSize,throughSize\n\(vkey),0,\n")

      let checkpoint = try document(ledger.annals("checkpoint", "--format", "json", "-o", "cp"))
      #expect(try keys(checkpoint) == ["origin", "size", "root", "key", "checkpoint"])
      #expect(checkpoint["size"]?.integer == 17 && checkpoint["root"]?.string == root)
      let note = try String(contentsOfFile: ledger.home.file("cp"), encoding: .utf8)
      #expect(checkpoint["checkpoint"]?.string == note)
      #expect(try ledger.annals("checkpoint").output == note)

      let proof = try document(ledger.annals("prove", "E1", "--format", "json", "-o", "p"))
      #expect(try keys(proof) == ["origin", "position", "size", "root", "key", "proof"])
      #expect(proof["position"]?.integer == 13 && proof["root"]?.string == root)
      let file = try String(contentsOfFile: ledger.home.file("p"), encoding: .utf8)
      #expect(proof["proof"]?.string == file && file.hasSuffix(note))

      let event = try ledger.annals("replay", "--from", "13", "--to", "13")
      try ledger.home.write("e", event.output)
      let check = ["check-proof", "p", "--event", "e", "--key", vkey, "--format"]
      let checkKeys: Set<String> = ["holds", "reason", "origin", "position", "size", "root", "signedBy"]
      let held = try document(ledger.annals(check + ["json"]))
      #expect(try keys(held) == checkKeys)
      #expect(held["holds"]?.bool == true && held["position"]?.integer == 13 && held["root"]?.string == root)
      try ledger.home.write("e", event.output + " ")
      let refused = try ledger.annals(check + ["json"])
      #expect(refused.how == .exit(1) && refused.errors == "")
      let refusal = try JSONValue(parsing: refused.standardOutput)
      #expect(try keys(refusal) == checkKeys)
      #expect(refusal["holds"]?.bool == false && refusal["reason"]?.string?.contains("root") == true)

      let rotated = try document(ledger.annals("keys", "rotate", "--reason", "why", "--format", "json"))
      #expect(try keys(rotated) == ["position", "old", "new", "checkpoint"])
      #expect(rotated["old"]?.string == vkey && rotated["position"]?.integer == 17)
      let caughtUp = try document(ledger.annals("catch-up", "ledger", "--format", "json"))
      #expect(
        try keys(caughtUp) == ["origin", "size", "root", "added", "unvouched", "withoutDisclosures"])
      #expect(caughtUp["added"]?.integer == 0 && caughtUp["size"]?.integer == 18)
    }
  }

  @Test("The JSON Schema of every type is one document of JSON Schema 2020-12")
  func schemas() throws {
    try withLedger { ledger in
      let types = try ledger.annals("vocabulary", "list", "--format", "csv").outputLines.dropFirst()
        .compactMap { $0.split(separator: ",").first }
      #expect(types.count > 50)
      let loop =
        "for type in \(types.joined(separator: " ")); do annals vocabulary schema $type --format json || exit; done"
      let ended = try ledger.shell(loop)
      #expect(ended.outputLines.count == types.count, "\(ended)")
      for (line, type) in zip(ended.outputLines, types) {
        let schema = try JSONValue(parsing: line)
        #expect(schema["$schema"]?.string == "https://json-schema.org/draft/2020-12/schema")
        #expect(schema["title"]?.string == String(type))
        #expect(schema["properties"]?["type"]?["const"]?.string == String(type))
      }
    }
  }
}
