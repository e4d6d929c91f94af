// What a type of event allows, laid out for checking its events in place.

internal import CanonicalJSON
internal import OrderedCollections

/// One type of event, compiled for ``QuickCheck``. A class, as its slots are: they are asked for with each event, and
/// are not to be copied.
final class QuickType {
  /// A name that an event of the type can give at its top.
  final class Slot {
    /// What is given under a name.
    enum Role {
      /// What does not stand in `data`: id, type, subject, occurred, country, institution, recorder.
      case envelope
      case field, title, sources, confidence, text, effective, unsourced
    }

    let name: String
    let role: Role
    /// `"name":`.
    let key: [UInt8]
    /// The field of the type; nil for what all events have.
    let field: QuickField?

    init(_ name: String, _ role: Role, _ field: QuickField? = nil) {
      (self.name, self.role, self.field) = (name, role, field)
      key = Array("\"\(name)\":".utf8)
    }
  }

  let type: EventType
  /// In the order in which their names stand in canonical JSON.
  let slots: [Slot]
  /// Indices of slots.
  let indices: ByteTable<Int>
  /// The kinds that its subject can be of.
  let kinds: ByteTable<Bool>
  /// Of each list of fields one must be given.
  let partyFields: [[Int]]
  /// Whether nothing but campaign, channel and year is shown.
  let isHidden: Bool
  /// `,"type":"name"}`.
  let end: [UInt8]

  let occurred: Int
  let effective: Int
  let country: Int?
  let institution: Int
  let subject: Int
  let id: Int
  let recorder: Int
  let sources: Int?
  let unsourced: Int

  /// Nil for a type whose events go the ordinary way: those that are about other events, tell of a consent, or cannot
  /// be given by hand.
  init?(_ type: EventType, vocabulary: Vocabulary) {
    guard type.isAvailable, !type.namesEvents, !type.isDatedByRecording, type.consentField == nil else {
      return nil
    }
    var slots: [Slot] = [
      Slot("id", .envelope), Slot("type", .envelope), Slot("subject", .envelope),
      Slot("occurred", .envelope), Slot("institution", .envelope), Slot("recorder", .envelope),
      Slot("effective", .effective), Slot("title", .title), Slot("unsourced", .unsourced),
      Slot("confidence", .confidence), Slot("claim", .text), Slot("account", .text), Slot("note", .text),
    ]
    for field in type.fields.values {
      if field.name == "country" && !field.isSealed { continue }
      if field.kind == .sources && (!field.isSealed || field.name != "sources") { continue }
      guard !slots.contains(where: { $0.name == field.name }),
        field.name.utf8.allSatisfy({ $0.isLowerLetterOrDigit || $0 == 0x5f })
      else { return nil }
      slots.append(Slot(field.name, .field, QuickField(field, vocabulary: vocabulary)))
    }
    if type.fields["country"]?.isSealed != true { slots.append(Slot("country", .envelope)) }
    if type.fields["sources"]?.isSealed != true { slots.append(Slot("sources", .sources)) }
    slots.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    func index(_ name: String) -> Int? { slots.firstIndex { $0.name == name } }
    func common(_ name: String) -> Int? { index(name).flatMap { slots[$0].role == .field ? nil : $0 } }
    guard let occurred = index("occurred"), let effective = index("effective"),
      let institution = index("institution"), let subject = index("subject"), let id = index("id"),
      let recorder = index("recorder"), let unsourced = index("unsourced")
    else { return nil }
    (self.occurred, self.effective, self.institution, self.subject) = (
      occurred, effective, institution, subject
    )
    (self.id, self.recorder, self.unsourced) = (id, recorder, unsourced)
    (country, sources) = (common("country"), common("sources"))
    self.type = type
    self.slots = slots
    var indices = ByteTable<Int>()
    for (index, slot) in slots.enumerated() { indices.insert(slot.name, index) }
    self.indices = indices
    kinds = QuickField.kinds(type.subjectKinds, of: vocabulary)
    end = Array(",\"type\":\"\(type.name)\"}".utf8)
    isHidden =
      type.canBePublic && type.subjectKinds.contains { vocabulary.kinds[$0]?.isCounted ?? false }
    // Asked of every move, whatever its conditions: who gives none of the fields goes the ordinary way. Where the
    // subject is always moved as a whole, no party has to be named.
    let moves = type.effects.compactMap { if case .move(let move) = $0 { move } else { nil } }
    let movesWhole = moves.contains { $0.partyFields.isEmpty && $0.when.isEmpty && $0.unless.isEmpty }
    partyFields =
      movesWhole || !type.movesParties
      ? [] : moves.filter { !$0.partyFields.isEmpty }.map { $0.partyFields.compactMap(index) }
  }
}

/// A field of a type, compiled.
final class QuickField {
  let name: String
  let kind: FieldKind
  let isRequired: Bool
  let isList: Bool
  let isSealed: Bool
  /// Of a choice, its values; of a subject, the kinds that it can be of.
  let words: ByteTable<Bool>
  /// Whether the gate looks for phone numbers and the like in what it holds.
  let isLookedThrough: Bool

  init(_ field: Field, vocabulary: Vocabulary) {
    name = field.name
    kind = field.kind
    isRequired = field.isRequired
    isList = field.isList
    isSealed = field.isSealed
    isLookedThrough = Gate.hasWords(field.kind) && !field.isSealed
    switch field.kind {
    case .choice(let values):
      var words = ByteTable<Bool>()
      let checks = ValueChecks(vocabulary: vocabulary)
      for value in Set(values) where (try? checks.text(.string(value))) != nil { words.insert(value, true) }
      self.words = words
    case .subject(let kinds): words = Self.kinds(kinds, of: vocabulary)
    default: words = ByteTable()
    }
  }

  /// The kinds of a vocabulary, or those of them that are named.
  static func kinds(_ names: [String], of vocabulary: Vocabulary) -> ByteTable<Bool> {
    var kinds = ByteTable<Bool>()
    for kind in vocabulary.kinds.keys where names.isEmpty || names.contains(kind) { kinds.insert(kind, true) }
    return kinds
  }
}
