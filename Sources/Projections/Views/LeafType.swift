// What type an event is that cannot be read: a hint for whoever looks for the damage.

internal import Milestones

enum LeafType {
  /// What stands for a type that nothing tells.
  static let unknown = "unknown"

  private static let mark = Array(#""type":""#.utf8)
  private static let lengthMax = 100

  /// The type that the bytes of a leaf tell, be they an event or what is left of one.
  static func told(by bytes: [UInt8]) -> String {
    if let type = (try? EventView(leaf: bytes))?.type, !type.isEmpty { return String(type.prefix(lengthMax)) }
    // The canonical form sorts its keys: that of the event itself comes behind all within `data`.
    let starts = bytes.indices.dropLast(mark.count).reversed()
    guard let start = starts.first(where: { bytes[$0...].starts(with: mark) }) else { return unknown }
    let rest = bytes[(start + mark.count)...].prefix(lengthMax)
    let name = rest.prefix {
      (0x61...0x7a).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".")
        || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
    }
    guard !name.isEmpty, name.endIndex < rest.endIndex, rest[name.endIndex] == UInt8(ascii: "\"") else {
      return unknown
    }
    return String(decoding: name, as: UTF8.self)
  }
}
