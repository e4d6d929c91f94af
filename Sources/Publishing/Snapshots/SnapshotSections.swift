// The state for people: the sections of a page, each a table. Markdown and HTML print the same ones.

internal import CanonicalJSON
internal import EDTF
internal import Ledger
internal import Milestones
internal import Projections
internal import TransparencyLog

/// A section of a page.
struct SnapshotSection {
  /// Its name within the page.
  let name: String
  /// Its heading.
  let title: String
  /// What is to be kept in mind, in a sentence.
  let note: String?
  /// The headings of its columns.
  let headings: [String]
  /// Its rows.
  let rows: [[SnapshotCell]]

  init(_ name: String, _ title: String, note: String? = nil, _ headings: [String], _ rows: [[SnapshotCell]]) {
    self.name = name
    self.title = title
    self.note = note
    self.headings = headings
    self.rows = rows
  }
}

/// A cell of a section: texts and what they lead to, one after the other.
struct SnapshotCell: ExpressibleByStringLiteral {
  enum Part {
    case text(String)
    /// A text that leads to an address, if that is one that a page may lead to.
    case link(String, to: String)
    /// The event at a position.
    case event(Int64)
  }

  let parts: [Part]

  init(_ parts: [Part]) { self.parts = parts }
  init(_ text: String?) { parts = text.map { $0.isEmpty ? [] : [.text($0)] } ?? [] }
  init(stringLiteral text: String) { self.init(text) }

  /// The event that a row rests on.
  init(_ ground: Ground) {
    let sure = ground.certainty == .certain ? [] : [Part.text(ground.certainty.words)]
    parts = [.event(ground.entry.position)] + sure
  }
}

extension Snapshot {
  /// The sections that hold anything.
  var pageSections: [SnapshotSection] {
    [
      standing, disputed, anomalous, credited, reached, measured, linked, judged, voted, counted, sourced,
      happened,
    ]
    .filter { !$0.rows.isEmpty }
  }

  private var standing: SnapshotSection {
    SnapshotSection(
      "standing", "Where things stand",
      ["In", "Institution", "Subject", "Stage", "Since", "To be kept in mind", "Title"],
      state.standing.map { row in
        [
          SnapshotCell(row.country), SnapshotCell(row.institution),
          SnapshotCell(row.party.map { "\(row.subject) (\($0))" } ?? row.subject),
          SnapshotCell(
            [row.stage ?? "no stage", row.detail.map { "(\($0))" }].compactMap { $0 }.joined(separator: " ")),
          SnapshotCell(row.since), SnapshotCell(row.marks), SnapshotCell(row.title),
        ]
      })
  }

  private var disputed: SnapshotSection {
    SnapshotSection(
      "disputes", "Rival accounts",
      note: "Accounts of one fact stand side by side. None of them moves a stage until one is preferred.",
      ["Fact", "State", "Account", "Says", "Event"],
      state.disputes.flatMap { dispute in
        dispute.accounts.map { account in
          [
            SnapshotCell(dispute.claim), SnapshotCell(dispute.stateWord),
            SnapshotCell(account.ground.account),
            SnapshotCell(account.words), SnapshotCell(account.ground),
          ]
        }
      })
  }

  private var anomalous: SnapshotSection {
    SnapshotSection(
      "anomalies", "What does not add up", ["Subject", "Kind", "What", "Event"],
      state.anomalies.map { item in
        [
          SnapshotCell(item.party.map { "\(item.subject) (\($0))" } ?? item.subject),
          SnapshotCell(item.finding.kind.rawValue), SnapshotCell(item.finding.detail),
          SnapshotCell(item.ground),
        ]
      })
  }

  private var credited: SnapshotSection {
    SnapshotSection(
      "credit", "Credit", note: "Credit is listed as it is claimed, never awarded.",
      ["Subject", "Role", "Who", "Stance", "Says who", "Event"],
      state.credit.map { claim in
        [
          SnapshotCell(claim.ground.entry.subject), SnapshotCell(claim.role), SnapshotCell(claim.agent),
          SnapshotCell(claim.stance), SnapshotCell(claim.claimedBy), SnapshotCell(claim.ground),
        ]
      })
  }

  private var reached: SnapshotSection {
    SnapshotSection(
      "reach", "Countries reached", ["Campaign", "Country", "Since", "Names", "Event"],
      state.reach.flatMap { reach in
        reach.arrivals.map { arrivals in
          let first = Projections.Reach.first(of: arrivals)
          return [
            SnapshotCell(reach.campaign), SnapshotCell(first.country),
            SnapshotCell(first.ground.entry.occurred),
            SnapshotCell(Projections.Reach.names(in: arrivals)), SnapshotCell(first.ground),
          ]
        }
      })
  }

