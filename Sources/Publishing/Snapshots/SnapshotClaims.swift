// What a snapshot says of itself, read from any of its forms.

internal import CanonicalJSON
package import EDTF
internal import Ledger
internal import Milestones

/// What a snapshot says that it is: enough to make it anew.
package struct SnapshotClaims: Sendable, Equatable {
  /// Its form.
  package let format: SnapshotFormat
  /// The version of what snapshots look like.
  package let formatVersion: Int64
  /// The log's name.
  package let origin: String
  /// How many events were known.
  package let size: Int64
  /// The root of the tree over them, in base64.
  package let root: String
  /// The day (D).
  package let on: Day
  /// The position of the last event that was known (K).
  package let knownAt: Int64
  /// The position of the last event that restricted what may be shown (R).
  package let restrictionsAt: Int64?
  /// The last day on which a consent had ended.
  package let restrictionsOn: String?
  /// The scope as it is written; nil for the world.
  package let scope: String?
  /// The digest of its rows.
  package let digest: String

  /// Reads the claims from the bytes of a file: a document, a page, or the descriptor of a data package.
  ///
  /// - Parameter bytes: the whole file.
  /// - Throws: ``NoSnapshot`` with the reason.
  package init(_ bytes: [UInt8]) throws(NoSnapshot) {
    let (format, header) = try Self.header(of: bytes)
    func lacks(_ key: String) -> NoSnapshot { NoSnapshot("it does not say its \(key)") }
    func text(_ key: String) throws(NoSnapshot) -> String {
      guard let text = header[key]?.string else { throw lacks(key) }
      return text
    }
    func number(_ key: String) throws(NoSnapshot) -> Int64 {
      guard let number = header[key]?.integer, number >= 0 else { throw lacks(key) }
      return number
    }
    func optional<T>(_ key: String, _ value: (JSONValue) -> T?) throws(NoSnapshot) -> T? {
      guard let member = header[key] else { throw lacks(key) }
      if member.isNull { return nil }
      guard let value = value(member) else { throw lacks(key) }
      return value
    }
    self.format = format
    formatVersion = try number("formatVersion")
    origin = try text("origin")
    size = try number("size")
    root = try text("root")
    guard let day = Day(try text("on")) else { throw lacks("on") }
    on = day
    knownAt = try number("knownAt")
    restrictionsAt = try optional("restrictionsAt", \.integer)
    restrictionsOn = try optional("restrictionsOn", \.string)
    scope = try optional("scope", \.string)
    digest = try text("digest")
  }

  private static func header(
    of bytes: [UInt8]
  ) throws(NoSnapshot) -> (format: SnapshotFormat, header: JSONValue) {
    let page = Array("<!doctype html>".utf8)
    if bytes.starts(with: page) { return (.html, try inPage(bytes)) }
    if bytes.starts(with: SnapshotMarkdown.opening.utf8) { return (.md, try inMarkdown(bytes)) }
    guard bytes.first == UInt8(ascii: "{") else {
      throw NoSnapshot("it is neither a document nor a page that annals snapshot writes")
    }
    let document = try parsed(bytes)
    if let header = document[DataPackage.headerKey] { return (.csv, header) }
    return (.json, document)
  }

  private static func inMarkdown(_ bytes: [UInt8]) throws(NoSnapshot) -> JSONValue {
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") }
    let closing = SnapshotMarkdown.closing.utf8
    guard line.suffix(closing.count).elementsEqual(closing) else {
      throw NoSnapshot("its first line does not end as that of a snapshot")
    }
    return try parsed(
      Array(line.dropFirst(SnapshotMarkdown.opening.utf8.count).dropLast(closing.count)))
  }

  /// The element stands among the first of the page.
  private static func inPage(_ bytes: [UInt8]) throws(NoSnapshot) -> JSONValue {
    let head = String(decoding: bytes.prefix(16_384), as: UTF8.self)
    let opening = "<meta name=\"\(SnapshotPage.headerName)\" content=\""
    guard let start = head.firstRange(of: opening)?.upperBound,
      let end = head[start...].firstIndex(of: "\"")
    else { throw NoSnapshot("it is a page, but none that annals snapshot wrote") }
    var text = String(head[start..<end])
    for (entity, character) in [
      ("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"),
    ] {
      text = text.split(separator: entity, omittingEmptySubsequences: false).joined(separator: character)
    }
    return try parsed(Array(text.utf8))
  }

  private static func parsed(_ bytes: [UInt8]) throws(NoSnapshot) -> JSONValue {
    do { return try JSONValue(parsing: bytes, limits: .snapshots) } catch {
      throw NoSnapshot("what it says of itself is no JSON: \(error)")
    }
  }
}

/// Why something is no snapshot.
package struct NoSnapshot: Error, Sendable, CustomStringConvertible {
  /// The reason.
  package let reason: String

  init(_ reason: String) { self.reason = reason }

  package var description: String { reason }
}

extension JSONLimits {
  /// As long as JSON can be read.
  static let snapshots = JSONLimits(bytesMax: bytesCeiling, depthMax: depthCeiling)
}
