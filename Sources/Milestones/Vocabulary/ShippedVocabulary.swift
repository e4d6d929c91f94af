// The vocabulary that comes with the program: the files of Events/vocabulary, embedded when it was built.

extension Vocabulary {
  /// The files that come with the program.
  public static var shippedFiles: [VocabularyFile] {
    EmbeddedTexts.files.map { file in
      let name = file.name.hasSuffix(".json") ? String(file.name.dropLast(5)) : file.name
      return VocabularyFile(family: name, text: file.text.description)
    }
  }

  /// The vocabulary that comes with the program, if it is the one of a manifest.
  ///
  /// Its files need neither be fetched from a log nor be read before something in them is asked for: no other bytes have
  /// these digests, and they were read when the program was tested. Most questions do not ask.
  ///
  /// - Parameter manifest: lines, each a family with the SHA-256 of its file.
  /// - Returns: the vocabulary; nil if it is another.
  public static func shipped(asIn manifest: [String]) -> Vocabulary? {
    guard manifest.count == EmbeddedTexts.files.count else { return nil }
    let shipped = Vocabulary(unread: shippedFiles)
    return shipped.manifest.elementsEqual(manifest) { $0.utf8.elementsEqual($1.utf8) } ? shipped : nil
  }

  /// Reads the vocabulary that comes with the program.
  ///
  /// - Throws: ``VocabularyError`` if a file under `Events/vocabulary` is wrong, which its tests would have told.
  public static func shipped() throws(VocabularyError) -> Vocabulary { try Vocabulary(files: shippedFiles) }
}
