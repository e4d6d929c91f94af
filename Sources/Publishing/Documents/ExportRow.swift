// An event as a row of a table.

internal import CanonicalJSON
package import Milestones

/// A row of exported events.
package enum ExportRow {
  /// The columns.
  package static let columns = [
    "position", "id", "type", "subject", "occurred", "effective", "recorded", "recorder", "country",
    "institution",
    "title", "claim", "confidence", "sourceCount", "data",
  ]

  /// The line of an event.
  ///
  /// - Throws: `JSONError` if its data cannot be written, which no event of a log gives.
  package static func line(of event: EventView, at position: Int64) throws -> String {
    let data = try event.data?.value.canonicalBytes() ?? []
    return CSVText.line([
      "\(position)", event.id, event.type, event.subject, event.occurred, event.effective ?? "",
      event.recorded?.description ?? "", event.recorder, event.country ?? "", event.institution ?? "",
      event.title ?? "", event.claim ?? "", event.data?["confidence"]?.string ?? "", "\(event.sourceCount)",
      String(decoding: data, as: UTF8.self),
    ])
  }
}
