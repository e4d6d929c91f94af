// The vocabulary in force: families of types, kinds and lifecycles, and the digest that names them all.

internal import Crypto
public import OrderedCollections

/// One vocabulary file: its bytes as they were adopted.
public struct VocabularyFile: Sendable, Equatable {
  /// The family's name; the file is `family.json`.
  public let family: String
  /// The file's text, to the byte.
  public let text: String

  /// SHA-256 of the text, in lower-case hexadecimal.
  public let digest: String

  /// Makes a file.
  public init(family: String, text: String) {
    var text = text
    digest = text.withUTF8 { Hex.lowercase(SHA256.hash(data: UnsafeRawBufferPointer($0))) }
    self.family = family
    self.text = text
  }

  /// The file's name.
  public var fileName: String { "\(family).json" }
}

/// A kind of subject.
public struct SubjectKind: Sendable, Equatable {
  /// The word before the colon.
  public let name: String
  /// What it means.
  public let means: String
  /// Whether its subjects are counted and never listed one by one (testimonies).
  public let isCounted: Bool
}

/// All that the ledger can record: validation, help, schemas, reference and stages come from here.
///
/// A class, so that handing it on costs one count: it is asked for with each event.
public final class Vocabulary: Sendable {
  /// The files, by family.
  public let files: [VocabularyFile]
  /// The types by name, in the order of the families and of their files.
  public let types: OrderedDictionary<String, EventType>
  /// The kinds of subject by name.
  public let kinds: OrderedDictionary<String, SubjectKind>
  /// The lifecycles by name.
  public let lifecycles: OrderedDictionary<String, Lifecycle>
  /// The lifecycle of each kind unless told otherwise, and that of its parties: asked for whenever a subject is folded.
  private let usualLifecycles: [String: Lifecycle]
  private let partyLifecycles: [String: Lifecycle]
  /// The family that declares each kind.
  private let kindFamilies: [String: String]
  /// What each family is about, by family.
  public let families: OrderedDictionary<String, String>
  /// The lines of the manifest: each family with the SHA-256 of its file.
  public let manifest: [String]
  /// SHA-256 of the manifest's canonical JSON (an array of its lines), in lower-case hexadecimal. Made once: every
  /// event names it.
  public let digest: String

  /// Reads vocabulary files and checks them against each other.
  ///
  /// - Parameter files: one file a family.
  /// - Throws: ``VocabularyError`` with file, line and reason.
  public init(files: [VocabularyFile]) throws(VocabularyError) {
    let files = files.sorted { $0.family.utf8.lexicographicallyPrecedes($1.family.utf8) }
    var read: [VocabularyReader.Family] = []
    for file in files { read.append(try VocabularyReader(file).family()) }
    self.files = files
    var families: OrderedDictionary<String, String> = [:]
    var kinds: OrderedDictionary<String, SubjectKind> = [:]
    var kindFamilies: [String: String] = [:]
    var types: OrderedDictionary<String, EventType> = [:]
    var lifecycles: OrderedDictionary<String, Lifecycle> = [:]
    for family in read {
      if families[family.name] != nil {
        throw VocabularyError(
          VocabularyPlace(file: "\(family.name).json", line: 1), "the family \(family.name) is given twice")
      }
      families[family.name] = family.means
      for (kind, place) in family.kinds {
        if kinds[kind.name] != nil { throw VocabularyError(place, "the kind \(kind.name) is declared twice") }
        kinds[kind.name] = kind
        kindFamilies[kind.name] = family.name
      }
      for type in family.types {
        if let other = types[type.name] {
          throw VocabularyError(type.place, "the type \(type.name) is declared already at \(other.place)")
        }
        types[type.name] = type
      }
      for lifecycle in family.lifecycles {
        if let other = lifecycles[lifecycle.name] {
          throw VocabularyError(
            lifecycle.place, "the lifecycle \(lifecycle.name) is declared already at \(other.place)")
        }
        lifecycles[lifecycle.name] = lifecycle
      }
    }
    self.families = families
    self.kinds = kinds
    self.kindFamilies = kindFamilies
    self.types = types
    self.lifecycles = lifecycles
    let usual = lifecycles.values.filter { $0.isDefault && !$0.isForParties }
    usualLifecycles = Dictionary(usual.map { ($0.kind, $0) }) { first, _ in first }
    let ofParties = lifecycles.values.filter(\.isForParties)
    partyLifecycles = Dictionary(ofParties.map { ($0.kind, $0) }) { first, _ in first }
    manifest = files.map { "\($0.family) \($0.digest)" }
    digest = Hex.lowercase(SHA256.hash(data: Self.canonicalManifest(manifest)))
    schemaName = "annals:vocabulary:sha256:\(digest)"
    try VocabularyChecks(vocabulary: self).run()
  }

  /// How an event names the vocabulary it is read by (CloudEvents `dataschema`).
  public let schemaName: String

  /// The canonical bytes that ``digest`` is made over.
  public static func canonicalManifest(_ lines: [String]) -> [UInt8] {
    Array("[\(lines.map { "\"\($0)\"" }.joined(separator: ","))]".utf8)
  }

  /// The lifecycle of a subject as a whole.
  ///
  /// - Parameters:
  ///   - kind: the subject's kind.
  ///   - procedure: the procedure told at its registration, if any.
  /// - Returns: the procedure's lifecycle, else the usual one of the kind; nil for a kind without stages.
  public func lifecycle(of kind: String, procedure: String?) -> Lifecycle? {
    if let procedure, let told = lifecycles[procedure], told.kind == kind, !told.isForParties { return told }
    return usualLifecycles[kind]
  }

  /// The lifecycle of the parties of a subject.
  public func partyLifecycle(of kind: String) -> Lifecycle? {
    partyLifecycles[kind]
  }

  /// The kinds that a family declares, in the order of its file.
  public func kinds(ofFamily family: String) -> [SubjectKind] {
    kinds.values.filter { kindFamilies[$0.name] == family }
  }

  /// The names of types that look like the one asked for, nearest first, for "did you mean".
  public func typesLike(_ name: String) -> [String] { Similar.names(to: name, among: Array(types.keys)) }
}
