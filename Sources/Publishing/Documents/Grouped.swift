// Lines of a view that belong together.

/// Lines of a view that belong together; the groups stand in the order of their first members.
package struct Grouped<Item> {
  /// The groups.
  package let groups: [[Item]]

  /// Groups items.
  ///
  /// - Parameters:
  ///   - items: the items.
  ///   - key: what the items of a group have in common, to the byte.
  package init(_ items: [Item], by key: (Item) -> String) {
    var groups: [[Item]] = []
    for item in items {
      let name = key(item)
      if let index = groups.firstIndex(where: { key($0[0]).utf8.elementsEqual(name.utf8) }) {
        groups[index].append(item)
      } else {
        groups.append([item])
      }
    }
    self.groups = groups
  }

  /// Something made of each group.
  package func map<T>(_ transform: ([Item]) -> T) -> [T] { groups.map(transform) }
}
