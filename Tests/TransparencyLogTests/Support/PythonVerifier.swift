// Tools/verify-log, which shares no code with this module, as a second opinion.

import Foundation
import Testing

enum PythonVerifier {
  struct Answer {
    let status: Int32
    let output: String
  }

  static let whySkipped: Comment =
    "needs python3 with the library cryptography (Debian: python3-cryptography)"

  static var isUsable: Bool { python != nil }

  // The first one that has the library: the system's may, though another is first on the path.
  private static let python: String? = ["python3", "/usr/bin/python3"].first { candidate in
    (try? run([candidate, "-c", "import cryptography"]).status) == 0
  }

  /// Runs the verifier.
  static func run(arguments: [String]) throws -> Answer {
    try run([python ?? "python3", script] + arguments)
  }

  private static let script = URL(filePath: #filePath)
    .appending(path: "../../../../Tools/verify-log").standardized.path()

  private static func run(_ arguments: [String]) throws -> Answer {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = arguments
    // Small output, read when the process has ended, cannot fill the pipe.
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    process.standardInput = FileHandle.nullDevice
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Answer(status: process.terminationStatus, output: String(decoding: data, as: UTF8.self))
  }
}
