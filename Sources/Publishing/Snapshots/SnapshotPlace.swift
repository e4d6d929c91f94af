// Where a snapshot lies: a file with its checkpoint beside it, or the directory of a data package with all in it.

internal import Foundation
internal import Ledger

/// The place of a snapshot.
package struct SnapshotPlace: Sendable {
  /// The file or directory.
  package let path: String
  /// Whether it is a directory.
  package let isDirectory: Bool

  /// The place of a snapshot that is to be written.
  package init(_ path: String, format: SnapshotFormat) {
    self.path = Self.trimmed(path)
    isDirectory = format.isDirectory
  }

  /// The place of a snapshot that is there: a file, a directory, or the descriptor in one.
  package init(reading path: String) {
    var isDirectory: ObjCBool = false
    let path = Self.trimmed(path)
    let url = URL(fileURLWithPath: path)
    let isThere = FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory)
    if isThere, !isDirectory.boolValue, url.lastPathComponent == DataPackage.descriptorName {
      self.path = url.deletingLastPathComponent().path
      self.isDirectory = true
    } else {
      self.path = path
      self.isDirectory = isThere && isDirectory.boolValue
    }
  }

  /// Where the signed checkpoint lies.
  package var checkpointPath: String { isDirectory ? "\(path)/\(Self.checkpointName)" : "\(path).checkpoint" }
  /// Where the proof lies that the checkpoint continues the snapshot.
  package var consistencyPath: String {
    isDirectory ? "\(path)/\(Self.consistencyName)" : "\(path).consistency"
  }

  private static let checkpointName = "checkpoint"
  private static let consistencyName = "consistency"
  /// As long as a document can be that is read.
  private static let bytesMax = (1 << 28) - 1

  private static func trimmed(_ path: String) -> String {
    var path = path
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  // MARK: Reading

  /// What the snapshot says of itself.
  func claims() throws -> SnapshotClaims {
    if isDirectory {
      guard let bytes = try read("\(path)/\(DataPackage.descriptorName)") else {
        throw NoSnapshot("the directory has no \(DataPackage.descriptorName)")
      }
      let claims = try SnapshotClaims(bytes)
      guard claims.format == .csv else { throw NoSnapshot("its \(DataPackage.descriptorName) is none") }
      return claims
    }
    let claims = try SnapshotClaims(WholeFile.read(path, bytesMax: Self.bytesMax))
    guard claims.format != .csv else {
      throw NoSnapshot("it is the descriptor of a data package; name the directory that holds its tables")
    }
    return claims
  }

  /// The files of the snapshot as they lie there, without what lies beside it.
  func files(_ format: SnapshotFormat) throws -> [SnapshotFile] {
    guard isDirectory else {
      return [SnapshotFile(name: "", bytes: try WholeFile.read(path, bytesMax: Self.bytesMax))]
    }
    let beside = [Self.checkpointName, Self.consistencyName]
    return try FileManager.default.contentsOfDirectory(atPath: path).filter { !beside.contains($0) }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map { name in
        // A directory among the files is none of the snapshot's; its name is enough to say so.
        let bytes = (try? WholeFile.read("\(path)/\(name)", bytesMax: Self.bytesMax)) ?? []
        return SnapshotFile(name: name, bytes: bytes)
      }
  }

  /// A file; nil if it is not there.
  func read(_ path: String) throws(FileFailure) -> [UInt8]? {
    do {
      return try WholeFile.read(path, bytesMax: Self.bytesMax)
    } catch {
      if error.isMissing { return nil }
      throw error
    }
  }

  // MARK: Writing

  /// Writes a snapshot, whole or not at all, in the place of one that is there.
  ///
  /// - Parameters:
  ///   - files: the snapshot.
  ///   - checkpoint: the signed checkpoint; nil for none.
  ///   - consistency: what proves that the checkpoint continues the snapshot; nil where it is of the same size.
  /// - Throws: `FileFailure`, and ``OtherFiles`` where something else stands.
  package func write(_ files: [SnapshotFile], checkpoint: [UInt8]?, consistency: [UInt8]?) throws {
    guard isDirectory else {
      // A checkpoint that is newer than the snapshot vouches for it still: whatever happens in between, what lies there
      // belongs together.
      try writeBeside(checkpoint, to: checkpointPath)
      try writeBeside(consistency, to: consistencyPath)
      for file in files { try WholeFile.write(file.bytes, to: path) }
      return
    }
    var all = files.map { (name: $0.name, bytes: $0.bytes) }
    if let checkpoint { all.append((Self.checkpointName, checkpoint)) }
    if let consistency { all.append((Self.consistencyName, consistency)) }
    let own = Set(all.map(\.name) + [Self.checkpointName, Self.consistencyName])
    if let present = try? FileManager.default.contentsOfDirectory(atPath: path) {
      let others = present.filter { !own.contains($0) }.sorted()
      guard others.isEmpty else { throw OtherFiles(path: path, name: others[0]) }
    }
    try WholeDirectory.write(all, to: path)
  }

  private func writeBeside(_ bytes: [UInt8]?, to path: String) throws(FileFailure) {
    if let bytes { return try WholeFile.write(bytes, to: path) }
    // What lay beside an older snapshot would be taken for this one's.
    guard unlink(path) == 0 || errno == ENOENT || errno == ENOTDIR else { throw FileFailure(path) }
  }

  /// A directory that holds more than a snapshot: it is not replaced.
  package struct OtherFiles: Error, Sendable, CustomStringConvertible {
    /// The directory.
    package let path: String
    /// One of the files.
    package let name: String

    package var description: String {
      "\(path): holds what is no part of a snapshot (\(name)); name another directory, which is made"
    }
  }
}
