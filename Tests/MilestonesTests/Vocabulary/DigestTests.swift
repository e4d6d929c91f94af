// The digest that names a vocabulary: the same for the same files, another for any other byte.

import CanonicalJSON
import Milestones
import Testing

@Suite("The digest of a vocabulary")
struct DigestTests {
  @Test("It is the same for the same files, in whatever order they come")
  func stable() throws {
    let files = Vocabulary.shippedFiles
    let digest = try Vocabulary(files: files).digest
    #expect(try Vocabulary(files: files.reversed()).digest == digest)
    #expect(try Shipped.vocabulary().digest == digest)
  }

  @Test("It is SHA-256 over the canonical JSON of the manifest, and names the vocabulary in every event")
  func manifest() throws {
    let vocabulary = try Vocabulary(files: [SampleVocabulary.file])
    let line = "sample \(SampleVocabulary.file.digest)"
    #expect(vocabulary.manifest == [line])
    let canonical = Vocabulary.canonicalManifest(vocabulary.manifest)
    #expect(text(canonical) == "[\"\(line)\"]")
    #expect(try JSONText(parsing: canonical).isCanonical)
    #expect(vocabulary.schemaName == "annals:vocabulary:sha256:\(vocabulary.digest)")
    #expect(vocabulary.digest.utf8.count == 64)
  }

  @Test("SHA-256 of a file is that of its bytes")
  func fileDigest() {
    // FIPS 180-2, appendix B.1: the digest of "abc".
    let file = VocabularyFile(family: "x", text: "abc")
    #expect(file.digest == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("Any byte that changes in a file changes it, even one that means nothing")
  func changes() throws {
    let before = try Vocabulary(files: [SampleVocabulary.file]).digest
    var seen: Set<String> = [before]
    for (old, new) in [
      ("Gone.", "Gone!"), ("For tests.", "For  tests."), ("}\n", "} \n"), ("{ \"means\"", "{  \"means\""),
    ] {
      let text = SampleVocabulary.text.replacing(old, with: new)
      let digest = try Vocabulary(files: [VocabularyFile(family: "sample", text: text)]).digest
      #expect(seen.insert(digest).inserted, "\(old)")
    }
  }

  @Test("Characters that look alike and are canonically equal are different bytes")
  func normalisation() throws {
    let composed = SampleVocabulary.text.replacing("For tests.", with: "Caf\u{E9}.")
    let decomposed = SampleVocabulary.text.replacing("For tests.", with: "Cafe\u{301}.")
    let one = try Vocabulary(files: [VocabularyFile(family: "sample", text: composed)]).digest
    let other = try Vocabulary(files: [VocabularyFile(family: "sample", text: decomposed)]).digest
    #expect(one != other)
  }

  @Test("The vocabulary of the program is known by its manifest without being read, and no other is")
  func shippedByManifest() throws {
    let shipped = try Vocabulary.shipped()
    let found = try #require(Vocabulary.shipped(asIn: shipped.manifest))
    #expect(found.digest == shipped.digest)
    #expect(found.kinds(ofFamily: "treaty") == shipped.kinds(ofFamily: "treaty"))
    #expect(!found.kinds(ofFamily: "treaty").isEmpty)
    #expect(
      found.lifecycle(of: "measure", procedure: nil)?.name
        == shipped.lifecycle(of: "measure", procedure: nil)?.name)
    #expect(Vocabulary.shipped(asIn: Array(shipped.manifest.dropLast())) == nil)
    #expect(Vocabulary.shipped(asIn: shipped.manifest.reversed()) == nil)
    var altered = shipped.manifest
    altered[0] = "\(altered[0].dropLast())x"
    #expect(Vocabulary.shipped(asIn: altered) == nil)
  }
}
