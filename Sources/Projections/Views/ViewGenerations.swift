// Which views serve: views.db is a symbolic link to one generation of them, and another takes its place by one rename.

internal import Foundation

/// The files of the views in a ledger's directory.
///
/// ```
/// views.db                       a symbolic link to the generation that serves
/// views-0123456789abcdef.db      a generation: a database of its own, with its -wal and -shm while it is open
/// views.lock                     held by whoever makes views anew; let go of by the system when its holder ends
/// ```
///
/// A database is never renamed and its name is never given to another: SQLite finds the write-ahead log by the name of
/// the database (https://www.sqlite.org/howtocorrupt.html, section 1.4), and would take one that a database of the same
/// name left behind for its own. What is renamed is a link, which SQLite follows before it names anything.
///
/// Nothing here opens a database: closing it again would drop the locks that SQLite holds on it in this process
/// (the same page, section 2.2).
struct ViewGenerations: Sendable {
  /// A generation, and which file of that name it is: a directory that was put back from a copy may have another.
  struct File: Sendable, Equatable {
    let name: String
    let device: UInt64
    let inode: UInt64
  }

  /// How long a waiter sleeps before it looks for the lock again.
  private static let pauseMicroseconds: UInt32 = 5_000
  private static let tokenLength = 16
  /// What stands beside a database under its name; the database itself is the first to go.
  private static let databaseSuffixes = ["", "-wal", "-shm", "-journal"]
  private static let draftSuffix = ".link"

  /// The path of the link.
  let link: String
  private let directory: String
  /// What the names of generations begin with.
  private let prefix: String
  private let databaseSuffix: String

  /// - Parameter link: the path of views.db.
  init(link: String) {
    self.link = link
    let slash = link.lastIndex(of: "/")
    directory = slash.map { String(link[...$0]) } ?? "./"
    let name = slash.map { link[link.index(after: $0)...] } ?? link[...]
    let dot = name.lastIndex(of: ".") ?? name.endIndex
    prefix = name[..<dot] + "-"
    databaseSuffix = String(name[dot...])
  }

  // MARK: Which one serves

  /// The generation that serves; nil if there is none, be it that the link is gone, or what it names.
  func current() -> File? {
    var buffer = [CChar](repeating: 0, count: 256)
    let length = readlink(link, &buffer, buffer.count)
    guard length > 0, length < buffer.count else { return nil }
    let name = String(decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    // A link of somebody else's, or a file of before there were generations, is not read: it is replaced.
    guard generation(of: name) == name else { return nil }
    return file(name)
  }

  /// The file of a generation; nil if there is none.
  func file(_ name: String) -> File? {
    var status = stat()
    guard stat(path(name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    return File(name: name, device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
  }

  /// Where a generation lies.
  func path(_ name: String) -> String { directory + name }

  /// A name for a generation that no other had or will have.
  func newName() -> String {
    let token = String(UInt64.random(in: 0...UInt64.max), radix: 16)
    return prefix + String(repeating: "0", count: Self.tokenLength - token.utf8.count) + token
      + databaseSuffix
  }

  /// Lets a generation serve from now on, in the place of whatever served before.
  ///
  /// - Throws: ``ViewError/cannotOpen(path:)``; the former one serves then.
  func makeCurrent(_ name: String) throws(ViewError) {
    let draft = path(newName() + Self.draftSuffix)
    // Somebody may have removed the file by hand while it was made.
    guard file(name) != nil, symlink(name, draft) == 0 else { throw .cannotOpen(path: link) }
    guard rename(draft, link) == 0 else {
      unlink(draft)
      throw .cannotOpen(path: link)
    }
  }

  // MARK: What is left behind

  /// The generations that are there beside one: superseded ones, half-built ones, and what is left of such.
  func others(than kept: String?) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: directory)) ?? []
    return Set(names.compactMap(generation)).subtracting([kept].compactMap(\.self)).sorted()
  }

  /// Removes a generation with all that belongs to it.
  ///
  /// Whoever has it open reads on undisturbed; whoever is about to open it notices that it serves no more.
  func remove(_ name: String) {
    for suffix in Self.databaseSuffixes + [Self.draftSuffix] { unlink(path(name) + suffix) }
  }

  /// Removes what a database left that had the name of the link, before there were generations.
  func removeRemainsOfPlainFile() {
    guard current() != nil else { return }
    for suffix in Self.databaseSuffixes.dropFirst() { unlink(link + suffix) }
  }

  /// The generation that a file belongs to; nil if it belongs to none.
  private func generation(of name: String) -> String? {
    guard name.hasPrefix(prefix) else { return nil }
    let rest = name.dropFirst(prefix.count)
    let token = rest.prefix(Self.tokenLength)
    guard token.utf8.count == Self.tokenLength,
      token.utf8.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0) })
    else { return nil }
    let suffix = rest.dropFirst(Self.tokenLength)
    guard (Self.databaseSuffixes + [Self.draftSuffix]).contains(where: { suffix == databaseSuffix + $0 })
    else { return nil }
    return prefix + token + databaseSuffix
  }

  // MARK: One at a time

  /// Runs `body` while no other thread or process makes views anew.
  ///
  /// - Parameters:
  ///   - timeoutMilliseconds: how long to wait for another.
  ///   - body: runs under the lock; it must not ask for it again.
  /// - Returns: what `body` returns.
  /// - Throws: ``ViewError/rebuilding`` if another does not come to its end, ``ViewError/cannotOpen(path:)``, or what
  ///   `body` throws.
  func withLock<T>(timeoutMilliseconds: Int, _ body: () throws -> T) throws -> T {
    let path = directory + prefix.dropLast() + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw ViewError.cannotOpen(path: link) }
    // Closing lets go of the lock: no other descriptor stands for it.
    defer { close(descriptor) }
    let deadline = ContinuousClock.now + .milliseconds(timeoutMilliseconds)
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let code = errno
      guard code == EWOULDBLOCK || code == EINTR else { throw ViewError.cannotOpen(path: link) }
      guard ContinuousClock.now < deadline else { throw ViewError.rebuilding }
      usleep(Self.pauseMicroseconds)
    }
    return try body()
  }
}
