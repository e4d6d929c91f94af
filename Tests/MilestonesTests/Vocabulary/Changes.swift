// Changes to the sample vocabulary that a later vocabulary must not, or may, make.

import Testing

/// One change to the sample file.
struct Change: Sendable, CustomTestStringConvertible {
  let what: String
  /// What is replaced: stands once in the sample.
  let old: String
  let new: String
  /// The place that a refusal gives the line of; stands once in the changed file.
  let culprit: String
  /// What is said of it: of a refusal its description, of an addition the whole of it.
  let says: [String]

  init(_ what: String, _ old: String, _ new: String, at culprit: String? = nil, says: String...) {
    (self.what, self.old, self.new, self.culprit, self.says) = (what, old, new, culprit ?? new, says)
  }

  var testDescription: String { what }
}

extension Change {
  static let refused = ofTypes + ofFields + ofEffects + ofLifecycles

  private static let ofTypes: [Change] = [
    Change(
      "a type is gone", #""letter.ended": {"#, #""letter.closed": {"#, at: #"{\#n  "family": "sample""#,
      says: "letter.ended: it would be gone"),
    Change(
      "only the ledger may append it", #""means": "Somebody wrote a letter.","#,
      #""means": "Somebody wrote a letter.", "by": "ledger","#,
      says: "letter.written: \"by\" would be \"ledger\", and was not there"),
    Change(
      "a kind of subject is counted", #"{ "kind": "letter", "means": "A letter." }"#,
      #"{ "kind": "letter", "means": "A letter.", "counted": true }"#,
      says: "kind letter: \"counted\" would be true, and was not there"),
    Change(
      "a kind of subject is counted no more", #""means": "A box.", "counted": true"#,
      #""means": "A box.", "counted": false"#,
      says: "kind box: \"counted\" would be false, not true"),
    Change(
      "it is told of a counted kind",
      #""means": "Somebody wrote a letter.",\#n      "subject": ["letter"],"#,
      #""means": "Somebody wrote a letter.",\#n      "subject": ["letter", "box"],"#,
      at: #""subject": ["letter", "box"],"#,
      says: "letter.written: it would be told of a box, whose subjects are counted"),
    Change(
      "a kind is put before those that were there",
      #""means": "Somebody wrote a letter.",\#n      "subject": ["letter"],"#,
      #""means": "Somebody wrote a letter.",\#n      "subject": ["card", "letter"],"#,
      at: #""subject": ["card", "letter"],"#, says: "its kinds would stand in another order"),
  ]

  private static let ofFields: [Change] = [
    Change(
      "a field is gone",
      #""text": { "kind": "text", "sealable": true, "sealed": true, "means": "What it says." }"#,
      #""note_on_it": { "kind": "text", "means": "What it says." }"#,
      at: #""fields": {\#n        "answers""#,
      says: "letter.written: the field text would be gone"),
    Change(
      "a field is of another kind", #""by": { "kind": "country", "means"#,
      #""by": { "kind": "party", "means"#,
      says: "letter.ended: of the field by, \"kind\" would be \"party\", not \"country\""),
    Change(
      "a field is a list no more", #""of": ["letter"], "list": true,"#, #""of": ["letter"],"#,
      says: "of the field answers, \"list\" would be gone, which was true"),
    Change(
      "a field becomes a list", #""by": { "kind": "country", "means"#,
      #""by": { "kind": "country", "list": true, "means"#,
      says: "of the field by, \"list\" would be true"),
    Change(
      "a field may name other kinds", #""kind": "subject", "of": ["letter"]"#,
      #""kind": "subject", "of": ["letter", "box"]"#,
      says: "of the field answers, \"of\" would be [\"letter\",\"box\"], not [\"letter\"]"),
    Change(
      "a field becomes required", #""by": { "kind": "country","#,
      #""by": { "kind": "country", "required": true,"#,
      says: "the field by would be required (events without it are as good as others)"),
    Change(
      "a field is required no more", #""kind": "choice", "required": true, "values": ["arrived", "lost"]"#,
      #""kind": "choice", "required": false, "values": ["arrived", "lost"]"#,
      says: "the field how would no longer be required"),
    Change(
      "a field can be sealed", #""by": { "kind": "country","#,
      #""by": { "kind": "country", "sealable": true,"#,
      says: "the field by could be sealed", "as many digests as"),
    Change(
      "a field can be sealed no more", #""sealable": true, "sealed": true, "means": "What it says.""#,
      #""means": "What it says.""#, says: "the field text could no longer be sealed"),
    Change(
      "a field is sealed no more", #""sealable": true, "sealed": true,"#, #""sealable": true,"#,
      says: "of the field text, \"sealed\" would be gone, which was true"),
    Change(
      "a value is gone", #""values": ["card", "sheet"]"#, #""values": ["card"]"#,
      says: "the value \"sheet\" of the field form would be gone (events that say so"),
    Change(
      "a value is new", #""values": ["card", "sheet"]"#, #""values": ["card", "sheet", "roll"]"#,
      says: "the value \"roll\" of the field form would be new"),
    Change(
      "values stand in another order", #""values": ["card", "sheet"]"#, #""values": ["sheet", "card"]"#,
      says: "the values of the field form would stand in another order"),
    Change(
      "a new field is required", #""by": { "kind": "country","#,
      #""at": { "kind": "text", "required": true, "means": "Where." },\#n        "by": { "kind": "country","#,
      at: #""at": {"#, says: "letter.ended: the field at would be new and required"),
    Change(
      "a new field can be sealed", #""by": { "kind": "country","#,
      #""at": { "kind": "text", "sealable": true, "means": "Where." },\#n        "by": { "kind": "country","#,
      at: #""at": {"#, says: "the field at, which can be sealed, would be new"),
    Change(
      "what every event has is declared anew", #""by": { "kind": "country","#,
      #""country": { "kind": "country", "means": "Where." },\#n        "by": { "kind": "country","#,
      at: #""country": {"#, says: "the field country, which every event has, would be declared anew"),
  ]

  private static let ofEffects: [Change] = [
    Change(
      "an effect is gone", #"{ "move": "written", "when": { "form": "card" } },"#, "",
      at: #""effects": [\#n        \#n"#,
      says: #"letter.written: the effect {"move":"written","when":{"form":"card"}} would be gone"#),
    Change(
      "an effect is new", #"{ "move": "reading", "party": ["by"] }"#,
      #"{ "move": "reading", "party": ["by"] },\#n        { "move": "written" }"#,
      at: #"{ "move": "written" }"#,
      says: #"letter.ended: the effect {"move":"written"} would be new"#),
    Change(
      "an effect has another condition", #""when": { "form": "card" }"#, #""when": { "form": "sheet" }"#,
      says: #"the effect {"move":"written","when":{"form":"sheet"}} would be new"#),
    Change(
      "effects stand in another order",
      #"{ "move": "written", "when": { "form": "card" } },\#n        { "link": "responds_to", "field": "answers" }"#,
      #"{ "link": "responds_to", "field": "answers" },\#n        { "move": "written", "when": { "form": "card" } }"#,
      at: #""effects": [\#n        { "link""#, says: "its effects would stand in another order"),
  ]

  private static let ofLifecycles: [Change] = [
    Change(
      "a lifecycle is gone", #""name": "reader","#, #""name": "listener","#, at: #"{\#n  "family": "sample""#,
      says: "lifecycle reader: it would be gone"),
    Change(
      "a lifecycle is no more that of its kind", #""default": true,"#, #""default": false,"#,
      says: "lifecycle post: \"default\" would be false, not true"),
    Change(
      "a stage is only told from now on", #""means": "Gone.", "next": []"#,
      #""means": "Gone.", "told": true, "next": []"#,
      says: "of the stage lost, \"told\" would be true"),
    Change(
      "a stage collects from now on", #""means": "Gone.", "next": []"#,
      #""means": "Gone.", "collects": true, "next": []"#,
      says: "of the stage lost, \"collects\" would be true"),
    Change(
      "a step is gone", #""next": ["arrived", "lost"]"#, #""next": ["arrived"]"#,
      says: "\"next\" of sent would no longer name lost"),
    Change(
      "a step between stages that were there is new", #""means": "Gone.", "next": []"#,
      #""means": "Gone.", "next": ["sent"]"#,
      says: "\"next\" of lost would name sent, a stage that was there; it may gain new stages only"),
    Change(
      "steps stand in another order", #""next": ["arrived", "lost"]"#, #""next": ["lost", "arrived"]"#,
      says: "\"next\" of sent would name its stages in another order"),
    Change(
      "another stage can begin", #""start": ["written"]"#, #""start": ["written", "sent"]"#,
      says: "\"start\" would name sent, a stage that was there"),
    Change(
      "stages stand in another order",
      #""arrived": { "means": "Read.", "next": [] },\#n        "lost": { "means": "Gone.", "next": [] }"#,
      #""lost": { "means": "Gone.", "next": [] },\#n        "arrived": { "means": "Read.", "next": [] }"#,
      at: #""stages": {\#n        "written""#, says: "its stages would stand in another order"),
    Change(
      "a new stage shortens a way", #""start": ["written"],\#n      "stages": {"#,
      #""start": ["written", "thrown"],\#n      "stages": {\#n        "thrown": { "means": "Thrown.", "next": ["arrived"] },"#,
      at: #"{\#n      "name": "post","#, says: "thrown would open another way from the beginning to arrived"),
    Change(
      "a new stage is one that a type moves to already",
      #""stages": { "reading": { "means": "Reads it.", "next": [] } }"#,
      #""stages": { "reading": { "means": "Reads it.", "next": ["lost"] }, "lost": { "means": "-", "next": [] } }"#,
      says: "lifecycle reader: the stage lost would be new", "letter.burnt would come to move subjects there"),
  ]

  static let allowed: [Change] = [
    Change("texts say something else", #""means": "Gone.""#, #""means": "Gone for good.""#),
    Change("an example is another", #""form=card", "unsourced=true"]"#, #""form=sheet", "unsourced=true"]"#),
    Change(
      "what is false is said", #""by": { "kind": "country","#,
      #""by": { "kind": "country", "required": false, "list": false, "sealed": false,"#),
    Change(
      "what is false is said of an effect", #"{ "move": "reading","#, #"{ "move": "reading", "waits": false,"#
    ),
    Change(
      "what is false is said of a stage", #""means": "Gone.","#,
      #""means": "Gone.", "told": false, "collects": false,"#),
    Change(
      "fields stand in another order",
      #""answers": { "kind": "subject", "of": ["letter"], "list": true, "means": "What it answers." },"#,
      #""answers": { "means": "What it answers.", "kind": "subject", "list": true, "of": ["letter"] },"#),
    Change(
      "a field is new", #""by": { "kind": "country","#,
      #""at": { "kind": "text", "list": true, "means": "Where." }, "by": { "kind": "country","#,
      says: "field letter.ended.at"),
    Change(
      "a stage is new at the end", #""arrived": { "means": "Read.", "next": [] },"#,
      #""arrived": { "means": "Read.", "next": ["answered"] }, "answered": { "means": "Answered.", "next": [] },"#,
      says: "stage post.answered"),
    Change(
      "a stage that is only told is new between others",
      #""written": { "means": "On paper.", "next": ["sent"] },"#,
      #""written": { "means": "On paper.", "next": ["sent", "sealed"] }, "sealed": { "means": "In its envelope.", "next": ["sent"], "told": true },"#,
      says: "stage post.sealed"),
    Change(
      "a stage is new to begin with", #""start": ["written"],\#n      "stages": {"#,
      #""start": ["written", "typed"],\#n      "stages": {\#n        "typed": { "means": "Typed.", "next": [] },"#,
      says: "stage post.typed"),
    Change(
      "a kind is new", #"{ "kind": "box","#, #"{ "kind": "parcel", "means": "A parcel." }, { "kind": "box","#,
      says: "kind parcel"),
    Change(
      "it can be told of another kind",
      #""means": "Somebody wrote a letter.",\#n      "subject": ["letter"],"#,
      #""means": "Somebody wrote a letter.",\#n      "subject": ["letter", "card"],"#,
      says: "subject letter.written of card"),
    Change(
      "it can be told of any kind",
      #""means": "Somebody wrote a letter.",\#n      "subject": ["letter"],"#,
      #""means": "Somebody wrote a letter.",\#n      "subject": ["*"],"#,
      says: "subject letter.written of every kind"),
    Change(
      "a type is new", #""letter.ended": {"#,
      #""letter.found": { "means": "Found.", "subject": ["letter"], "fields": {}, "effects": [{ "move": "arrived" }] },\#n    "letter.ended": {"#,
      says: "type letter.found"),
    Change(
      "a lifecycle is new", #""name": "post","#,
      #""name": "crate", "for": "box", "default": true, "means": "A box.", "start": ["full"], "stages": { "full": { "means": "Full.", "next": [] } }\#n    },\#n    {\#n      "name": "post","#,
      says: "lifecycle crate"),
  ]
}
