// A draft of a correction taken apart: its own fields, what is to stand (`new.…`), what was found standing (`old.…`).

internal import CanonicalJSON
internal import OrderedCollections

/// A draft of a correction by its parts.
struct CorrectionDraft {
  /// The correction's own fields: target, reason, sources and so on.
  private(set) var own: Draft
  /// What is to stand, under its names in the corrected event.
  private(set) var new = Draft()
  /// What the client found standing, likewise.
  private(set) var old = Draft()
  /// `new` and `old` as they stand in a correction that was read back from a log; nil for one that is newly entered.
  private(set) var stored: (old: JSONObject, new: JSONObject)?
  private(set) var problems: [DraftProblem] = []

  init(_ draft: Draft) {
    own = Draft()
    var maps = (old: JSONObject(), new: JSONObject())
    for entry in draft.entries {
      if let rest = Self.rest(of: entry.name, after: "new") {
        if let rest { new.add(rest, entry.value) } else { gather(entry, into: \.new, &maps.new) }
      } else if let rest = Self.rest(of: entry.name, after: "old") {
        if let rest { old.add(rest, entry.value) } else { gather(entry, into: \.old, &maps.old) }
      } else {
        own.add(entry.name, entry.value)
      }
    }
    if draft.isWhole {
      stored = maps
      new = Draft()
      for (name, value) in Self.change(from: maps.old, to: maps.new) { new.add(name, value) }
    }
  }

  /// Nil if the name has another beginning; within, nil if there is nothing after it.
  private static func rest(of name: String, after word: String) -> String?? {
    if name.utf8.elementsEqual(word.utf8) { return .some(nil) }
    guard name.utf8.starts(with: "\(word).".utf8) else { return nil }
    return .some(String(name[name.utf8.index(name.startIndex, offsetBy: word.utf8.count + 1)...]))
  }

  private mutating func gather(
    _ entry: Draft.Entry, into part: WritableKeyPath<CorrectionDraft, Draft>, _ map: inout JSONObject
  ) {
    guard let object = entry.value.object else {
      problems.append(
        DraftProblem(
          field: entry.name,
          reason: "needs the names of the fields, such as \(entry.name).occurred=2018-05-03"))
      return
    }
    map = object
    for (name, value) in object { self[keyPath: part].add(name, value) }
  }

  // MARK: From what is stored to what was supplied

  /// What somebody has to supply to bring fields from one state to another: a value for what changes, null for what
  /// goes. Titles, links and what a correction says (`new`) part by part, all else as a whole.
  ///
  /// - Parameters:
  ///   - old: `data.old` of a correction.
  ///   - new: `data.new` of it.
  /// - Returns: what its client supplied.
  static func change(from old: JSONObject, to new: JSONObject) -> JSONObject {
    var change = JSONObject()
    for name in JSONObject(old.map { ($0.key, $0.value) } + new.map { ($0.key, $0.value) }).keys {
      let (before, after) = (old[name], new[name])
      switch name {
      case "old": continue  // filled in by the ledger
      case "new":
        var nested = Self.change(
          from: before?.object ?? JSONObject(), to: after?.object ?? JSONObject())
        // What the correction said nothing of before, and now takes away.
        for key in new["old"]?.object?.keys ?? []
        where old["old"]?[key] == nil && after?[key] == nil && before?[key] == nil { nested[key] = .null }
        if !nested.isEmpty { change["new"] = .object(nested) }
      case "title", "links":
        guard let after = after?.object else {
          change[name] = .null
          continue
        }
        let stood = before?.object ?? JSONObject()
        var parts = JSONObject(after.filter { stood[$0.key] != $0.value }.map { ($0.key, $0.value) })
        for part in stood.keys where after[part] == nil { parts[part] = .null }
        if !parts.isEmpty { change[name] = .object(parts) }
      case "unsourced" where after == nil && new["sources"] != nil: continue  // goes by itself
      default: if before != after { change[name] = after ?? .null }
      }
    }
    return change
  }
}

