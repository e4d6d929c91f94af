// What the file system says about a path. Nothing here opens the file: closing it again would drop the locks
// that SQLite holds on it in this process (https://www.sqlite.org/howtocorrupt.html, section 2.2).

internal import Foundation

enum FileChecks {
  /// Throws unless a regular file stands at the path that this process may read.
  static func requireReadableFile(_ path: String) throws(LogError) {
    guard !path.isEmpty, !path.utf8.contains(0) else { throw .notFound(path: path) }
    var status = stat()
    guard stat(path, &status) == 0 else { throw systemError(path) }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notALog(path: path) }
    guard permits(path, R_OK) else { throw systemError(path) }
  }

  /// Throws unless this process may write the file and make others beside it.
  static func requireWritable(_ path: String) throws(LogError) {
    guard permits(path, W_OK), permits(directory(of: path), W_OK | X_OK) else {
      throw .readOnly(path: path)
    }
  }

  /// True if a file stands there and is not empty.
  static func hasContent(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_size > 0
  }

  /// The directory that holds the file.
  static func directory(of path: String) -> String {
    let path = databasePath(path)
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// The path such that SQLite takes it for nothing else: not for `:memory:`, not for a `file:` URI.
  static func databasePath(_ path: String) -> String {
    path.hasPrefix("/") ? path : "./" + path
  }

  /// A URI (https://www.sqlite.org/uri.html) that opens the file as one that nobody changes.
  static func immutableURI(_ path: String) -> String {
    var uri = "file:"
    for byte in databasePath(path).utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "_"):
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16)
        uri += hex.utf8.count == 1 ? "%0\(hex)" : "%\(hex)"
      }
    }
    return uri + "?immutable=1"
  }

  /// The error for the `errno` that the last call left.
  static func systemError(_ path: String) -> LogError {
    let code = errno
    return LogError.systemError(code, path: path)
      ?? .io(detail: "\(path): \(String(cString: strerror(code)))")
  }

  private static func permits(_ path: String, _ mode: Int32) -> Bool {
    faccessat(AT_FDCWD, path, mode, AT_EACCESS) == 0
  }
}
