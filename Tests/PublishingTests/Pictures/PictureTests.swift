// Pictures: what holds for every one of them.

internal import EDTF
internal import Foundation
internal import Publishing
internal import Testing

@Suite("Pictures")
struct PictureTests {
  @Test("dump", .enabled(if: ProcessInfo.processInfo.environment["DUMP"] != nil))
  func dump() throws {
    let to = URL(filePath: ProcessInfo.processInfo.environment["DUMP"] ?? "")
    let all = Samples.all()
    for (name, picture) in all { try Data(picture.svg.utf8).write(to: to.appending(path: name + ".svg")) }
  }
}