/// What is given for one event: what is put in place, what is taken away, and under which names.
struct FieldChanges {
  /// What is put in place.
  private(set) var given = Draft()
  /// The names, as they stand in a leaf, of what is put in place or taken away as a whole.
  private(set) var touched: OrderedSet<String> = []
  /// Those that are taken away.
  private(set) var removed: Set<String> = []
  /// The tags of titles, and the kinds of links, that are put in place or taken away.
  private(set) var parts: [String: OrderedSet<String>] = ["title": [], "links": []]
  private(set) var removedParts: [String: Set<String>] = ["title": [], "links": []]
  /// What is given for the event that this one corrects.
  private(set) var nested: Draft?
  private(set) var problems: [DraftProblem] = []

  /// Sorts what is given.
  ///
  /// - Parameters:
  ///   - draft: names and values; an empty value takes a field away.
  ///   - type: the type of the event.
  init(_ draft: Draft, of type: EventType) {
    for entry in draft.entries {
      let split = entry.name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
      let (base, part) = (String(split.first ?? ""), split.count > 1 ? String(split[1]) : nil)
      let isEmpty = entry.value.isNull || entry.value.string?.isEmpty == true
      switch base {
      case "title":
        self.parts(of: "title", word: "title", part ?? "original", part == nil, entry.value, isEmpty)
      case "link", "links": self.parts(of: "links", word: "link", part, part == nil, entry.value, isEmpty)
      case "source", "sources":
        if part == nil && isEmpty { take("sources", entry) } else { put("sources", entry) }
      case "new" where type.correctedField != nil: nest(part, entry)
      case "old" where type.correctedField != nil:
        problem(entry.name, "is filled in by the ledger; leave it out")
      default: if isEmpty && part == nil { take(base, entry) } else { put(base, entry) }
      }
    }
    for name in removed where given.entries.contains(where: { Self.leafName(of: $0.name) == name }) {
      problem(
        name == "sources" ? "source" : name, "is given and taken away (an empty value takes a field away)")
    }
  }

  /// Whether nothing is given.
  var isEmpty: Bool {
    touched.isEmpty && parts.values.allSatisfy(\.isEmpty) && nested == nil
  }

  /// The names of what is given, as problems name it.
  func names(_ field: String) -> Bool {
    let name = Self.leafName(of: field)
    return touched.contains(name) || !(parts[name]?.isEmpty ?? true)
  }

  /// The name in a leaf of what a client calls otherwise.
  static func leafName(of name: String) -> String {
    let base = String(name.prefix { $0 != "." })
    return switch base {
    case "source": "sources"
    case "link": "links"
    default: base
    }
  }

  private mutating func take(_ name: String, _ entry: Draft.Entry) {
    touched.append(name)
    removed.insert(name)
  }

  private mutating func put(_ name: String, _ entry: Draft.Entry) {
    touched.append(name)
    given.add(entry.name, entry.value)
  }

  /// A part of the title or of the links, or all of them.
  private mutating func parts(
    of name: String, word: String, _ part: String?, _ isWhole: Bool, _ value: JSONValue, _ isEmpty: Bool
  ) {
    if isWhole && isEmpty {
      touched.append(name)
      removed.insert(name)
    } else if isWhole, let object = value.object {
      for (part, value) in object {
        self.parts(
          of: name, word: word, part, false, value, value.isNull || value.string?.isEmpty == true)
      }
    } else if let part {
      parts[name]?.append(part)
      if isEmpty { removedParts[name]?.insert(part) } else { given.add("\(word).\(part)", value) }
    } else {
      given.add(word, value)  // refused by whoever sorts links
      touched.append(name)
    }
  }

  private mutating func nest(_ part: String?, _ entry: Draft.Entry) {
    var draft = nested ?? Draft()
    if let part {
      draft.add(part, entry.value)
    } else if let object = entry.value.object {
      for (name, value) in object { draft.add(name, value) }
    } else {
      problem("new", "needs the names of the fields, such as new.new.occurred=2018-05-03")
    }
    nested = draft
  }

  private mutating func problem(_ field: String, _ reason: String) {
    problems.append(DraftProblem(field: field, reason: reason))
  }
}
