// The paths of tiles and bundles: one spelling each.

import Testing
import TransparencyLog

struct TilePathTests {
  @Test("Every path that can be made is read back")
  func roundTrips() throws {
    let indexes = [0, 1, 9, 10, 99, 100, 999, 1_000, 1_234_067, 1_000_000_000, 1 << 62, .max] as [UInt64]
    var count = 0
    for index in indexes {
      for width in [1, 2, 9, 10, 99, 100, 255, 256] {
        for content in [.entries, .hashes(level: 0), .hashes(level: 7), .hashes(level: 63)]
          as [TilePath.Content]
        {
          let path = try TilePath(content, index: index, width: width)
          #expect(try TilePath(parsing: path.text) == path, "\(path)")
          count += 1
        }
      }
    }
    #expect(count == 384)
  }

  @Test("Paths read as in the specification")
  func examples() throws {
    #expect(try TilePath(.hashes(level: 0), index: 1_234_067, width: 8).text == "tile/0/x001/x234/067.p/8")
    #expect(try TilePath(.entries, index: 0).text == "tile/entries/000")
    let path = try TilePath(parsing: "tile/3/x001/000.p/255")
    #expect(path.tile == TileID(level: 3, index: 1_000))
    #expect(path.width == 255)
    #expect(!path.isFull)
    #expect(try TilePath(parsing: "tile/entries/999").tile == nil)
    #expect(try TilePath(parsing: "tile/entries/999").isFull)
  }

  @Test(
    "Any other spelling is refused",
    arguments: [
      "", "/", "tile", "tile/", "tile/0", "tile/0/", "tile//000", "tile/0//000", "/tile/0/000", "tile/0/000/",
      "Tile/0/000", "tiles/0/000", "tile/0/00", "tile/0/0000", "tile/0/0", "tile/0/x000", "tile/0/x000/000",
      "tile/0/x000/x001/000", "tile/0/001/000", "tile/0/x001", "tile/0/X001/000", "tile/0/x01/000",
      "tile/0/x0001/000", "tile/0/x001/x000", "tile/0/x00a/000", "tile/0/-01", "tile/0/+01", "tile/0/ 01",
      "tile/00/000", "tile/01/000", "tile/64/000", "tile/-1/000", "tile/+1/000", "tile/256/000",
      "tile/18446744073709551616/000", "tile/x/000", "tile/entry/000", "tile/data/000", "tile/Entries/000",
      "tile/8/0/000", "tile/0/000.p", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/00", "tile/0/000.p/01",
      "tile/0/000.p/256", "tile/0/000.p/-1", "tile/0/000.p/1/", "tile/0/000.p/1/2", "tile/0/000.P/1",
      "tile/0/000p/1", "tile/0/x001.p/000", "tile/0/x001.p/1/000", "tile/0/000.p/x1",
      "tile/0/000.p/99999999999999999999", "tile/0/x018/x446/x744/x073/x709/x551/616",
      "tile/0/x999/x999/x999/x999/x999/x999/x999/x999/999", "tile/0/000\n", "tile/0/٠٠٠", "tile/0/000.p/١",
      "tile/0/../000", "tile/.p/1", "tile/0/.p/1", "checkpoint",
    ])
  func refusals(text: String) {
    #expect(failure { () throws(FormatError) in _ = try TilePath(parsing: text) }?.format == .tilePath)
  }

  @Test("The largest index is taken, one more is not")
  func largestIndex() throws {
    let text = "tile/0/x018/x446/x744/x073/x709/x551/615"
    #expect(try TilePath(parsing: text).index == .max)
    #expect(try TilePath(.hashes(level: 0), index: .max).text == text)
  }

  @Test("Levels and widths out of bounds make no path")
  func outOfBounds() {
    for level in [-1, 64, .max, .min] {
      #expect(failure { () throws(FormatError) in _ = try TilePath(.hashes(level: level), index: 0) } != nil)
    }
    for width in [-1, 0, 257, .max, .min] {
      #expect(failure { () throws(FormatError) in _ = try TilePath(.entries, index: 0, width: width) } != nil)
    }
  }

  @Test("A path changed in any one byte is refused or is another path, never the same one twice")
  func oneSpelling() throws {
    let text = Array("tile/7/x001/x234/067.p/18".utf8)
    let path = try TilePath(parsing: String(decoding: text, as: UTF8.self))
    var others = 0
    for index in text.indices {
      for byte in 0..<(128 as UInt8) where byte != text[index] {
        var changed = text
        changed[index] = byte
        let changedText = String(decoding: changed, as: UTF8.self)
        guard let other = try? TilePath(parsing: changedText) else { continue }
        others += 1
        #expect(other != path)
        #expect(other.text == changedText)
      }
    }
    #expect(others > 50)
  }
}
