// JSON for people: one member a line. Scripts get the canonical form, on one line.

import CanonicalJSON
import Publishing

extension JSONValue {
  /// The value in lines, indented by two blanks; a list of plain values, or a small object of them, stands
  /// on one line where it fits.
  ///
  /// - Throws: ``JSONError`` if a number lies outside `canonicalIntegerRange`.
  func indented() throws -> String { try indented(by: 0) }

  private static let widthMax = 100

  private func indented(by depth: Int) throws -> String {
    let margin = String(repeating: " ", count: depth)
    func block(_ lines: [String], _ open: String, _ close: String) -> String {
      let body = lines.map { margin + "  " + $0 }.joined(separator: ",\n")
      return lines.isEmpty ? open + close : "\(open)\n\(body)\n\(margin)\(close)"
    }
    func fits(_ line: String, _ parts: [JSONValue]) -> Bool {
      parts.allSatisfy { $0.object == nil && $0.array == nil } && line.count + depth <= Self.widthMax
    }
    switch self {
    case .object(let object):
      let lines = try object.map { key, value in
        "\(try JSONValue.string(key).oneLine()): \(try value.indented(by: depth + 2))"
      }
      let line = "{ \(lines.joined(separator: ", ")) }"
      return lines.count < 3 && fits(line, object.map { $0.value }) ? line : block(lines, "{", "}")
    case .array(let items):
      let lines = try items.map { try $0.indented(by: depth + 2) }
      let line = "[\(lines.joined(separator: ", "))]"
      return fits(line, items) ? line : block(lines, "[", "]")
    default: return try oneLine()
    }
  }

  /// The canonical form, with what could steer a terminal written as escapes.
  private func oneLine() throws -> String {
    let text = String(decoding: try canonicalBytes(), as: UTF8.self)
    guard text.unicodeScalars.contains(where: Printable.isUnsafe) else { return text }
    return text.unicodeScalars.reduce(into: "") { out, scalar in
      if Printable.isUnsafe(scalar) {
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
  }
}
