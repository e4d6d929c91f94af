// What templates are given of the small things that all pages name: dates, places, subjects, events, sources.

internal import CanonicalJSON
internal import Codes
internal import EDTF
internal import Milestones
internal import OrderedCollections
internal import Projections

/// Models of what pages name. Texts go into them as they are: the templates escape them.
enum Say {
  // MARK: Dates

  /// A date as recorded, and what it means in words; never more precise than it is.
  static func date(_ text: String, effective: String? = nil) -> Model {
    var model: Model = ["edtf": Cut.text(text, to: Cut.inLists)]
    if let date = try? EDTF(text) {
      let meaning = date.meaning
      if !meaning.utf8.elementsEqual(text.utf8) { model["meaning"] = meaning }
      model["datetime"] = machineDate(text)
    }
    if let effective { model["effective"] = self.date(effective) }
    return model
  }

  /// The date of an entry.
  static func date(_ entry: EntryRow) -> Model { date(entry.occurred, effective: entry.effective) }

  /// What HTML takes for a date: a plain year, month or day.
  private static func machineDate(_ text: String) -> String? {
    let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count).elementsEqual([4, 2, 2].prefix(parts.count)), (1...3).contains(parts.count),
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }), !text.hasPrefix("0000")
    else { return nil }
    return text
  }

  /// A day of the calendar, in words.
  static func day(_ day: Day) -> Model { date(day.description) }

  // MARK: Places and subjects

  /// A country, by code.
  static func country(_ code: String?) -> Model? {
    guard let code else { return nil }
    var model: Model = ["code": code, "name": countryName(code)]
    model["href"] = SitePaths.country(code).map { "\($0).html" }
    return model
  }

  /// The name of a country; its code where the tables have none.
  static func countryName(_ code: String) -> String { Codes.place(code)?.name ?? code }

  /// An institution, by path.
  static func institution(_ path: String?) -> Model? {
    guard let path else { return nil }
    var model: Model = ["path": Cut.text(path, to: Cut.inLists)]
    model["href"] = SitePaths.institution(path).map { "\($0).html" }
    return model
  }

  /// A party: a country by code or an organisation by path.
  static func party(_ party: String?) -> Model? {
    guard let party else { return nil }
    if party.utf8.contains(UInt8(ascii: "/")) {
      return institution(party).map {
        ["name": $0["path"] ?? party, "href": $0["href"] as Any?] as [String: Any?]
      }
      .map { $0.compactMapValues(\.self) }
    }
    return country(party)
  }

  /// A subject, by name; kinds that are counted have no page.
  static func subject(_ text: String, in vocabulary: Vocabulary) -> Model {
    var model: Model = ["text": Cut.text(text, to: 200), "kind": kind(of: text)]
    if vocabulary.kinds[kind(of: text)]?.isCounted != true {
      model["href"] = SitePaths.subject(text).map { "\($0).html" }
    }
    return model
  }

  static func kind(of subject: String) -> String {
    String(subject.utf8.prefix { $0 != UInt8(ascii: ":") }) ?? ""
  }

  /// Words joined by hyphens, as people write them.
  static func words(_ name: String) -> String {
    name.split(separator: "-", omittingEmptySubsequences: false).joined(separator: " ")
  }

  /// A number of things.
  static func count(_ count: Int, _ one: String, _ many: String) -> String {
    "\(grouped(count)) \(count == 1 ? one : many)"
  }

  /// A number with thin spaces between thousands.
  static func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    var out = number < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0, digits.count > 4 { out += "\u{202f}" }
      out.append(digit)
    }
    return out
  }

  // MARK: Events

  /// The event at a position: its place on the site and its proof.
  static func event(_ position: Int64) -> Model {
    [
      "position": "\(position)", "href": SitePaths.event(position),
      "verify": "\(SitePaths.verify).html?position=\(position)",
    ]
  }

  /// A row of a timeline.
  static func entry(_ entry: EntryRow, in vocabulary: Vocabulary) -> Model {
    var model: Model = [
      "date": date(entry), "type": entry.type, "subject": subject(entry.subject, in: vocabulary),
      "event": event(entry.position),
    ]
    model["title"] = entry.title.map { Cut.text($0, to: Cut.inLists) }
    model["country"] = country(entry.country)
    model["institution"] = institution(entry.institution)
    model["retracted"] = entry.retractedBy.map(event)
    model["isRetracted"] = entry.retractedBy != nil
    model["corrected"] = entry.correctedBy.isEmpty ? nil : entry.correctedBy.map(event)
    return model
  }

  /// A row of the status.
  static func status(_ row: StatusRow, in vocabulary: Vocabulary) -> Model {
    var model: Model = ["subject": subject(row.subject, in: vocabulary)]
    model["title"] = row.title.map { Cut.text($0, to: Cut.inLists) }
    model["party"] = party(row.party)
    model["country"] = row.party == nil ? country(row.country) : nil
    model["institution"] = institution(row.institution)
    model["stage"] = row.stage.map(words)
    model["detail"] = row.detail.map { Cut.text($0, to: Cut.inLists) }
    model["since"] = row.since.map { date($0) }
    // Where nothing can come into force, nothing is told of how far it is from there.
    model["reach"] = isMeasurable(row.subject, in: vocabulary) ? "\(reach(of: row, in: vocabulary))" : "none"
    model["doubt"] = row.certainty.flatMap { $0 == "certain" ? nil : $0 }
    model["certainStage"] = row.certainStage.map(words)
    model["event"] = event(row.lastPosition)
    model["sources"] = count(Int(clamping: row.sourceCount), "source", "sources")
    var marks: [Model] = []
    if row.disputeCount > 0, row.certainty != "disputed" {
      marks.append(["text": count(Int(clamping: row.disputeCount), "fact in dispute", "facts in dispute")])
    }
    if row.anomalyCount > 0 {
      marks.append(["text": count(Int(clamping: row.anomalyCount), "anomaly", "anomalies")])
    }
    if !marks.isEmpty { model["marks"] = marks }
    return model
  }

  private static func isMeasurable(_ subject: String, in vocabulary: Vocabulary) -> Bool {
    let lifecycle = vocabulary.lifecycle(of: kind(of: subject), procedure: nil)
    return lifecycle.map { $0.has("in-force") || $0.has("adopted") } ?? false
  }

  /// How far a row of the status stands, 0 to 4.
  static func reach(of row: StatusRow, in vocabulary: Vocabulary) -> Int {
    guard let stage = row.stage else { return 0 }
    if row.party != nil {
      return vocabulary.partyLifecycle(of: kind(of: row.subject)).map { Reach.of(stage: stage, in: $0) } ?? 0
    }
    if let lifecycle = vocabulary.lifecycle(of: kind(of: row.subject), procedure: nil), lifecycle.has(stage) {
      return Reach.of(stage: stage, in: lifecycle)
    }
    return Reach.of(stage: stage, in: vocabulary)
  }

  /// The event behind a line.
  static func ground(_ ground: Ground, in vocabulary: Vocabulary) -> Model {
    var model = entry(ground.entry, in: vocabulary)
    model["account"] = ground.account
    model["confidence"] = ground.confidence
    model["doubt"] = ground.certainty == .certain ? nil : words(ground.certainty.rawValue)
    model["sources"] = sources(ground.sources)
    model["isUnsourced"] = ground.sources.isEmpty
    return model
  }

  // MARK: Sources and titles

  /// Sources for a list; nil if there are none.
  static func sources(_ sources: [JSONValue]) -> [Model]? {
    sources.isEmpty ? nil : sources.map(source)
  }

  private static func source(_ source: JSONValue) -> Model {
    var model: Model = [:]
    var rest: [Model] = []
    for (name, value) in source.object ?? JSONObject() {
      let text = Cut.text(value.plainText, to: Cut.inPages)
      switch name {
      case "citation", "quotation": model[name] = text
      case "url", "archived":
        if let address = SafeLink.address(value.plainText) {
          model[name] = address
        } else {
          rest.append(["name": name, "value": text])
        }
      default: rest.append(["name": words(name.split(separator: "_").joined(separator: "-")), "value": text])
      }
    }
    if model["citation"] == nil, let address = model["url"] { model["citation"] = address }
    if !rest.isEmpty { model["rest"] = rest }
    return model
  }

  /// The titles of an event: the original with its language where another says the same, and the others.
  static func titles(_ event: EventView) -> Model? {
    guard let title = event.data?["title"], let original = title["original"]?.string else { return nil }
    var model: Model = ["original": Cut.text(original, to: Cut.inPages)]
    var others: [Model] = []
    for (tag, value) in title.members where tag != "original" {
      guard let text = value.string, isLanguageTag(tag) else { continue }
      if text.utf8.elementsEqual(original.utf8) {
        model["lang"] = model["lang"] ?? tag
      } else {
        others.append([
          "lang": tag, "text": Cut.text(text, to: Cut.inPages),
          "isTransliteration": tag.split(separator: "-").contains("Latn"),
        ])
      }
    }
    if !others.isEmpty { model["others"] = others }
    return model
  }

  private static func isLanguageTag(_ tag: String) -> Bool {
    !tag.isEmpty && tag.utf8.count <= 60
      && tag.utf8.allSatisfy {
        (0x30...0x39).contains($0) || (0x41...0x5a).contains($0) || (0x61...0x7a).contains($0)
          || $0 == UInt8(ascii: "-")
      }
  }

  /// The longest description that stands below a picture; longer ones are a click away.
  private static let captionMax = 320

  /// A picture, with the numbers behind it.
  static func picture(_ picture: Picture) -> Model {
    [
      "svg": picture.svg, "title": picture.title,
      picture.description.utf8.count > captionMax ? "words" : "description": picture.description,
      "columns": picture.columns.map { ["name": words($0)] as Model },
      "rows": picture.rows.map { row in
        ["cells": row.map { ["text": Cut.text($0, to: Cut.inLists)] as Model }] as Model
      },
    ]
  }
}
