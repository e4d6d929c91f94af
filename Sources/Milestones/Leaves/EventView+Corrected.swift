// An event as a correction leaves it: pure, from the stored form of both.

public import CanonicalJSON

extension EventView {
  /// The fields that stand in the envelope of a leaf (CloudEvents attributes) and can be corrected. All other fields
  /// that can be stand in `data`.
  public static let correctableEnvelopeFields = ["occurred", "country", "institution"]

  /// What no correction changes: what the ledger stamped, what an event is about, and what its digests are.
  public static let neverCorrectedFields: Set<String> = [
    "id", "type", "subject", "recorded", "recorder", "source", "specversion", "dataschema", "target", "_sd",
    "_sd_alg",
  ]

  /// The event as corrected, in canonical form: of ``data`` and the correctable part of the envelope, what `new` names
  /// has its new value, and what `old` names and `new` does not is taken away. All else stays as it stands.
  ///
  /// Names that cannot be corrected (``neverCorrectedFields``) are passed over, and so is taking `occurred` away: no
  /// correction that was accepted has them, and a log made by others must not bring an event to fall.
  ///
  /// - Parameters:
  ///   - old: the fields as they stood, as stored in the correction; only its names matter.
  ///   - new: the fields as they are to stand, as stored in the correction.
  /// - Returns: the event as corrected.
  /// - Throws: `JSONError` if a value cannot be written (a number beyond ±(2^53−1)), or the whole is too deep.
  public func corrected(old: JSONObject, new: JSONObject) throws(JSONError) -> EventView {
    var event = root.value.object ?? JSONObject()
    var data = event["data"]?.object ?? JSONObject()
    func isKept(_ name: String) -> Bool { Self.neverCorrectedFields.contains { Self.same($0, name) } }
    func set(_ name: String, _ value: JSONValue?) {
      if Self.correctableEnvelopeFields.contains(where: { Self.same($0, name) }) {
        event[name] = value
      } else {
        data[name] = value
      }
    }
    for name in old.keys where new[name] == nil && !isKept(name) && !Self.same(name, "occurred") {
      set(name, nil)
    }
    for (name, value) in new where !isKept(name) { set(name, value) }
    if event["data"] != nil || !data.isEmpty { event["data"] = .object(data) }
    return try EventView(leaf: JSONValue.object(event).canonicalBytes())
  }

  /// The same with a correction's `old` and `new` as they stand in its leaf; what is missing or no object counts as
  /// empty.
  ///
  /// - Parameters:
  ///   - old: `data.old` of the correction.
  ///   - new: `data.new` of the correction.
  /// - Returns: the event as corrected.
  /// - Throws: `JSONError`, as ``corrected(old:new:)-(JSONObject,_)``.
  public func corrected(old: JSONView?, new: JSONView?) throws(JSONError) -> EventView {
    try corrected(old: old?.value.object ?? JSONObject(), new: new?.value.object ?? JSONObject())
  }

  /// The event as a correction leaves it.
  ///
  /// - Parameter correction: an `event.corrected` whose target this event is.
  /// - Returns: the event as corrected.
  /// - Throws: `JSONError`, as ``corrected(old:new:)-(JSONObject,_)``.
  public func corrected(by correction: EventView) throws(JSONError) -> EventView {
    try corrected(old: correction.data?["old"], new: correction.data?["new"])
  }

  private static func same(_ one: String, _ other: String) -> Bool { one.utf8.elementsEqual(other.utf8) }
}
