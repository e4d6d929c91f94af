// The Merkle tree over the leaves: grown in the transaction of the events, read in one state of the log.

internal import GRDB
internal import Synchronization
public import TransparencyLog

extension SQLiteLog {
  // MARK: Reading

  /// Looks at the tree of one state of the log.
  ///
  /// Appends go on meanwhile and are not seen. Until `body` returns, the `-wal` file cannot be emptied.
  ///
  /// - Parameter body: is given the tree, which is only valid until it returns. What it throws is passed on.
  /// - Returns: what `body` returns.
  /// - Throws: ``LogError``, or what `body` throws.
  public func withTree<T>(_ body: (LogTree) throws -> T) throws -> T {
    let result = try withReader { database -> Result<T, any Error> in
      try Query.run(database, Statements.beginRead)
      // There is nothing to undo: ending the transaction lets go of the state.
      defer { try? Query.run(database, Statements.rollback) }
      let tree = LogTree(
        head: try Self.head(database), source: TileTable(database: database, path: path),
        subtreeMemory: subtreeMemory)
      return Result { try body(tree) }
    }
    return try result.get()
  }

  /// The root that the tree had, or has, at a size.
  ///
  /// - Parameter size: at most that of the log.
  /// - Returns: the root of the tree over so many leaves.
  /// - Throws: ``LogError``; ``LogError/gap(position:)`` if the log has fewer events.
  public func root(atSize size: Int64) throws(LogError) -> MerkleHash {
    do {
      return try withTree { try $0.root(atSize: size) }
    } catch let error as LogError { throw error } catch {
      throw .damaged(detail: "the tree cannot be read: \(error)")
    }
  }

  /// The size of the log and the root of its tree as this program's last append has left them; nil before the first.
  ///
  /// Costs nothing, where ``head()`` reads from the file. Others may have appended since.
  public var lastAppended: (size: Int64, root: MerkleHash)? {
    rightEdge.withLock { $0.map { (Int64($0.tree.size), $0.root) } }
  }

  // MARK: Growing

  /// Hashes the new leaves into the tree, stores what it gains, and gives the tree as it is then. To be called
  /// within the transaction that has written the events.
  func growTree(by leaves: [Leaf], from head: LogHead, database: Database) throws -> RightEdge {
    do {
      let table = TileTable(database: database, path: path)
      var tree = try tree(at: head, in: table)
      for leaf in leaves { tree.append(leaf.bytes.withUnsafeBytes { .leaf($0) }) }
      for new in tree.takeNewTileHashes() { try table.write(new) }
      let edge = RightEdge(tree: tree, root: tree.root)
      try table.setHead(size: Int64(tree.size), root: edge.root)
      return edge
    } catch let error as TreeError { throw LogError(error) }
  }

  /// The tree as it stands: the one that the last append left, or else made from the tiles of the right edge.
  private func tree(at head: LogHead, in table: TileTable) throws(TreeError) -> TreeAppender {
    if let last = rightEdge.withLock({ $0 }), last.tree.size == UInt64(head.size), last.root == head.root {
      return last.tree
    }
    return try TreeAppender(size: UInt64(head.size), root: head.root, tiles: table)
  }
}

/// The tree as an append has left it.
struct RightEdge: Sendable {
  let tree: TreeAppender
  /// That of the tree, which would hash its way up anew each time that it is asked.
  let root: MerkleHash
}

/// The tree of one state of the log: its head, and its tiles for proofs and roots.
public struct LogTree: TileReading {
  /// Size and root of the tree, and the time of the last event.
  public let head: LogHead
  let source: TileTable
  /// Of this log, as long as it is open.
  public let subtreeMemory: SubtreeMemory?

  /// The first hashes of a tile; see ``TileReading``.
  public func readTile(_ tile: TileID, width: Int) throws(TreeError) -> [MerkleHash] {
    try source.readTile(tile, width: width)
  }

  /// The root that the tree had, or has, at a size.
  ///
  /// - Throws: ``LogError``; ``LogError/gap(position:)`` if the log has fewer events.
  public func root(atSize size: Int64) throws(LogError) -> MerkleHash {
    if size == head.size { return head.root }
    guard size >= 0, size < head.size else { throw .gap(position: size < 0 ? size : head.size) }
    do {
      return try root(size: UInt64(size))
    } catch { throw LogError(error) }
  }
}

extension LogError {
  /// What a failure of the tree means for the log: its tables do not hold the tiles of a tree, or cannot be read.
  public init(_ error: TreeError) {
    self = error.underlying as? LogError ?? .damaged(detail: "\(error)")
  }
}
