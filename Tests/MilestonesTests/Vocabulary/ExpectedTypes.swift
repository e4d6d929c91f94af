// The types and fields that the ledger has promised to know, written down apart from the vocabulary files: a type
// that is lost or renamed there is missed here.

import Testing

/// A type and its fields; `*` marks one that is sealed unless the event is public, `?` one that can be sealed.
struct ExpectedType: Sendable, CustomTestStringConvertible {
  let name: String
  let fields: [String]

  init(_ name: String, _ fields: String) {
    self.name = name
    self.fields = fields.split(separator: " ").map(String.init)
  }

  var testDescription: String { name }

  static let all: [ExpectedType] =
    campaigns + testimonies + voices + measures + resolutions + treaties + policies + ledger

  static let campaigns = [
    ExpectedType("campaign.founded", "name founder? place purpose"),
    ExpectedType(
      "campaign.launched", "form name derived_from target demand organiser organiser_contact*"),
    ExpectedType("campaign.amplified", "trigger agent? platform peak"),
    ExpectedType(
      "campaign.spread",
      "jurisdiction local_name transliteration language derived_campaign derived_from local_contact*"),
    ExpectedType("campaign.measured", "metric value unit platform basis countries as_of from"),
    ExpectedType("campaign.ended", "kind"),
    ExpectedType("event.held", "form place size basis organiser_contact*"),
  ]

  static let testimonies = [
    ExpectedType(
      "testimony.shared",
      "campaign channel country* date* place* person* narrative* language* consent* sources*")
  ]

  static let voices = [
    ExpectedType(
      "statement.made", "speaker office quotation language translation stance addressee on"),
    ExpectedType("statement.signed", "signatories class list_sha256 list*"),
    ExpectedType("attribution.asserted", "agent? role stance claimed_by quotation"),
    ExpectedType("assessment.recorded", "kind assessor criteria quotation as_of"),
  ]

  static let measures = [
    ExpectedType("bill.announced", "proposer aim"),
    ExpectedType("bill.introduced", "identifier chamber sponsor companion"),
    ExpectedType("bill.advanced", "stage body"),
    ExpectedType(
      "provision.drafted", "article change previous duty duty_on duty_for text_sha256 part_of reading"),
    ExpectedType("bill.passed", "chamber mode vote amended identifier"),
    ExpectedType("bill.failed", "kind identifier"),
    ExpectedType("bill.vetoed", "kind by"),
    ExpectedType("bill.veto-overridden", "chamber result vote"),
    ExpectedType("bill.enacted", "mode law_number article previous"),
    ExpectedType("law.commenced", "scope parts retroactive article"),
    ExpectedType("law.ended", "kind court successor"),
    ExpectedType("ruling.issued", "court case_number outcome on party*"),
  ]

  static let resolutions = [
    ExpectedType(
      "resolution.tabled", "symbol organ main_sponsors revision_of corrigendum session agenda_item"),
    ExpectedType("amendment.proposed", "amendment proposer symbol oral paragraphs text_sha256"),
    ExpectedType("amendment.decided", "amendment result vote"),
    ExpectedType("vote.recorded", "on paragraphs method yes no abstain absent members result"),
    ExpectedType("resolution.adopted", "organ level mode final_symbol vote"),
    ExpectedType("resolution.failed", "kind organ vote"),
  ]

  static let treaties = [
    ExpectedType("treaty.proposed", "organ step"),
    ExpectedType("treaty.adopted", "organ place vote rule identifier"),
    ExpectedType("treaty.opened", "place until"),
    ExpectedType("treaty.signed", "party"),
    ExpectedType("treaty.ratified", "party mode deposit identifier"),
    ExpectedType("treaty.entered-into-force", "scope party rule identifier"),
    ExpectedType("treaty.reserved", "party kind articles text_sha256 identifier"),
    ExpectedType("treaty.denounced", "party notified rule identifier"),
    ExpectedType("treaty.denunciation-revoked", "party"),
    ExpectedType("treaty.signature-withdrawn", "party"),
    ExpectedType("treaty.succeeded", "party successor"),
    ExpectedType("treaty.ended", "scope kind party identifier"),
  ]

  static let policies = [
    ExpectedType("policy.announced", "aim"),
    ExpectedType("policy.adopted", "kind text_sha256 applies_to supersedes"),
    ExpectedType("policy.ended", "kind"),
    ExpectedType("entity.registered", "kind identifier parent procedure person*"),
    ExpectedType("entity.described", "identifier former_name former_until"),
    ExpectedType("entity.linked", "kind other since"),
  ]

  static let ledger = [
    ExpectedType("ledger.opened", "origin floor format codes"),
    ExpectedType("vocabulary.adopted", "family text families digest"),
    ExpectedType("tally.released", "grouping metric cells from to through"),
    ExpectedType("tally.counted", "grouping through positions*"),
    ExpectedType("key.rotated", "old new reason"),
    ExpectedType("source.attached", "target size timestamp_token check"),
    ExpectedType("event.corrected", "target old new reason"),
    ExpectedType("event.retracted", "target reason"),
    ExpectedType("account.preferred", "event claim_key rule reason"),
    ExpectedType("consent.changed", "from to until evidence*"),
    ExpectedType("disclosure.erased", "targets digests reason authority"),
    ExpectedType("recorder.admitted", "recorder_id public_key role"),
    ExpectedType("recorder.removed", "recorder_id reason"),
  ]

  /// What only the ledger itself appends.
  static let byLedger = [
    "key.rotated", "ledger.opened", "tally.counted", "tally.released", "vocabulary.adopted",
  ]

  /// What only a command of its own appends.
  static let byCommand = ["disclosure.erased"]

  /// What is in the vocabulary, but whose work is not built yet.
  static let notAvailable = [
    "recorder.admitted", "recorder.removed",
  ]
}
