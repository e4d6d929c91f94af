// A snapshot in Markdown that every forge shows: headings, tables, links. Whatever the log says, it stays text.

internal import CanonicalJSON
internal import EDTF
internal import Ledger

/// The page in Markdown.
struct SnapshotMarkdown {
  /// What the first line begins with, and ends in; between stands what the snapshot depends on.
  static let opening = "<!-- annals-snapshot "
  static let closing = " -->"

  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  func text() throws -> String {
    let sections = snapshot.pageSections
    var lines = [
      try Self.firstLine(snapshot.header), "# \(Markdown.text(snapshot.title))", "",
      Markdown.text(snapshot.says),
    ]
    if sections.isEmpty { lines += ["", "Nothing is recorded here."] }
    for section in sections {
      lines += ["", "## \(Markdown.text(section.title))", ""]
      if let note = section.note { lines += [Markdown.text(note), ""] }
      lines += Markdown.table(section.headings.map(Markdown.text), section.rows.map { $0.map(Self.cell) })
    }
    lines += ["", "## What this rests on", ""]
    lines += Markdown.table(
      ["What", "Value"],
      snapshot.provenance().map { [Markdown.text($0.name), Markdown.text($0.value)] })
    return lines.joined(separator: "\n") + "\n"
  }

  /// A comment cannot hold two hyphens in a row or end in one, so they are written as JSON's escapes.
  private static func firstLine(_ header: JSONObject) throws -> String {
    let json = String(decoding: try JSONValue.object(header).canonicalBytes(), as: UTF8.self)
    var safe = ""
    var isAfterHyphen = false
    for scalar in json.unicodeScalars {
      switch scalar {
      case ">": safe += "\\u003e"
      case "-" where isAfterHyphen: safe += "\\u002d"
      default: safe.unicodeScalars.append(scalar)
      }
      isAfterHyphen = scalar == "-" && !isAfterHyphen
    }
    return opening + safe + closing
  }

  private static func cell(_ cell: SnapshotCell) -> String {
    cell.parts.map { part in
      switch part {
      case .text(let text): return Markdown.text(text)
      case .event(let position): return "\\[\(position)\\]"
      case .link(let text, let address):
        guard let address = SafeLink.address(address) else {
          return Markdown.text(text.utf8.elementsEqual(address.utf8) ? text : "\(text) (\(address))")
        }
        return "[\(Markdown.text(text))](<\(address)>)"
      }
    }.joined(separator: ", ")
  }
}
