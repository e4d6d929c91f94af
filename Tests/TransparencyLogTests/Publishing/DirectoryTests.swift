// A real directory: what is written there, what is odd there, and who else is at work there.

import Foundation
import Testing
import TransparencyLog

struct DirectoryTests {
  @Test("A log published into a directory has the files of one published in memory, and verifies")
  func directory() throws {
    try withDirectory { path in
      let log = MemoryLog(size: 600)
      let place = path + "/published"
      for size: UInt64 in [10, 300, 600] {
        try log.publish(into: DirectoryFiles(publishingInto: place), size: size)
      }
      #expect(try contents(of: place) == log.published(sizes: [10, 300, 600]))
      let again = try log.publish(into: DirectoryFiles(publishingInto: place))
      #expect(again.filesWritten == 0 && again.filesRemoved == 0)
      let key = try Keys.signer().verifierKey
      let published = PublishedLog(try DirectoryFiles(reading: place))
      #expect(try published.verify(origin: Keys.origin, logKeys: [key]).isIntact)
    }
  }

  @Test("What a write that was cut off has left behind is removed, and nothing else")
  func leftovers() throws {
    try withDirectory { path in
      let log = MemoryLog(size: 300)
      try log.publish(into: DirectoryFiles(publishingInto: path))
      let own = try contents(of: path)
      let foreign = ["index.html", "tile/README", "tile/entries/.keep"]
      let left = [".checkpoint.tmp", "tile/0/.000.tmp", "tile/entries/001.p/.44.tmp"]
      for name in foreign + left { try Data("x".utf8).write(to: URL(fileURLWithPath: "\(path)/\(name)")) }
      try log.publish(into: DirectoryFiles(publishingInto: path))
      #expect(try contents(of: path).keys.sorted() == (own.keys + foreign).sorted())
    }
  }

  @Test("Two do not publish into one directory at once, and reading is always possible")
  func locking() throws {
    try withDirectory { path in
      let first = try DirectoryFiles(publishingInto: path)
      let error = failure { () throws(ContentsError) in _ = try DirectoryFiles(publishingInto: path) }
      #expect(error?.errorNumber == EWOULDBLOCK)
      _ = try DirectoryFiles(reading: path)
      try MemoryLog(size: 3).publish(into: first)
    }
  }

  @Test("What is no regular file counts as missing, and nobody waits for it")
  func oddFiles() throws {
    try withDirectory { path in
      try MemoryLog(size: 300).publish(into: DirectoryFiles(publishingInto: path))
      let key = try Keys.signer().verifierKey
      let manager = FileManager.default
      for oddity in 0..<4 {
        func make(_ file: String) throws {
          switch oddity {
          case 0: try manager.createDirectory(atPath: file, withIntermediateDirectories: false)
          case 1: mkfifo(file, 0o600)
          case 2: try manager.createSymbolicLink(atPath: file, withDestinationPath: "/dev/zero")
          default: try manager.createSymbolicLink(atPath: file, withDestinationPath: "nowhere")
          }
        }
        for (name, kind) in [
          ("tile/entries/000", VerificationFailure.Kind.missingEvent), ("tile/1/000.p/1", .missingTile),
          ("checkpoint", .missingCheckpoint),
        ] {
          let file = "\(path)/\(name)"
          try manager.moveItem(atPath: file, toPath: path + "/aside")
          try make(file)
          let published = PublishedLog(try DirectoryFiles(reading: path))
          let report = try published.verify(origin: Keys.origin, logKeys: [key])
          #expect(report.failures.map(\.kind) == [kind])
          try manager.removeItem(atPath: file)
          try manager.moveItem(atPath: path + "/aside", toPath: file)
        }
      }
    }
  }

  @Test("A directory that is not there is an error of the system's, told with its path")
  func missing() throws {
    try withDirectory { path in
      let reading = failure { () throws(ContentsError) in _ = try DirectoryFiles(reading: path + "/none") }
      let publishing = failure { () throws(ContentsError) in
        _ = try DirectoryFiles(publishingInto: path + "/none/deeper")
      }
      for error in [reading, publishing] {
        #expect(error?.errorNumber == ENOENT)
        #expect(error?.description.contains(path + "/none") == true)
      }
    }
  }

  private func contents(of path: String) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: path) {
      var isDirectory: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: "\(path)/\(name)", isDirectory: &isDirectory)
      if !isDirectory.boolValue {
        files[name] = Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
      }
    }
    return files
  }
}
