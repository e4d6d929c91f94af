// What was recorded last, and what each event changed: for the start page and the feed.

internal import EDTF
internal import Milestones
internal import Projections

/// An event that was recorded lately.
struct Recent {
  let entry: EntryRow
  let recorded: RecordedTime
  /// The stages that it moved, and the accounts that it set at odds or settled.
  let changes: [Change]

  /// How many are told.
  static let countMax = 100
  /// How far back they are looked for: sealed testimonies are no news.
  private static let lookBackMax: Int64 = 2_000

  /// The events recorded last, the newest first.
  static func latest(of source: SiteSource) throws -> [Recent] {
    let snapshot = source.snapshot
    var found: [Recent] = []
    var position = snapshot.knownAt
    while position >= 0, position > snapshot.knownAt - lookBackMax, found.count < countMax {
      defer { position -= 1 }
      guard let entry = try snapshot.shownEvent(at: position).entry, entry.isOnTimelines else { continue }
      let known = try snapshot.at(knownAt: position)
      let changes = try known.changes(since: position - 1, .world, onDay: known.recorded.day.number)
      found.append(
        Recent(
          entry: entry, recorded: known.recorded,
          changes: changes.filter {
            news.contains($0.kind) && ($0.kind != .appeared || $0.after?.stage != nil)
          }))
    }
    return found
  }

  private static let news: Set<Change.Kind> = [
    .appeared, .vanished, .moved, .disputed, .settled, .reopened, .agreed, .corrected, .retracted,
    .broughtBack,
  ]
}

extension Say {
  /// What an event changed, in words.
  static func changes(_ recent: Recent, in vocabulary: Vocabulary) -> [Model]? {
    let models = recent.changes.prefix(12).map { change(of: $0, in: vocabulary) }
    return models.isEmpty ? nil : Array(models)
  }

  private static func change(of change: Change, in vocabulary: Vocabulary) -> Model {
    var model: Model = ["subject": subject(change.subject, in: vocabulary)]
    model["title"] = change.title.map { Cut.text($0, to: inListsShort) }
    // Without a link: what has vanished since has no page.
    model["party"] = change.party.map {
      ["name": $0.utf8.contains(UInt8(ascii: "/")) ? $0 : countryName($0)] as Model
    }
    model["reach"] = change.after.map { "\(reach(of: $0, in: vocabulary))" }
    switch change.kind {
    case .moved, .appeared:
      model["from"] = change.before?.stage.map(words)
      model["to"] = change.after.map { $0.stage.map(words) ?? "no stage" }
      model["doubt"] = change.after?.certainty.flatMap { $0 == "certain" ? nil : $0 }
    case .vanished: model["words"] = "no longer told of"
    case .disputed: model["words"] = "accounts at odds"
    case .settled: model["words"] = "an account is preferred"
    case .reopened: model["words"] = "open again between accounts"
    case .agreed: model["words"] = "accounts agree"
    default: model["words"] = change.kind.words
    }
    return model
  }

  private static let inListsShort = 90
}
