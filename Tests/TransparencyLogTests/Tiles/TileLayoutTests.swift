// Which tiles a tree has, against the examples of the specification and against counting.

import Testing
import TransparencyLog

struct TileLayoutTests {
  struct Layout: Decodable {
    struct PathCase: Decodable {
      let index: UInt64
      let path: String

      init(from decoder: any Decoder) throws {
        var pair = try decoder.unkeyedContainer()
        index = try pair.decode(UInt64.self)
        path = try pair.decode(String.self)
      }
    }

    let index_to_path: [PathCase]
    let tree_70000: [String: Int]
    let tree_256: [String: Int]
  }

  @Test("Paths are those of the vectors, in both directions")
  func paths() throws {
    let layout = try Vectors.decode(Layout.self, from: "tile-layout/layout.json")
    #expect(layout.index_to_path.count == 4)
    for example in layout.index_to_path {
      #expect(TilePath.indexText(example.index) == example.path)
      #expect(try TilePath(parsing: "tile/entries/\(example.path)").index == example.index)
    }
  }

  @Test("Trees of 256 and of 70,000 leaves have the tiles of the vectors")
  func examples() throws {
    let layout = try Vectors.decode(Layout.self, from: "tile-layout/layout.json")
    for (size, expected) in [(256, layout.tree_256), (70_000, layout.tree_70000)] as [(UInt64, [String: Int])]
    {
      #expect(!expected.isEmpty)
      for level in 0..<TileLayout.levelsMax {
        let full = TileLayout.fullTiles(level: level, treeSize: size)
        let partial = TileLayout.partialWidth(level: level, treeSize: size)
        #expect(Int(full) == expected["level\(level)_full", default: 0], "size \(size), level \(level)")
        #expect(partial == expected["level\(level)_partial", default: 0], "size \(size), level \(level)")
      }
    }
  }

  @Test("Widths and partial tiles agree with the counts, also at the largest sizes")
  func widths() {
    for size in [0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 1 << 62, .max] as [UInt64] {
      let partial = TileLayout.partialTiles(treeSize: size)
      for level in 0..<TileLayout.levelsMax {
        let full = TileLayout.fullTiles(level: level, treeSize: size)
        let count = TileLayout.hashCount(level: level, treeSize: size)
        let last = TileLayout.width(of: TileID(level: level, index: full), treeSize: size)
        #expect(full * 256 + UInt64(last) == count)
        #expect(TileLayout.width(of: TileID(level: level, index: full + 1), treeSize: size) == 0)
        if full > 0 {
          #expect(TileLayout.width(of: TileID(level: level, index: full - 1), treeSize: size) == 256)
        }
        #expect(partial.first { $0.tile.level == level }?.width == (last > 0 ? last : nil))
      }
      for level in [-1, 8, 63, .max, .min] {
        #expect(TileLayout.hashCount(level: level, treeSize: size) == 0)
        #expect(TileLayout.width(of: TileID(level: level, index: 0), treeSize: size) == 0)
      }
    }
  }
}
