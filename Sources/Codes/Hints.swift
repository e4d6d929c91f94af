// What an archivist may have meant by something that is not a code. Only errors come here.

internal import EDTF

extension CodeError {
  /// The error for a text that is no code, with the best hint that the tables give.
  static func unreadable(_ code: String, from earliest: Day?, to latest: Day?) -> CodeError {
    CodeError(code: code, kind: Hints(code).kind, earliest: earliest, latest: latest)
  }
}

/// The search for what was meant.
private struct Hints {
  /// Texts longer than any name in the tables are not searched for.
  private static let lengthSearchedMaxBytes = 200
  /// More than this many candidates are no help.
  private static let suggestionsMaxCount = 4

  /// GB/T 2260 numbers, which were the ISO 3166-2 codes of China's provinces until 2017, and today's letters.
  private static let provinces = [
    "11": "BJ", "12": "TJ", "13": "HE", "14": "SX", "15": "NM", "21": "LN", "22": "JL", "23": "HL",
    "31": "SH",
    "32": "JS", "33": "ZJ", "34": "AH", "35": "FJ", "36": "JX", "37": "SD", "41": "HA", "42": "HB",
    "43": "HN",
    "44": "GD", "45": "GX", "46": "HI", "50": "CQ", "51": "SC", "52": "GZ", "53": "YN", "54": "XZ",
    "61": "SN",
    "62": "GS", "63": "QH", "64": "NX", "65": "XJ", "71": "TW", "91": "HK", "92": "MO",
  ]

  private let written: String
  /// The text in the form that codes have: no spaces around, capital letters, a hyphen as the separator.
  private let folded: String

  init(_ code: String) {
    written = code
    folded =
      code.utf8.count <= Hints.lengthSearchedMaxBytes
      ? String(
        decoding: Hints.trimmed(code.utf8).map { byte in
          byte == UInt8(ascii: "_") || byte == UInt8(ascii: " ") ? UInt8(ascii: "-") : NameIndex.upper(byte)
        }, as: UTF8.self) : ""
  }

  var kind: CodeError.Kind {
    guard !written.isEmpty else { return malformed("give a code such as US, US-CA or SUHH") }
    guard !folded.isEmpty else {
      return malformed("a code has two letters (US), four (SUHH), or a hyphen after the first two (US-CA)")
    }
    if let special { return special }
    if folded != written, let name = CodeIndex.shared.name(ofCode: folded) {
      return malformed("write \(folded) (\(name)), in capital letters and without spaces", [folded])
    }
    let names = NameIndex.shared
    if let found = suggestion(
      names.states(byOtherCode: folded), "countries are given by their two-letter code")
    {
      return found
    }
    let name = String(decoding: Hints.trimmed(written.utf8), as: UTF8.self)
    if let found = suggestion(names.places(named: name), "a place is given by its code") { return found }
    return unknownOrMalformed
  }

  /// What is often written for a country and is none of its codes, or stands for no country.
  private var special: CodeError.Kind? {
    switch folded {
    case "UK": malformed("write GB (United Kingdom)", ["GB"])
    case "EL": malformed("write GR (Greece)", ["GR"])
    case "EU", "EUE", "EUROPEAN-UNION":
      malformed(
        "the European Union is not a country; give it as a party or an institution, without a country")
    case "UN", "UNO", "UNITED-NATIONS":
      malformed("the United Nations is not a country; give it as an institution, without a country")
    case "XK", "XKX", "XKK", "KOSOVO":
      .unknown(
        suggestions: [],
        hint: "ISO 3166-1 has no code for Kosovo (XK is assigned by its users); give it as a party or an "
          + "institution, without a country")
    case "ENGLAND": malformed("write GB-ENG (England)", ["GB-ENG"])
    case "SCOTLAND": malformed("write GB-SCT (Scotland)", ["GB-SCT"])
    case "WALES": malformed("write GB-WLS (Wales)", ["GB-WLS"])
    case "U.S.", "U.S.A.", "UNITED-STATES-OF-AMERICA": malformed("write US (United States)", ["US"])
    case "USSR", "SOVIET-UNION": malformed("write SUHH (the Soviet Union, until 1991-12-26)", ["SUHH"])
    default: nil
    }
  }

  private var unknownOrMalformed: CodeError.Kind {
    let parts = folded.utf8.split(
      separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
    let country = String(decoding: parts[0], as: UTF8.self)
    if country == "CN", parts.count == 2,
      let letters = Hints.provinces[String(decoding: parts[1], as: UTF8.self)]
    {
      return .unknown(
        suggestions: ["CN-\(letters)"],
        hint:
          "since 2017 ISO 3166-2 gives the provinces of China letters instead of numbers; write CN-\(letters)"
      )
    }
    if parts.count == 2, let name = CodeIndex.shared.name(ofCode: country) {
      guard Codes.place(country)?.kind == .country else {
        let former = PackedCode(country).map(CodeIndex.shared.places(byCode:)) ?? []
        return .unknown(
          suggestions: former.map(\.code),
          hint:
            "former states have no subdivisions; write \(former.map(\.code).joined(separator: " or ")) (\(name))"
        )
      }
      let hint = "ISO 3166-2 has no such subdivision of \(country) (\(name))"
      return .unknown(suggestions: [country], hint: hint + "; correct it, or write \(country) alone")
    }
    if let packed = PackedCode(written), packed.alpha2Slot != nil {
      return .unknown(
        suggestions: [], hint: "no country has or had this two-letter code; look the country's code up")
    }
    if written.utf8.count == 4, written.utf8.allSatisfy(Hints.isCapital) {
      return .unknown(
        suggestions: [], hint: "no former state has this four-letter code; look it up in ISO 3166-3")
    }
    return malformed(
      "write the two-letter code of the country (US), the four-letter code of a former state (SUHH), or the code "
        + "of a subdivision (US-CA)")
  }

  private func suggestion(_ found: [Place], _ reason: String) -> CodeError.Kind? {
    guard !found.isEmpty, found.count <= Hints.suggestionsMaxCount else { return nil }
    let named = found.map { "\($0.code) (\($0.name))" }.joined(separator: " or ")
    return malformed("\(reason); did you mean \(named)?", found.map(\.code))
  }

  private func malformed(_ hint: String, _ suggestions: [String] = []) -> CodeError.Kind {
    .malformed(suggestions: suggestions, hint: hint)
  }
}

// MARK: - The bytes of what was written

extension Hints {
  private static func trimmed(_ bytes: String.UTF8View) -> some BidirectionalCollection<UInt8> {
    let isSpace: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
    var rest = bytes[...].drop(while: isSpace)
    while let last = rest.last, isSpace(last) { rest.removeLast() }
    return rest
  }

  private static func isCapital(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
  }
}
