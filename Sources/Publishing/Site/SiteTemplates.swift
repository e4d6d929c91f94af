// The templates of the site, read once from the binary, and their digest: other templates mean another site.

internal import Crypto
internal import Milestones
internal import Mustache

/// What a template is given: names and values, of which some are again models or lists of them.
typealias Model = [String: Any]

/// The templates, ready to be rendered.
struct SiteTemplates {
  private let library: MustacheLibrary

  /// Raised when pages come out otherwise from the same templates: what is published is then made anew.
  static let version = 1

  /// Reads the templates.
  ///
  /// - Throws: an error of the template engine; the tests render every one.
  init() throws {
    MustacheContentTypes.register(SafeTextContent(), named: SafeText.name)
    var library = MustacheLibrary()
    for (name, text) in Self.files where name.hasSuffix(Self.suffix) {
      // A file ends with a line break; what is put into the middle of a sentence must not.
      let body = text.hasSuffix("\n") ? String(text.dropLast()) : text
      try library.register(
        "{{% CONTENT_TYPE:\(SafeText.name)}}" + body, named: String(name.dropLast(Self.suffix.count)))
    }
    self.library = library
  }

  /// Renders a template; what it is not given stays empty.
  func render(_ name: String, _ model: Model) -> String {
    let text = library.render(model, withTemplate: name) ?? ""
    // The first lines of a template are about it, and leave a line break.
    return String(text.drop { $0 == "\n" }) + "\n"
  }

  /// A file of the site that is not made of anything.
  static func file(_ name: String) -> String? { files.first { $0.name == name }?.text }

  /// SHA-256 over all that the look of the site depends on.
  static let digest: String = {
    var hash = SHA256()
    hash.update(data: Array("\(version)\n".utf8))
    for (name, text) in files {
      hash.update(data: Array("\(name) \(text.utf8.count)\n".utf8))
      hash.update(data: Array(text.utf8))
    }
    return Hex.lowercase(hash.finalize())
  }()

  private static let suffix = ".mustache"

  private static let files: [(name: String, text: String)] = EmbeddedTexts.files.map {
    (name: $0.name, text: "\($0.text)")
  }
}
