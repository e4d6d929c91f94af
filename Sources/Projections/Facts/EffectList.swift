// How the moves of an event are kept in a row: [[index of the effect, detail], …] as canonical JSON.

internal import CanonicalJSON

/// Writes and reads the effects of a fact.
enum EffectList {
  static func text(_ effects: [(index: Int, detail: String?)]) throws -> String {
    let list = effects.map { effect in
      JSONValue.array([.integer(Int64(effect.index)), effect.detail.map { .string($0) } ?? .null])
    }
    return String(decoding: try JSONValue.array(list).canonicalBytes(), as: UTF8.self)
  }

  static func effects(_ text: String) throws -> [(index: Int, detail: String?)] {
    let list = try JSONValue(parsing: text).array ?? []
    return list.compactMap { item in
      guard let parts = item.array, parts.count == 2, let index = parts[0].integer else { return nil }
      return (Int(index), parts[1].string)
    }
  }
}
