// Pictures: what holds for every one of them, whatever it shows.

internal import EDTF
internal import Foundation
internal import Publishing
internal import TestSupport
internal import Testing

@Suite("Pictures")
struct PictureTests {
  @Test(
    "Every picture is well-formed, named, and free of what a strict policy forbids", arguments: Samples.all)
  func form(sample: Samples.Sample) throws {
    let picture = sample.picture
    let document = SVGDocument(picture.svg)
    #expect(document.error == nil)
    let svg = try #require(document.elements.first)
    #expect(svg.name == "svg")
    #expect(document.elements.count { $0.name == "svg" } == 1)
    let hasLinks = document.elements.contains { $0.name == "a" }
    #expect(svg.attributes["role"] == (hasLinks ? "group" : "img"))
    let ids = document.elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let names = (svg.attributes["aria-labelledby"] ?? "").split(separator: " ").map(String.init)
    #expect(names.count == 2 && names.allSatisfy(ids.contains))
    let named = document.elements.filter { names.contains($0.attributes["id"] ?? "") }
    #expect(named.map(\.name) == ["title", "desc"])
    #expect(named.map(\.text) == [picture.title, picture.description])
    #expect(!picture.title.isEmpty && !picture.description.isEmpty)
    for element in document.elements {
      #expect(!["script", "style", "foreignObject", "image", "use"].contains(element.name))
      #expect(
        !element.attributes.keys.contains { $0 == "style" || $0.hasPrefix("on") || $0.contains("xlink") })
      for value in element.attributes.values where value.hasPrefix("url(") {
        #expect(ids.contains(String(value.dropFirst(5).dropLast())), "\(value) is defined nowhere")
      }
    }
    #expect(picture.rows.allSatisfy { $0.count == picture.columns.count })
  }

  @Test("Everything that is drawn lies within the picture", arguments: Samples.all)
  func bounds(sample: Samples.Sample) {
    #expect(Samples.outside(SVGDocument(sample.picture.svg)) == [])
  }

  @Test("The same picture is made of the same bytes")
  func determinism() {
    #expect(Samples.all.map(\.picture.svg) == Samples.made().map(\.picture.svg))
    let codes = Samples.codes(1)
    let marks = Samples.marks(codes)
    let turned = WorldMap(marks: marks.reversed(), on: Samples.today).picture()
    #expect(WorldMap(marks: marks, on: Samples.today).picture().svg == turned.svg)
  }

  @Test("Ids begin with the prefix that is given, made safe")
  func prefix() {
    for (given, prefix) in [("a", "a-"), ("2x", "p2x-"), ("\"><b", "p---b-"), ("é", "p--"), ("", "p-")] {
      let document = SVGDocument(Samples.spread.picture(idPrefix: given).svg)
      let ids = document.elements.compactMap { $0.attributes["id"] }
      #expect(document.error == nil)
      #expect(!ids.isEmpty && ids.allSatisfy { $0.hasPrefix(prefix) }, "\(given): \(ids)")
    }
  }

  @Test("Hostile labels, stages and addresses are harmless", arguments: Hostile.texts)
  func hostile(text: String) {
    let day = Samples.today
    let pictures = [
      WorldMap(
        marks: [
          .init(country: "FR", stage: text, reach: 3, label: text, href: text),
          .init(country: text, stage: text, reach: 9, label: text),
        ],
        on: day
      ).picture(idPrefix: text, title: text),
      SpreadChart(points: [.init(country: text, label: text, first: day, last: day, href: text)]).picture(
        title: text),
      LaneChart(
        lanes: [
          .init(
            label: text, steps: [.init(stage: text, first: day, last: day, isCertain: false, href: text)],
            href: text)
        ],
        through: day
      ).picture(),
    ]
    for picture in pictures {
      let document = SVGDocument(picture.svg)
      #expect(document.error == nil)
      #expect(!document.elements.contains { ["script", "b", "img"].contains($0.name) })
      for link in document.elements.compactMap({ $0.attributes["href"] }) {
        #expect(link == text && Hostile.harmless.contains(text), "the address \(link) was let through")
      }
      for scalar in picture.svg.unicodeScalars {
        let isTurning = (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
        #expect(!isTurning && (scalar.value >= 0x20 || scalar == "\n"))
      }
      #expect(picture.svg.utf8.count < 100_000)
      #expect(Samples.outside(document) == [])
    }
  }

  @Test("Random pictures are well-formed, within their bounds, and no words cover others")
  func random() {
    for seed in 1...25 as ClosedRange<UInt64> {
      var chance = SeededGenerator(seed: seed)
      for picture in [Samples.randomSpread(&chance).picture(), Samples.randomLanes(&chance).picture()] {
        let document = SVGDocument(picture.svg)
        #expect(document.error == nil, "seed \(seed)")
        #expect(Samples.outside(document) == [], "seed \(seed)")
        let words = document.all("text").compactMap { element in
          SVGDocument.box(of: element).map { (element.text, $0) }
        }
        for (index, one) in words.enumerated() {
          for other in words[..<index] where one.1.touches(other.1) {
            Issue.record("seed \(seed): “\(one.0)” and “\(other.0)” cover each other")
          }
        }
      }
    }
  }

  /// In thousandths of the size: Chromium with DejaVu Sans, `measureText` at 1000 px.
  @Test(
    "Words are reckoned at least as wide as a browser shows them, and not much wider",
    arguments: [
      ("United States Minor Outlying Islands", 18_248.0), ("introduced 2018-12-13", 11_502),
      ("Taiwan, Province of China", 12_747), ("WWWWiiii", 5_044), ("Côte d’Ivoire", 6_369),
      ("Конституция Российской Федерации", 19_541), ("דברים ומילים", 5_524), ("قانون مكافحة العنف", 8_402),
      ("民法典第一千零一十条", 10_000), ("हिन्दी कानून", 6_919),
    ])
  func widths(text: String, measured: Double) {
    let width = SVGText.width(text, size: 1_000)
    #expect(width >= measured && width < measured * 1.75)
  }

  @Test("The stylesheet has every class that pictures use, and the tones that they have without it")
  func stylesheet() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().appending(
      path: "../../../Sources/Publishing")
    let css = try String(contentsOf: sources.appending(path: "Embedded/pictures.css"), encoding: .utf8)
    var tones: [String: String] = [:]
    for sample in Samples.all {
      for element in SVGDocument(sample.picture.svg).elements {
        for name in (element.attributes["class"] ?? "").split(separator: " ") {
          tones[String(name)] = name.hasPrefix("picture-tone-") ? element.attributes["fill"] : ""
        }
      }
    }
    for (name, fill) in tones where !name.hasSuffix("-picture") {
      #expect(css.contains(".\(name)"), "\(name) is not in the stylesheet")
      #expect(fill.isEmpty || css.contains("--\(name): \(fill);"), "\(name) is not \(fill) there")
    }
  }

  @Test(
    "Days at the ends of all time are drawn", arguments: [Int64.min, -4_000_000, 0, 3_000_000, Int64.max])
  func ends(number: Int64) {
    let (day, other) = (Day(number: number), Samples.today)
    let step = LaneChart.Step(stage: "introduced", first: day, last: other, isCertain: true)
    let pictures = [
      LaneChart(lanes: [.init(label: "a", steps: [step])], through: other).picture(),
      LaneChart(lanes: [.init(label: "a", steps: [step])], through: day).picture(),
      SpreadChart(points: [.init(country: "FR", label: "France", first: day, last: other)]).picture(),
      SpreadChart(points: [.init(country: "FR", label: "France", first: day, last: day)]).picture(),
    ]
    for picture in pictures {
      let document = SVGDocument(picture.svg)
      #expect(document.error == nil)
      #expect(Samples.outside(document) == [])
    }
  }

  @Test(
    "The pictures of the tests are written where they can be looked at",
    .enabled(if: ProcessInfo.processInfo.environment["ANNALS_PICTURES"] != nil))
  func written() throws {
    let directory = URL(filePath: ProcessInfo.processInfo.environment["ANNALS_PICTURES"] ?? "")
    for sample in Samples.all {
      try Data(sample.picture.svg.utf8).write(to: directory.appending(path: sample.name + ".svg"))
    }
  }
}

/// What nobody should be able to write into a picture.
enum Hostile {
  static let harmless = ["country/fr.html?a=1&b=2#c", "url(#x)"]
  static let texts =
    harmless + [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "https://example.org/", "//example.org/", "/root", "data:text/html,x", "..\\x", " javascript:alert(1)",
      "]]><b>", "&lt;b&gt; & &#x41;", "a\u{0}b\u{1B}c\u{FFFE}\u{FFFF}", "\u{202E}evil\u{2066}x\u{2069}",
      "\u{FEFF}",
      String(repeating: "W", count: 10_000), String(repeating: "שלום ", count: 2_000),
      String(repeating: "e\u{301}\u{302}", count: 3_000), "", " \n\t ", "' onload='x",
    ]
}
