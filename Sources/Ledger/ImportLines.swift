// From positions back to the lines of an import, for what does not add up is told by file and line.

internal import EDTF
internal import Projections

/// Which line each added event came from. Lines in a row that stand at positions in a row take the room of one.
struct ImportLines {
  private struct Run {
    let position: Int64
    let file: String
    let line: Int
    var count: Int64
  }

  private var runs: [Run] = []

  var firstPosition: Int64? { runs.first?.position }

  mutating func add(position: Int64, file: String, line: Int) {
    if let last = runs.last, last.position + last.count == position, last.line + Int(last.count) == line,
      last.file.utf8.elementsEqual(file.utf8)
    {
      runs[runs.count - 1].count += 1
    } else {
      runs.append(Run(position: position, file: file, line: line, count: 1))
    }
  }

  /// The line of a position; nil for an event that came from elsewhere.
  func line(of position: Int64) -> (file: String, line: Int)? {
    var (low, high) = (0, runs.count)
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].position <= position { low = middle + 1 } else { high = middle }
    }
    guard low > 0, case let run = runs[low - 1], position < run.position + run.count else { return nil }
    return (run.file, run.line + Int(position - run.position))
  }
}

extension Ledger {
  /// What does not add up in the events that an import added, whenever they happened: how much, and the first of it.
  func anomalies(
    of lines: ImportLines, keeping keptMax: Int
  ) throws(LedgerError) -> (count: Int, first: [ImportAnomaly]) {
    guard let first = lines.firstPosition else { return (0, []) }
    return try answer(on: nil) { snapshot, _ in
      var (count, kept) = (0, [ImportAnomaly]())
      try snapshot.eachAnomaly(from: first) { anomaly in
        guard let place = lines.line(of: anomaly.position) else { return }
        count += 1
        if kept.count >= keptMax { return }
        kept.append(
          ImportAnomaly(
            file: place.file, line: place.line, position: anomaly.position, subject: anomaly.subject,
            party: anomaly.party, finding: anomaly.finding))
      }
      return (count, kept)
    }.content
  }
}
