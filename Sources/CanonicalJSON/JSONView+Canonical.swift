// The canonical form of a value that was parsed, and its owned copy.

extension JSONView {
  /// Appends the canonical form of this value (RFC 8785).
  ///
  /// What is canonical already is copied as it stands.
  public func appendCanonical(to out: inout [UInt8]) {
    if isCanonical {
      storage.bytes.withUnsafeBufferPointer { out.append(contentsOf: ByteRun(rebasing: $0[range])) }
    } else {
      appendRewritten(at: index, to: &out)
    }
  }

  /// The canonical form of this value (RFC 8785).
  public func canonicalBytes() -> [UInt8] {
    var out: [UInt8] = []
    appendCanonical(to: &out)
    return out
  }

  /// An owned copy of this value.
  ///
  /// Goes down level by level; the depth is bounded by ``JSONLimits/depthCeiling``.
  public var value: JSONValue {
    switch kind {
    case .null: .null
    case .bool: .bool(node.isKind(.true))
    case .integer: .integer(integer ?? 0)
    case .string: .string(string ?? "")
    case .array: .array(elements.map(\.value))
    case .object: .object(JSONObject(distinct: members.map { ($0.key, $0.value.value) }))
    }
  }

  /// Appends the value at an index piece by piece. Goes down level by level, as `value` does.
  private func appendRewritten(at index: Int, to out: inout [UInt8]) {
    let node = storage[index]
    switch node.kind {
    case .array:
      out.append(.openBracket)
      var element = index + 1
      while element < Int(node.link) {
        if element > index + 1 { out.append(.comma) }
        appendRewritten(at: element, to: &out)
        element = storage.indexAfterValue(at: element)
      }
      out.append(.closeBracket)
    case .object:
      out.append(.openBrace)
      for (position, key) in sortedKeys(at: index).enumerated() {
        if position > 0 { out.append(.comma) }
        appendRewritten(at: key, to: &out)
        out.append(.colon)
        appendRewritten(at: key + 1, to: &out)
      }
      out.append(.closeBrace)
    case .escapedString:
      storage.withString(at: index) { appendCanonicalString($0, to: &out) }
    case .integer where isMinusZero(node):
      out.append(.zero)
    case .integer, .plainString, .null, .false, .true:
      storage.bytes.withUnsafeBufferPointer {
        out.append(contentsOf: ByteRun(rebasing: $0[Int(node.start)..<Int(node.end)]))
      }
    }
  }

  /// The indices of an object's keys, in canonical order.
  private func sortedKeys(at object: Int) -> [Int] {
    let node = storage[object]
    var keys: [Int] = []
    keys.reserveCapacity(node.count)
    var isSorted = true
    var key = object + 1
    while key < Int(node.link) {
      if let last = keys.last, !keyPrecedes(last, key) { isSorted = false }
      keys.append(key)
      key = storage.indexAfterValue(at: key + 1)
    }
    if !isSorted { keys.sort(by: keyPrecedes) }
    return keys
  }

  private func keyPrecedes(_ a: Int, _ b: Int) -> Bool {
    storage.withString(at: a) { a in storage.withString(at: b) { b in precedesInUTF16(a, b) } }
  }

  private func isMinusZero(_ node: TapeNode) -> Bool {
    node.end - node.start == 2 && storage.bytes[Int(node.start)] == .minus
      && storage.bytes[Int(node.start) + 1] == .zero
  }

  // MARK: Is it canonical already?

  /// Whether the bytes of this value are its canonical form.
  ///
  /// One pass over the tape: each string and number by itself; each container by the order of its keys, and by
  /// having nothing between its parts but one comma, colon or bracket each.
  var isCanonical: Bool {
    for index in self.index..<storage.indexAfterValue(at: self.index) {
      let node = storage[index]
      let isCanonical =
        switch node.kind {
        case .null, .false, .true, .plainString: true
        case .integer: !isMinusZero(node)
        case .escapedString: isCanonicalString(at: index)
        case .array: isTight(at: index)
        case .object: isTight(at: index) && hasSortedKeys(at: index)
        }
      if !isCanonical { return false }
    }
    return true
  }

  private func isCanonicalString(at index: Int) -> Bool {
    let node = storage[index]
    var canonical: [UInt8] = []
    storage.withString(at: index) { appendCanonicalString($0, to: &canonical) }
    return storage.bytes[Int(node.start)..<Int(node.end)].elementsEqual(canonical)
  }

  /// Whether there is no white space directly inside a container.
  private func isTight(at container: Int) -> Bool {
    let node = storage[container]
    var child = container + 1
    // One byte before each part (bracket, comma or colon), one after the last.
    var expectedStart = node.start + 1
    while child < Int(node.link) {
      guard storage[child].start == expectedStart else { return false }
      expectedStart = storage[child].end + 1
      child = storage.indexAfterValue(at: child)
    }
    return node.end == (node.count == 0 ? node.start + 2 : expectedStart)
  }

  private func hasSortedKeys(at object: Int) -> Bool {
    let end = Int(storage[object].link)
    guard object + 1 < end else { return true }
    var key = object + 1
    while true {
      let next = storage.indexAfterValue(at: key + 1)
      if next >= end { return true }
      guard keyPrecedes(key, next) else { return false }
      key = next
    }
  }
}
