// A directory as the place where a log is published: plain system calls, nothing of Foundation.

internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Glibc
#endif

/// The files of a published log in a directory.
///
/// Reading follows no rule but that a file is a file: what is no regular file is not there. Writing puts a
/// temporary file beside its place, forces it to the disk and renames it, so a file is whole or not there,
/// also after a power cut. While a directory is open for publishing it is locked (`flock`) against others that
/// want to publish into it.
public final class DirectoryFiles: WritablePublishedFiles, Sendable {
  private static let temporarySuffix = ".tmp"

  /// The directory, as it was given.
  public let path: String

  private let descriptor: Int32

  // Directories with changes that are not on the disk yet.
  private let unflushed = Mutex<Set<String>>([])

  /// A directory to read from.
  public init(reading path: String) throws(ContentsError) {
    self.path = path
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.systemError(path) }
  }

  /// A directory to publish into, made if there is none (its parent must be there).
  ///
  /// Throws with the error number `EWOULDBLOCK` while another process publishes into it.
  public init(publishingInto path: String) throws(ContentsError) {
    self.path = path
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw Self.systemError(path) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.systemError(path) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let number = errno
      close(descriptor)
      throw number == EWOULDBLOCK
        ? ContentsError(place: path, reason: "another process is publishing into it", errorNumber: number)
        : Self.systemError(path, number)
    }
  }

  deinit {
    close(descriptor)
  }

  /// The bytes of a file.
  public func read(_ path: String, lengthMaxBytes: Int) throws(ContentsError) -> [UInt8]? {
    // Without O_NONBLOCK a named pipe put there would keep us waiting.
    let file = openat(descriptor, path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else {
      if [ENOENT, ENOTDIR].contains(errno) { return nil }
      throw systemError(path)
    }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0 else { throw systemError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { return nil }
    let wanted = min(Int(status.st_size), lengthMaxBytes + 1)
    var failure: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: wanted) { buffer, count in
      while count < wanted {
        guard let base = buffer.baseAddress else { return }
        let got = systemRead(file, base + count, wanted - count)
        if got < 0, errno == EINTR { continue }
        if got < 0 { failure = errno }
        guard got > 0 else { return }
        count += got
      }
    }
    guard failure == 0 else { throw systemError(path, failure) }
    return bytes
  }

  /// The names in a directory, but for `.` and `..`.
  public func list(_ directory: String) throws(ContentsError) -> [String] {
    let file = openat(descriptor, directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard file >= 0 else {
      if [ENOENT, ENOTDIR].contains(errno) { return [] }
      throw systemError(directory)
    }
    guard let stream = fdopendir(file) else {
      let number = errno
      close(file)
      throw systemError(directory, number)
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
        String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  /// Puts a file in its place.
  public func write(_ path: String, _ bytes: [UInt8]) throws(ContentsError) {
    try write(path, bytes, isForced: true)
  }

  /// Puts a file in its place whole, but does not wait until it is on stable storage: ``forceAll()`` does that for many
  /// at once. After a power cut before that it may be empty.
  package func writeUnforced(_ path: String, _ bytes: [UInt8]) throws(ContentsError) {
    try write(path, bytes, isForced: false)
  }

  /// Returns when all that was written into the file system is on stable storage.
  package func forceAll() throws(ContentsError) {
    sync()
    try flush()
  }

  private func write(_ path: String, _ bytes: [UInt8], isForced: Bool) throws(ContentsError) {
    let directory = try makeDirectories(for: path)
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map { String($0) ?? path } ?? path
    let temporary = (directory.isEmpty ? "" : directory + "/") + "." + name + Self.temporarySuffix
    let file = openat(descriptor, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw systemError(path) }
    var written = 0
    var isFine = true
    while isFine, written < bytes.count {
      let put = bytes.withUnsafeBytes { buffer in
        buffer.baseAddress.map { systemWrite(file, $0 + written, bytes.count - written) } ?? 0
      }
      if put > 0 { written += put }
      isFine = put > 0 || (put < 0 && errno == EINTR)
    }
    isFine = isFine && (!isForced || fsync(file) == 0)
    let number = errno
    isFine = close(file) == 0 && isFine
    guard isFine else {
      unlinkat(descriptor, temporary, 0)
      throw systemError(path, number)
    }
    guard renameat(descriptor, temporary, descriptor, path) == 0 else { throw systemError(path) }
    note(directory)
  }

  /// Removes a file or an empty directory.
  public func remove(_ path: String) throws(ContentsError) {
    if unlinkat(descriptor, path, 0) == 0 || errno == ENOENT { return note(Self.parent(of: path)) }
    guard unlinkat(descriptor, path, AT_REMOVEDIR) == 0 || errno == ENOENT else { throw systemError(path) }
    note(Self.parent(of: path))
  }

  /// Forces the directories that changed to the disk; the files are already there.
  public func flush() throws(ContentsError) {
    let directories = unflushed.withLock { unflushed in
      defer { unflushed = [] }
      return unflushed.sorted()
    }
    for directory in directories {
      let file = openat(descriptor, directory.isEmpty ? "." : directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
      // Removed since: its parent tells.
      if file < 0, errno == ENOENT { continue }
      guard file >= 0 else { throw systemError(directory) }
      defer { close(file) }
      guard fsync(file) == 0 else { throw systemError(directory) }
    }
  }

  /// Removes temporary files of writes that were cut off.
  public func removeLeftovers(in directory: String) throws(ContentsError) {
    for name in try list(directory) where name.hasPrefix(".") && name.hasSuffix(Self.temporarySuffix) {
      try remove(directory.isEmpty ? name : "\(directory)/\(name)")
    }
  }

  // Makes what is missing, and gives the directory that the file lies in.
  private func makeDirectories(for path: String) throws(ContentsError) -> String {
    let directory = Self.parent(of: path)
    var status = stat()
    if directory.isEmpty || fstatat(descriptor, directory, &status, 0) == 0 { return directory }
    _ = try makeDirectories(for: directory)
    guard mkdirat(descriptor, directory, 0o755) == 0 || errno == EEXIST else { throw systemError(directory) }
    note(Self.parent(of: directory))
    return directory
  }

  private func note(_ directory: String) {
    unflushed.withLock { _ = $0.insert(directory) }
  }

  private static func parent(of path: String) -> String {
    guard let slash = path.utf8.lastIndex(of: UInt8(ascii: "/")) else { return "" }
    return String(path[..<slash])
  }

  private func systemError(_ place: String, _ number: Int32 = errno) -> ContentsError {
    Self.systemError(place.isEmpty ? path : "\(path)/\(place)", number)
  }

  private static func systemError(_ place: String, _ number: Int32 = errno) -> ContentsError {
    ContentsError(place: place, reason: String(cString: strerror(number)), errorNumber: number)
  }
}

// Within the class these names are those of its own methods.
private func systemRead(_ file: Int32, _ buffer: UnsafeMutableRawPointer, _ count: Int) -> Int {
  read(file, buffer, count)
}

private func systemWrite(_ file: Int32, _ buffer: UnsafeRawPointer, _ count: Int) -> Int {
  write(file, buffer, count)
}
