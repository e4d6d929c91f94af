// How a life is kept in one row: its stretches of days, one after the other, as canonical JSON.

internal import CanonicalJSON

/// Writes and reads the stretches of a life: [[from day, stage, detail, certainty, certain stage, since, position, last
/// position, events, sources, anomalies, disputes], …].
///
/// Each stretch holds until the next begins. A day beyond what JSON's integers hold exactly is a text; null is before all
/// days. All of a life in one row makes a row a fold; with a row a stretch a rebuild took an eighth longer.
enum LifeText {
  static func text(_ rows: [StandingRows.Row]) throws -> String {
    var writer = CanonicalWriter()
    writer.reserveCapacity(80 * rows.count)
    writer.beginArray()
    for row in rows {
      writer.beginArray()
      try writer.day(row.fromDay)
      let span = row.span
      writer.stringOrNull(span?.stage)
      writer.stringOrNull(span?.detail)
      writer.stringOrNull(span?.certainty?.rawValue)
      writer.stringOrNull(span?.certainStage)
      writer.stringOrNull(span?.since)
      if let position = span?.position { try writer.integer(position) } else { writer.null() }
      try writer.integer(row.counts.lastPosition)
      try writer.integer(row.counts.events)
      try writer.integer(row.counts.sources)
      try writer.integer(row.counts.anomalies)
      try writer.integer(row.counts.disputes)
      writer.endArray()
    }
    writer.endArray()
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The stretches that begin on a day or before.
  static func rows(_ text: [UInt8], through day: Int64) throws -> [StandingRows.Row] {
    var rows: [StandingRows.Row] = []
    for item in try JSONText(parsing: text).root.elements {
      guard let fromDay = firstDay(of: item) else { continue }
      if !rows.isEmpty { rows[rows.count - 1].untilDay = fromDay }
      if fromDay > day { break }
      if let row = row(item, from: fromDay) { rows.append(row) }
    }
    return rows
  }

  /// The stretch that a day lies in; nil before the first. Of the others only the days are read: the status of a country
  /// asks for one stretch of each life in it.
  static func row(_ text: [UInt8], on day: Int64) throws -> StandingRows.Row? {
    var found: (item: JSONView, fromDay: Int64)?
    for item in try JSONText(parsing: text).root.elements {
      guard let fromDay = firstDay(of: item) else { continue }
      if fromDay > day { break }
      found = (item, fromDay)
    }
    return found.flatMap { row($0.item, from: $0.fromDay) }
  }

  private static func firstDay(of item: JSONView) -> Int64? {
    for first in item.elements { return first.integer ?? first.string.flatMap { Int64($0) } ?? .min }
    return nil
  }

  private static func row(_ item: JSONView, from fromDay: Int64) -> StandingRows.Row? {
    let fields = Array(item.elements)
    guard fields.count == 12 else { return nil }
    return StandingRows.Row(
      fromDay: fromDay, untilDay: .max,
      span: Span(
        fromDay: fromDay, stage: fields[1].string, detail: fields[2].string,
        certainty: fields[3].string.flatMap(Span.Certainty.init), certainStage: fields[4].string,
        since: fields[5].string, position: fields[6].integer),
      counts: StandingRows.Counts(
        lastPosition: fields[7].integer ?? 0, events: fields[8].integer ?? 0,
        sources: fields[9].integer ?? 0, anomalies: fields[10].integer ?? 0,
        disputes: fields[11].integer ?? 0))
  }
}

extension CanonicalWriter {
  fileprivate mutating func day(_ day: Int64) throws {
    if day == .min {
      null()
    } else if canonicalIntegerRange.contains(day) {
      try integer(day)
    } else {
      string("\(day)")
    }
  }

  /// Writes a string, or null for nil.
  mutating func stringOrNull(_ text: String?) {
    if let text { string(text) } else { null() }
  }
}
