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

  /// The vocabulary that the last manifest names.
  static func vocabulary(_ log: SQLiteLog) throws(LedgerError) -> Vocabulary {
    guard let manifest = try events(log, "vocabulary:manifest").last else {
      throw .unreadableBeginning(reason: "it has no vocabulary")
    }
    var files: [VocabularyFile] = []
    for line in try view(manifest).texts("families") {
      let parts = line.split(separator: " ")
      guard parts.count == 2 else {
        throw .unreadableBeginning(reason: "the manifest of the vocabulary is damaged")
      }
      let family = String(parts[0])
      let candidates = try events(log, "vocabulary:\(family)")
      var found: VocabularyFile?
      for event in candidates.reversed() {
        let text = try view(event).data?["text"]?.string ?? ""
        let file = VocabularyFile(family: family, text: text)
        if file.digest == parts[1] {
          found = file
          break
        }
      }
      guard let found else {
        throw .unreadableBeginning(
          reason: "the vocabulary's family \(family) is not the one that the manifest names")
      }
      files.append(found)
    }
    do { return try Vocabulary(files: files) } catch { throw .vocabulary(error) }
  }

  private static func events(_ log: SQLiteLog, _ subject: String) throws(LedgerError) -> [StoredEvent] {
    do { return try log.events(ofSubject: subject, limit: 10_000) } catch { throw .log(error) }
  }

  private static func view(_ event: StoredEvent) throws(LedgerError) -> EventView {
    do { return try EventView(leaf: event.leaf.bytes) } catch {
      throw .views(.unreadable(position: event.position, reason: "\(error)"))
    }
  }
}
