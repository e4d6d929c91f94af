// One draft's way through the checks: the type's fields and the envelope. CheckPass+Common.swift has the rest.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import OrderedCollections

/// One draft's way through the checks; collects everything that is wrong.
struct CheckPass {
  let type: EventType
  let vocabulary: Vocabulary
  private(set) var values: ValueChecks
  private(set) var problems: [DraftProblem] = []
  /// Whether a public figure speaks for the record: nothing is sealed then. Only `public=true` makes it so.
  private(set) var isPublic = false
  /// The names of what a correction puts in place or takes away; nil unless an event is checked as corrected. What is
  /// sealed of it stands in the vault and is not at hand.
  var corrected: Set<String>?
  /// What the client supplied, where that is something else than what is stored: of a correction, what is to stand.
  var supplies: (new: JSONObject, sealed: [(name: String, value: JSONValue)])?
  /// The fields that are to be sealed beyond those that always are.
  private var sealAsked: Set<String> = []

  init(type: EventType, vocabulary: Vocabulary) {
    self.type = type
    self.vocabulary = vocabulary
    values = ValueChecks(vocabulary: vocabulary)
  }

  mutating func run(_ given: GatheredFields) throws(DraftError) -> CheckedEvent {
    problems += given.problems
    refuseUnknown(given)
    isPublic = single("public", .boolean, given)?.bool ?? false
    if given.values["public"] != nil && !type.canBePublic {
      problem("public", "is only for types with sealed fields, which \(type.name) has not")
    }
    sealAsked = sealAsked(given)
    let isCounted = type.subjectKinds.contains { vocabulary.kinds[$0]?.isCounted ?? false }
    // Who changes a consent names the testimony that it was given for.
    let isHidden = isCounted && type.canBePublic && !isPublic && type.consentField == nil
    if isHidden { refuseTelltale(given) }

    // Dates first: the codes of countries must hold on them.
    let exact = given.values["occurred"] == nil ? nil : date("occurred", given, hidden: isHidden)
    let isDatedByRecording = given.values["occurred"] == nil && type.isDatedByRecording
    if given.values["occurred"] == nil && !isDatedByRecording {
      problem("occurred", "is missing; write occurred=2017-11-15, or XXXX if nothing is known")
    }
    let effective = date("effective", given, hidden: isHidden)
    setDays(of: exact)
    var sealed: [(name: String, value: JSONValue)] = []
    var data = JSONObject()
    for field in type.fields.values {
      let isSealed = self.isSealed(field.name)
      guard let value = self.value(of: field, given, isSealed: isSealed) else { continue }
      if isSealed { sealed.append((field.name, value)) } else { data[field.name] = value }
    }
    if isHidden, let exact, type.fields["date"]?.isSealed == true,
      !sealed.contains(where: { $0.name == "date" }),
      // A date that is corrected takes the place of one that is sealed, however exact it is.
      corrected.map({ $0.contains("occurred") && !$0.contains("date") })
        ?? !Self.yearOnly(exact).text.utf8.elementsEqual(exact.text.utf8)
    {
      sealed.append(("date", .string(exact.text)))
    }

    // Kept, so that the event can be read back from the log as what it was.
    if isPublic { data["public"] = .bool(true) }
    let place = country(given)
    let institution = institutionPath(given)
    let subject = self.subject(given, isHidden: isHidden)
    let id = eventID(given)
    let recorder = single("recorder", .text, given)?.string
    if let recorder, recorder.utf8.count > 100 { problem("recorder", "is longer than 100 bytes") }
    common(given, isHidden: isHidden, effective: effective, data: &data)
    requireParty(given, data: data)
    guard problems.isEmpty, let exact = exact ?? (isDatedByRecording ? try? EDTF("XXXX") : nil) else {
      throw DraftError(problems)
    }

    sealed.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    let supplied = try suppliedBytes(
      subject: subject, occurred: isDatedByRecording ? nil : exact, country: place, institution: institution,
      data: data, sealed: sealed)
    if data["confidence"] == nil { data["confidence"] = .string(CommonFields.confidenceDefault) }
    var event = CheckedEvent(
      type: type, id: id, subject: subject, occurred: isHidden ? Self.yearOnly(exact) : exact,
      effective: effective,
      country: place, institution: institution, recorder: recorder, clear: .tree(data), sealed: sealed,
      digestCount: isPublic ? 0 : type.sealableFields.count, suppliedBytes: supplied)
    event.isDatedByRecording = isDatedByRecording
    return event
  }

  // MARK: Fields of the type

