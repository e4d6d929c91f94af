// The beginning of a log: who it is, and which vocabulary its events are read by. All of it stands in the log.

internal import CanonicalJSON
internal import LogStore
internal import Milestones
internal import Projections

/// Reads the first events of a log, and the vocabulary that was adopted last.
enum Beginning {
  /// What `ledger.opened` at position 0 says.
  static func opened(_ log: SQLiteLog, directory: String) throws(LedgerError) -> (
    origin: String, floor: Int64
  ) {
    let first: StoredEvent
    do {
      guard let event = try log.read(from: 0, limit: 1).first else {
        throw LedgerError.unfinished(directory: directory)
      }
      first = event
    } catch { throw LedgerError(error) }
    let event = try view(first)
    guard event.type == "ledger.opened", let origin = event.data?["origin"]?.string,
      let floor = event.data?["floor"]?.integer, let format = event.data?["format"]?.integer
    else { throw .unreadableBeginning(reason: "position 0 is not ledger.opened") }
    guard format <= LedgerEvents.formatVersion else {
      throw .unreadableBeginning(
        reason:
          "its format is \(format), this version reads up to \(LedgerEvents.formatVersion); use a newer annals"
      )
    }
    return (origin, floor)
  }

  /// A vocabulary that the log holds, and the manifest that names it.
  struct InForce: Sendable {
    let vocabulary: Vocabulary
    /// How many events the manifest's subject had when the vocabulary was read: another number later means that
    /// another manifest may be in force.
    let manifestVersion: Int64
  }

  /// The vocabulary that the last manifest names.
  static func vocabulary(_ log: SQLiteLog) throws(LedgerError) -> InForce {
    let manifestVersion = try version(log, LedgerEvents.manifestSubject)
    let manifest = try lastAdoption(log, LedgerEvents.manifestSubject, upTo: manifestVersion) { _ in true }
    guard let manifest else { throw .unreadableBeginning(reason: "it has no vocabulary") }
    let lines = manifest.texts("families")
    if let shipped = Vocabulary.shipped(asIn: lines) {
      return InForce(vocabulary: shipped, manifestVersion: manifestVersion)
    }
    var files: [VocabularyFile] = []
    for line in lines {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else {
        throw .unreadableBeginning(reason: "the manifest of the vocabulary is damaged")
      }
      files.append(try file(ofFamily: String(parts[0]), digest: parts[1], in: log))
    }
    do {
      return InForce(vocabulary: try Vocabulary(files: files), manifestVersion: manifestVersion)
    } catch { throw .vocabulary(error) }
  }

  /// The file of a family that has the digest.
  private static func file(ofFamily family: String, digest: Substring, in log: SQLiteLog)
    throws(LedgerError) -> VocabularyFile
  {
    let subject = LedgerEvents.subject(ofFamily: family)
    var found: VocabularyFile?
    _ = try lastAdoption(log, subject, upTo: version(log, subject)) { event in
      let file = VocabularyFile(family: family, text: event.data?["text"]?.string ?? "")
      guard file.digest == digest else { return false }
      found = file
      return true
    }
    guard let found else {
      throw .unreadableBeginning(
        reason: "the vocabulary's family \(family) is not the one that the manifest names")
    }
    return found
  }

  private static func version(_ log: SQLiteLog, _ subject: String) throws(LedgerError) -> Int64 {
    do { return try log.version(ofSubject: subject) } catch { throw .log(error) }
  }

  /// The last adoption told of a subject. Looks from the end, one event at a time: as a rule it is the very last. What
  /// else was told of the subject, by whomever, says nothing about the vocabulary.
  private static func lastAdoption(
    _ log: SQLiteLog, _ subject: String, upTo version: Int64, where isMeant: (EventView) -> Bool
  ) throws(LedgerError) -> EventView? {
    var version = version
    while version > 0 {
      let event: StoredEvent?
      do { event = try log.events(ofSubject: subject, after: version - 1, limit: 1).first } catch {
        throw .log(error)
      }
      if let event {
        let view = try view(event)
        if view.type == LedgerEvents.adoptedType, isMeant(view) { return view }
      }
      version -= 1
    }
    return nil
  }

  private static func view(_ event: StoredEvent) throws(LedgerError) -> EventView {
    do { return try EventView(leaf: event.leaf.bytes) } catch {
      throw .views(.unreadable(position: event.position, reason: "\(error)"))
    }
  }
}
