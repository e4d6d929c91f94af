// What a client supplied: names and values in one flat namespace, whether typed, read from JSON or from a table.

public import CanonicalJSON

/// An event as a client supplied it, before it is checked.
///
/// Command line, JSON Lines and CSV share one flat namespace: `subject`, `occurred`, the type's own fields, `title`
/// and `title.zh-Hans`, `source.url`, `link.derived_from` and so on. JSON may also nest: `"sources": [{…}]`,
/// `"title": {"original": …}`, and a whole CloudEvent with its `data`.
public struct Draft: Sendable {
  /// One name and value, in the order given.
  public struct Entry: Sendable {
    /// The name, with dots where it has parts.
    public let name: String
    /// The value.
    public let value: JSONValue
  }

  /// Names and values.
  public var entries: [Entry] {
    guard let json else { return given }
    return json.members.map { Entry(name: Self.spelling(of: $0.key), value: $0.value.value) }
  }

  /// What was given otherwise than as a JSON object alone.
  private var given: [Entry] = []

  /// The flat JSON object that it was read from, as long as it is what that says and nothing else. Nothing is made of
  /// it until somebody asks: most are checked as they stand (``QuickCheck``).
  package private(set) var json: JSONView?

  /// Whether it is a whole event, as it stands in a log.
  public private(set) var isWhole = false

  /// Makes an empty draft.
  public init() {}

  /// Adds a name and a value.
  public mutating func add(_ name: String, _ value: JSONValue) {
    readOut()
    given.append(Entry(name: Self.spelling(of: name), value: value))
  }

  /// The draft with another value under a name; nil takes the name out.
  public func replacing(_ name: String, by value: JSONValue?) -> Draft {
    var draft = readOutOnce
    draft.given.removeAll { $0.name == name }
    if let value { draft.add(name, value) }
    return draft
  }

  /// Reads `FIELD=VALUE` arguments.
  ///
  /// - Parameters:
  ///   - type: the type of the event.
  ///   - arguments: as typed.
  /// - Throws: ``DraftError`` for an argument without a name and `=`. It names the argument by its number, never by
  ///   its words: where quotation marks were forgotten these may be part of what is to be sealed.
  public init(type: String, arguments: [String]) throws(DraftError) {
    add("type", .string(type))
    for (index, argument) in arguments.enumerated() {
      guard let equals = argument.utf8.firstIndex(of: UInt8(ascii: "=")),
        Self.isName(argument.utf8[..<equals])
      else {
        throw DraftError(
          nil,
          "argument \(index + 1) after the type is not FIELD=VALUE; write for instance occurred=2017-11-15, with "
            + "quotation marks around values with blanks")
      }
      add(String(argument[..<equals]), .string(String(argument[argument.utf8.index(after: equals)...])))
    }
  }

  /// Reads a row of a table; empty cells are left out.
  public init(row: [(column: String, cell: String)]) {
    for (column, cell) in row where !cell.isEmpty { add(column, .string(cell)) }
  }

  /// Reads a JSON object: flat, or a whole CloudEvent with its `data`.
  ///
  /// - Throws: ``DraftError`` if it is no object, or if a sealed event is read back, whose content is not in it.
  public init(json: JSONView) throws(DraftError) {
    guard json.kind == .object else { throw DraftError(nil, "is not a JSON object, { … }") }
    let isFlat = json.withTape { tape, place in
      var member = place + 1
      let end = tape.placeAfter(place)
      while member < end {
        // Whatever has escapes in its name may have one of these names.
        guard let name = tape.plainText(member), !name.equals("specversion"), !name.equals("data") else {
          return false
        }
        member = tape.placeAfter(member + 1)
      }
      return true
    }
    isWhole = isFlat ? false : json["specversion"] != nil
    if isFlat {
      self.json = json
      return
    }
    for (name, value) in json.members {
      if isWhole && CommonFields.stamped.contains(name) { continue }
      if name == "data" {
        guard value.kind == .object else { throw DraftError("data", "is not a JSON object, { … }") }
        for (name, value) in value.members {
          if name == "_sd" || name == "_sd_alg" {
            throw DraftError(
              nil,
              "is an event with sealed fields, read back from a log: what is sealed is not in it, so it cannot be entered again"
            )
          }
          add(name, value.value)
        }
      } else {
        add(name, value.value)
      }
    }
  }

  /// The type, if one was given as text.
  public var type: String? { first("type") }

  /// The first text given under a name.
  public func first(_ name: String) -> String? {
    guard let json else { return given.first { $0.name == name }?.value.string }
    for (key, value) in json.members where Self.spelling(of: key) == name { return value.string }
    return nil
  }

  /// The same draft with its names and values at hand, for who asks for them more than once.
  var readOutOnce: Draft {
    var draft = self
    draft.readOut()
    return draft
  }

  private mutating func readOut() {
    guard json != nil else { return }
    given = entries
    json = nil
  }

  /// The sources that it gives, each by its parts; those that cannot be read are left out.
  public var sources: [JSONObject] {
    GatheredFields(self).sources.map { source in JSONObject(source.map { ($0.key, $0.value) }) }
  }

  /// Whether something can be the name of a field: letters, digits, and `_`, `-`, `.` between them.
  private static func isName(_ bytes: Substring.UTF8View) -> Bool {
    guard let first = bytes.first, (1...100).contains(bytes.count), (first | 0x20).isLowerLetter else {
      return false
    }
    return bytes.allSatisfy {
      ($0 | 0x20).isLowerLetter || $0.isDigit || $0 == .hyphen || $0 == .dot || $0 == 0x5f
    }
  }

  /// `as-of` and `as_of` are one name; what stands after a dot (a language tag) keeps its hyphens.
  static func spelling(of name: String) -> String {
    guard name.utf8.contains(.hyphen) else { return name }
    // What a correction is to put in place, or found, is spelt as in the event that it corrects.
    for prefix in ["new.", "old."] where name.utf8.starts(with: prefix.utf8) {
      return prefix + spelling(of: String(name[name.utf8.index(name.startIndex, offsetBy: 4)...]))
    }
    let dot = name.utf8.firstIndex(of: .dot) ?? name.endIndex
    let head = name[..<dot].utf8.map { $0 == .hyphen ? UInt8(ascii: "_") : $0 }
    let tail = name[dot...]
    let isTag = head.elementsEqual("title".utf8)
    let tailBytes = tail.utf8.map { $0 == .hyphen && !isTag ? UInt8(ascii: "_") : $0 }
    return String(decoding: head + tailBytes, as: UTF8.self)
  }
}