  private mutating func value(of field: Field, _ given: GatheredFields, isSealed: Bool) -> JSONValue? {
    if field.kind == .sources {
      return given.sources.isEmpty || !isSealed ? nil : sources(given)
    }
    if field.name == "country" && !isSealed { return nil }  // stands in the envelope
    guard let entries = given.values[field.name] else {
      if field.isRequired && !(isSealed && corrected != nil) {
        problem(field.name, "is missing\(Self.needs(field))")
      }
      return nil
    }
    let items = entries.flatMap { $0.array ?? [$0] }
    guard !items.isEmpty else {
      problem(field.name, field.isRequired ? "is empty\(Self.needs(field))" : "is empty; leave it out")
      return nil
    }
    guard field.isList || items.count == 1 else {
      problem(field.name, "is given \(items.count) times, but can be given once")
      return nil
    }
    var stored: [JSONValue] = []
    for item in items {
      do {
        stored.append(try values.stored(item, as: field.kind))
      } catch {
        problem(
          field.name,
          isSealed ? "is not a proper \(field.kind.name) (its value is sealed and not shown)" : "\(error)")
      }
    }
    if stored.isEmpty { return nil }
    return field.isList ? .array(stored) : stored[0]
  }

  private static func needs(_ field: Field) -> String {
    switch field.kind {
    case .choice(let values): "; one of: \(values.joined(separator: ", "))"
    default: " (\(field.means))"
    }
  }

  private mutating func refuseUnknown(_ given: GatheredFields) {
    for name in given.values.keys where type.fields[name] == nil && !Self.commonNames.contains(name) {
      let known = Array(type.fields.keys) + CommonFields.all.map(\.name)
      problem(
        name,
        "\(type.name) has no such field\(Similar.hint(for: name, among: known)) (annals vocabulary show \(type.name))"
      )
    }
  }

  /// Without names that stand for something in a whole event, and for nothing here: what was given must not vanish.
  private static let commonNames = CommonFields.names.subtracting(["data", "recorded"])

  /// A sealed testimony shows its campaign, channel and year: whatever else would stand in clear is refused.
  private mutating func refuseTelltale(_ given: GatheredFields) {
    let inClear = ["institution", "note", "claim", "account", "effective"].filter { given.values[$0] != nil }
    for name in inClear + (given.titles.isEmpty ? [] : ["title"]) + (given.links.isEmpty ? [] : ["link"]) {
      problem(
        name,
        "would stand in clear in a sealed \(type.name); leave it out"
          + (corrected == nil ? ", or say public=true for a public figure" : ""))
    }
    if given.values["subject"] != nil {
      problem("subject", "of a sealed \(type.name) is made by the ledger, at random; leave it out")
    }
  }

  /// An event that moves a party and nothing else must say which.
  private mutating func requireParty(_ given: GatheredFields, data: JSONObject) {
    guard type.movesParties else { return }
    func holds(_ condition: Effect.Condition) -> Bool {
      guard let value = data[condition.field] else { return false }
      let texts = (value.array ?? [value]).compactMap(\.string)
      return condition.values == ["*"] || texts.contains(where: condition.values.contains)
    }
    let moves = type.effects.compactMap { effect -> Effect.Move? in
      guard case .move(let move) = effect, move.when.allSatisfy(holds), !move.unless.contains(where: holds)
      else { return nil }
      return move
    }
    // A campaign is launched wherever that was; where it is told, the country is reached as well.
    guard moves.allSatisfy({ !$0.partyFields.isEmpty }) else { return }
    for move in moves where !move.partyFields.contains(where: { given.values[$0] != nil }) {
      problem(
        "country",
        "is missing; \(type.name) must say of whom (\(move.partyFields.joined(separator: "= or "))=)")
      return
    }
  }

  // MARK: The envelope

  private mutating func subject(_ given: GatheredFields, isHidden: Bool) -> Subject? {
    if isHidden { return nil }
    guard given.values["subject"] != nil else {
      let kinds = type.subjectKinds.isEmpty ? "kind" : type.subjectKinds.joined(separator: ", ")
      problem(
        "subject", "is missing; write subject=\(type.subjectKinds.first ?? "kind"):name (kinds: \(kinds))")
      return nil
    }
    guard let text = single("subject", .text, given)?.string else { return nil }
    return check("subject") { [type] values throws(ValueError) in
      try values.subject(text, of: type.subjectKinds)
    }
  }

  private mutating func eventID(_ given: GatheredFields) -> EventID? {
    guard let text = single("id", .text, given)?.string else { return nil }
    return check("id") { _ throws(ValueError) in try EventID(text) }
  }

  private mutating func institutionPath(_ given: GatheredFields) -> InstitutionPath? {
    guard let text = single("institution", .text, given)?.string else { return nil }
    return check("institution") { _ throws(ValueError) in try InstitutionPath(text) }
  }

  private mutating func country(_ given: GatheredFields) -> Place? {
    if isSealed("country") { return nil }
    guard let text = single("country", .text, given)?.string else { return nil }
    return check("country") { values throws(ValueError) in try values.country(text) }
  }

  private mutating func date(_ name: String, _ given: GatheredFields, hidden: Bool) -> EDTF? {
    guard let value = given.values[name] else { return nil }
    guard value.count == 1 else {
      problem(name, "is given \(value.count) times")
      return nil
    }
    do {
      return try values.date(values.text(value[0]))
    } catch {
      problem(name, hidden ? "is not a date (EDTF); its value is sealed and not shown" : "\(error)")
      return nil
    }
  }

