// What publishing and verifying ask of the place where a log is published.

/// The files of a published log, by their paths relative to it (``TilePath``): a directory, a bucket, memory.
public protocol PublishedFiles {
  /// The bytes of a file, or nothing if there is none.
  ///
  /// - Parameters:
  ///   - path: The path, with `/` between its elements.
  ///   - lengthMaxBytes: What a file of this kind can have at most. Of a longer one so many bytes and one more
  ///     are given: enough to see that it is too long.
  /// - Returns: The bytes, or nothing.
  /// - Throws: ``ContentsError``, if it cannot be read or is no file.
  func read(_ path: String, lengthMaxBytes: Int) throws(ContentsError) -> [UInt8]?

  /// The names in a directory, in any order; none if there is no such directory.
  func list(_ directory: String) throws(ContentsError) -> [String]
}

/// Files that can be written, too.
///
/// A write is whole or not there, whenever the machine stops, and is on stable storage once ``flush()`` has
/// returned. Who writes is alone: no other publisher is at work in the same place.
public protocol WritablePublishedFiles: PublishedFiles {
  /// Puts a file in its place at once, with the directories on the way to it; replaces one that is there.
  func write(_ path: String, _ bytes: [UInt8]) throws(ContentsError)

  /// Removes a file or an empty directory. One that is not there is removed already.
  func remove(_ path: String) throws(ContentsError)

  /// Returns when all that was written and removed is on stable storage.
  func flush() throws(ContentsError)

  /// Removes what writes that were cut off have left in a directory.
  func removeLeftovers(in directory: String) throws(ContentsError)
}
