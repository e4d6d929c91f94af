// Pictures: what holds for every one of them.

internal import Publishing
internal import Testing

@Suite("Pictures")
struct PictureTests {
  @Test("A picture keeps the numbers behind it")
  func numbers() {
    let picture = Picture(svg: "<svg/>", title: "t", description: "d", columns: ["a"], rows: [["1"]])
    #expect(picture.rows.allSatisfy { $0.count == picture.columns.count })
  }
}
