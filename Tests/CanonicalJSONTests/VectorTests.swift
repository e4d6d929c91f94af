// Test data that others made: JSONTestSuite for parsing, the RFC 8785 author's pairs for the canonical form.

import CanonicalJSON
import Testing

@Suite("JSONTestSuite")
struct JSONTestSuiteTests {
  /// Texts that RFC 8259 admits and the profile does not, with the reason.
  static let refusedByProfile: [String: JSONError.Kind] = [
    "y_number.json": .onlyWholeNumbers,
    "y_number_0e+1.json": .onlyWholeNumbers,
    "y_number_0e1.json": .onlyWholeNumbers,
    "y_number_double_close_to_zero.json": .onlyWholeNumbers,
    "y_number_int_with_exp.json": .onlyWholeNumbers,
    "y_number_real_capital_e.json": .onlyWholeNumbers,
    "y_number_real_capital_e_neg_exp.json": .onlyWholeNumbers,
    "y_number_real_capital_e_pos_exp.json": .onlyWholeNumbers,
    "y_number_real_exponent.json": .onlyWholeNumbers,
    "y_number_real_fraction_exponent.json": .onlyWholeNumbers,
    "y_number_real_neg_exp.json": .onlyWholeNumbers,
    "y_number_real_pos_exponent.json": .onlyWholeNumbers,
    "y_number_simple_real.json": .onlyWholeNumbers,
    "y_object_extreme_numbers.json": .onlyWholeNumbers,
    "y_structure_lonely_negative_real.json": .onlyWholeNumbers,
    "y_object_duplicated_key.json": .duplicateKey,
    "y_object_duplicated_key_and_value.json": .duplicateKey,
  ]

  /// Texts on which RFC 8259 leaves the choice: all are refused, for these reasons.
  static let decided: [String: JSONError.Kind] = [
    "i_number_double_huge_neg_exp.json": .onlyWholeNumbers,
    "i_number_huge_exp.json": .onlyWholeNumbers,
    "i_number_neg_int_huge_exp.json": .onlyWholeNumbers,
    "i_number_pos_double_huge_exp.json": .onlyWholeNumbers,
    "i_number_real_neg_overflow.json": .onlyWholeNumbers,
    "i_number_real_pos_overflow.json": .onlyWholeNumbers,
    "i_number_real_underflow.json": .onlyWholeNumbers,
    "i_number_too_big_neg_int.json": .integerOutOfRange,
    "i_number_too_big_pos_int.json": .integerOutOfRange,
    "i_number_very_big_negative_int.json": .integerOutOfRange,
    "i_object_key_lone_2nd_surrogate.json": .loneSurrogate,
    "i_string_1st_surrogate_but_2nd_missing.json": .loneSurrogate,
    "i_string_1st_valid_surrogate_2nd_invalid.json": .loneSurrogate,
    "i_string_UTF-16LE_with_BOM.json": .byteOrderMark,
    "i_string_UTF-8_invalid_sequence.json": .invalidUTF8,
    "i_string_UTF8_surrogate_U+D800.json": .invalidUTF8,
    "i_string_incomplete_surrogate_and_escape_valid.json": .loneSurrogate,
    "i_string_incomplete_surrogate_pair.json": .loneSurrogate,
    "i_string_incomplete_surrogates_escape_valid.json": .loneSurrogate,
    "i_string_invalid_lonely_surrogate.json": .loneSurrogate,
    "i_string_invalid_surrogate.json": .loneSurrogate,
    "i_string_invalid_utf-8.json": .invalidUTF8,
    "i_string_inverted_surrogates_U+1D11E.json": .loneSurrogate,
    "i_string_iso_latin_1.json": .invalidUTF8,
    "i_string_lone_second_surrogate.json": .loneSurrogate,
    "i_string_lone_utf8_continuation_byte.json": .invalidUTF8,
    "i_string_not_in_unicode_range.json": .invalidUTF8,
    "i_string_overlong_sequence_2_bytes.json": .invalidUTF8,
    "i_string_overlong_sequence_6_bytes.json": .invalidUTF8,
    "i_string_overlong_sequence_6_bytes_null.json": .invalidUTF8,
    "i_string_truncated-utf-8.json": .invalidUTF8,
    "i_string_utf16BE_no_BOM.json": .expected(.value),
    "i_string_utf16LE_no_BOM.json": .expected(.value),
    "i_structure_500_nested_arrays.json": .nestedTooDeep(depthMax: 64),
    "i_structure_UTF-8_BOM_empty_object.json": .byteOrderMark,
  ]

