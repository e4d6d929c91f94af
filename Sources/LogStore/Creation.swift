// Creating a log: it is made whole under another name and then given its own, so that a crash leaves either
// no log or an empty one, and never half of one.

internal import Foundation
internal import GRDB

enum Creation {
  static func create(at path: String) throws(LogError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .notFound(path: path) }
    let draft = "\(path).creating-\(UUID().uuidString)"
    try makeEmptyFile(draft, for: path)
    defer { unlink(draft) }
    do {
      try fill(draft)
    } catch {
      throw LogError(error, during: .writing, path: path, waitedMilliseconds: 0)
    }
    try publish(draft, as: path)
  }

  /// Made here rather than by SQLite, for the sake of the errno.
  private static func makeEmptyFile(_ draft: String, for path: String) throws(LogError) {
    var status = stat()
    guard lstat(path, &status) != 0 else { throw .alreadyExists(path: path) }
    let descriptor = open(draft, O_CREAT | O_EXCL | O_WRONLY, 0o644)
    guard descriptor >= 0 else { throw FileChecks.systemError(path) }
    close(descriptor)
  }

  private static func fill(_ draft: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    configuration.allowsUnsafeTransactions = true
    configuration.prepareDatabase { database in
      // Only counts while the file is empty.
      try Query.run(database, Pragmas.setPageSize)
      try Query.run(database, Pragmas.setSynchronous)
    }
    let queue = try DatabaseQueue(path: FileChecks.databasePath(draft), configuration: configuration)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { database in
      try Query.run(database, Statements.beginWrite)
      for part in Schema.parts { try Query.run(database, part.sql) }
      try Query.run(database, Schema.emptyTreeHead)
      try Query.run(database, Pragmas.setApplicationID)
      try Query.run(database, Pragmas.setUserVersion)
      try Query.run(database, Statements.commit)
      guard try Query.text(database, Pragmas.setJournalMode) == "wal" else {
        throw LogError.io(detail: "the file system does not support SQLite's WAL mode")
      }
    }
  }

  /// Gives the file its name, which must still be free, and makes the name durable.
  private static func publish(_ draft: String, as path: String) throws(LogError) {
    if link(draft, path) != 0 {
      guard errno != EEXIST else { throw .alreadyExists(path: path) }
      // Some file systems know no hard links. There, two that create at the same moment are not told apart.
      var status = stat()
      guard lstat(path, &status) != 0 else { throw .alreadyExists(path: path) }
      guard rename(draft, path) == 0 else { throw FileChecks.systemError(path) }
    }
    let descriptor = open(FileChecks.directory(of: path), O_RDONLY)
    guard descriptor >= 0 else { throw FileChecks.systemError(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileChecks.systemError(path) }
  }
}
