// JSON whose members keep their order, to be changed at random and written again: in a vocabulary file the order counts.

import CanonicalJSON
import TestSupport

/// A JSON value with its members in the order of the text.
enum OrderedJSON {
  /// A member of an object.
  struct Member {
    var key: String
    var value: OrderedJSON
  }

  case object([Member])
  case array([OrderedJSON])
  case word(JSONValue)

  init(_ view: JSONView) {
    switch view.kind {
    case .object: self = .object(view.members.map { Member(key: $0.key, value: OrderedJSON($0.value)) })
    case .array: self = .array(view.elements.map(OrderedJSON.init))
    default: self = .word(view.value)
    }
  }

  init(parsing text: String) throws { self.init(try JSONText(parsing: Array(text.utf8)).root) }

  /// The text, on one line.
  func text() throws -> String {
    switch self {
    case .object(let members):
      let list = try members.map { "\(try Self.word(.string($0.key))):\(try $0.value.text())" }
      return "{\(list.joined(separator: ","))}"
    case .array(let items): return "[\(try items.map { try $0.text() }.joined(separator: ","))]"
    case .word(let value): return try Self.word(value)
    }
  }

  private static func word(_ value: JSONValue) throws -> String {
    String(decoding: try value.canonicalBytes(), as: UTF8.self)
  }

  static func members(_ members: KeyValuePairs<String, OrderedJSON>) -> [Member] {
    members.map { Member(key: $0.key, value: $0.value) }
  }

  static func text(_ text: String) -> OrderedJSON { .word(.string(text)) }
  static func texts(_ texts: [String]) -> OrderedJSON { .array(texts.map(OrderedJSON.text)) }

  var members: [Member] {
    if case .object(let members) = self { members } else { [] }
  }
  var items: [OrderedJSON] { if case .array(let items) = self { items } else { [] } }
  var string: String? { if case .word(.string(let string)) = self { string } else { nil } }

  /// A member. Setting one that is not there puts it behind the others.
  subscript(key: String) -> OrderedJSON? {
    get { members.first { $0.key == key }?.value }
    set {
      guard case .object(var members) = self else { return }
      let index = members.firstIndex { $0.key == key }
      switch (index, newValue) {
      case (let index?, let value?): members[index].value = value
      case (let index?, nil): members.remove(at: index)
      case (nil, let value?): members.append(Member(key: key, value: value))
      case (nil, nil): break
      }
      self = .object(members)
    }
  }

  /// All strings in it, names of members too.
  var strings: [String] {
    switch self {
    case .object(let members): members.flatMap { [$0.key] + $0.value.strings }
    case .array(let items): items.flatMap(\.strings)
    case .word(let value): value.string.map { [$0] } ?? []
    }
  }

  /// How many values are in it, itself among them.
  var count: Int {
    switch self {
    case .object(let members): members.reduce(1) { $0 + $1.value.count }
    case .array(let items): items.reduce(1) { $0 + $1.count }
    case .word: 1
    }
  }

  /// Changes the value with this number, counted in the order of the text; 0 is the value itself.
  mutating func change(_ number: Int, _ body: (inout OrderedJSON) -> Void) {
    var left = number
    change(&left, body)
  }

  private mutating func change(_ left: inout Int, _ body: (inout OrderedJSON) -> Void) {
    if left == 0 {
      body(&self)
      left = -1
      return
    }
    left -= 1
    switch self {
    case .object(var members):
      for index in members.indices where left >= 0 { members[index].value.change(&left, body) }
      self = .object(members)
    case .array(var items):
      for index in items.indices where left >= 0 { items[index].change(&left, body) }
      self = .array(items)
    case .word: break
    }
  }
}
