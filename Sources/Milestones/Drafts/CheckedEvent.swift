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
  public internal(set) var id: EventID?
  /// The subject; nil for a sealed testimony, whose random name the ledger makes.
  public internal(set) var subject: Subject?
  /// When it happened, as the public log shows it; see also ``isDatedByRecording``.
  public internal(set) var occurred: EDTF
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
  public internal(set) var sealed: [(name: String, value: JSONValue)]
  /// How many digests the event carries: as many as its type has sealable fields, none if it is public. A correction
  /// carries as many as the event that it corrects.
  public internal(set) var digestCount: Int
  /// The canonical bytes of what the client supplied, over which the content tag is made. Never stored: they hold
  /// what is sealed.
  public let suppliedBytes: [UInt8]
  /// Whether no day was given, so that the day of recording stands for ``occurred``.
  public internal(set) var isDatedByRecording = false
  /// What a correction or retraction was checked against; nil for one that was not, and for other events.
  public internal(set) var amends: Amends?
  /// How dates and codes were understood that an event gives for another.
  var otherReadings: [Reading] = []

  /// A field, its value, and how that was understood.
  public typealias Reading = (field: String, value: String, meaning: String)

  /// What the public log will show of the event, by name.
  public var namesInClear: [String] {
    let day = isDatedByRecording ? "the day of recording" : occurred.text
    var names = ["type", "subject", "occurred (\(day))", "recorded", "recorder"]
    if let id { names.append("id (\(id.text))") }
    if country != nil { names.append("country") }
    if institution != nil { names.append("institution") }
    return names + data.keys
  }

  /// The same event with an id.
  public func withID(_ id: EventID) -> CheckedEvent {
    var event = self
    event.id = id
    return event
  }

  /// The same event with the day of recording as its day, if it has none of its own.
  public func dated(_ recorded: RecordedTime) -> CheckedEvent {
    guard isDatedByRecording, let day = try? EDTF(recorded.day.description) else { return self }
    var event = self
    event.occurred = day
    return event
  }

  /// What a correction can be about, under its names in the leaf; nothing sealed.
  var correctableFields: JSONObject {
    var fields = data
    fields["occurred"] = .string(occurred.text)
    fields["country"] = country.map { .string($0.code) }
    fields["institution"] = institution.map { .string($0.text) }
    return fields
  }

  /// How dates and codes were understood, for the archivist to look over: field, value, meaning. Nothing sealed.
  public var readings: [Reading] {
    var readings: [Reading] = isDatedByRecording ? [] : [("occurred", occurred.text, occurred.meaning)]
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
    return readings + otherReadings
  }
}
