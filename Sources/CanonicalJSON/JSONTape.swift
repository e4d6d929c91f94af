// A parsed text for loops that go over a million texts: no view is made for a value, and no reference counted.

/// The values of a parsed text by their places on the tape, in the order of the text. See ``JSONView/withTape(_:)``.
///
/// The children of a container stand behind it: of an array its elements, of an object its members, each a key and,
/// at the next place, its value.
package struct JSONTape {
  private let text: UnsafePointer<UInt8>
  private let nodes: UnsafePointer<TapeNode>
  private let count: Int

  fileprivate init(text: UnsafePointer<UInt8>, nodes: UnsafePointer<TapeNode>, count: Int) {
    self.text = text
    self.nodes = nodes
    self.count = count
  }

  private func node(_ place: Int) -> TapeNode {
    precondition(place >= 0 && place < count, "a place outside of its text")
    return nodes[place]
  }

  /// Whether the value at a place is an object.
  package func isObject(_ place: Int) -> Bool { node(place).isKind(.object) }

  /// Whether the value at a place is an array.
  package func isArray(_ place: Int) -> Bool { node(place).isKind(.array) }

  /// Whether the value at a place is a whole number.
  package func isInteger(_ place: Int) -> Bool { node(place).isKind(.integer) }

  /// The truth value at a place; nil if it is none.
  package func bool(_ place: Int) -> Bool? {
    let node = node(place)
    return node.isKind(.true) ? true : node.isKind(.false) ? false : nil
  }

  /// The bytes of a string or key that is written without escapes; nil for all else.
  package func plainText(_ place: Int) -> UnsafeBufferPointer<UInt8>? {
    let node = node(place)
    guard node.isKind(.plainString) else { return nil }
    return UnsafeBufferPointer(start: text + node.contents.lowerBound, count: node.contents.count)
  }

  /// The bytes of a value as they stand in the text.
  package func written(_ place: Int) -> UnsafeBufferPointer<UInt8> {
    let node = node(place)
    return UnsafeBufferPointer(start: text + Int(node.start), count: Int(node.end) - Int(node.start))
  }

  /// The place behind a value and all that it holds: where its next sibling stands, if it has one.
  package func placeAfter(_ place: Int) -> Int { node(place).indexAfter(place) }

  /// Whether a container has no children.
  package func isEmpty(_ place: Int) -> Bool { node(place).count == 0 }
}

extension JSONView {
  /// Lends the text of this value for going over it place by place.
  ///
  /// - Parameter body: is given the tape, which is only valid until it returns, and the place of this value.
  /// - Returns: what `body` returns.
  package func withTape<Result>(_ body: (JSONTape, _ place: Int) -> Result) -> Result {
    storage.bytes.withUnsafeBufferPointer { text in
      storage.withNodes { nodes, count in
        // A text that was parsed has at least one byte.
        guard let start = text.baseAddress else { preconditionFailure("a text without bytes") }
        return body(JSONTape(text: start, nodes: nodes, count: count), index)
      }
    }
  }
}
