// Reads a vocabulary file to the byte: its text stands in the log as it is.

import Foundation
import Milestones

/// Reads vocabulary files.
enum VocabularyFileReader {
  /// More than this is no vocabulary file, whatever it is; how long one may be, the vocabulary itself says.
  private static let fileMaxBytes = 1 << 20

  /// Reads a file; its name tells the family.
  ///
  /// - Throws: ``Failure`` if it cannot be read, is not called after a family, or is not text in UTF-8.
  static func file(_ path: String) throws -> VocabularyFile {
    let name = URL(fileURLWithPath: path).lastPathComponent
    guard name.hasSuffix(".json"), name != ".json" else {
      throw Failure(
        "\(path): a vocabulary file is called after its family, such as climate.json",
        code: ExitStatus.badInput)
    }
    let bytes = try bytes(path)
    guard bytes.count <= fileMaxBytes else {
      throw Failure(
        "\(path): is longer than \(fileMaxBytes) bytes; one family may have 48000. Split it",
        code: ExitStatus.badInput)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure("\(path): is not text in UTF-8", code: ExitStatus.badInput)
    }
    return VocabularyFile(family: String(name.dropLast(".json".count)), text: text)
  }

  private static func bytes(_ path: String) throws -> [UInt8] {
    let handle = try LineReader.open(path)
    var bytes: [UInt8] = []
    do {
      while bytes.count <= fileMaxBytes, let chunk = try handle.read(upToCount: fileMaxBytes + 1),
        !chunk.isEmpty
      {
        bytes += chunk
      }
    } catch { throw LineReader.failure(reading: path) }
    return bytes
  }
}
