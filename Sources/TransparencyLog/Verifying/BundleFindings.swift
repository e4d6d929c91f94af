// What is wrong with the entries of a bundle, given the leaf hashes they should have.

/// The findings in the entries of one bundle, in the order of their slots.
struct BundleFindings {
  struct Finding {
    let kind: VerificationFailure.Kind
    let slot: Int
    let detail: String
  }

  private(set) var findings: [Finding] = []

  /// - Parameters:
  ///   - wanted: The leaf hashes that are true, nil where that cannot be told.
  ///   - found: The leaf hashes of the entries, nil where one is missing.
  ///   - malformation: What is wrong with the form of the bundle.
  init(wanted: [MerkleHash?], found: [MerkleHash?], malformation: String?) {
    let wrong = found.indices.filter { found[$0] == nil || (wanted[$0] != nil && found[$0] != wanted[$0]) }
    if let malformation {
      // One fault in the form shifts all behind it: more findings would say nothing.
      findings = [
        Finding(
          kind: .malformedFile, slot: wrong.first ?? found.count,
          detail: malformation)
      ]
      return
    }
    guard let first = wrong.first else { return }
    if let shifted = Self.shift(at: first, wanted: wanted, found: found) {
      findings = [shifted]
      return
    }
    var slot = 0
    while slot < wrong.count {
      let place = wrong[slot]
      guard found[place] == nil else {
        findings.append(
          Finding(
            kind: .alteredEvent, slot: place,
            detail: "expected \(Self.words(wanted[place])), found \(Self.words(found[place]))"))
        slot += 1
        continue
      }
      // A row of missing entries is one finding.
      var end = slot
      while end + 1 < wrong.count, wrong[end + 1] == wrong[end] + 1, found[wrong[end + 1]] == nil { end += 1 }
      let count = end - slot + 1
      findings.append(
        Finding(
          kind: .missingEvent, slot: place,
          detail: count == 1 ? "expected an event, found none" : "expected \(count) events, found none"))
      slot = end + 1
    }
  }

  private static func words(_ hash: MerkleHash?) -> String {
    hash.map { "the leaf hash \($0)" } ?? "none"
  }

  // An entry that was taken out or put in moves all behind it: that is the finding, not each of them.
  private static func shift(at first: Int, wanted: [MerkleHash?], found: [MerkleHash?]) -> Finding? {
    guard found.count - first >= 2, let present = found[first], present != wanted[first] else { return nil }
    let last = found.count - 1
    let isMovedUp = (first..<last).allSatisfy { found[$0] != nil && found[$0] == wanted[$0 + 1] }
    let isMovedDown = (first..<last).allSatisfy { wanted[$0] != nil && wanted[$0] == found[$0 + 1] }
    // Both at once are two neighbours that changed places.
    guard isMovedUp != isMovedDown else { return nil }
    if isMovedUp {
      return Finding(
        kind: .missingEvent, slot: first,
        detail: "expected \(words(wanted[first])), found the event that belongs behind it")
    }
    return Finding(
      kind: .addedEvent, slot: first,
      detail: "expected \(words(wanted[first])), found another event before it")
  }
}
