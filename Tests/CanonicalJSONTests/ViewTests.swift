// Reading a parsed text in place.

import CanonicalJSON
import Testing

@Suite("Views into a text")
struct ViewTests {
  static let source =
    #" {"name": "Ana\n\u00e9", "n": -42, "yes": true, "no": false, "nil": null, "list": [1, "two", [3]], "obj": {"a": {}}} "#

  let root: JSONView

  init() throws { root = try JSONText(parsing: Array(Self.source.utf8)).root }

  @Test("A value tells its kind and what it holds, and nothing else")
  func kinds() throws {
    let kinds = root.members.map { "\($0.key) \($0.value.kind)" }
    #expect(
      kinds == ["name string", "n integer", "yes bool", "no bool", "nil null", "list array", "obj object"])
    #expect(root["name"]?.string == "Ana\n\u{E9}")
    #expect(root["n"]?.integer == -42)
    #expect(root["yes"]?.bool == true)
    #expect(root["no"]?.bool == false)
    #expect(root["nil"]?.isNull == true)
    for (key, value) in root.members {
      #expect((value.string != nil) == (key == "name"))
      #expect((value.integer != nil) == (key == "n"))
      #expect((value.bool != nil) == (key == "yes" || key == "no"))
      #expect(value.isNull == (key == "nil"))
      #expect(value.count == ["list": 3, "obj": 1][key, default: 0])
      #expect(Array(value.elements).count == (key == "list" ? 3 : 0))
      #expect(Array(value.members).count == (key == "obj" ? 1 : 0))
      #expect(value["a"] == nil || key == "obj")
    }
  }

  @Test("A range covers the value's bytes, quotation marks and brackets included; keys have ranges too")
  func ranges() throws {
    let bytes = Array(Self.source.utf8)
    let pieces = root.memberViews.map {
      "\(text(Array(bytes[$0.key.range])))=\(text(Array(bytes[$0.value.range])))"
    }
    #expect(
      pieces == [
        #""name"="Ana\n\u00e9""#, #""n"=-42"#, #""yes"=true"#, #""no"=false"#, #""nil"=null"#,
        #""list"=[1, "two", [3]]"#, #""obj"={"a": {}}"#,
      ])
    #expect(text(Array(bytes[root.range])) == Self.source.trimmingSpaces)
  }

  @Test("Elements come in order, each complete, and a member after a nested value is found")
  func elements() throws {
    let list = try #require(root["list"])
    #expect(list.elements.map(\.value) == [1, "two", [3]])
    #expect(root["obj"]?["a"]?.count == 0)
    #expect(root["a"] == nil)
    #expect(root["nam"] == nil)
    #expect(root["name2"] == nil)
  }

  @Test("Strings and keys written with escapes are compared unescaped")
  func escapes() throws {
    let root = try JSONText(parsing: Array(#"{"\u0061\/b":"\u0074wo\ud83d\ude00\\\"\b\f\r\t", "":""}"#.utf8))
      .root
    #expect(root["a/b"]?.stringEquals("two😀\\\"\u{8}\u{C}\r\t") == true)
    #expect(root["a/b"]?.stringEquals("two") == false)
    #expect(root["a/b"]?.withStringBytes { $0.count } == 13)
    #expect(root[""]?.stringEquals("") == true)
    #expect(root[""]?.string == "")
    #expect(root["a"] == nil)
    #expect(root.stringEquals("") == false)
    #expect(root.withStringBytes { $0.count } == nil)
  }

  @Test("Comparison goes by bytes: composed and decomposed characters differ")
  func byBytes() throws {
    let view = try JSONText(parsing: Array("\"e\u{301}\"".utf8)).root
    #expect(view.stringEquals("e\u{301}"))
    #expect(!view.stringEquals("\u{E9}"))
    #expect(view.string?.utf8.count == 3)
  }

  @Test("A view keeps its text alive")
  func lifetime() throws {
    func inner() throws -> JSONView? {
      try JSONText(parsing: Array(#"[["kept"]]"#.utf8)).root.elements.first { _ in true }
    }
    #expect(try inner()?.value == ["kept"])
  }

  @Test("-0 is read as 0, and written as 0")
  func minusZero() throws {
    let parsed = try JSONText(parsing: Array("[-0,0,-1]".utf8))
    #expect(parsed.root.elements.map(\.integer) == [0, 0, -1])
    #expect(text(parsed.root.canonicalBytes()) == "[0,0,-1]")
    #expect(!parsed.isCanonical)
  }

  @Test("The largest and smallest whole numbers are read and written")
  func integerBounds() throws {
    let source = "[9007199254740991,-9007199254740991,1000000000000000,999999999999999]"
    let parsed = try JSONText(parsing: Array(source.utf8))
    #expect(
      parsed.root.elements.map(\.integer) == [
        9_007_199_254_740_991, -9_007_199_254_740_991, 1_000_000_000_000_000, 999_999_999_999_999,
      ])
    #expect(try text(parsed.root.value.canonicalBytes()) == source)
  }

  @Test("Only a text that equals its canonical form is called canonical")
  func isCanonical() throws {
    let canonical = [
      "0", "-1", "[]", "{}", "[1,[2],{}]", #"{"a":1,"b":[true,null]}"#, #""\b\t\n\f\r\"\\\u0000\u001f""#,
      "\"\u{7F}é/\"", "{\"€\":0,\"😀\":0,\"\u{FB33}\":0}",
    ]
    for source in canonical { #expect(try JSONText(parsing: Array(source.utf8)).isCanonical, "\(source)") }
    let other = [
      " 0", "0 ", "[ ]", "{ }", "[1 ]", "[ 1]", "[1, 2]", "[1 ,2]", #"{"a" :1}"#, #"{"a": 1}"#, #"{"a":1 }"#,
      #"{ "a":1}"#, "-0", "[[-0]]", #"{"b":1,"a":1}"#, #"[{"a":{"c":1,"b":1}}]"#, #""\/""#, #""\u0041""#,
      #""\u001F""#, #""\u0008""#, #""\u000a""#, #"{"\u0061":1}"#, "{\"\u{FB33}\":0,\"😀\":0}",
      "{\"😀\":0,\"€\":0}",
    ]
    for source in other {
      let parsed = try JSONText(parsing: Array(source.utf8))
      #expect(!parsed.isCanonical, "\(source)")
      #expect(try JSONText(parsing: parsed.root.canonicalBytes()).isCanonical, "\(source)")
    }
  }

  @Test("The canonical form of a part is appended to what is there")
  func partialCanonical() throws {
    var out = Array("x".utf8)
    try #require(root["list"]).appendCanonical(to: &out)
    try #require(root["name"]).appendCanonical(to: &out)
    #expect(text(out) == "x[1,\"two\",[3]]\"Ana\\né\"")
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
