// The vocabulary in force: families of types, kinds and lifecycles, and the digest that names them all.

internal import Crypto
public import OrderedCollections
internal import Synchronization

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
  /// The lines of the manifest: each family with the SHA-256 of its file.
  public let manifest: [String]
  /// SHA-256 of the manifest's canonical JSON (an array of its lines), in lower-case hexadecimal. Made once: every
  /// event names it.
  public let digest: String
  /// How an event names the vocabulary it is read by (CloudEvents `dataschema`).
  public let schemaName: String
  /// What the files say, once they were read.
  private let read = AtomicLazyReference<VocabularyContent>()

  /// Reads vocabulary files and checks them against each other.
  ///
  /// - Parameter files: one file a family.
  /// - Throws: ``VocabularyError`` with file, line and reason.
  public convenience init(files: [VocabularyFile]) throws(VocabularyError) {
    self.init(unread: files)
    _ = read.storeIfNil(try VocabularyContent(files: self.files))
  }

  /// A vocabulary whose files are read when something in them is asked for.
  ///
  /// - Parameter files: files that are known to be right.
  init(unread files: [VocabularyFile]) {
    self.files = files.sorted { $0.family.utf8.lexicographicallyPrecedes($1.family.utf8) }
    manifest = self.files.map { "\($0.family) \($0.digest)" }
    digest = Hex.lowercase(SHA256.hash(data: Self.canonicalManifest(manifest)))
    schemaName = "annals:vocabulary:sha256:\(digest)"
  }

  private var content: VocabularyContent {
    if let content = read.load() { return content }
    do {
      return read.storeIfNil(try VocabularyContent(files: files))
    } catch {
      // Only what was built in is read late, and the tests of the program have read it.
      preconditionFailure("the vocabulary of this program is wrong: \(error)")
    }
  }

  /// The types by name, in the order of the families and of their files.
  public var types: OrderedDictionary<String, EventType> { content.types }
  /// The kinds of subject by name.
  public var kinds: OrderedDictionary<String, SubjectKind> { content.kinds }
  /// The lifecycles by name.
  public var lifecycles: OrderedDictionary<String, Lifecycle> { content.lifecycles }
  /// What each family is about, by family.
  public var families: OrderedDictionary<String, String> { content.families }

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
    return content.usualLifecycles[kind]
  }

  /// The lifecycle of the parties of a subject.
  public func partyLifecycle(of kind: String) -> Lifecycle? {
    content.partyLifecycles[kind]
  }

  /// The kinds that a family declares, in the order of its file.
  public func kinds(ofFamily family: String) -> [SubjectKind] {
    kinds.values.filter { content.kindFamilies[$0.name] == family }
  }

  /// The names of types that look like the one asked for, nearest first, for "did you mean".
  public func typesLike(_ name: String) -> [String] { Similar.names(to: name, among: Array(types.keys)) }
}
