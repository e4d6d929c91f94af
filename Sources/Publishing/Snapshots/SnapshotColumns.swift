// What the columns of the tables hold: their types and meanings, for the schema of the data package.

/// A column of a table.
package struct SnapshotColumn: Sendable, Equatable {
  /// What its cells are read as.
  package enum Kind: String, Sendable {
    case string, integer, boolean
  }

  /// Its name.
  package let name: String
  /// What its cells are read as.
  package let kind: Kind
  /// What it means.
  package let means: String

  /// A column by its name, as all tables have it unless a table says otherwise.
  init(_ name: String, means: String? = nil) {
    let known = Self.known[name]
    self.name = name
    kind = known?.kind ?? .string
    self.means = means ?? known?.means ?? ""
  }

  private static let known: [String: (kind: Kind, means: String)] = [
    "absent": (.integer, "Members that took no part, as totalled."),
    "abstain": (.integer, "Abstentions, as totalled."),
    "account": (.string, "Who says so, in a word."),
    "agent": (.string, "Who is credited."),
    "anomalyCount": (.integer, "How many of its events the lifecycle could not take."),
    "archived": (.string, "Where a copy of the source is archived."),
    "asOf": (.string, "The day of which it speaks (EDTF)."),
    "assessor": (.string, "Who judges."),
    "atLeast": (.integer, "The least that the count can be."),
    "ballot": (.string, "How the member voted: yes, no, abstain or absent."),
    "basis": (.string, "counted, estimated or claimed."),
    "campaign": (.string, "The campaign."),
    "captured": (.string, "When the source was captured."),
    "cell": (.string, "What is counted: a country or a language; empty for all others in one."),
    "certainStage": (.string, "The stage that is certain, where the one in stage is only possible."),
    "certainty": (.string, "certain, possible, disputed or set-aside, on the day of the snapshot."),
    "citation": (.string, "The citation of the source."),
    "claim": (.string, "The key that rival accounts of one fact share."),
    "claimedBy": (.string, "Who says so, where the event tells."),
    "confidence": (.string, "How sure the archivist is."),
    "count": (.string, "The count as released, such as 40 or <5."),
    "countries": (.string, "In how many countries."),
    "country": (.string, "A code of ISO 3166."),
    "criteria": (.string, "By what measure it is judged."),
    "depth": (.integer, "How many links lie between: 1."),
    "detail": (.string, "What is told beside the stage, or what does not add up."),
    "disputeCount": (.integer, "How many facts about it have rival accounts."),
    "effective": (.string, "When it has legal effect, as told (EDTF); empty if that is when it happened."),
    "events": (.integer, "How many events there are that need a source."),
    "far": (.string, "The subject at the other end."),
    "farKnown": (.boolean, "Whether any event tells of the subject at the other end."),
    "farTitle": (.string, "Its title."),
    "from": (.string, "The day on which the first testimony that was looked at was recorded."),
    "grouping": (.string, "What is counted by: country or language."),
    "id": (.string, "The event's id."),
    "institution": (.string, "The path of an institution."),
    "kind": (.string, "The kind."),
    "lastPosition": (.integer, "The position of the last event that tells of it."),
    "localNames": (.string, "The names under which it is known there."),
    "media_type": (.string, "The media type of the source."),
    "member": (.string, "The member."),
    "method": (.string, "How the body voted."),
    "metric": (.string, "What was counted."),
    "no": (.integer, "Votes against, as totalled."),
    "number": (.integer, "The place of the source in the event, from 1."),
    "occurred": (.string, "When it happened, as told (EDTF)."),
    "on": (.string, "What was voted on."),
    "other": (.string, "The subject that the link leads to."),
    "page": (.string, "The page of the source."),
    "party": (.string, "The party or country whose row it is; empty for the subject as a whole."),
    "platform": (.string, "Where it was counted."),
    "position": (.integer, "The position of the event in the log, from 0."),
    "preferredBy": (.integer, "The position of the event that prefers an account."),
    "quotation": (.string, "The words."),
    "reachOf": (.string, "The campaign whose reach it belongs to."),
    "result": (.string, "What the vote decided."),
    "retractedBy": (.integer, "The position of the retraction in force; empty as a rule."),
    "role": (.string, "For what: originator, amplifier, drafter and others."),
    "says": (.string, "What the account says where the accounts differ."),
    "sha256": (.string, "The SHA-256 of the source's file."),
    "since": (.string, "The date since when, as told (EDTF)."),
    "sourceCount": (.integer, "How many sources are named."),
    "stage": (.string, "A stage of the subject's lifecycle."),
    "stance": (.string, "asserts, disputes or acknowledges."),
    "state": (.string, "disputed, or settled where an account is preferred."),
    "subject": (.string, "What is told of: kind:name."),
    "through": (.integer, "The release point: the position of the last testimony that was looked at."),
    "title": (.string, "The original title."),
    "to": (.string, "The day on which the last testimony that was looked at was recorded."),
    "type": (.string, "The type of the event."),
    "unit": (.string, "The unit, if it is not the metric itself."),
    "unsourced": (.integer, "How many of them name none, and had none added."),
    "url": (.string, "The address of the source."),
    "value": (.string, "The figure as the source gives it."),
    "yes": (.integer, "Votes in favour, as totalled."),
  ]
}
