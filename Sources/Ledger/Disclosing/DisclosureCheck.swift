// Checking a disclosure with nothing at hand but its file and the log's verifier key; with the published log, if it is
// at hand.

internal import CanonicalJSON
public import Milestones
public import TransparencyLog

/// Checks files that `annals disclose` wrote. Reads no ledger.
public enum DisclosureCheck {
  /// What was found to be so.
  public struct Verified: Sendable {
    /// The file.
    public let file: DisclosureFile
    /// The event in which the fields are sealed.
    public let event: EventView
    /// The fields, in the order of their names.
    public let fields: [DisclosedField]
    /// What the log has signed: its name, its size and its root.
    public let checkpoint: Checkpoint
    /// The keys that signed it, of those that were given.
    public let signedBy: [KeyIdentity]
    /// The size of the published log that it was held to; nil if none was.
    public let publishedSize: UInt64?
  }

  /// Why a disclosure was refused. Holds nothing of what it discloses.
  public enum Refusal: Error, Sendable, CustomStringConvertible {
    /// The file is none.
    case malformed(DisclosureFile.Fault)
    /// The event in it is not in the log.
    case proof(ProofCheck.Refusal)
    /// It says another position than was proved.
    case position(told: Int64, proved: UInt64)
    /// It says another log than the event does.
    case origin(told: String, event: String)
    /// The event is none that can be read.
    case event
    /// There is no disclosure in it.
    case empty
    /// A disclosure is none.
    case disclosure(number: Int, DisclosureFault)
    /// A disclosure is not what a digest of the event stands for.
    case notOfEvent(number: Int)
    /// A disclosure stands there twice, or two of them are of one field.
    case repeated(number: Int)
    /// The published log is not the one that the proof leads to.
    case published(String)

    /// One line for people.
    public var description: String {
      switch self {
      case .malformed(let fault): "the file \(fault)"
      case .proof(let refusal): refusal.description
      case .position(let told, let proved):
        "it says position \(told), but what was proved is position \(proved)"
      case .origin(let told, let event): "it says the log \(told), but the event is of \(event)"
      case .event: "the event in it cannot be read"
      case .empty: "nothing is disclosed in it"
      case .disclosure(let number, let fault): "disclosure \(number) \(fault)"
      case .notOfEvent(let number):
        "disclosure \(number) is not what was sealed in the event: no digest in it stands for these bytes"
      case .repeated(let number): "disclosure \(number) stands there twice, or another one of its field does"
      case .published(let reason): "the published log does not hold it: \(reason)"
      }
    }
  }

  /// Checks a disclosure: that its event is in the log that a key belongs to, and that what is disclosed is what was
  /// sealed in that event.
  ///
  /// - Parameters:
  ///   - bytes: the file.
  ///   - keys: the log's verifier keys, old ones too; one of them must have signed.
  ///   - origin: the log that is meant.
  ///   - published: a directory with the published log, which must continue what the proof leads to; nil for none.
  /// - Returns: what is in it.
  /// - Throws: ``Refusal``, or `ContentsError` where the published log cannot be read.
  public static func check(
    _ bytes: [UInt8], keys: [VerifierKey], origin: String, published: String? = nil
  ) throws -> Verified {
    let file: DisclosureFile
    do { file = try DisclosureFile(parsing: bytes) } catch { throw Refusal.malformed(error) }
    let proof: TlogProof
    let checkpoint: VerifiedCheckpoint
    do {
      proof = try TlogProof(parsing: file.proof)
    } catch { throw Refusal.proof(.malformed(error)) }
    do {
      checkpoint = try proof.check(leafHash: .leaf(file.leaf), origin: origin, logKeys: keys)
    } catch { throw Refusal.proof(.refused(error)) }
    guard UInt64(exactly: file.position) == proof.index else {
      throw Refusal.position(told: file.position, proved: proof.index)
    }
    guard let event = try? EventView(leaf: file.leaf), let source = event.root["source"]?.string else {
      throw Refusal.event
    }
    guard file.origin.utf8.elementsEqual(source.utf8) else {
      throw Refusal.origin(told: file.origin, event: source)
    }
    let fields = try fields(file, of: event)
    return Verified(
      file: file, event: event,
      fields: fields.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) },
      checkpoint: checkpoint.checkpoint, signedBy: checkpoint.signedBy,
      publishedSize: try published.map {
        try size(ofPublished: $0, continuing: checkpoint, keys: keys, origin: origin)
      })
  }

  private static func fields(_ file: DisclosureFile, of event: EventView) throws -> [DisclosedField] {
    if file.disclosures.isEmpty { throw Refusal.empty }
    let digests = event.texts("_sd").map { Array($0.utf8) }
    var fields: [DisclosedField] = []
    for (index, encoded) in file.disclosures.enumerated() {
      let field: DisclosedField
      do {
        field = try DisclosedField(decoding: encoded)
      } catch { throw Refusal.disclosure(number: index + 1, error) }
      guard digests.contains(Array(field.digest.utf8)) else { throw Refusal.notOfEvent(number: index + 1) }
      guard !fields.contains(where: { $0.name.utf8.elementsEqual(field.name.utf8) }) else {
        throw Refusal.repeated(number: index + 1)
      }
      fields.append(field)
    }
    return fields
  }

  /// The size of a published log, found whole and to continue a checkpoint.
  private static func size(
    ofPublished directory: String, continuing checkpoint: VerifiedCheckpoint, keys: [VerifierKey],
    origin: String
  ) throws -> UInt64 {
    let log = PublishedLog(try DirectoryFiles(reading: directory))
    let report = try log.verify(
      origin: origin, logKeys: keys, remembered: [("the proof", checkpoint)])
    if let failure = report.failures.first { throw Refusal.published("\(failure)") }
    return report.size ?? 0
  }
}
