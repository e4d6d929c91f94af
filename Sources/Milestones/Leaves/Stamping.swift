// The leaf: one CloudEvents 1.0 JSON event in canonical form. These bytes are what is stored and hashed, for good.

internal import CanonicalJSON
internal import Codes
internal import EDTF

/// What only the ledger knows of an event.
public struct Stamp: Sendable {
  /// The event's id.
  public let id: EventID
  /// When the ledger took it in.
  public let recorded: RecordedTime
  /// Who entered it.
  public let recorder: String
  /// The log's name.
  public let origin: String
  /// The name of the vocabulary in force; nil before there is one.
  public let schemaName: String?

  /// Makes a stamp.
  public init(id: EventID, recorded: RecordedTime, recorder: String, origin: String, schemaName: String?) {
    self.id = id
    self.recorded = recorded
    self.recorder = recorder
    self.origin = origin
    self.schemaName = schemaName
  }
}

/// An event as it will stand in the log, and what the vault keeps for it.
public struct StampedEvent: Sendable {
  /// The longest leaf, in bytes: an entry bundle gives its length in 16 bits (C2SP tlog-tiles).
  public static let leafMaxBytes = 65_535

  /// The canonical bytes.
  public let leaf: [UInt8]
  /// The subject.
  public let subject: Subject
  /// One for each digest in the leaf.
  public let disclosures: [Disclosure]
}

extension CheckedEvent {
  /// Stamps and seals the event.
  ///
  /// - Throws: ``DraftError`` if the leaf would be longer than ``StampedEvent/leafMaxBytes``.
  public func stamped(_ stamp: Stamp) throws(DraftError) -> StampedEvent {
    try stamped { subject, disclosures throws(JSONError) in
      try write(stamp, subject: subject, disclosures: disclosures)
    }
  }

  /// Names and seals the event, and has its leaf written.
  func stamped(
    _ write: (_ subject: Subject, _ disclosures: [Disclosure]) throws(JSONError) -> [UInt8]
  ) throws(DraftError) -> StampedEvent {
    let disclosures: [Disclosure]
    let leaf: [UInt8]
    let subject: Subject
    if let told = self.subject { subject = told } else { subject = try randomSubject() }
    do {
      disclosures = try seal()
      leaf = try write(subject, disclosures)
    } catch {
      throw DraftError(nil, "holds a number beyond ±9007199254740991")
    }
    guard leaf.count <= StampedEvent.leafMaxBytes else {
      throw DraftError(
        nil,
        "the event would take \(leaf.count) bytes; \(StampedEvent.leafMaxBytes) is the most. Keep the long text elsewhere and give its SHA-256"
      )
    }
    return StampedEvent(leaf: leaf, subject: subject, disclosures: disclosures)
  }

  private func seal() throws(JSONError) -> [Disclosure] {
    var disclosures: [Disclosure] = []
    let count = max(sealed.count, digestCount)
    if count == 0 { return [] }
    disclosures.reserveCapacity(count)
    var random = RandomBytes.make(count * Disclosure.saltBytes)[...]
    for (name, value) in sealed {
      disclosures.append(
        try .sealing(name: name, value: value, salt: random.prefix(Disclosure.saltBytes)))
      random = random.dropFirst(Disclosure.saltBytes)
    }
    while disclosures.count < digestCount {
      disclosures.append(Disclosure(preimage: Array(random.prefix(Disclosure.saltBytes)), isDecoy: true))
      random = random.dropFirst(Disclosure.saltBytes)
    }
    return disclosures
  }

  /// The same event with a subject: its own, or the random name that a sealed testimony gets.
  ///
  /// - Throws: ``DraftError`` if no name can be made for its kind.
  public func named() throws(DraftError) -> CheckedEvent {
    guard subject == nil else { return self }
    var event = self
    event.subject = try randomSubject()
    return event
  }

  private func randomSubject() throws(DraftError) -> Subject {
    do {
      return try Subject("\(type.subjectKinds.first ?? "testimony"):\(RandomName.slug())")
    } catch {
      throw DraftError("subject", "\(error)")
    }
  }

  /// Writes the leaf from front to back: its keys are known, and stand in the order of RFC 8785. A tree of them, to be
  /// sorted and then written, took three times as long.
  private func write(
    _ stamp: Stamp, subject: Subject, disclosures: [Disclosure]
  ) throws(JSONError) -> [UInt8] {
    var data = self.data
    if !disclosures.isEmpty {
      data["_sd"] = .array(Disclosure.sortedDigests(of: disclosures).map { .string($0) })
      data["_sd_alg"] = .string("sha-256")
    }
    var writer = CanonicalWriter()
    writer.reserveCapacity(1_024)
    writer.beginObject()
    func write(_ key: String, _ text: String?) {
      guard let text else { return }
      writer.key(key)
      writer.string(text)
    }
    write("country", country?.code)
    writer.key("data")
    try writer.object(data)
    write("dataschema", stamp.schemaName)
    write("id", stamp.id.text)
    write("institution", institution?.text)
    write("occurred", occurred.text)
    write("recorded", stamp.recorded.description)
    write("recorder", stamp.recorder)
    write("source", stamp.origin)
    write("specversion", "1.0")
    write("subject", subject.text)
    write("type", type.name)
    writer.endObject()
    return writer.bytes
  }
}
