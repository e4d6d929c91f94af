// Files and directories that are there whole or not at all.

import Foundation
import Ledger
import Testing

@Suite("Whole files and directories")
struct WholeFilesTests {
  private func text(_ path: String) -> String? {
    FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) }
  }

  private func names(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).sorted()
  }

  private struct Stopped: Error {}

  @Test(
    "A file that is written piece by piece takes the place of the old one when it is whole, and not before")
  func pieces() throws {
    try withDirectory { directory in
      let path = directory + "/file"
      try WholeFile.write(Array("old".utf8), to: path)
      let piece = [UInt8](repeating: UInt8(ascii: "x"), count: 100_000)
      #expect(throws: Stopped.self) {
        try WholeFile.write(to: path) { write in
          for _ in 0..<5 { try piece.withUnsafeBytes { try write($0) } }
          throw Stopped()
        }
      }
      #expect(text(path) == "old")
      #expect(try names(directory) == ["file"])
      try WholeFile.write(to: path) { write in
        for _ in 0..<5 { try piece.withUnsafeBytes { try write($0) } }
        #expect(text(path) == "old")
      }
      #expect(text(path)?.utf8.count == 500_000)
      #expect(try names(directory) == ["file"])
      #expect(throws: FileFailure.self) { try WholeFile.write(to: directory + "/none/file") { _ in } }
    }
  }

  @Test("A directory takes the place of another with all that is in it, and leaves nothing beside")
  func directories() throws {
    try withDirectory { parent in
      let path = parent + "/package"
      try WholeDirectory.write([("a", Array("1".utf8)), ("b", Array("2".utf8))], to: path)
      try WholeDirectory.write([("a", Array("3".utf8)), ("c", Array("4".utf8))], to: path)
      #expect(try names(path) == ["a", "c"] && names(parent) == ["package"])
      #expect(text(path + "/a") == "3")
    }
  }

  @Test("Where a file cannot be written, or a file stands in the way, all stays as it was")
  func directoryStays() throws {
    try withDirectory { parent in
      let path = parent + "/package"
      try WholeDirectory.write([("a", Array("1".utf8))], to: path)
      // The second file of a name cannot be made.
      #expect(throws: FileFailure.self) {
        try WholeDirectory.write([("a", Array("2".utf8)), ("a", [])], to: path)
      }
      #expect(text(path + "/a") == "1")
      #expect(throws: FileFailure.self) { try WholeDirectory.write([("a", [])], to: path + "/a") }
      #expect(throws: FileFailure.self) {
        try WholeDirectory.write([("a", [])], to: parent + "/none/package")
      }
      #expect(text(path + "/a") == "1")
      #expect(try names(parent) == ["package"])
    }
  }
}
