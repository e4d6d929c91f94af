// Codes by name and by the other codes of ISO 3166, for the hints in errors. Built at the first error: a bulk import
// with a column of names in the wrong place asks a million times.

/// The canonical codes that go with names, alpha-3 and numeric codes.
struct NameIndex: Sendable {
  static let shared = NameIndex()

  private var statesByOtherCode: [String: [String]] = [:]
  private var statesByName: [String: [String]] = [:]
  private var subdivisionsByName: [String: [String]] = [:]

  private init() {
    CodeTable(named: "iso-3166-1.tsv").forEachRow { row in
      for field in [2, 3] { statesByOtherCode[row.text(field), default: []].append(row.text(0)) }
      for field in [1, 4, 5] { NameIndex.add(row, field, to: &statesByName) }
    }
    CodeTable(named: "iso-3166-3.tsv").forEachRow { row in
      statesByOtherCode[row.text(3), default: []].append(row.text(0))
      NameIndex.add(row, 1, to: &statesByName)
    }
    CodeTable(named: "iso-3166-2.tsv").forEachRow { row in
      NameIndex.add(row, 1, to: &subdivisionsByName)
    }
  }

  /// The states with this alpha-3 or numeric code, in capital letters.
  func states(byOtherCode code: String) -> [Place] {
    statesByOtherCode[code]?.compactMap(Codes.place) ?? []
  }

  /// The states of this name, or else the subdivisions of it. Case does not matter, nor what follows a comma.
  func places(named name: String) -> [Place] {
    let wanted = NameIndex.folded(name.utf8)
    return (statesByName[wanted] ?? subdivisionsByName[wanted])?.compactMap(Codes.place) ?? []
  }

  /// Adds the name in that field as a whole and up to its comma: "Tanzania, United Republic of" and "Tanzania".
  private static func add(_ row: Row, _ field: Int, to codesByName: inout [String: [String]]) {
    let bytes = row.field(field)
    guard !bytes.isEmpty else { return }
    let code = row.text(0)
    for name in [folded(bytes), folded(bytes.prefix { $0 != UInt8(ascii: ",") })]
    where codesByName[name]?.last != code {
      codesByName[name, default: []].append(code)
    }
  }

  private static func folded(_ bytes: some Collection<UInt8>) -> String {
    String(decoding: bytes.map(upper), as: UTF8.self)
  }

  /// An ASCII letter as a capital; all other bytes as they are.
  static func upper(_ byte: UInt8) -> UInt8 {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) ? byte - 0x20 : byte
  }
}
