// Whom a sealed name means: the subject `person:…` that a consent is told of.

/// Names of persons, sealed and as subjects.
enum PersonName {
  private static let prefix = "person:"

  /// The slug of a subject `person:…`; nil if it is no person.
  static func slug(of subject: String) -> String? {
    subject.utf8.starts(with: prefix.utf8) ? String(subject.dropFirst(prefix.count)) : nil
  }

  /// The slugs of the persons that a sealed name can mean: written so, or as a name of which that is the short form.
  static func slugs(of sealed: String) -> [String] {
    let words = sealed.lowercased().split { !$0.isLetter && !$0.isNumber && $0 != "." }
    return [slug(of: sealed) ?? sealed, words.joined(separator: "-")]
  }

  /// The subjects that a sealed name can mean.
  static func subjects(of sealed: String) -> [String] {
    var subjects: [String] = []
    for slug in slugs(of: sealed) where !subjects.contains(prefix + slug) { subjects.append(prefix + slug) }
    return subjects
  }
}
