// Reads the foreign test data in `Vectors/` (its ORIGIN.md says where it comes from).

import Foundation

enum Vectors {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Vectors")

  static func decode<Value: Decodable>(_ type: Value.Type, from path: String) throws -> Value {
    try JSONDecoder().decode(type, from: Data(contentsOf: folder.appending(path: path)))
  }

  /// The path of a folder of them.
  static func path(of directory: String) -> String { folder.appending(path: directory).path() }

  /// The paths of all JSON files in a folder and below, relative to `Vectors/`.
  static func paths(under directory: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder.appending(path: directory).path())
      .filter { $0.hasSuffix(".json") }.sorted().map { "\(directory)/\($0)" }
  }
}

/// The bytes that base64 stands for, as Foundation reads it.
func decoded(base64: String) -> [UInt8]? {
  Data(base64Encoded: base64).map { [UInt8]($0) }
}
