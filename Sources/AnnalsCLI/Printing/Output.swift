// Results on stdout, everything else on stderr. A full disk behind stdout is told, not swallowed.

import CanonicalJSON
import Foundation
import Ledger
import Publishing

/// Writes to stdout and stderr.
enum Output {
  /// Writes a line of a result.
  static func line(_ text: String) throws { try bytes(Array(text.utf8) + [UInt8(ascii: "\n")]) }

  /// Writes a JSON value in its canonical form (RFC 8785) and a line break.
  static func json(_ value: JSONValue) throws { try bytes(value.canonicalBytes() + [UInt8(ascii: "\n")]) }

  /// Writes a document that is JSON by nature: in lines for people, else on one line.
  static func document(_ value: JSONValue, format: OutputFormat) throws {
    if format == .text { try line(value.indented()) } else { try json(value) }
  }

  /// Writes bytes as they are.
  static func bytes(_ bytes: [UInt8]) throws {
    try bytes.withUnsafeBytes { try self.bytes($0) }
  }

  /// Writes bytes as they are.
  static func bytes(_ bytes: UnsafeRawBufferPointer) throws {
    guard let start = bytes.baseAddress, !bytes.isEmpty else { return }
    guard fwrite(start, 1, bytes.count, stdoutStream) == bytes.count else { throw failed }
  }

  /// Writes a result to a file instead, whole or not at all.
  static func file(_ bytes: [UInt8], to path: String) throws {
    do {
      try WholeFile.write(bytes, to: path)
    } catch { throw error.isMissing ? Failure(error.description, code: ExitStatus.cannotCreate) : error }
  }

  /// Hands what was written to the system.
  static func flush() throws { guard fflush(stdoutStream) == 0 else { throw failed } }

  /// Writes a note on stderr.
  static func note(_ line: String) { write(toStandardError: Printable.lines(line) + "\n") }

  /// Writes to stderr as it is. Where stderr is closed or full there is nobody left to tell.
  static func write(toStandardError text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(2, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  /// To be called before any file is opened: a file must not take the number of a standard stream that is closed, lest
  /// a result be written into it.
  ///
  /// - Throws: ``Failure`` if stdout is closed: what could not be told afterwards is not begun.
  static func claimStandardStreams() throws {
    let isStdoutClosed = fcntl(1, F_GETFD) == -1
    for stream in Int32(0)...2 where fcntl(stream, F_GETFD) == -1 {
      // stdin becomes one that cannot be read, as it was.
      _ = open("/dev/null", O_WRONLY)
    }
    if isStdoutClosed {
      throw Failure("the result could not be written: stdout is closed", code: ExitStatus.inputOutput)
    }
  }

  private static var failed: Failure {
    Failure(
      "the result could not be written: \(String(cString: strerror(errno)))", code: ExitStatus.inputOutput)
  }

  /// The C library's stdout is a global variable that Swift 6 holds for shared state; opened anew from its
  /// descriptor, it is ours.
  nonisolated(unsafe) private static let stdoutStream: UnsafeMutablePointer<FILE> = openStdout()

  private static func openStdout() -> UnsafeMutablePointer<FILE> {
    guard let stream = fdopen(1, "w") else { exit(ExitStatus.inputOutput) }
    return stream
  }
}
