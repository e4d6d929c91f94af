// The schemas as the program prints them, and which command's output each describes.

internal import CanonicalJSON
internal import Testing

/// The schemas of documents.
struct PrintedSchemas {
  /// A schema.
  struct Schema {
    let name: String
    let value: JSONValue
    let printedBy: [Pattern]
  }

  /// A command line as `x-printed-by` writes it: `annals append --dry-run --format json`, `annals schema NAME …`.
  struct Pattern {
    let text: String
    /// The words of the command, without `annals`.
    let path: [String]
    /// How many arguments it must have; words in capitals stand for them.
    let argumentCount: Int
    /// The flags that it must have.
    let flags: [String]
    let format: String

    init(_ text: String) throws {
      self.text = text
      let words = text.split(separator: " ").map(String.init)
      let formatAt = try #require(words.lastIndex(of: "--format"), "\"\(text)\" names no format")
      try #require(words.first == "annals" && formatAt == words.count - 2, "\"\(text)\" is malformed")
      let own = words[1..<formatAt]
      path = own.filter { !$0.hasPrefix("-") && $0 != $0.uppercased() }
      argumentCount = own.count { !$0.hasPrefix("-") && $0 == $0.uppercased() }
      flags = own.filter { $0.hasPrefix("-") }
      format = words[words.count - 1]
    }

    /// Whether a command line is of this form.
    func matches(_ words: [String], format: String) -> Bool {
      let rest = words.dropFirst(path.count)
      return self.format == format && words.starts(with: path) && flags.allSatisfy(words.contains)
        && rest.prefix { !$0.hasPrefix("-") }.count >= argumentCount
    }
  }

  let all: [Schema]

  /// Asks the program for all of them.
  init() throws {
    let list = try Annals.run(["schema", "--format", "jsonl"])
    try #require(list.how == .exit(0), "\(list)")
    let rows = try list.outputLines.map { try JSONValue(parsing: $0) }
    let names = try rows.map { try #require($0["name"]?.string) }
    let loop =
      "for name in \(names.joined(separator: " ")); do annals schema $name --format json || exit; done"
    let printed = try Annals.shell(loop, in: "/")
    try #require(printed.outputLines.count == names.count, "\(printed)")
    all = try zip(rows, printed.outputLines).map { row, line in
      Schema(
        name: row["name"]?.string ?? "", value: try JSONValue(parsing: line),
        printedBy: try (row["printedBy"]?.array ?? []).map { try Pattern($0.string ?? "") })
    }
  }

  /// The schema of what a command prints.
  ///
  /// - Parameters:
  ///   - words: the command line, without `annals`.
  ///   - format: the format.
  /// - Returns: the most particular one; nil if there is none.
  func schema(of words: [String], format: String) -> Schema? {
    all.compactMap { schema in
      schema.printedBy.filter { $0.matches(words, format: format) }
        .map { $0.path.count + $0.argumentCount + $0.flags.count }.max().map { (schema, $0) }
    }.max { $0.1 < $1.1 }?.0
  }
}

/// The schemas of the events of all types.
enum TypeSchemas {
  /// Asked for once for all tests.
  static let shared = Result { try all() }

  private static func all() throws -> [JSONValue] {
    try withLedger { ledger in
      let types = "annals vocabulary list --format csv | tail -n +2 | cut -d, -f1"
      let ended = try ledger.shell(
        "for t in $(\(types)); do annals vocabulary schema $t --format json || exit; done")
      try #require(ended.how == .exit(0) && ended.outputLines.count > 50, "\(ended)")
      return try ended.outputLines.map { try JSONValue(parsing: $0) }
    }
  }
}

extension JSONValue {
  /// Walks a value and all within it; `body` is given each with the keys and places that lead to it.
  func walk(_ path: [String] = [], _ body: (JSONValue, [String]) throws -> Void) rethrows {
    try body(self, path)
    switch self {
    case .array(let items):
      for (index, item) in items.enumerated() { try item.walk(path + ["\(index)"], body) }
    case .object(let object): for (key, value) in object { try value.walk(path + [key], body) }
    default: break
    }
  }
}
