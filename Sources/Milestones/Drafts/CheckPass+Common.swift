// The common fields of a draft: titles, sources, links, claim, confidence.

internal import CanonicalJSON
internal import EDTF
internal import OrderedCollections

extension CheckPass {
  mutating func common(
    _ given: GatheredFields, isHidden: Bool, effective: EDTF?, data: inout JSONObject
  ) {
    if let effective { data["effective"] = .string(effective.text) }
    for (name, kind) in [
      ("account", FieldKind.text), ("claim", .text), ("note", .text),
      ("confidence", .choice(CommonFields.confidences)),
    ] {
      if let value = single(name, kind, given) { data[name] = value }
    }
    if let claim = data["claim"]?.string, claim.utf8.count > 200 {
      problem("claim", "is longer than 200 bytes")
    }
    titles(given, data: &data)
    links(given, data: &data)
    if isHidden { return }
    let unsourced = single("unsourced", .boolean, given)?.bool ?? false
    if !given.sources.isEmpty {
      // Sealed ones have been taken with the fields of the type.
      if !isSealed("sources") { data["sources"] = sources(given) }
      if unsourced { problem("unsourced", "is true, but a source is given; say one or the other") }
    } else if unsourced {
      data["unsourced"] = .bool(true)
    } else if !type.isAboutEvents {
      problem("source", "is missing; write source.citation=… or source.url=…, or say unsourced=true")
    }
  }

  private mutating func titles(_ given: GatheredFields, data: inout JSONObject) {
    guard !given.titles.isEmpty else { return }
    var titles = JSONObject()
    for (tag, value) in given.titles {
      let name = tag == "original" ? "title" : "title.\(tag)"
      guard let text = check(name, { values throws(ValueError) in try values.text(value) }) else { continue }
      if tag != "original", check(name, { values throws(ValueError) in try values.language(tag) }) == nil {
        continue
      }
      if titles[tag] != nil { problem(name, "is given twice") }
      titles[tag] = .string(text)
    }
    if titles["original"] == nil {
      problem("title", "is missing beside its other forms; title= is the original")
    }
    data["title"] = .object(titles)
  }

  private mutating func links(_ given: GatheredFields, data: inout JSONObject) {
    guard !given.links.isEmpty else { return }
    var links: [String: [JSONValue]] = [:]
    for (kind, value) in given.links {
      guard CommonFields.linkKinds.contains(kind) else {
        problem(
          "link.\(kind)",
          "is no kind of link\(Similar.hint(for: kind, among: CommonFields.linkKinds)) (kinds: \(CommonFields.linkKinds.joined(separator: ", ")))"
        )
        continue
      }
      let items = value.array ?? [value]
      if items.isEmpty { problem("link.\(kind)", "is empty; leave it out") }
      for item in items {
        if let stored = check(
          "link.\(kind)", { values throws(ValueError) in try values.stored(item, as: .subject([])) })
        {
          links[kind, default: []].append(stored)
        }
      }
    }
    data["links"] = .object(JSONObject(links.map { ($0.key, .array($0.value)) }))
  }

  /// The sources in their stored form; nil if there are none.
  mutating func sources(_ given: GatheredFields) -> JSONValue? {
    let isSealed = isSealed("sources")
    var list: [JSONValue] = []
    for source in given.sources {
      var stored = JSONObject()
      for (part, value) in source {
        guard let kind = CommonFields.sourceKinds[part] else {
          let parts = CommonFields.sourceFields.map(\.name)
          problem(
            "source.\(part)",
            "is no part of a source\(Similar.hint(for: part, among: parts)) (parts: \(parts.joined(separator: ", ")))"
          )
          continue
        }
        do {
          stored[part] = try values.stored(value, as: kind)
        } catch {
          problem(
            "source.\(part)",
            isSealed ? "is not a proper \(kind.name) (its value is sealed and not shown)" : "\(error)")
        }
      }
      // A later check names the source that it is about; what it is was told when it was attached.
      let isCheck = type.attachedField != nil && given.values["check"] != nil && source["sha256"] != nil
      if source["citation"] == nil && source["url"] == nil && !isCheck {
        problem("source", "has neither citation nor url; one of them must say what the source is")
      }
      list.append(.object(stored))
    }
    return list.isEmpty ? nil : .array(list)
  }
}
