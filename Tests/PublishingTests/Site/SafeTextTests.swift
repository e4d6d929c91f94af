// Text of the record on its way into pages: what is escaped, what is shown by its number, what becomes a link.

internal import Publishing
internal import Testing

@Suite("Text of the record")
struct SafeTextTests {
  @Test("Markup is escaped, also where what follows makes one character of it and an accent")
  func escapes() {
    #expect(SafeText.escaped("a <b> & \"c\" 'd'") == "a &lt;b&gt; &amp; &quot;c&quot; &#39;d&#39;")
    for mark in ["\u{301}", "\u{200d}", "\u{fe0f}", "\u{20dd}"] {
      for (character, escaped) in [
        ("\"", "&quot;"), ("'", "&#39;"), ("<", "&lt;"), (">", "&gt;"), ("&", "&amp;"),
      ] {
        // Compared by bytes: to Swift a mark and what it stands on are one character.
        #expect(Array(SafeText.escaped(character + mark).utf8) == Array((escaped + mark).utf8))
      }
    }
  }

  @Test(
    "What cannot be seen or turns the direction of writing is shown by its number; scripts are left as they are"
  )
  func hidden() {
    #expect(
      SafeText.escaped("a\u{202e}b\u{2066}\u{0}\u{1b}[31m\u{feff}")
        == "a⟨U+202E⟩b⟨U+2066⟩⟨U+0000⟩⟨U+001B⟩[31m⟨U+FEFF⟩")
    for value in [0xfffe, 0x1ffff, 0xfdd0, 0xe0041] as [UInt32] {
      let text = Unicode.Scalar(value).map { String(Character($0)) } ?? ""
      #expect(SafeText.escaped(text) == "⟨U+" + String(value, radix: 16, uppercase: true) + "⟩")
    }
    for text in ["#米兔", "#أنا_أيضا", "می‌خواهم", "#گمټو", "👩‍👩‍👧", "é", "a\nb\tc", ""] {
      #expect(Array(SafeText.escaped(text).utf8) == Array(text.utf8))
    }
  }

  @Test("Only web addresses with a host become links")
  func links() {
    for address in [
      "https://example.org/", "http://example.org", "HTTPS://example.org/a?b=c&d#e",
      "https://example.org:8080/ä",
      "https://пример.рф/x",
    ] {
      #expect(SafeLink.address(address) == address)
    }
    for text in [
      "javascript:alert(1)", " https://example.org", "https://", "https:///x", "https:example.org",
      "//example.org",
      "https://user@example.org", "https://example.org/\"", "https://example.org/ x",
      "https://example.org/\n",
      "ftp://example.org", "data:text/html,x", "https://[::1", "https://-", "https://example.org/<b>",
      "mailto:a@b.c",
      "https://example.org/" + String(repeating: "x", count: 3_000), "",
    ] {
      #expect(SafeLink.address(text) == nil, "\(text.prefix(60))")
    }
  }

  @Test("Names of entries of the feed are tag URIs, whatever the log is called")
  func tags() {
    let names = [
      ("example.org/metoo", "tag:example.org,2026:metoo/events/7"),
      ("Example.org", "tag:example.org,2026:events/7"),
      ("my ledger", "tag:annals.invalid,2026:my%20ledger/events/7"),
      ("localhost", "tag:annals.invalid,2026:localhost/events/7"),
      ("example.org/ü", "tag:example.org,2026:%C3%BC/events/7"),
      (".org/x", "tag:annals.invalid,2026:.org/x/events/7"),
    ]
    for (origin, tag) in names {
      #expect(Feed(origin: origin, openedYear: 2026).tag("events/7") == tag)
    }
  }
}
