// Tables that fit the terminal. Ours, because it must count the columns of 米兔 and leave out what nobody filled.

import Publishing
import Rainbow

/// A table of text.
struct Table {
  /// A column.
  struct Column {
    let heading: String
    /// The narrowest it may be cut to; nil if it is never cut.
    var widthMin: Int?
    /// Columns that give way first have the lower number.
    var cutOrder = 0
  }

  private let columns: [Column]
  private var rows: [[String]] = []

  init(_ columns: [Column]) { self.columns = columns }

  mutating func add(_ cells: [String]) { rows.append(cells.map(Printable.text)) }

  /// The lines, no wider than `widthMax` where columns can be cut that far. A column without any content is left out.
  func lines(widthMax: Int) -> [String] {
    let shown = columns.indices.filter { index in rows.contains { !$0[index].isEmpty } }
    var widths = shown.map { index in
      ([columns[index].heading] + rows.map { $0[index] }).map(Terminal.columns).max() ?? 0
    }
    let gap = 2
    var excess = widths.reduce(0, +) + gap * max(0, widths.count - 1) - widthMax
    while excess > 0 {
      let candidates = widths.indices.filter { widths[$0] > columns[shown[$0]].widthMin ?? .max }
      guard let next = candidates.min(by: { columns[shown[$0]].cutOrder < columns[shown[$1]].cutOrder })
      else { break }
      let cut = min(excess, widths[next] - (columns[shown[next]].widthMin ?? 0))
      widths[next] -= cut
      excess -= cut
    }
    if excess > 0 { return stacked(shown, widthMax: widthMax) }
    func line(_ cells: [String]) -> String {
      var text = ""
      for (place, width) in widths.enumerated() {
        let cell = Terminal.cut(cells[place], to: width)
        text += cell
        if place < widths.count - 1 {
          text += String(repeating: " ", count: width - Terminal.columns(cell) + gap)
        }
      }
      return text
    }
    return [line(shown.map { columns[$0].heading }).bold] + rows.map { row in line(shown.map { row[$0] }) }
  }

  /// Where the columns cannot stand side by side: a block for each row, a line for each cell that is filled.
  private func stacked(_ shown: [Int], widthMax: Int) -> [String] {
    rows.flatMap { row in
      [""]
        + shown.filter { !row[$0].isEmpty }.map { index in
          let heading = columns[index].heading.lowercased()
          return Terminal.cut(heading.isEmpty ? row[index] : "\(heading): \(row[index])", to: widthMax)
        }
    }
  }
}
