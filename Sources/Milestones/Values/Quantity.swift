// Figures as sources give them: exact, at least, more than, about, or a range.

/// A figure as its source gives it, kept to the byte: `1700000`, `>=220`, `>85`, `<5`, `~60000`, `17000..20000`.
public struct Quantity: Sendable, Hashable, CustomStringConvertible {
  /// The figure as written.
  public let text: String

  /// Reads a figure: digits with at most one decimal point, after at most one of `>=`, `<=`, `>`, `<`, `~`; or two
  /// such numbers joined by `..`.
  ///
  /// - Throws: ``ValueError`` with what is wrong and how a figure is written.
  public init(_ text: String) throws(ValueError) {
    var rest = text.utf8[...]
    for mark in [">=", "<=", ">", "<", "~"] where rest.starts(with: mark.utf8) {
      rest = rest.dropFirst(mark.utf8.count)
      break
    }
    let isMarked = rest.count < text.utf8.count
    var parts: [Substring.UTF8View.SubSequence] = [rest]
    if !isMarked, let range = Self.rangeMark(in: rest) {
      parts = [rest[..<range], rest[rest.index(range, offsetBy: 2)...]]
    }
    guard text.utf8.count <= 60, parts.allSatisfy({ Self.isNumber($0) }) else {
      throw ValueError(
        "is not a figure",
        advice: "Write digits without separators: 1700000, >=220, >85, ~60000 or 17000..20000.")
    }
    self.text = text
  }

  /// The figure itself.
  public var description: String { text }

  private static func isNumber(_ bytes: Substring.UTF8View.SubSequence) -> Bool {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    return (1...2).contains(parts.count) && parts.allSatisfy { !$0.isEmpty && $0.allSatisfy(\.isDigit) }
  }

  private static func rangeMark(in bytes: Substring.UTF8View.SubSequence) -> String.Index? {
    var previous: String.Index?
    for index in bytes.indices {
      if bytes[index] == UInt8(ascii: "."), let dot = previous { return dot }
      previous = bytes[index] == UInt8(ascii: ".") ? index : nil
    }
    return nil
  }
}
