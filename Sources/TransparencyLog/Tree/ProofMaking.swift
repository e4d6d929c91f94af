// Proofs made from tiles (RFC 6962, sections 2.1.1 and 2.1.2).

extension TileReading {
  /// The proof that the leaf at `index` is in the tree of `size` leaves.
  ///
  /// `size` may be smaller than the tree that is stored. Throws ``TreeError/Kind/indexOutOfRange`` where the
  /// tree has no such leaf, and what the source throws.
  public func inclusionProof(index: UInt64, size: UInt64) throws(TreeError) -> InclusionProof {
    var reader = try SubtreeReader(source: self, treeSize: size)
    guard index < size else {
      throw TreeError(
        .indexOutOfRange, leafIndex: index, expected: "an index below the size \(size)", found: "\(index)")
    }
    // From the root down to the leaf; at each step the half without the leaf joins the path.
    var path: [MerkleHash] = []
    var range = 0..<size
    while range.count > 1 {
      let middle = range.lowerBound + largestPowerOfTwo(below: range.upperBound - range.lowerBound)
      if index < middle {
        path.append(try reader.root(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try reader.root(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    return InclusionProof(index: index, size: size, path: path.reversed())
  }

  /// The proof that the tree of `oldSize` leaves is a beginning of the tree of `newSize` leaves.
  ///
  /// The path is empty if the sizes are equal or the old one is 0. Throws ``TreeError/Kind/sizeOutOfRange``
  /// if the old size is the larger one, and what the source throws.
  public func consistencyProof(from oldSize: UInt64, to newSize: UInt64) throws(TreeError) -> ConsistencyProof
  {
    var reader = try SubtreeReader(source: self, treeSize: newSize)
    guard oldSize <= newSize else {
      throw TreeError(
        .sizeOutOfRange, expected: "an old size of at most the new one, \(newSize)", found: "\(oldSize)")
    }
    var path: [MerkleHash] = []
    guard oldSize > 0, oldSize < newSize else {
      return ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path)
    }
    // Down to the subtree that the old tree ends with; its own hash is left out if it is the whole old tree.
    var range = 0..<newSize
    while range.upperBound != oldSize {
      let middle = range.lowerBound + largestPowerOfTwo(below: range.upperBound - range.lowerBound)
      if oldSize <= middle {
        path.append(try reader.root(of: middle..<range.upperBound))
        range = range.lowerBound..<middle
      } else {
        path.append(try reader.root(of: range.lowerBound..<middle))
        range = middle..<range.upperBound
      }
    }
    if range.lowerBound > 0 {
      path.append(try reader.root(of: range))
    }
    return ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path.reversed())
  }
}

/// The largest power of two below a number of at least 2: where a tree of so many leaves is split.
private func largestPowerOfTwo(below number: UInt64) -> UInt64 {
  1 << UInt64(63 - (number - 1).leadingZeroBitCount)
}
