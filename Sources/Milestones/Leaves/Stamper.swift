// Stamping many events at one moment: what is the same in all their leaves is written once.

internal import CanonicalJSON
internal import Codes
internal import EDTF

/// Stamps events as ``CheckedEvent/stamped(_:)`` does, many at one moment.
///
/// `data` of an event that ``QuickCheck`` passed is taken over as it was written for the content tag; all others are
/// written from their trees. To be used by one thread.
package final class Stamper {
  private let recorded: RecordedTime
  private let recorder: String
  private let origin: String
  private let schemaName: String?
  /// `,"dataschema":…,"id":`.
  private let beforeID: [UInt8]
  /// From `recorded` to `subject`, whose value is to follow.
  private let beforeSubject: [UInt8]
  /// As in ``QuickCheck/out``.
  @exclusivity(unchecked) private var out = ByteSink()

  /// Makes a stamper.
  ///
  /// - Parameters:
  ///   - recorded: when the ledger takes the events in.
  ///   - recorder: who enters them, where they do not say.
  ///   - origin: the log's name.
  ///   - schemaName: the name of the vocabulary in force; nil before there is one.
  package init(recorded: RecordedTime, recorder: String, origin: String, schemaName: String?) {
    self.recorded = recorded
    self.recorder = recorder
    self.origin = origin
    self.schemaName = schemaName
    if let schemaName {
      out.append(",\"dataschema\":")
      out.append(quoting: schemaName)
    }
    out.append(",\"id\":")
    beforeID = out.bytes
    out.clear()
    out.append(",\"recorded\":")
    out.append(quoting: recorded.description)
    out.append(",\"recorder\":")
    out.append(quoting: recorder)
    out.append(",\"source\":")
    out.append(quoting: origin)
    out.append(",\"specversion\":\"1.0\",\"subject\":")
    beforeSubject = out.bytes
  }

  /// Stamps and seals an event, dated by its recording if it has no day of its own.
  ///
  /// - Parameters:
  ///   - event: the event.
  ///   - id: its id.
  /// - Returns: what ``CheckedEvent/stamped(_:)`` returns.
  /// - Throws: ``DraftError`` if the leaf would be longer than ``StampedEvent/leafMaxBytes``.
  package func stamped(_ event: CheckedEvent, id: EventID) throws(DraftError) -> StampedEvent {
    guard case .written(let data) = event.clear, event.recorder == nil else {
      return try event.dated(recorded).stamped(
        Stamp(
          id: id, recorded: recorded, recorder: event.recorder ?? recorder, origin: origin,
          schemaName: schemaName))
    }
    return try event.stamped { subject, disclosures throws(JSONError) in
      write(event, data, id: id, subject: subject, disclosures: disclosures)
    }
  }

  private func write(
    _ event: CheckedEvent, _ data: WrittenData, id: EventID, subject: Subject, disclosures: [Disclosure]
  ) -> [UInt8] {
    out.clear()
    out.append("{")
    if let country = event.country {
      out.append("\"country\":")
      out.append(quoting: country.code)
      out.append(",")
    }
    out.append("\"data\":{")
    if !disclosures.isEmpty {
      // An underscore comes before all letters; something always follows, the confidence if nothing else.
      out.append("\"_sd\":[")
      for (index, digest) in Disclosure.sortedDigests(of: disclosures).enumerated() {
        out.append(index == 0 ? "\"" : ",\"")
        out.append(digest)
        out.append("\"")
      }
      out.append("],\"_sd_alg\":\"sha-256\",")
    }
    event.suppliedBytes.withUnsafeBufferPointer { append(data, of: $0) }
    out.append("}")
    out.append(beforeID)
    out.append(quoting: id.text)
    if let institution = event.institution {
      out.append(",\"institution\":")
      out.append(quoting: institution.text)
    }
    out.append(",\"occurred\":")
    out.append(quoting: event.occurred.text)
    out.append(beforeSubject)
    out.append(quoting: subject.text)
    out.append(",\"type\":")
    out.append(quoting: event.type.name)
    out.append("}")
    return out.bytes
  }

  /// Appends what stands in `data`, with the confidence of an event that says nothing of it at its place.
  private func append(_ data: WrittenData, of supplied: ByteRun) {
    guard let place = data.confidenceAt else { return out.append(ByteRun(rebasing: supplied[data.range])) }
    let (before, after) = (data.range.lowerBound..<place, place..<data.range.upperBound)
    out.append(ByteRun(rebasing: supplied[before]))
    if !before.isEmpty { out.append(",") }
    out.append(Self.confidence)
    if before.isEmpty && !after.isEmpty { out.append(",") }
    out.append(ByteRun(rebasing: supplied[after]))
  }

  private static let confidence = Array("\"confidence\":\"\(CommonFields.confidenceDefault)\"".utf8)
}
