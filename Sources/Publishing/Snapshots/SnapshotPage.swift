// A snapshot as one page of HTML: its stylesheet within it, nothing asked of any other place, no script.

internal import CanonicalJSON
internal import Crypto
internal import EDTF
internal import Foundation
internal import Ledger
internal import Mustache
internal import Projections

/// The page in HTML. Its template is `snapshot.mustache`, its stylesheet `snapshot.css`.
struct SnapshotPage {
  /// The name of the element that holds what the snapshot depends on.
  static let headerName = "annals-snapshot"

  private let snapshot: Snapshot

  init(_ snapshot: Snapshot) { self.snapshot = snapshot }

  func text() throws -> String {
    let sections = snapshot.pageSections
    let shown = Set(snapshot.state.events.map(\.entry.position))
    let style = try Self.file("snapshot.css")
    let header = String(decoding: try JSONValue.object(snapshot.header).canonicalBytes(), as: UTF8.self)
    let model: [String: Any] = [
      "title": snapshot.title, "says": snapshot.says, "origin": snapshot.context.origin,
      "header": header, "style": style,
      // The policy lets this stylesheet in, and nothing else.
      "styleDigest": Data(SHA256.hash(data: Array(style.utf8))).base64EncodedString(),
      "isEmpty": sections.isEmpty,
      "sections": sections.map { Self.model($0, shown: shown) },
      "provenance": snapshot.provenance().map { ["name": $0.name, "value": $0.value] },
    ]
    MustacheContentTypes.register(SafeTextContent(), named: SafeText.name)
    return try MustacheTemplate(
      string: "{{% CONTENT_TYPE:\(SafeText.name)}}" + Self.file("snapshot.mustache")
    ).render(model)
  }

  private static func model(_ section: SnapshotSection, shown: Set<Int64>) -> [String: Any] {
    var model: [String: Any] = [
      "name": section.name, "title": section.title, "count": section.rows.count,
      "headings": section.headings,
      "rows": section.rows.map { row -> [String: Any] in
        ["cells": row.map { cell in Self.model(cell, in: section, shown: shown) }]
      },
    ]
    if let note = section.note { model["note"] = note }
    return model
  }

  /// The longest text, in bytes, that is kept on one line: a date, a code, a stage.
  private static let shortBytesMax = 16

  private static func model(
    _ cell: SnapshotCell, in section: SnapshotSection, shown: Set<Int64>
  ) -> [String: Any] {
    var model: [String: Any] = ["parts": parts(cell, in: section, shown: shown)]
    if cell.parts.count == 1, case .text(let text) = cell.parts[0], text.utf8.count <= shortBytesMax {
      model["isShort"] = true
    }
    return model
  }

  private static func parts(
    _ cell: SnapshotCell, in section: SnapshotSection, shown: Set<Int64>
  ) -> [[String: Any]] {
    cell.parts.enumerated().map { index, part in
      var model: [String: Any] = index == 0 ? [:] : ["isFurther": true]
      switch part {
      case .text(let text): model["text"] = text
      case .link(let text, let address):
        if let safe = SafeLink.address(address) {
          model["text"] = text
          model["address"] = safe
        } else {
          model["text"] = text.utf8.elementsEqual(address.utf8) ? text : "\(text) (\(address))"
        }
      case .event(let position):
        model["position"] = "\(position)"
        if section.name == "events" {
          model["isAnchor"] = true
        } else if shown.contains(position) {
          model["isLeading"] = true
        }
      }
      return model
    }
  }

  private static func file(_ name: String) throws -> String {
    guard let text = EmbeddedTexts.files.first(where: { $0.name == name })?.text else {
      throw MissingFile(name: name)
    }
    return "\(text)"
  }

  /// A file of the program that is not in it.
  private struct MissingFile: Error, CustomStringConvertible {
    let name: String
    var description: String { "the program lacks its file \(name): it was not built whole" }
  }
}
