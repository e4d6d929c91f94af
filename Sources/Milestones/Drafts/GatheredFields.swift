// Sorts a draft's entries: titles, sources and links by their parts, everything else by its name.

internal import CanonicalJSON
internal import OrderedCollections

/// A draft's entries by what they are.
struct GatheredFields {
  /// Plain fields by name; several values where a name was repeated.
  private(set) var values: OrderedDictionary<String, [JSONValue]> = [:]
  /// Titles by tag; the original under `original`.
  private(set) var titles: [(tag: String, value: JSONValue)] = []
  /// Links by kind.
  private(set) var links: [(kind: String, value: JSONValue)] = []
  /// Sources, each by its parts.
  private(set) var sources: [OrderedDictionary<String, JSONValue>] = []
  /// What could not be sorted.
  private(set) var problems: [DraftProblem] = []

  init(_ draft: Draft) {
    var typeCount = 0
    for entry in draft.entries {
      var (base, part) = (entry.name, String?.none)
      if let dot = entry.name.utf8.firstIndex(of: .dot) {
        base = String(entry.name[..<dot])
        part = String(entry.name[entry.name.utf8.index(after: dot)...])
      }
      switch base {
      case "type": if part != nil { unknown(entry.name) } else { typeCount += 1 }
      case "title": title(part, entry.value)
      case "source", "sources": source(part, entry.value)
      case "link", "links": link(part, entry.value)
      default:
        if part != nil { unknown(entry.name) } else { values[base, default: []].append(entry.value) }
      }
    }
    if typeCount > 1 {
      problems.append(
        DraftProblem(field: "type", reason: "is given \(typeCount) times, but can be given once"))
    }
  }

  private mutating func unknown(_ name: String) {
    problems.append(
      DraftProblem(field: name, reason: "only title., source. and link. have parts after a dot"))
  }

  private mutating func title(_ tag: String?, _ value: JSONValue) {
    if let tag {
      titles.append((tag, value))
    } else if let object = value.object {
      for (tag, value) in object { titles.append((tag, value)) }
    } else {
      titles.append(("original", value))
    }
  }

  private mutating func link(_ kind: String?, _ value: JSONValue) {
    if let kind {
      links.append((kind, value))
    } else if let object = value.object {
      for (kind, value) in object { links.append((Draft.spelling(of: kind), value)) }
    } else {
      problems.append(
        DraftProblem(field: "link", reason: "needs its kind, such as link.derived_from=campaign:metoo"))
    }
  }

  private mutating func source(_ part: String?, _ value: JSONValue) {
    if let part {
      // A part that the source under way has already begins the next source.
      if sources.isEmpty || sources[sources.count - 1][part] != nil { sources.append([:]) }
      sources[sources.count - 1][part] = value
      return
    }
    for item in value.array ?? [value] {
      guard let object = item.object else {
        problems.append(
          DraftProblem(field: "source", reason: "needs its parts, such as source.citation=… and source.url=…")
        )
        return
      }
      // Keys of JSON differ by their bytes; as strings some of them are equal.
      var parts: OrderedDictionary<String, JSONValue> = [:]
      for (key, value) in object {
        let part = Draft.spelling(of: key)
        guard parts.updateValue(value, forKey: part) != nil else { continue }
        problems.append(DraftProblem(field: "source.\(part)", reason: "is given twice in one source"))
      }
      sources.append(parts)
    }
  }
}
