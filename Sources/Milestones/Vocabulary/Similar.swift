// "Did you mean": the names nearest to one that does not exist.

/// Finds names that a person may have meant.
public enum Similar {
  /// The names within a third of the length in edits, nearest first, three at most.
  public static func names(to name: String, among known: [String]) -> [String] {
    let wanted = Array(name.utf8.prefix(80))
    let distanceMax = max(2, wanted.count / 3)
    let ranked = known.compactMap { candidate -> (distance: Int, name: String)? in
      let distance = editDistance(wanted, Array(candidate.utf8))
      return distance <= distanceMax ? (distance, candidate) : nil
    }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }.prefix(3).map(\.name)
  }

  /// ` (did you mean a or b?)`, or nothing.
  public static func hint(for name: String, among known: [String]) -> String {
    let names = names(to: name, among: known)
    return names.isEmpty ? "" : "; did you mean \(names.joined(separator: " or "))?"
  }

  /// Levenshtein's distance.
  private static func editDistance(_ one: [UInt8], _ other: [UInt8]) -> Int {
    var row = Array(0...other.count)
    for (i, a) in one.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for (j, b) in other.enumerated() {
        let replaced = diagonal + (a == b ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[other.count]
  }
}
