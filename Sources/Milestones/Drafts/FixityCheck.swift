// A later look at a source: is it there, and is it still what it was? (PREMIS 3.0, event type "fixity check".)

public import CanonicalJSON

/// Checks that a fixity check says which source it is about, and that there is such a source.
public struct FixityCheck {
  let result: String
  let draft: Draft
  let known: [JSONObject]
  let whose: String

  /// Prepares the look.
  ///
  /// - Parameters:
  ///   - result: what was found: `ok`, `missing`, `changed`.
  ///   - draft: the event that tells of the check.
  ///   - known: the sources that it can be about, as stored.
  ///   - whose: the event or the subject whose they are, for messages.
  public init(result: String, draft: Draft, known: [JSONObject], whose: String) {
    self.result = result
    self.draft = draft
    self.known = known
    self.whose = whose
  }

  /// What is wrong; empty if nothing is.
  public var problems: [DraftProblem] {
    var problems: [DraftProblem] = []
    func problem(_ field: String, _ reason: String) {
      problems.append(DraftProblem(field: field, reason: reason))
    }
    if draft.first("unsourced") != nil || draft.entries.contains(where: { $0.name == "unsourced" }) {
      problem("unsourced", "says that there is no source, but a check is about one; leave it out")
    }
    let sources = draft.sources
    if sources.isEmpty {
      problem(
        "source",
        "is missing: a check says which source it is about, by source.url= or source.sha256= as it was given")
    }
    for source in sources {
      let (url, digest) = (source["url"]?.string, source["sha256"]?.string)
      guard url != nil || digest != nil else {
        problem(
          "source", "has neither url nor sha256, so that nobody could tell which source was checked")
        continue
      }
      let byURL = known.filter { Self.same($0["url"], url) || Self.same($0["archived"], url) }
      let byDigest = known.filter { Self.same($0["sha256"], digest) }
      if byURL.isEmpty && byDigest.isEmpty {
        problem(
          url == nil ? "source.sha256" : "source.url",
          "no source of \(whose) has this, so that it cannot be checked; attach it first, with source.attached without check="
        )
        continue
      }
      guard let digest else { continue }
      // Only a digest that was given once can be compared.
      let digests = byURL.compactMap { $0["sha256"]?.string }
      let isSame = byURL.isEmpty || digests.contains { $0.utf8.elementsEqual(digest.utf8) }
      if result == "ok" && !digests.isEmpty && !isSame {
        problem("source.sha256", "is another than the source had; say check=changed")
      } else if result == "changed" && isSame {
        problem(
          "source.sha256", "is the one that the source had; say check=ok, or give the digest that it has now")
      }
    }
    return problems
  }

  private static func same(_ value: JSONValue?, _ text: String?) -> Bool {
    guard let value = value?.string, let text else { return false }
    return value.utf8.elementsEqual(text.utf8)
  }
}
