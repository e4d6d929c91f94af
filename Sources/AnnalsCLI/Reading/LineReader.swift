// Reads a file line by line in bounded memory.

import Foundation

/// The lines of a file or of stdin, as bytes without their line breaks.
struct LineReader: Sequence, IteratorProtocol {
  /// A line longer than this cannot be an event.
  static let lineMaxBytes = 1 << 20

  /// A line, or why there is none. Nothing follows `failed`.
  enum Line {
    case bytes([UInt8])
    case tooLong
    case failed
  }

  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false
  private var isFirst = true
  private static let chunkBytes = 1 << 18

  /// Opens a file; `-` is stdin.
  ///
  /// - Throws: ``Failure`` if there is no such file or it cannot be read.
  init(path: String) throws {
    if path == "-" {
      handle = .standardInput
      return
    }
    handle = try Self.open(path)
  }

  /// Opens a file.
  ///
  /// - Throws: ``Failure`` if there is no such file or it cannot be read.
  static func open(_ path: String) throws -> FileHandle {
    var isDirectory: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      throw Failure("\(path): there is no such file", code: ExitStatus.noInput)
    }
    guard !isDirectory.boolValue else {
      throw Failure("\(path): is a directory; name the files in it", code: ExitStatus.noInput)
    }
    guard let opened = FileHandle(forReadingAtPath: path) else {
      throw Failure("\(path): cannot be read; check its permissions", code: ExitStatus.noInput)
    }
    return opened
  }

  mutating func next() -> Line? {
    var isTooLong = false
    while true {
      if let end = lineEnd() {
        defer { start = end + 1 }
        return isTooLong ? .tooLong : line(buffer[start..<end])
      }
      if buffer.count - start > Self.lineMaxBytes {
        isTooLong = true
        start = buffer.count
      }
      if isAtEnd {
        guard start < buffer.count || isTooLong else { return nil }
        defer { start = buffer.count }
        return isTooLong ? .tooLong : line(buffer[start...])
      }
      buffer.removeFirst(start)
      start = 0
      do {
        let chunk = try handle.read(upToCount: Self.chunkBytes) ?? Data()
        if chunk.isEmpty { isAtEnd = true } else { buffer.append(contentsOf: chunk) }
      } catch {
        // The line that was begun is not known to be whole.
        (buffer, start, isAtEnd) = ([], 0, true)
        return .failed
      }
    }
  }

  /// What to tell where a file could be opened, but not be read to its end.
  static func failure(reading path: String) -> Failure {
    Failure("\(path): could not be read to its end", code: ExitStatus.inputOutput)
  }

  /// Where the line ends that begins at `start`; nil if its end was not read yet. Each byte of an import passes here:
  /// `memchr` looks at many at once.
  private func lineEnd() -> Int? {
    buffer.withUnsafeBytes { bytes in
      guard let base = bytes.baseAddress, start < bytes.count,
        let found = memchr(base + start, Int32(UInt8(ascii: "\n")), bytes.count - start)
      else { return nil }
      return UnsafeRawPointer(found) - base
    }
  }

  private mutating func line(_ bytes: ArraySlice<UInt8>) -> Line {
    var bytes = bytes
    // Some programs begin a file with a byte order mark; it is no part of the first line.
    if isFirst, bytes.starts(with: [0xef, 0xbb, 0xbf]) { bytes = bytes.dropFirst(3) }
    isFirst = false
    if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
    return .bytes(Array(bytes))
  }
}
