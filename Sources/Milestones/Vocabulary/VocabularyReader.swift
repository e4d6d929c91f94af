// Reads one vocabulary file. What is wrong in it is told with its line; an unknown word is refused, not skipped,
// since a misspelt "requierd" would otherwise change what the ledger accepts.

internal import CanonicalJSON
internal import OrderedCollections

/// Reads the JSON of one family. docs/vocabulary-format.md describes the form.
/// A class, so that each value can know its file at the cost of one count.
final class VocabularyReader {
  /// What a file declares.
  struct Family {
    var name = ""
    var means = ""
    var kinds: [(SubjectKind, VocabularyPlace)] = []
    var lifecycles: [Lifecycle] = []
    var types: [EventType] = []
  }

  /// A file larger than this would not fit in one event.
  static let fileMaxBytes = 48_000

  /// The same, counted as the event's JSON writes the file: quotation marks and line ends take two bytes there. What
  /// is left of an event's 65,535 bytes is for the envelope.
  static let escapedMaxBytes = 63_000

  /// A lifecycle keeps the shortest way between any two stages: with thousands of them that would fill the memory,
  /// and vocabularies are read from the logs of strangers too.
  static let lifecycleMaxStages = 100

  /// The manifest's events are told of `vocabulary:manifest`, where a family of this name would stand.
  static let reservedFamily = "manifest"

  private let file: VocabularyFile
  private let bytes: [UInt8]
  /// Where each line begins, so that the line of every value is known without counting again.
  private let lineStarts: [Int]

  init(_ file: VocabularyFile) {
    self.file = file
    let bytes = Array(file.text.utf8)
    self.bytes = bytes
    var lineStarts = [0]
    bytes.withUnsafeBufferPointer { bytes in
      for index in bytes.indices where bytes[index] == UInt8(ascii: "\n") { lineStarts.append(index + 1) }
    }
    self.lineStarts = lineStarts
  }

