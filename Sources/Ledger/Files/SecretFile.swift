// Files for one reader's eyes: never readable by others, there whole or not at all, never in the place of another.

internal import Foundation

/// Writes files that hold what is sealed.
///
/// While it is written such a file has no name, where the system knows how: whatever happens, nothing is left behind
/// that somebody would have to find and remove.
enum SecretFile {
  /// Only its owner may read and write it.
  private static let mode: mode_t = 0o600

  /// Writes a file where there is none.
  ///
  /// - Parameters:
  ///   - bytes: what it shall hold.
  ///   - path: the file.
  /// - Throws: ``FileFailure``, its code `EEXIST` where something stands there already; nothing was written then.
  static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    var status = stat()
    guard lstat(path, &status) != 0 else { throw FileFailure(path, code: EEXIST) }
    let directory = URL(fileURLWithPath: path).deletingLastPathComponent().path
    if let descriptor = openNameless(in: directory) {
      defer { close(descriptor) }
      try fill(descriptor, with: bytes, path)
      guard linkat(AT_FDCWD, "/proc/self/fd/\(descriptor)", AT_FDCWD, path, AT_SYMLINK_FOLLOW) != 0 else {
        return try keepName(in: directory, path)
      }
      guard errno != EEXIST else { throw FileFailure(path) }
      // Without /proc nothing can be given a name after the fact.
    }
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { close(descriptor) }
    do {
      try fill(descriptor, with: bytes, path)
      try keepName(in: directory, path)
    } catch {
      unlink(path)
      throw error
    }
  }

  /// A file without a name; nil where the system or the file system knows none.
  private static func openNameless(in directory: String) -> Int32? {
    #if os(Linux)
      // O_TMPFILE (open(2)), which is not imported: __O_TMPFILE and O_DIRECTORY.
      let descriptor = open(directory, 0o20_000_000 | O_DIRECTORY | O_WRONLY | O_CLOEXEC, mode)
      return descriptor >= 0 ? descriptor : nil
    #else
      return nil
    #endif
  }

  private static func fill(
    _ descriptor: Int32, with bytes: [UInt8], _ path: String
  ) throws(FileFailure) {
    // Whatever the process's mask says, nobody else reads it; and the mask must not keep its owner from it.
    guard fchmod(descriptor, mode) == 0 else { throw FileFailure(path) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw FileFailure(path) }
      rest = rest.dropFirst(count)
    }
    guard fsync(descriptor) == 0 else { throw FileFailure(path) }
  }

  private static func keepName(in directory: String, _ path: String) throws(FileFailure) {
    let descriptor = open(directory, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileFailure(path) }
  }
}