  private mutating func setDays(of date: EDTF?) {
    if case .day(let day)? = date?.earliest, date?.isUnknown == false { values.earliest = day }
    if case .day(let day)? = date?.latest, date?.isUnknown == false { values.latest = day }
  }

  // MARK: Helpers

  /// Whether what is given under a name goes to the vault and must neither stand in clear nor in a message.
  func isSealed(_ name: String) -> Bool {
    (type.fields[name]?.isSealed == true && !isPublic) || sealAsked.contains(name)
  }

  /// The fields that `seal` names, one an entry or several with commas between.
  private mutating func sealAsked(_ given: GatheredFields) -> Set<String> {
    guard let entries = given.values["seal"] else { return [] }
    let sealable = type.sealableFields
    let advice =
      sealable.isEmpty ? "it has none that can" : "those that can: \(sealable.joined(separator: ", "))"
    var asked: Set<String> = []
    for entry in entries.flatMap({ $0.array ?? [$0] }) {
      guard let text = entry.string, text.utf8.contains(where: { $0 > 0x20 }) else {
        problem("seal", "takes the names of fields; of \(type.name), \(advice)")
        continue
      }
      for name in text.utf8.split(whereSeparator: { $0 == UInt8(ascii: ",") || $0 <= 0x20 }) {
        let name = Draft.spelling(of: String(decoding: name, as: UTF8.self))
        guard sealable.contains(name) else {
          // What is no field may be a value that was meant to be sealed.
          let what =
            type.fields[name] == nil
            ? "names no field of \(type.name)" : "names \(name), which cannot be sealed"
          problem("seal", "\(what); \(advice)")
          continue
        }
        asked.insert(name)
      }
    }
    if isPublic { problem("seal", "cannot go with public=true, under which nothing is sealed") }
    return asked
  }

  mutating func single(_ name: String, _ kind: FieldKind, _ given: GatheredFields) -> JSONValue? {
    guard let entries = given.values[name] else { return nil }
    guard entries.count == 1 else {
      problem(name, "is given \(entries.count) times, but can be given once")
      return nil
    }
    return check(name) { values throws(ValueError) in try values.stored(entries[0], as: kind) }
  }

  mutating func check<Value>(_ name: String, _ read: (ValueChecks) throws(ValueError) -> Value) -> Value? {
    do { return try read(values) } catch {
      problem(name, "\(error)")
      return nil
    }
  }

  mutating func problem(_ field: String?, _ reason: String) {
    problems.append(DraftProblem(field: field, reason: reason))
  }

  /// What makes two drafts the same: all that was supplied but the id (it is what is compared by), who enters it, and
  /// a confidence that says no more than none. So an event read back from the log is the event that stands there.
  private func suppliedBytes(
    subject: Subject?, occurred: EDTF?, country: Place?, institution: InstitutionPath?, data: JSONObject,
    sealed: [(name: String, value: JSONValue)]
  ) throws(DraftError) -> [UInt8] {
    var data = data
    if data["confidence"]?.string == CommonFields.confidenceDefault { data["confidence"] = nil }
    var sealed = sealed
    if let supplies {
      // What stood is found by the ledger, and is another when the same correction is entered again.
      data["old"] = nil
      data["new"] = .object(supplies.new)
      sealed = supplies.sealed
    }
    // Its keys stand in the order of RFC 8785.
    var writer = CanonicalWriter()
    writer.reserveCapacity(512)
    writer.beginObject()
    func write(_ key: String, _ text: String?) {
      guard let text else { return }
      writer.key(key)
      writer.string(text)
    }
    do {
      write("country", country?.code)
      writer.key("data")
      try writer.object(data)
      write("institution", institution?.text)
      write("occurred", occurred?.text)
      writer.key("sealed")
      try writer.object(JSONObject(sealed.map { ($0.name, $0.value) }))
      write("subject", subject?.text)
      write("type", type.name)
      writer.endObject()
      return writer.bytes
    } catch {
      throw DraftError(nil, "holds a number beyond ±9007199254740991")
    }
  }

  /// What the public log shows of a sealed date: the year or years at most.
  static func yearOnly(_ date: EDTF) -> EDTF {
    guard case .day(let first) = date.earliest, case .day(let last) = date.latest, !date.isUnknown else {
      return unknownDate(else: date)
    }
    let mark = date.isUncertain ? "?" : ""
    let text =
      first.year == last.year ? yearText(first) + mark : "\(yearText(first))\(mark)/\(yearText(last))\(mark)"
    return (try? EDTF(text)) ?? unknownDate(else: date)
  }

  private static func yearText(_ day: Day) -> String {
    let text = day.description
    return String(text.dropLast(6))
  }

  private static func unknownDate(else date: EDTF) -> EDTF { (try? EDTF("XXXX")) ?? date }
}
