// How the moves of an event are kept in a row: [[index of the effect, detail, rule, dated], …] as canonical JSON, the
// last two only where one of them is told.

internal import CanonicalJSON

/// An effect that applies to an event, with what the event's fields say of it.
public struct FactEffect: Sendable, Equatable {
  /// The effect's index among those of the type.
  public let index: Int
  /// What is told beside the stage.
  public let detail: String?
  /// The rule of dates that the event tells.
  public let rule: String?
  /// The day from which periods count, EDTF, where it is another than the event's own.
  public let dated: String?

  init(index: Int, detail: String? = nil, rule: String? = nil, dated: String? = nil) {
    self.index = index
    self.detail = detail
    self.rule = rule
    self.dated = dated
  }
}

/// Writes and reads the effects of a fact.
enum EffectList {
  static func text(_ effects: [FactEffect]) throws -> String {
    var writer = CanonicalWriter()
    writer.beginArray()
    for effect in effects {
      writer.beginArray()
      try writer.integer(Int64(effect.index))
      writer.stringOrNull(effect.detail)
      if effect.rule != nil || effect.dated != nil {
        writer.stringOrNull(effect.rule)
        writer.stringOrNull(effect.dated)
      }
      writer.endArray()
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  static func effects(_ text: String) throws -> [FactEffect] {
    let list = try JSONValue(parsing: text).array ?? []
    return list.compactMap { item in
      guard let parts = item.array, parts.count >= 2, let index = parts[0].integer else { return nil }
      return FactEffect(
        index: Int(index), detail: parts[1].string, rule: parts.count > 2 ? parts[2].string : nil,
        dated: parts.count > 3 ? parts[3].string : nil)
    }
  }
}
