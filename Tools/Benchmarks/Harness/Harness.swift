// What a program costs that keeps a ledger open: appends, questions and proofs, many times in one process.
//
// Usage: Harness LEDGER APPENDS QUESTIONS
// Prints one JSON object: for each kind of work how often it was done, the seconds it took, and the seconds of CPU. Run
// by Tools/benchmark. The ledger gains APPENDS events, each appended by itself.

import CanonicalJSON
import EDTF
import Foundation
import Ledger
import Milestones
import Projections
import TransparencyLog

@main
struct Harness {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count == 4, let appends = Int(words[2]), let questions = Int(words[3]) else {
      FileHandle.standardError.write(Data("usage: Harness LEDGER APPENDS QUESTIONS\n".utf8))
      exit(64)
    }
    var clock = Clock()
    let ledger = try Ledger.open(words[1])
    try askStatus(ledger, questions, &clock)
    try prove(ledger, questions, &clock)
    try append(ledger, appends, &clock)
    print(clock.json)
  }

  // MARK: Work

  private static func append(_ ledger: Ledger, _ count: Int, _ clock: inout Clock) throws {
    // Without those ahead: the first append of a ledger that is open reads what later ones know.
    func draft(_ number: Int) throws -> Draft {
      try Draft(
        type: "bill.advanced",
        arguments: [
          "subject=measure:us-\(1_000_000_000 + number % 400)", "occurred=2019-05-04", "country=US",
          "institution=us/congress/house", "stage=report", "body=Committee no. \(number)",
          "title=A bill that moves on, as many do, on equal treatment at work",
          "source.citation=Congressional Record no. \(number) of the session, page 12",
          "source.url=https://example.org/\(number)",
        ])
    }
    func append(_ draft: Draft) throws {
      _ = try ledger.append(try ledger.check(draft), recorder: "benchmark")
    }
    for number in 0..<5 { try append(draft(number)) }
    ledger.waitForViews()
    let drafts = try (5..<(count + 5)).map(draft)
    var single = Clock()
    try clock.add("append and views", times: count) {
      for draft in drafts { try single.add("append") { try append(draft) } }
      ledger.waitForViews()
    }
    clock.add(single)
  }

  private static func askStatus(_ ledger: Ledger, _ count: Int, _ clock: inout Clock) throws {
    let rows = try ledger.status(.world).content
    let size = try ledger.size()
    var chance = Chance()
    let counts = Dictionary(rows.compactMap(\.country).map { ($0, 1) }, uniquingKeysWith: +)
    let all = counts.keys.sorted()
    // The longer the log, the more a country has to tell; in a log of a million events none has as few as 50 rows. An
    // institution of a country is asked for in the same way, and there are some of that size in every log.
    // What is under an institution is told with it.
    let paths = rows.compactMap(\.institution).flatMap { path in
      path.indices.filter { path[$0] == "/" }.map { String(path[..<$0]) } + [path]
    }
    let institutions = Dictionary(paths.map { ($0, 1) }, uniquingKeysWith: +)
    let places =
      counts.map { (scope: Scope.country($0), name: $0, count: $1) }
      + institutions.map { (scope: Scope.institution($0), name: $0, count: $1) }
    let countries = places.sorted {
      (abs($0.count - 50), $0.name) < (abs($1.count - 50), $1.name)
    }.prefix(20).map(\.scope)
    let subjects = rows.map(\.subject)
    guard !countries.isEmpty else { return }
    func day() -> Day? { Day(year: 1990 + Int64(chance.below(35)), month: 6, day: 15) }
    func position() -> Knowledge { .position(size / 100 + Int64(chance.below(Int(size - size / 100)))) }
    for number in 0..<count {
      let country = countries[number % countries.count]
      let subject = Scope.subject(subjects[chance.below(subjects.count)])
      let (day, position) = (day(), position())
      try clock.add("status country") { _ = try ledger.status(country) }
      try clock.add("status country --on") { _ = try ledger.status(country, on: day) }
      try clock.add("status country --known-at") { _ = try ledger.status(country, knownAt: position) }
      try clock.add("status subject") { _ = try ledger.status(subject) }
      try clock.add("status subject --on") { _ = try ledger.status(subject, on: day) }
      try clock.add("status subject --known-at") { _ = try ledger.status(subject, knownAt: position) }
    }
    for country in all { try clock.add("status countries") { _ = try ledger.status(.country(country)) } }
    for _ in 0..<3 {
      let (day, position) = (day(), position())
      try clock.add("status world") { _ = try ledger.status(.world) }
      try clock.add("status world --on") { _ = try ledger.status(.world, on: day) }
      try clock.add("status world --known-at") { _ = try ledger.status(.world, knownAt: position) }
    }
  }

  private static func prove(_ ledger: Ledger, _ count: Int, _ clock: inout Clock) throws {
    let size = try ledger.size()
    let checkpoint = try ledger.checkpoint()
    let keys = try ledger.logKeys().map(\.verifierKey)
    var chance = Chance()
    for _ in 0..<count {
      let reference = String(chance.below(Int(size)))
      var proof: EventProof?
      try clock.add("prove") { proof = try ledger.prove(reference, in: .checkpoint(checkpoint.note)) }
      let event = try ledger.event(reference).leaf
      guard let proof else { continue }
      try clock.add("check-proof") {
        _ = try ProofCheck.check(proof: proof.bytes, event: event, keys: keys, origin: ledger.origin)
      }
      // The way from the event to the root alone, without the signature: what other trees call a proof.
      let parsed = try TlogProof(parsing: proof.bytes)
      let hash = MerkleHash.leaf(event)
      try clock.add("check a path") {
        try InclusionProof(index: parsed.index, size: checkpoint.size, path: parsed.path)
          .check(leafHash: hash, root: checkpoint.root)
      }
    }
  }
}

/// The same numbers on every machine (SplitMix64).
private struct Chance {
  private var state: UInt64 = 7

  mutating func below(_ count: Int) -> Int {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return Int((mixed ^ mixed >> 31) % UInt64(max(1, count)))
  }
}

/// Adds up what kinds of work cost.
private struct Clock {
  private var results: [String: (count: Int, wall: Double, cpu: Double)] = [:]

  /// Does work, and takes note of what it cost.
  ///
  /// - Parameters:
  ///   - name: of the work.
  ///   - times: how often it is done in one go.
  ///   - work: the work.
  /// - Throws: what `work` throws.
  mutating func add(_ name: String, times: Int = 1, _ work: () throws -> Void) rethrows {
    let (wall, cpu) = (Self.seconds(CLOCK_MONOTONIC), Self.seconds(CLOCK_PROCESS_CPUTIME_ID))
    try work()
    var result = results[name] ?? (0, 0, 0)
    result.count += times
    result.wall += Self.seconds(CLOCK_MONOTONIC) - wall
    result.cpu += Self.seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu
    results[name] = result
  }

  mutating func add(_ other: Clock) { results.merge(other.results) { $1 } }

  private static func seconds(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
  }

  var json: String {
    let members = results.sorted { $0.key < $1.key }.map { name, result in
      "\"\(name)\": {\"count\": \(result.count), \"wall\": \(result.wall), \"cpu\": \(result.cpu)}"
    }
    return "{" + members.joined(separator: ", ") + "}"
  }
}
