// The generated tables are what Tools/generate-codes writes.

import Foundation
import Testing

@Suite("Tools/generate-codes")
struct GenerateCodesTests {
  /// Exit status and output of a run with `--check`; 69 says that nothing can be compared on this machine.
  private static let check: (status: Int32, output: String) = {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", repository.appending(path: "Tools/generate-codes").path, "--check"]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    do {
      try process.run()
    } catch {
      return (unavailable, "\(error)")
    }
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    // 127 is what env says if there is no python3.
    let status = process.terminationStatus == 127 ? unavailable : process.terminationStatus
    return (status, String(decoding: output, as: UTF8.self))
  }()

  private static let unavailable: Int32 = 69

  @Test(
    "The tables are what Tools/generate-codes makes of the installed iso-codes",
    .enabled(
      if: check.status != unavailable,
      "python3 or iso-codes is missing here, or iso-codes is of another version than the tables: nothing compared"
    ))
  func asGenerated() {
    #expect(GenerateCodesTests.check.status == 0, "\(GenerateCodesTests.check.output)")
  }
}
