// Going over the elements of an array and the members of an object, in the order of the text.

extension JSONView {
  /// The elements of an array, in their order; nothing if this is none.
  public var elements: Elements { Elements(container: node.isKind(.array) ? self : nil) }

  /// The members of an object, in the order of the text; nothing if this is none.
  public var members: Members { Members(views: memberViews) }

  /// The members of an object, each key as a view too; nothing if this is none.
  ///
  /// Makes no strings, and tells where each key stands: `key.range`, for messages.
  public var memberViews: MemberViews { MemberViews(container: node.isKind(.object) ? self : nil) }

  /// The elements of an array.
  public struct Elements: Sequence, Sendable {
    let container: JSONView?

    /// Goes over the elements from the first to the last.
    public func makeIterator() -> Iterator { Iterator(cursor: Cursor(container)) }

    /// How many there are.
    public var underestimatedCount: Int { container?.count ?? 0 }

    /// Goes over the elements from the first to the last.
    public struct Iterator: IteratorProtocol, Sendable {
      var cursor: Cursor

      /// The next element, or nil after the last one.
      public mutating func next() -> JSONView? {
        guard let storage = cursor.storage, cursor.index < cursor.end else { return nil }
        let element = JSONView(storage: storage, index: cursor.index)
        cursor.index = storage.indexAfterValue(at: cursor.index)
        return element
      }
    }
  }

  /// The members of an object, with their keys as views.
  public struct MemberViews: Sequence, Sendable {
    let container: JSONView?

    /// Goes over the members in the order of the text.
    public func makeIterator() -> Iterator { Iterator(cursor: Cursor(container)) }

    /// How many there are.
    public var underestimatedCount: Int { container?.count ?? 0 }

    /// Goes over the members in the order of the text.
    public struct Iterator: IteratorProtocol, Sendable {
      var cursor: Cursor

      /// The next member, or nil after the last one.
      public mutating func next() -> (key: JSONView, value: JSONView)? {
        guard let storage = cursor.storage, cursor.index < cursor.end else { return nil }
        let key = JSONView(storage: storage, index: cursor.index)
        let value = JSONView(storage: storage, index: cursor.index + 1)
        cursor.index = storage.indexAfterValue(at: value.index)
        return (key, value)
      }
    }
  }

  /// The members of an object, with their keys as strings.
  public struct Members: Sequence, Sendable {
    let views: MemberViews

    /// Goes over the members in the order of the text.
    public func makeIterator() -> Iterator { Iterator(views: views.makeIterator()) }

    /// How many there are.
    public var underestimatedCount: Int { views.underestimatedCount }

    /// Goes over the members in the order of the text.
    public struct Iterator: IteratorProtocol, Sendable {
      var views: MemberViews.Iterator

      /// The next member, or nil after the last one.
      public mutating func next() -> (key: String, value: JSONView)? {
        guard let member = views.next() else { return nil }
        return (member.key.string ?? "", member.value)
      }
    }
  }

  /// Where a walk over a container stands on the tape.
  struct Cursor: Sendable {
    let storage: TextStorage?
    var index = 0
    var end = 0

    init(_ container: JSONView?) {
      storage = container?.storage
      if let container {
        index = container.index + 1
        end = Int(container.node.link)
      }
    }
  }
}
