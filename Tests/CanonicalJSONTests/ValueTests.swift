// Owned values and objects, and the writer that needs neither.

import CanonicalJSON
import Testing

@Suite("Owned values")
struct ValueTests {
  @Test("Literals make values, and accessors give back what they hold")
  func literals() {
    let value: JSONValue = [
      "s": "text \(1)", "n": -7, "b": true, "z": .null, "a": [1, "x"], "o": ["k": [:]],
    ]
    #expect(value["s"]?.string == "text 1")
    #expect(value["n"]?.integer == -7)
    #expect(value["b"]?.bool == true)
    #expect(value["z"]?.isNull == true)
    #expect(value["a"]?.array == [1, "x"])
    #expect(value["o"]?.object?["k"]?.object?.isEmpty == true)
    #expect(value["missing"] == nil)
    #expect(JSONValue.string("s")["s"] == nil)
    #expect(value["s"]?.integer == nil && value["n"]?.string == nil && value["z"]?.bool == nil)
  }

  @Test("Strings are equal by their bytes, not by canonical equivalence")
  func equality() {
    let composed: JSONValue = "\u{E9}"
    let decomposed: JSONValue = "e\u{301}"
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, composed]).count == 2)
    #expect(JSONValue.object(["\u{E9}": 1]) != JSONValue.object(["e\u{301}": 1]))
    #expect(JSONValue.array([1, 2]) != [2, 1])
    #expect(JSONValue.integer(0) != false && JSONValue.null != false && JSONValue.string("1") != 1)
    let a: JSONValue = ["x": 1, "y": [2]]
    let b: JSONValue = ["y": [2], "x": 1]
    #expect(a == b && a.hashValue == b.hashValue)
    #expect(a != ["x": 1] && a != ["x": 1, "y": [3]])
  }

  @Test("A number outside the range is not written, and nothing is appended")
  func outOfRange() throws {
    for integer in [canonicalIntegerRange.upperBound + 1, canonicalIntegerRange.lowerBound - 1, .max, .min] {
      let value: JSONValue = ["a": .integer(integer)]
      #expect(throws: JSONError(.integerOutOfRange, offset: 5)) { try value.canonicalBytes() }
      var out = Array("ab".utf8)
      #expect(throws: JSONError.self) { try value.appendCanonical(to: &out) }
      #expect(text(out) == "ab")
    }
    #expect(
      try text(JSONValue.integer(canonicalIntegerRange.lowerBound).canonicalBytes()) == "-9007199254740991")
  }

  @Test("Parsing a string gives a value, or an error at the offset in its UTF-8 bytes")
  func parsing() throws {
    #expect(try JSONValue(parsing: #"{"b": [1, null], "a": "é"}"#) == ["a": "é", "b": [1, .null]])
    #expect(throws: JSONError(.expected(.value), offset: 6)) { try JSONValue(parsing: "[\"é\",]") }
    #expect(throws: JSONError.self) {
      try JSONValue(parsing: "[[]]", limits: JSONLimits(bytesMax: 10, depthMax: 1))
    }
  }
}

@Suite("Owned objects")
struct ObjectTests {
  @Test("Members stand in the order of UTF-16 code units, however they came in")
  func order() throws {
    // In UTF-16: 20AC, D83D DE00, FB33. By code point, U+FB33 would come before U+1F600.
    let sorted = [
      "", "\n", "1", "10", "2", "A", "a", "aa", "\u{80}", "ö", "\u{20AC}", "\u{1F600}", "\u{FB33}",
      "\u{FB33}a",
    ]
    #expect(JSONObject(sorted.reversed().map { ($0, 1) }).keys == sorted)
    var object = JSONObject()
    for key in sorted.reversed() { object[key] = 1 }
    #expect(object.keys == sorted)
    #expect(object.map(\.key) == sorted)
    let source =
      "{" + sorted.reversed().map { "\"\($0 == "\n" ? "\\n" : $0)\":1" }.joined(separator: ",") + "}"
    #expect(try JSONValue(parsing: source).object == object)
    #expect(
      try JSONText(parsing: Array(source.utf8)).root.canonicalBytes()
        == JSONValue.object(object).canonicalBytes())
  }

  @Test("Members are set, replaced and removed; of repeated keys the last counts")
  func mutation() {
    var object = JSONObject([("b", 1), ("a", 2), ("b", 3), ("a", 4), ("b", 5)])
    #expect(object == ["a": 4, "b": 5])
    object["c"] = true
    object["a"] = nil
    object["missing"] = nil
    object["b"] = JSONValue.null
    #expect(object.count == 2 && object["b"] == JSONValue.null && object["a"] == nil)
    object["\u{E9}"] = 2
    #expect(object["e\u{301}"] == nil)
    object["e\u{301}"] = 1
    #expect(object.count == 4 && object["e\u{301}"] == 1 && object["\u{E9}"] == 2)
    #expect(JSONObject().isEmpty && !object.isEmpty)
  }
}

@Suite("The writer")
struct WriterTests {
  @Test("Commas stand where they belong, whatever the strings hold")
  func commas() throws {
    var writer = CanonicalWriter()
    writer.beginObject()
    writer.key(",")
    writer.string("[")
    writer.key("a:")
    writer.beginArray()
    writer.beginArray()
    writer.endArray()
    writer.beginObject()
    writer.endObject()
    try writer.integer(-120)
    try writer.integer(0)
    writer.bool(true)
    writer.bool(false)
    writer.null()
    writer.string("{")
    writer.string("")
    writer.endArray()
    writer.key("b")
    writer.raw(Array("[1]".utf8))
    writer.key("c")
    writer.value(try JSONText(parsing: Array(#"{"z": 1, "y": 2}"#.utf8)).root)
    writer.key("d")
    try writer.value(["q": [.null]])
    writer.key("e\u{1}\"")
    Array("7".utf8).withUnsafeBufferPointer { writer.raw($0) }
    writer.endObject()
    #expect(
      text(writer.bytes)
        == #"{",":"[","a:":[[],{},-120,0,true,false,null,"{",""],"b":[1],"c":{"y":2,"z":1},"d":{"q":[null]},"e\u0001\"":7}"#
    )
    #expect(try JSONText(parsing: writer.bytes).isCanonical)
  }

  @Test("What stood before is kept and gets no comma")
  func appending() throws {
    var writer = CanonicalWriter(appendingTo: Array("1\n".utf8))
    try writer.integer(2)
    #expect(text(writer.bytes) == "1\n2")
  }

  @Test("A number outside the range throws and writes nothing")
  func outOfRange() throws {
    var writer = CanonicalWriter()
    writer.beginArray()
    #expect(throws: JSONError(.integerOutOfRange, offset: 1)) { try writer.integer(.max) }
    try writer.integer(canonicalIntegerRange.upperBound)
    writer.endArray()
    #expect(text(writer.bytes) == "[9007199254740991]")
  }

  #if DEBUG
    @Test("A key out of order stops a debug build")
    func keyOrder() async {
      await #expect(processExitsWith: .failure) {
        var writer = CanonicalWriter()
        writer.beginObject()
        writer.key("b")
        writer.null()
        writer.key("a")
      }
    }
  #endif
}