  func family() throws(VocabularyError) -> Family {
    guard bytes.count <= Self.fileMaxBytes else {
      throw error(
        at: 0, "the file has \(bytes.count) bytes; one family may have \(Self.fileMaxBytes). Split it")
    }
    // Of a file that is half as long nothing needs to be counted.
    let escapedCount =
      bytes.count * 2 <= Self.escapedMaxBytes
      ? 0 : bytes.count + bytes.count { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
    guard escapedCount <= Self.escapedMaxBytes else {
      throw error(
        at: 0,
        "the file takes \(escapedCount) bytes in an event, where quotation marks and line ends count twice; "
          + "one family may take \(Self.escapedMaxBytes). Split it")
    }
    let text: JSONText
    do {
      text = try JSONText(parsing: bytes)
    } catch {
      throw self.error(at: error.offset, "\(error.kind)")
    }
    let root = try Node(
      file: text.root, self, allowed: ["family", "means", "kinds", "lifecycles", "types"])
    var family = Family()
    let name = try root.required("family")
    // A word, since the name stands in the lines of the manifest and in the subject of an event.
    family.name = try name.word()
    guard family.name.utf8.elementsEqual(file.family.utf8) else {
      throw name.error("the family is \"\(family.name)\", but the file is called \(file.fileName)")
    }
    guard family.name != Self.reservedFamily else {
      throw name.error(
        "no family can be called \(family.name): the list of all families stands under that name")
    }
    family.means = try root.required("means").string()
    for item in try root.optional("kinds")?.array() ?? [] { family.kinds.append(try kind(item)) }
    for item in try root.optional("lifecycles")?.array() ?? [] {
      family.lifecycles.append(try lifecycle(item))
    }
    for (name, value) in try root.required("types").members() {
      family.types.append(try type(name: name, value, family: family.name))
    }
    return family
  }

  private func kind(_ view: Node) throws(VocabularyError) -> (SubjectKind, VocabularyPlace) {
    let node = try Node(view, allowed: ["kind", "means", "counted"])
    let nameNode = try node.required("kind")
    let name = try nameNode.word()
    // A subject is refused that has a digit before its colon: such a kind could be declared, and never used.
    guard !name.utf8.contains(where: \.isDigit) else {
      throw nameNode.error("a kind has no digits in it, only lower-case letters and hyphens")
    }
    let kind = SubjectKind(
      name: name, means: try node.required("means").string(),
      isCounted: try node.optional("counted")?.bool() ?? false)
    return (kind, node.place)
  }

  private func lifecycle(_ view: Node) throws(VocabularyError) -> Lifecycle {
    let node = try Node(
      view,
      allowed: [
        "name", "for", "default", "parties", "means", "start", "stages", "periods", "not_before",
      ])
    let startNode = try node.required("start")
    let start = try startNode.words()
    if start.isEmpty { throw startNode.error("start names no stage") }
    var lists = [(words: start, node: startNode, name: "start")]
    var stages: [Lifecycle.Stage] = []
    for (name, value) in try node.required("stages").members() {
      let stage = try Node(value, allowed: ["means", "next", "told", "collects"])
      try name.checkWord()
      let nextNode = try stage.required("next")
      let next = try nextNode.words()
      lists.append((next, nextNode, "next of \(name.text)"))
      stages.append(
        Lifecycle.Stage(
          name: name.text, means: try stage.required("means").string(), next: next,
          isTold: try stage.optional("told")?.bool() ?? false,
          collects: try stage.optional("collects")?.bool() ?? false, line: name.line))
    }
    guard stages.count <= Self.lifecycleMaxStages else {
      throw node.error("the lifecycle has \(stages.count) stages; \(Self.lifecycleMaxStages) is the most")
    }
    let names = stages.map(\.name)
    for list in lists {
      for stage in list.words where !names.contains(stage) {
        throw list.node.error(
          "\(list.name) names the stage \(stage), which is not declared\(Similar.hint(for: stage, among: names))"
        )
      }
    }
    let isForParties = try node.optional("parties")?.bool() ?? false
    let notBefore = try node.optional("not_before")
    let periods = try node.optional("periods")
    if let wrong = isForParties ? nil : notBefore ?? periods {
      throw wrong.error("only a lifecycle of parties can depend on the whole: add \"parties\": true")
    }
    return Lifecycle(
      name: try node.required("name").word(), kind: try node.required("for").word(),
      isDefault: try node.optional("default")?.bool() ?? false,
      isForParties: isForParties, means: try node.required("means").string(), start: start, stages: stages,
      periods: try periods.map { list throws(VocabularyError) in try self.periods(list, stages: names) }
        ?? [],
      notBefore: try notBefore?.word(), place: node.place, startLine: startNode.place.line)
  }

  private func periods(_ list: Node, stages: [String]) throws(VocabularyError) -> [Lifecycle.Period] {
    var periods: [Lifecycle.Period] = []
    for item in try list.array() {
      let period = try Node(item, allowed: ["from", "to", "whole"])
      for name in ["from", "to"] {
        let stage = try period.required(name)
        guard try stages.contains(stage.word()) else {
          throw stage.error("the lifecycle has no stage \(try stage.word())")
        }
      }
      periods.append(
        Lifecycle.Period(
          from: try period.required("from").word(), to: try period.required("to").word(),
          whole: try period.optional("whole")?.word(), line: period.place.line))
    }
    return periods
  }

  private func type(name: Node.Name, _ view: Node, family: String) throws(VocabularyError) -> EventType {
    let node = try Node(view, allowed: ["means", "by", "subject", "fields", "effects", "example"])
    let words = name.text.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count == 2, words.allSatisfy({ Node.isWord($0) }) else {
      throw name.error(
        "\"\(name.text)\" is not the name of a type: write two words joined by a dot, such as bill.introduced"
      )
    }
    var isByLedger = false
    if let by = try node.optional("by") {
      guard try by.string() == "ledger" else { throw by.error("by can only be \"ledger\"") }
      isByLedger = true
    }
    var fields: OrderedDictionary<String, Field> = [:]
    for (name, value) in try node.required("fields").members() {
      fields[name.text] = try field(name: name, value)
    }
    var effects: [Effect] = []
    for item in try node.required("effects").array() { effects.append(try EffectReader(item).effect()) }
    var kinds = try node.required("subject").strings()
    if kinds == ["*"] { kinds = [] }
    return EventType(
      name: name.text, family: family, means: try node.required("means").string(), subjectKinds: kinds,
      fields: fields, effects: effects, example: try node.optional("example")?.strings() ?? [],
      isByLedger: isByLedger, place: VocabularyPlace(file: file.fileName, line: name.line))
  }

  private func field(name: Node.Name, _ view: Node) throws(VocabularyError) -> Field {
    let node = try Node(
      view, allowed: ["kind", "required", "list", "sealable", "sealed", "means", "values", "of"])
    guard Node.isWord(name.text[...], joiner: UInt8(ascii: "_")) else {
      throw name.error(
        "\"\(name.text)\" is not the name of a field: write lower-case words joined by underscores")
    }
    let kindNode = try node.required("kind")
    let kindName = try kindNode.string()
    guard var kind = FieldKind.all.first(where: { $0.name == kindName }) else {
      let names = FieldKind.all.map(\.name)
      throw kindNode.error(
        "the kind \(kindName) does not exist\(Similar.hint(for: kindName, among: names)) (kinds: \(names.joined(separator: ", ")))"
      )
    }
    let values = try node.optional("values")
    let of = try node.optional("of")
    switch kind {
    case .choice:
      guard let values, case let list = try values.strings(), !list.isEmpty else {
        throw node.error("a choice needs \"values\"")
      }
      kind = .choice(list)
    case .subject: kind = .subject(try of?.strings() ?? [])
    default: break
    }
    if let values, kind.name != "choice" { throw values.error("only a choice has values") }
    if let of, kind.name != "subject" { throw of.error("only a subject has \"of\"") }
    let isSealed = try node.optional("sealed")?.bool() ?? false
    let isSealable = try node.optional("sealable")?.bool() ?? false
    if isSealed && !isSealable { throw node.error("a sealed field must be sealable: add \"sealable\": true") }
    return Field(
      name: name.text, kind: kind, isRequired: try node.optional("required")?.bool() ?? false,
      isList: try node.optional("list")?.bool() ?? false, isSealable: isSealable, isSealed: isSealed,
      means: try node.required("means").string())
  }

  private func error(at offset: Int, _ reason: String) -> VocabularyError {
    VocabularyError(place(ofOffset: offset), reason)
  }

  /// The line of an offset and the file's name, for the nodes.
  func place(ofOffset offset: Int) -> VocabularyPlace {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    return VocabularyPlace(file: file.fileName, line: low + 1)
  }
}
