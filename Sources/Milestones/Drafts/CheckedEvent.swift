// A draft that passed all checks: what will be stored, apart from what only the ledger can stamp.

public import CanonicalJSON
public import Codes
public import EDTF
internal import OrderedCollections

/// An event that is well-formed under the vocabulary in force.
public struct CheckedEvent: Sendable {
  /// The type.
  public let type: EventType
  /// The client's id, if one was given.
  public let id: EventID?
  /// The subject; nil for a sealed testimony, whose random name the ledger makes.
  public let subject: Subject?
  /// When it happened, as the public log shows it.
  public let occurred: EDTF
  /// When it has legal effect, if told.
  public let effective: EDTF?
  /// Whose act it is, if told in clear.
  public let country: Place?
  /// Where, if told.
  public let institution: InstitutionPath?
  /// Who enters it, if the client said so.
  public let recorder: String?
  /// What stands in `data` in clear.
  public let data: JSONObject
  /// What is sealed: names and values, sorted by name.
  public let sealed: [(name: String, value: JSONValue)]
  /// How many digests the event carries: as many as its type has sealable fields, none if it is public.
  public let digestCount: Int
  /// The canonical bytes of what the client supplied, over which the content tag is made. Never stored: they hold
  /// what is sealed.
  public let suppliedBytes: [UInt8]

  /// What the public log will show of the event, by name.
  public var namesInClear: [String] {
    var names = ["type", "subject", "occurred (\(occurred.text))", "recorded", "recorder"]
    if let id { names.append("id (\(id.text))") }
    if country != nil { names.append("country") }
    if institution != nil { names.append("institution") }
    return names + data.keys
  }

  /// The same event with an id.
  public func withID(_ id: EventID) -> CheckedEvent {
    CheckedEvent(
      type: type, id: id, subject: subject, occurred: occurred, effective: effective, country: country,
      institution: institution, recorder: recorder, data: data, sealed: sealed, digestCount: digestCount,
      suppliedBytes: suppliedBytes)
  }

  /// How dates and codes were understood, for the archivist to look over: field, value, meaning. Nothing sealed.
  public var readings: [(field: String, value: String, meaning: String)] {
    var readings = [("occurred", occurred.text, occurred.meaning)]
    if let effective { readings.append(("effective", effective.text, effective.meaning)) }
    if let country { readings.append(("country", country.code, country.name)) }
    for field in type.fields.values {
      guard let value = data[field.name] else { continue }
      for text in (value.array ?? [value]).compactMap(\.string) {
        switch field.kind {
        case .date: if let date = try? EDTF(text) { readings.append((field.name, text, date.meaning)) }
        case .country, .party:
          if let place = Codes.place(text) { readings.append((field.name, text, place.name)) }
        default: break
        }
      }
    }
    return readings
  }
}
