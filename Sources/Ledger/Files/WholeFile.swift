// Files that are there whole or not at all, whatever happens while they are written.

public import Foundation

/// What the system said when a file could not be read or written.
public struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
  /// The file.
  public let path: String
  /// The `errno` of the call that failed.
  public let code: Int32

  /// A failure with the code of the call that failed last.
  public init(_ path: String, code: Int32 = errno) {
    self.path = path
    self.code = code
  }

  /// Whether somebody else would have been allowed to.
  public var isPermission: Bool { [EACCES, EPERM, EROFS].contains(code) }
  /// Whether the file, or a directory on the way to it, is not there.
  public var isMissing: Bool { [ENOENT, ENOTDIR].contains(code) }

  /// Whether something stands there already, in the place of which nothing is put.
  public var isThere: Bool { code == EEXIST }

  /// Whether it is longer than what was asked for can be.
  public var isTooLong: Bool { code == EFBIG }

  /// One line: what is wrong, where, and what to do.
  public var description: String {
    switch code {
    case ENOENT, ENOTDIR: "\(path): there is no such file or directory"
    case EACCES, EPERM: "\(path): permission denied: ask its owner for access"
    case EROFS: "\(path): lies where nothing can be written; name another place"
    case ENOSPC, EDQUOT: "\(path): the disk is full; make space, then try again"
    case EEXIST: "\(path): is there already, and nothing is put in its place; name another"
    case EISDIR: "\(path): is a directory; name a file"
    case EFBIG: "\(path): is too long to be what was asked for"
    default: "\(path): \(String(cString: strerror(code))); check the disk"
    }
  }
}

/// Reads and writes small files, each whole.
public enum WholeFile {
  /// The bytes of a file.
  ///
  /// - Parameters:
  ///   - path: the file; also a pipe.
  ///   - bytesMax: the most that it may hold.
  /// - Returns: its bytes.
  /// - Throws: ``FileFailure``; its code is `EFBIG` where there are more bytes.
  public static func read(_ path: String, bytesMax: Int) throws(FileFailure) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: min(65_536, max(1, bytesMax)))
    while true {
      let count = Foundation.read(descriptor, &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw FileFailure(path) }
      if count == 0 { return bytes }
      bytes += buffer[..<count]
      guard bytes.count <= bytesMax else { throw FileFailure(path, code: EFBIG) }
    }
  }

  /// Writes a file, in the place of one that is there. Until it is whole and on stable storage the old one stays, and
  /// when this returns the new one stays.
  ///
  /// - Parameters:
  ///   - bytes: what it shall hold.
  ///   - path: the file. What is there and no file, such as a pipe, is written into.
  ///   - mode: its permissions, before the process's own mask.
  ///   - draft: the name under which it is written first; one that nobody else uses if not given.
  /// - Throws: ``FileFailure``; the old file is as it was then.
  public static func write(
    _ bytes: [UInt8], to path: String, mode: UInt16 = 0o644, draft: String? = nil
  ) throws(FileFailure) {
    let target = resolved(path)
    var status = stat()
    if stat(target, &status) == 0, status.st_mode & S_IFMT != S_IFREG {
      return try fill(target, flags: 0, mode: mode, with: bytes, isFile: false)
    }
    let draft = draft ?? "\(target).\(UUID().uuidString)"
    do throws(FileFailure) {
      try fill(draft, flags: O_CREAT | O_TRUNC, mode: mode, with: bytes, isFile: true)
      guard rename(draft, target) == 0 else { throw FileFailure(path) }
      try keepName(of: target)
    } catch {
      // The failure names the file that was asked for, not the draft.
      unlink(draft)
      throw FileFailure(path, code: error.code)
    }
  }

  /// Writes a file piece by piece, in the place of one that is there; else like ``write(_:to:mode:draft:)``.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - body: is given what writes a piece.
  /// - Throws: ``FileFailure``, or what `body` throws; the old file is as it was then.
  public static func write(
    to path: String, _ body: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void
  ) throws {
    let target = resolved(path)
    var status = stat()
    let isOther = stat(target, &status) == 0 && status.st_mode & S_IFMT != S_IFREG
    let draft = isOther ? target : "\(target).\(UUID().uuidString)"
    do {
      let descriptor = open(draft, O_WRONLY | O_CLOEXEC | (isOther ? 0 : O_CREAT | O_TRUNC), 0o644)
      guard descriptor >= 0 else { throw FileFailure(path) }
      do {
        var pending: [UInt8] = []
        try body { piece in
          pending += piece
          guard pending.count >= pieceBytesMax else { return }
          try fill(descriptor, with: pending, path: path)
          pending.removeAll(keepingCapacity: true)
        }
        try fill(descriptor, with: pending, path: path)
        guard isOther || fsync(descriptor) == 0 else { throw FileFailure(path) }
      } catch {
        close(descriptor)
        throw error
      }
      close(descriptor)
      if isOther { return }
      guard rename(draft, target) == 0 else { throw FileFailure(path) }
      try keepName(of: target)
    } catch {
      if !isOther { unlink(draft) }
      guard let failure = error as? FileFailure, failure.path == draft else { throw error }
      throw FileFailure(path, code: failure.code)
    }
  }

  private static let pieceBytesMax = 1 << 18

  /// Renames a file within its directory, and waits until the name is on stable storage.
  static func move(_ path: String, to target: String) throws(FileFailure) {
    guard rename(path, target) == 0 else { throw FileFailure(path) }
    try keepName(of: target)
  }

  /// Where a symbolic link leads, so that the link stays and what it points to is replaced.
  static func resolved(_ path: String) -> String {
    guard let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }

  static func fill(
    _ path: String, flags: Int32, mode: UInt16, with bytes: [UInt8], isFile: Bool
  ) throws(FileFailure) {
    let descriptor = open(path, O_WRONLY | O_CLOEXEC | flags, mode_t(mode))
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { close(descriptor) }
    try fill(descriptor, with: bytes, path: path)
    guard !isFile || fsync(descriptor) == 0 else { throw FileFailure(path) }
  }

  private static func fill(_ descriptor: Int32, with bytes: [UInt8], path: String) throws(FileFailure) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw FileFailure(path) }
      rest = rest.dropFirst(count)
    }
  }

  /// Waits until a name is on stable storage.
  static func keepName(of path: String) throws(FileFailure) {
    try keepNames(in: URL(fileURLWithPath: path).deletingLastPathComponent().path)
  }

  /// Waits until the names in a directory are on stable storage.
  static func keepNames(in path: String) throws(FileFailure) {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFailure(path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileFailure(path) }
  }
}