  @Test("A text that RFC 8259 admits is read, and its canonical form is a fixed point")
  func admitted() throws {
    let names = try Vectors.names(in: "json-parsing", prefix: "y_", suffix: ".json")
    #expect(names.count == 95)
    #expect(Set(names).isSuperset(of: Self.refusedByProfile.keys))
    for name in names where Self.refusedByProfile[name] == nil {
      let bytes = try Vectors.bytes("json-parsing/\(name)")
      #expect(parsingError(bytes) == nil, "\(name)")
      let parsed = try JSONText(parsing: bytes)
      let canonical = parsed.root.canonicalBytes()
      #expect(try parsed.root.value.canonicalBytes() == canonical, "\(name)")
      #expect(try JSONText(parsing: canonical).isCanonical, "\(name)")
      #expect(try JSONValue(parsing: canonical) == parsed.root.value, "\(name)")
    }
  }

  @Test("A text that RFC 8259 admits and the profile does not is refused for the reason named")
  func narrowed() throws {
    for (name, kind) in Self.refusedByProfile {
      #expect(parsingError(try Vectors.bytes("json-parsing/\(name)"))?.kind == kind, "\(name)")
    }
  }

  @Test("A text that RFC 8259 forbids is refused, at an offset inside it or at its end")
  func forbidden() throws {
    let names = try Vectors.names(in: "json-parsing", prefix: "n_", suffix: ".json")
    #expect(names.count == 188)
    for name in names {
      let bytes = try Vectors.bytes("json-parsing/\(name)")
      let error = try #require(parsingError(bytes), "\(name)")
      #expect((0...bytes.count).contains(error.offset), "\(name)")
    }
  }

  @Test("Each text on which RFC 8259 leaves the choice is refused for the reason named")
  func undecided() throws {
    let names = try Vectors.names(in: "json-parsing", prefix: "i_", suffix: ".json")
    #expect(Set(names) == Set(Self.decided.keys))
    for name in names {
      let error = parsingError(try Vectors.bytes("json-parsing/\(name)"))
      #expect(error?.kind == Self.decided[name], "\(name)")
    }
  }

  @Test("500 nested arrays are read, compared, hashed and written where the caller allows that depth")
  func deep() throws {
    let bytes = try Vectors.bytes("json-parsing/i_structure_500_nested_arrays.json")
    let limits = JSONLimits(bytesMax: 10_000, depthMax: 500)
    let parsed = try JSONText(parsing: bytes, limits: limits)
    #expect(try parsed.root.value == JSONValue(parsing: bytes, limits: limits))
    #expect(Set([parsed.root.value]).contains(parsed.root.value))
    #expect(parsed.root.canonicalBytes() == bytes.filter { $0 != UInt8(ascii: "\n") })
  }
}

@Suite("The pairs of RFC 8785's author")
struct CanonicalPairTests {
  /// Texts with a fraction or an exponent: the offset of the first one.
  static let refusedByProfile = ["structures.json": 43, "values.json": 25]

  @Test("The canonical form of each input is its output, to the byte")
  func pairs() throws {
    let names = try Vectors.names(in: "jcs/input", suffix: ".json")
    #expect(
      names == ["arrays.json", "french.json", "structures.json", "unicode.json", "values.json", "weird.json"])
    for name in names where Self.refusedByProfile[name] == nil {
      let parsed = try JSONText(parsing: Vectors.bytes("jcs/input/\(name)"))
      let hexadecimal = text(try Vectors.bytes("jcs/outhex/\(name.dropLast(5)).txt"))
      let expected = hexadecimal.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) }
      #expect(try Vectors.bytes("jcs/output/\(name)") == expected, "\(name)")
      #expect(parsed.root.canonicalBytes() == expected, "\(name)")
      #expect(try parsed.root.value.canonicalBytes() == expected, "\(name)")
      #expect(!parsed.isCanonical, "\(name)")
    }
  }

  @Test("Inputs with fractions or exponents are refused where the first one stands")
  func fractions() throws {
    for (name, offset) in Self.refusedByProfile {
      let error = parsingError(try Vectors.bytes("jcs/input/\(name)"))
      #expect(error == JSONError(.onlyWholeNumbers, offset: offset), "\(name)")
    }
  }

  @Test("Each output within the profile is known to be canonical")
  func outputs() throws {
    for name in try Vectors.names(in: "jcs/output", suffix: ".json") where name != "values.json" {
      let bytes = try Vectors.bytes("jcs/output/\(name)")
      #expect(try JSONText(parsing: bytes).isCanonical, "\(name)")
      #expect(try JSONValue(parsing: bytes).canonicalBytes() == bytes, "\(name)")
    }
  }
}
