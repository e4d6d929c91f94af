// The Atom feed (RFC 4287) of what was recorded last and what it changed.

internal import Milestones
internal import Projections
internal import TransparencyLog

/// The feed.
package struct Feed {
  /// Its file.
  static let path = "feed.xml"

  let origin: String
  /// The year in which the ledger was opened: names of entries are dated by it (RFC 4151).
  let openedYear: Int64

  /// The feed of a log.
  package init(origin: String, openedYear: Int64) {
    self.origin = origin
    self.openedYear = openedYear
  }

  /// A name for something in this log that never changes (RFC 4151). An origin that does not begin with a name of the
  /// domain name system has nobody who could mint names under it, and stands in the specific part as a whole.
  package func tag(_ rest: String) -> String {
    let host = origin.utf8.prefix { $0 != UInt8(ascii: "/") }
    let labels = host.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let isName =
      labels.count > 1
      && labels.allSatisfy { label in
        !label.isEmpty && label.allSatisfy { Self.isLetterOrDigit($0) || $0 == UInt8(ascii: "-") }
      }
    let authority = isName ? (String(host) ?? "").lowercased() : "annals.invalid"
    let path =
      isName
      ? origin.utf8.dropFirst(host.count).drop { $0 == UInt8(ascii: "/") } : Substring(origin).utf8[...]
    let specific = Self.percentEncoded(path)
    let year = String(openedYear)
    return "tag:\(authority),\(year):" + (specific.isEmpty ? rest : "\(specific)/\(rest)")
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }

  private static func percentEncoded(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789ABCDEF")
    return bytes.reduce(into: "") { out, byte in
      if isLetterOrDigit(byte) || "-._~/".utf8.contains(byte) {
        out.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        out += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  /// The feed's text.
  ///
  /// - Parameters:
  ///   - recent: the events, the newest first.
  ///   - updated: when the last event of the log was recorded.
  ///   - templates: the templates.
  ///   - vocabulary: the vocabulary in force.
  /// - Returns: the text.
  func text(_ recent: [Recent], updated: RecordedTime, templates: SiteTemplates, vocabulary: Vocabulary)
    -> String
  {
    templates.render(
      "feed",
      [
        "id": tag("feed"), "title": origin, "updated": updated.description,
        "entries": recent.map { item -> Model in
          let entry = item.entry
          var model = Say.entry(entry, in: vocabulary)
          model["id"] = tag("events/\(entry.position)")
          model["updated"] = item.recorded.description
          model["name"] = Cut.text(entry.title ?? entry.type, to: Cut.inLists)
          model["changes"] = Say.changes(item, in: vocabulary)
          return model
        },
      ])
  }
}