  private var measured: SnapshotSection {
    SnapshotSection(
      "figures", "Figures", note: "Figures stand side by side; they are never to be added up.",
      ["Campaign", "What", "Figure", "Basis", "As of", "Event"],
      state.reach.flatMap { reach in
        reach.figures.joined().map { figure in
          [
            SnapshotCell(figure.campaign),
            SnapshotCell(
              [
                figure.metric, figure.platform.map { "on \($0)" },
                figure.countries.map { "in \($0) countries" },
              ]
              .compactMap { $0 }.joined(separator: " ")),
            SnapshotCell([figure.value, figure.unit].compactMap { $0 }.joined(separator: " ")),
            SnapshotCell(figure.basis), SnapshotCell(figure.asOf), SnapshotCell(figure.ground),
          ]
        }
      })
  }

  private var linked: SnapshotSection {
    SnapshotSection(
      "links", "What belongs together", ["Subject", "How", "Other", "Title of the other", "Events"],
      state.links.map { link in
        [
          SnapshotCell(link.subject), SnapshotCell(link.kind), SnapshotCell(link.other),
          SnapshotCell(link.isFarKnown ? link.farTitle : "no event tells of it"),
          SnapshotCell(link.positions.map { .event($0) }),
        ]
      })
  }

  private var judged: SnapshotSection {
    SnapshotSection(
      "assessments", "What was judged", note: "Judgements accumulate; the newest is not the truth.",
      ["Subject", "Judgement", "By", "Words", "Event"],
      state.assessments.map { item in
        [
          SnapshotCell(item.ground.entry.subject), SnapshotCell(item.kind), SnapshotCell(item.assessor),
          SnapshotCell(item.quotation), SnapshotCell(item.ground),
        ]
      })
  }

  private var voted: SnapshotSection {
    SnapshotSection(
      "votes", "Votes", ["Subject", "Vote", "What does not add up", "Event"],
      state.votes.map { vote in
        [
          SnapshotCell(vote.ground.entry.subject), SnapshotCell(vote.words),
          SnapshotCell(vote.findings.map(\.detail).joined(separator: "; ")), SnapshotCell(vote.ground),
        ]
      })
  }

  private var counted: SnapshotSection {
    SnapshotSection(
      "tallies", "Testimonies counted",
      note: "Testimonies are sealed. These are the counts that were released; small ones are never told.",
      ["Campaign", "By", "Cell", "Count", "Recorded from", "To", "Event"],
      state.tallies.flatMap { tally in
        tally.cells.map { cell in
          [
            SnapshotCell(tally.campaign), SnapshotCell(tally.grouping),
            SnapshotCell(cell.cell ?? "each other"),
            SnapshotCell(cell.count), SnapshotCell(tally.from), SnapshotCell(tally.to),
            SnapshotCell([.event(tally.position)]),
          ]
        }
      })
  }

  private var sourced: SnapshotSection {
    SnapshotSection(
      "evidence", "How well events are sourced", ["Country", "Events", "Without a source"],
      state.evidence.map { count in
        [
          SnapshotCell(count.country ?? "without a country"), SnapshotCell("\(count.events)"),
          SnapshotCell("\(count.unsourced)"),
        ]
      })
  }

  private var happened: SnapshotSection {
    SnapshotSection(
      "events", "What happened", ["Event", "When", "What", "Subject", "Country", "Title", "Sources"],
      state.events.map { ground in
        let entry = ground.entry
        return [
          SnapshotCell([.event(entry.position)]), SnapshotCell(entry.since),
          SnapshotCell([entry.type, entry.amendments].compactMap { $0 }.joined(separator: " ")),
          SnapshotCell(entry.subject), SnapshotCell(entry.country), SnapshotCell(entry.title),
          SnapshotCell(Self.sources(of: ground)),
        ]
      })
  }

  /// The sources of an event, each once: its citation, which leads to its address.
  private static func sources(of ground: Ground) -> [SnapshotCell.Part] {
    ground.sources.map { source in
      let citation = source["citation"]?.string
      guard let address = source["url"]?.string else { return .text(citation ?? source.plainText) }
      return .link(citation ?? address, to: address)
    }
  }
}

extension Snapshot {
  /// What it depends on, for people.
  func provenance() -> [(name: String, value: String)] {
    [
      ("Log", context.origin), ("Events known", "\(context.size), up to position \(context.knownAt)"),
      ("Root of the log's tree", context.root.base64), ("Day", "\(context.on)"),
      ("Restrictions", restrictionsAt.map { "those up to position \($0)" } ?? "none"),
      ("Consents ended", restrictionsOn.map { "those up to \($0)" } ?? "none"),
      ("Scope", about), ("Digest of the rows", digest), ("Format", "\(Self.formatVersion)"),
    ]
  }
}
