// The vocabulary that comes with the program: the files of Events/vocabulary, embedded when it was built.

extension Vocabulary {
  /// The files that come with the program.
  public static var shippedFiles: [VocabularyFile] {
    EmbeddedTexts.files.map { file in
      let name = file.name.hasSuffix(".json") ? String(file.name.dropLast(5)) : file.name
      return VocabularyFile(family: name, text: file.text.description)
    }
  }

  /// The file of a family that comes with the program, if it is the one of a digest: bytes of the same digest need not be
  /// fetched from elsewhere.
  ///
  /// - Parameters:
  ///   - family: the family.
  ///   - digest: SHA-256 of the file, in lower-case hexadecimal.
  /// - Returns: the file; nil if none of the family comes with the program, or another one.
  public static func shippedFile(ofFamily family: String, digest: some StringProtocol) -> VocabularyFile? {
    let name = family + ".json"
    guard let embedded = EmbeddedTexts.files.first(where: { $0.name == name }) else { return nil }
    let file = VocabularyFile(family: family, text: embedded.text.description)
    return file.digest == digest ? file : nil
  }

  /// Reads the vocabulary that comes with the program.
  ///
  /// - Throws: ``VocabularyError`` if a file under `Events/vocabulary` is wrong, which its tests would have told.
  public static func shipped() throws(VocabularyError) -> Vocabulary { try Vocabulary(files: shippedFiles) }
}
