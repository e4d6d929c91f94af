// The members of an owned JSON object, always in canonical order.

/// The members of a JSON object.
///
/// Invariant: the members are in the order of RFC 8785 (by UTF-16 code unit of the keys), and no two keys have the
/// same bytes. Canonically equal keys with different bytes are different keys.
public struct JSONObject: Sendable, Sequence {
  private var sorted: [(key: String, value: JSONValue)] = []

  /// An object without members.
  public init() {}

  /// An object of these members. Of several with the same key, the last one counts.
  public init(_ pairs: [(String, JSONValue)]) {
    // Sorting is stable, so the last one of several with the same key is the last one of its run.
    for (key, value) in pairs.sorted(by: { precedesInUTF16($0.0, $1.0) }) {
      if let last = sorted.last, sameBytes(last.key, key) {
        sorted[sorted.count - 1].value = value
      } else {
        sorted.append((key, value))
      }
    }
  }

  /// An object of members whose keys are known to be distinct.
  init(distinct members: [(key: String, value: JSONValue)]) {
    let isSorted = zip(members, members.dropFirst()).allSatisfy { precedesInUTF16($0.key, $1.key) }
    sorted = isSorted ? members : members.sorted { precedesInUTF16($0.key, $1.key) }
  }

  /// The value of a member. Setting nil removes the member; to set a JSON null, set `JSONValue.null`.
  public subscript(key: String) -> JSONValue? {
    get {
      let (index, isPresent) = place(of: key)
      return isPresent ? sorted[index].value : nil
    }
    set {
      let (index, isPresent) = place(of: key)
      switch (newValue, isPresent) {
      case (let value?, true): sorted[index].value = value
      case (let value?, false): sorted.insert((key, value), at: index)
      case (nil, true): sorted.remove(at: index)
      case (nil, false): break
      }
    }
  }

  /// The keys, in canonical order.
  public var keys: [String] { sorted.map(\.key) }

  /// How many members there are.
  public var count: Int { sorted.count }

  /// Whether there are no members.
  public var isEmpty: Bool { sorted.isEmpty }

  /// How many members there are.
  public var underestimatedCount: Int { sorted.count }

  /// Goes over the members in canonical order.
  public func makeIterator() -> Iterator { Iterator(members: sorted.makeIterator()) }

  /// Goes over the members in canonical order.
  public struct Iterator: IteratorProtocol, Sendable {
    fileprivate var members: IndexingIterator<[(key: String, value: JSONValue)]>

    /// The next member, or nil after the last one.
    public mutating func next() -> (key: String, value: JSONValue)? { members.next() }
  }

  /// Where a key stands or would stand, by binary search.
  private func place(of key: String) -> (index: Int, isPresent: Bool) {
    var low = 0
    var high = sorted.count
    while low < high {
      let middle = low + (high - low) / 2
      if precedesInUTF16(sorted[middle].key, key) { low = middle + 1 } else { high = middle }
    }
    return (low, low < sorted.count && sameBytes(sorted[low].key, key))
  }
}

extension JSONObject: Hashable {
  /// Whether two objects have the same members; keys compared by their bytes.
  public static func == (a: JSONObject, b: JSONObject) -> Bool {
    a.sorted.count == b.sorted.count
      && zip(a.sorted, b.sorted).allSatisfy { sameBytes($0.key, $1.key) && $0.value == $1.value }
  }

  /// Feeds the members into a hasher, in canonical order.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(sorted.count)
    for (key, value) in sorted {
      hasher.combine(bytesOf: key)
      hasher.combine(value)
    }
  }
}
