// A draft that passed all checks: what will be stored, apart from what only the ledger can stamp.

public import CanonicalJSON
public import Codes
public import EDTF
internal import OrderedCollections

/// An event that is well-formed under the vocabulary in force.
public struct CheckedEvent: Sendable {
  /// Held by one reference, and copied when it is changed: an import hands each event on a dozen times.
  private var content: Content

  private final class Content: @unchecked Sendable {
    let type: EventType
    var id: EventID?
    var subject: Subject?
    var occurred: EDTF
    let effective: EDTF?
    let country: Place?
    let institution: InstitutionPath?
    let recorder: String?
    let clear: ClearData
    var sealed: [(name: String, value: JSONValue)]
    var digestCount: Int
    let suppliedBytes: [UInt8]
    let mayHoldContacts: Bool
    var isDatedByRecording = false
    var amends: Amends?
    var otherReadings: [Reading] = []

    init(
      type: EventType, id: EventID?, subject: Subject?, occurred: EDTF, effective: EDTF?, country: Place?,
      institution: InstitutionPath?, recorder: String?, clear: ClearData,
      sealed: [(name: String, value: JSONValue)], digestCount: Int, suppliedBytes: [UInt8],
      mayHoldContacts: Bool
    ) {
      self.type = type
      self.id = id
      self.subject = subject
      self.occurred = occurred
      self.effective = effective
      self.country = country
      self.institution = institution
      self.recorder = recorder
      self.clear = clear
      self.sealed = sealed
      self.digestCount = digestCount
      self.suppliedBytes = suppliedBytes
      self.mayHoldContacts = mayHoldContacts
    }

    func copy() -> Content {
      let copy = Content(
        type: type, id: id, subject: subject, occurred: occurred, effective: effective, country: country,
        institution: institution, recorder: recorder, clear: clear, sealed: sealed, digestCount: digestCount,
        suppliedBytes: suppliedBytes, mayHoldContacts: mayHoldContacts)
      copy.isDatedByRecording = isDatedByRecording
      copy.amends = amends
      copy.otherReadings = otherReadings
      return copy
    }
  }

  init(
    type: EventType, id: EventID?, subject: Subject?, occurred: EDTF, effective: EDTF?, country: Place?,
    institution: InstitutionPath?, recorder: String?, clear: ClearData,
    sealed: [(name: String, value: JSONValue)], digestCount: Int, suppliedBytes: [UInt8],
    mayHoldContacts: Bool = true
  ) {
    content = Content(
      type: type, id: id, subject: subject, occurred: occurred, effective: effective, country: country,
      institution: institution, recorder: recorder, clear: clear, sealed: sealed, digestCount: digestCount,
      suppliedBytes: suppliedBytes, mayHoldContacts: mayHoldContacts)
  }

  /// The content, to be changed: no other event holds it.
  private var own: Content {
    mutating get {
      if !isKnownUniquelyReferenced(&content) { content = content.copy() }
      return content
    }
  }

  /// The type.
  public var type: EventType { content.type }
  /// The client's id, if one was given.
  public internal(set) var id: EventID? {
    get { content.id }
    set { own.id = newValue }
  }
  /// The subject; nil for a sealed testimony, whose random name the ledger makes.
  public internal(set) var subject: Subject? {
    get { content.subject }
    set { own.subject = newValue }
  }
  /// When it happened, as the public log shows it; see also ``isDatedByRecording``.
  public internal(set) var occurred: EDTF {
    get { content.occurred }
    set { own.occurred = newValue }
  }
  /// When it has legal effect, if told.
  public var effective: EDTF? { content.effective }
  /// Whose act it is, if told in clear.
  public var country: Place? { content.country }
  /// Where, if told.
  public var institution: InstitutionPath? { content.institution }
  /// Who enters it, if the client said so.
  public var recorder: String? { content.recorder }
  /// What stands in `data` in clear.
  public var data: JSONObject { content.clear.object(in: content.suppliedBytes) }
  /// The same, as it was put together.
  var clear: ClearData { content.clear }
  /// What is sealed: names and values, sorted by name.
  public internal(set) var sealed: [(name: String, value: JSONValue)] {
    get { content.sealed }
    set { own.sealed = newValue }
  }
  /// How many digests the event carries: as many as its type has sealable fields, none if it is public. A correction
  /// carries as many as the event that it corrects.
  public internal(set) var digestCount: Int {
    get { content.digestCount }
    set { own.digestCount = newValue }
  }
  /// The canonical bytes of what the client supplied, over which the content tag is made. Never stored: they hold
  /// what is sealed.
  public var suppliedBytes: [UInt8] { content.suppliedBytes }
  /// Whether something in clear may be an e-mail address or a phone number. False only where nothing is.
  package var mayHoldContacts: Bool { content.mayHoldContacts }
  /// Whether no day was given, so that the day of recording stands for ``occurred``.
  public internal(set) var isDatedByRecording: Bool {
    get { content.isDatedByRecording }
    set { own.isDatedByRecording = newValue }
  }
  /// What a correction or retraction was checked against; nil for one that was not, and for other events.
  public internal(set) var amends: Amends? {
    get { content.amends }
    set { own.amends = newValue }
  }
  /// How dates and codes were understood that an event gives for another.
  var otherReadings: [Reading] {
    get { content.otherReadings }
    set { own.otherReadings = newValue }
  }

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

/// What stands in `data` in clear.
enum ClearData: Sendable {
  /// As a tree.
  case tree(JSONObject)
  /// As a part of the bytes of what the client supplied.
  case written(WrittenData)

  /// What stands in `data`, stored confidence and all.
  ///
  /// - Parameter supplied: the bytes of what the client supplied.
  /// - Returns: the members of `data`, the seal's digests apart.
  func object(in supplied: [UInt8]) -> JSONObject {
    switch self {
    case .tree(let object): return object
    case .written(let written):
      // Written as JSON by `QuickCheck`, so it can be read.
      let value = try? JSONValue(
        parsing: [UInt8(ascii: "{")] + supplied[written.range] + [UInt8(ascii: "}")])
      var object = value?.object ?? JSONObject()
      if written.confidenceAt != nil { object["confidence"] = .string(CommonFields.confidenceDefault) }
      return object
    }
  }
}

/// Where `data` stands in the bytes of what the client supplied.
struct WrittenData: Sendable {
  /// What stands between its braces.
  let range: Range<Int>
  /// Where the confidence of an event that says nothing of it belongs: before a comma, or at either end. Nil if the
  /// event says something else.
  let confidenceAt: Int?
}
