// The vocabulary that comes with the program: the files of Events/vocabulary, embedded when it was built.

extension Vocabulary {
  /// The files that come with the program.
  public static var shippedFiles: [VocabularyFile] {
    EmbeddedTexts.files.map { file in
      let name = file.name.hasSuffix(".json") ? String(file.name.dropLast(5)) : file.name
      return VocabularyFile(family: name, text: file.text.description)
    }
  }

  /// Reads the vocabulary that comes with the program.
  ///
  /// - Throws: ``VocabularyError`` if a file under `Events/vocabulary` is wrong, which its tests would have told.
  public static func shipped() throws(VocabularyError) -> Vocabulary { try Vocabulary(files: shippedFiles) }
}
