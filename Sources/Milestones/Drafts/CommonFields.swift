// The fields that every event can have, beside those of its type.

/// The envelope and the common fields: what can be given of every event.
public enum CommonFields {
  /// A common field as help and reference show it.
  public struct Description: Sendable {
    /// The name on the command line.
    public let name: String
    /// What it means, in a sentence.
    public let means: String
  }

  /// How sure the archivist is of an event, most sure first; `essay` is what the founding essay alone says.
  public static let confidences = ["confirmed", "reported", "contested", "recalled", "derived", "essay"]

  /// The confidence of an event that says nothing of it.
  public static let confidenceDefault = "reported"

  /// The kinds of link that an event itself can carry.
  public static let linkKinds = [
    "derived_from", "responds_to", "companion_of", "supersedes", "implements", "cites", "predecessor_of",
  ]

  /// What a source can tell.
  public static let sourceFields: [Field] = [
    Field(name: "citation", kind: .text, means: "The source in words."),
    Field(name: "url", kind: .url, means: "Its web address."),
    Field(name: "archived", kind: .url, means: "The address of an archived copy."),
    Field(name: "sha256", kind: .sha256, means: "SHA-256 of the document."),
    Field(name: "media_type", kind: .text, means: "Its media type, such as application/pdf."),
    Field(name: "captured", kind: .date, means: "When it was captured."),
    Field(name: "page", kind: .text, means: "Page or paragraph."),
    Field(name: "quotation", kind: .text, means: "The words that bear the event out."),
  ]

  /// The kind of each part of a source.
  static let sourceKinds = Dictionary(uniqueKeysWithValues: sourceFields.map { ($0.name, $0.kind) })

  /// All common fields in the order of the documentation.
  public static let all: [Description] = [
    Description(name: "subject", means: "What the event is about: kind:name, such as measure:us-115-hr4396."),
    Description(
      name: "occurred",
      means: "When it happened: 2017-11-15, 2018-12, 2006?, 2018-05-07/2018-05-10, XXXX (EDTF)."),
    Description(name: "effective", means: "When it has legal effect, if other than occurred (EDTF)."),
    Description(
      name: "country",
      means: "Whose act or situation it is: an ISO 3166 code valid at the date (US, CN-BJ, YUCS)."),
    Description(name: "institution", means: "Where: a path such as us/congress/senate or int/un/ga/c3."),
    Description(
      name: "title",
      means: "The original title; title.TAG= in another language or script (title.zh-Latn-pinyin=)."),
    Description(
      name: "source",
      means: "A source: source.citation=, source.url=, source.archived=, source.sha256=, source.page=, "
        + "source.quotation=, source.captured=, source.media_type=. A repeated part begins the next source."),
    Description(name: "unsourced", means: "true, if there is no source: it has to be said."),
    Description(
      name: "confidence", means: "One of \(confidences.joined(separator: ", ")); reported if not given."),
    Description(name: "claim", means: "The key that rival accounts of one fact share."),
    Description(name: "account", means: "Who says so, in a word."),
    Description(
      name: "link", means: "Another subject: link.KIND=, KIND one of \(linkKinds.joined(separator: ", "))."),
    Description(name: "note", means: "What the archivist wants to add in words."),
    Description(
      name: "recorder", means: "Who enters the event; ANNALS_RECORDER or the login name if not given."),
    Description(
      name: "id",
      means: "The event's id, to make entering it twice harmless; made by the ledger if not given."),
    Description(
      name: "seal",
      means:
        "A field to seal that is not sealed by itself; --seal FIELD does the same. The log shows only its digest."
    ),
    Description(name: "public", means: "true, if a public figure speaks for the record: nothing is sealed."),
  ]

  /// The names that a type cannot use for a field of its own.
  static let names: Set<String> = Set(all.map(\.name) + ["type", "sources", "links", "data", "recorded"])

  /// The names that a type may declare again to change how they are treated (sealed, say).
  static let canBeRedeclared: Set<String> = ["country", "sources"]

  /// What CloudEvents and the ledger set: accepted in a whole event that is read back, and stamped anew.
  static let stamped: Set<String> = [
    "specversion", "source", "dataschema", "datacontenttype", "recorded", "time",
  ]
}
