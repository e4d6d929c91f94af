// Changes to the sample vocabulary, each of which must be refused at its place.

import Testing

/// One change to the sample file that must be refused.
struct Mutation: Sendable, CustomTestStringConvertible {
  let what: String
  /// What is replaced: stands once in the sample.
  let old: String
  let new: String
  /// The place that the error must give the line of: stands once in the changed file.
  let culprit: String
  /// What the reason must say.
  let says: [String]

  init(_ what: String, _ old: String, _ new: String, at culprit: String? = nil, says: String...) {
    (self.what, self.old, self.new, self.culprit, self.says) = (what, old, new, culprit ?? new, says)
  }

  var testDescription: String { what }
}

extension Mutation {
  static let all = words + names + stages + fields

  static let words: [Mutation] = [
    Mutation(
      "an unknown key of the file", #""means": "For tests.","#, #""meens": "For tests.","#,
      says: "\"meens\"", "did you mean means?"),
    Mutation(
      "an unknown key of a type", #""means": "Somebody wrote a letter.","#,
      #""means": "Somebody.", "colour": "red","#, says: "\"colour\" is not known"),
    Mutation(
      "an unknown key of a field", #""required": true, "values": ["card""#,
      #""requierd": true, "values": ["card""#,
      says: "\"requierd\"", "did you mean required?"),
    Mutation(
      "an unknown key of a stage", #""means": "Gone.", "next": []"#, #""means": "Gone.", "nxt": []"#,
      says: "\"nxt\"", "did you mean next?"),
    Mutation(
      "an unknown key of a move", #""detail": "how""#, #""detial": "how""#, says: "\"detial\"",
      "did you mean detail?"),
    Mutation(
      "an unknown key of a kind", #""counted": true"#, #""count": true"#, says: "\"count\"",
      "did you mean counted?"),
    Mutation(
      "a misspelt kind of field", #""kind": "country""#, #""kind": "county""#, says: "county",
      "did you mean country"),
    Mutation(
      "a missing means of the file", #"  "means": "For tests.",\#n"#, "", at: "{\n  \"family\"",
      says: "\"means\" is missing"),
    Mutation(
      "a missing means of a type", #"      "means": "A letter came to its end.",\#n"#, "",
      at: #""letter.ended": {"#, says: "\"means\" is missing"),
    Mutation(
      "a missing means of a field", #", "means": "How.""#, "", at: #""how": {"#, says: "\"means\" is missing"),
    Mutation(
      "a missing means of a stage", #""means": "Gone.", "#, "", at: #""lost": {"#,
      says: "\"means\" is missing"),
    Mutation(
      "a means without words", #""means": "Gone.""#, #""means": """#, says: "\"means\" must be a text"),
    Mutation(
      "a number instead of a text", #""means": "Gone.""#, #""means": 7"#, says: "\"means\" must be a text"),
    Mutation(
      "a text instead of true", #""parties": true"#, #""parties": "yes""#,
      says: "\"parties\" must be true or false"),
    Mutation(
      "a text instead of a list", #""start": ["written"]"#, #""start": "written""#,
      says: "\"start\" must be a list"),
    Mutation("an object instead of a list", #"["sent"] }"#, #"{} }"#, says: "\"next\" must be a list"),
    Mutation(
      "a list instead of an object", #"{ "reading": { "means": "Reads it.", "next": [] } }"#, "[]",
      at: #""stages": []"#, says: "\"stages\" must be an object"),
    Mutation(
      "a family that is not the file's", #""family": "sample""#, #""family": "simple""#, says: "simple",
      "sample.json"),
    Mutation(
      "by whom it cannot be", #""means": "A letter came to its end.","#,
      #""means": "An end.", "by": "hand","#,
      says: "by can only be \"ledger\""),
  ]

  static let names: [Mutation] = [
    Mutation(
      "a type that is no name", #""letter.ended": {"#, #""letterEnded": {"#, says: "letterEnded",
      "is not the name of a type"),
    Mutation(
      "a type of three words", #""letter.ended": {"#, #""letter.was.ended": {"#, says: "letter.was.ended"),
    Mutation(
      "a field that is no name", #""how": {"#, #""How": {"#, says: "\"How\" is not the name of a field"),
    Mutation("a field with a hyphen", #""how": {"#, #""how-so": {"#, says: "\"how-so\"", "underscores"),
    Mutation("a stage that is no name", #""lost": {"#, #""Lost": {"#, says: "\"Lost\" is not a name"),
    Mutation("a kind of subject that is no name", #""kind": "box""#, #""kind": "big box""#, says: "big box"),
    Mutation(
      "a field of every event", #""how": {"#, #""occurred": {"#, at: #""letter.ended": {"#,
      says: "the field occurred stands in every event"),
    Mutation(
      "a kind that is declared twice", #""kind": "box""#, #""kind": "letter""#,
      at: #"{ "kind": "letter", "means": "A box.""#,
      says: "the kind letter is declared twice"),
    Mutation(
      "a lifecycle that is declared twice", #""name": "reader""#, #""name": "post""#,
      at: "{\n      \"name\": \"post\",\n      \"for\": \"letter\",\n      \"parties\"",
      says: "the lifecycle post is declared already", "sample.json:9"),
    Mutation(
      "a key that stands twice", #""means": "Gone.""#, #""means": "Gone.", "means": "Lost.""#,
      says: "key"),
    Mutation(
      "a type that stands twice", #""letter.ended": {"#, #""letter.written": {"#,
      at: "\"letter.written\": {\n      \"means\": \"A letter", says: "key"),
  ]

  static let stages: [Mutation] = [
    Mutation(
      "a stage to begin with that is not declared", #""start": ["written"]"#, #""start": ["writen"]"#,
      says: "writen", "did you mean written?"),
    Mutation(
      "a following stage that is not declared", #"["arrived", "lost"] },"#, #"["arived", "lost"] },"#,
      says: "arived", "did you mean arrived?"),
    Mutation(
      "no stage to begin with", #""start": ["written"]"#, #""start": []"#, says: "start names no stage"),
    Mutation(
      "a lifecycle of a kind that is not declared", #""for": "letter",\#n      "default""#,
      #""for": "leter",\#n      "default""#,
      at: "{\n      \"name\": \"post\"", says: "leter", "did you mean letter?"),
    Mutation(
      "two usual lifecycles of a kind", #""parties": true"#, #""default": true"#,
      at: "{\n      \"name\": \"post\"",
      says: "post and reader", "letter"),
    Mutation(
      "a move to a stage that the lifecycle lacks", #""move": "arrived""#, #""move": "reading""#,
      at: #""move": "reading", "in""#, says: "letter.ended", "post has no stage reading"),
    Mutation(
      "a move to a stage that no lifecycle has", #""move": "written""#, #""move": "writen""#,
      says: "letter.written", "no lifecycle of letter has the stage writen"),
    Mutation(
      "a move of a party to a stage of the whole", #""move": "reading""#, #""move": "sent""#,
      says: "has the stage sent"),
    Mutation(
      "a move from a stage that the lifecycle lacks", #""from": ["sent"]"#, #""from": ["sold"]"#,
      says: "no stage sold"),
    Mutation(
      "a move in a lifecycle that is not there", #""in": ["post"]"#, #""in": ["past"]"#, says: "past",
      "did you mean post?"),
    Mutation(
      "a move by a party that is no field", #""party": ["by"]"#, #""party": ["whom"]"#,
      says: "whom, which is no field"),
    Mutation(
      "a move of another subject that is none", #""party": ["by"]"#, #""of": "by""#,
      says: "by, which is no field that holds a subject"),
    Mutation(
      "a move of a party and of another subject", #""party": ["by"]"#, #""party": ["by"], "of": "by""#,
      says: "not both"),
    Mutation(
      "a condition on a value that is never given", #""when": { "how": "arrived" }"#,
      #""when": { "how": "arived" }"#,
      says: "how is never \"arived\"", "did you mean arrived?"),
    Mutation(
      "an exception for a value that is never given", #""unless": { "how": "arrived" }"#,
      #""unless": { "how": "sold" }"#,
      says: "how is never \"sold\""),
    Mutation(
      "a condition on a field that is not declared", #""when": { "how": "arrived" }"#,
      #""when": { "wow": "arrived" }"#,
      at: #""letter.ended": {"#, says: "wow", "did you mean how"),
    Mutation(
      "a detail that is not declared", #""detail": "how""#, #""detail": "who""#, at: #""letter.ended": {"#,
      says: "who, which is not declared"),
  ]

  static let fields: [Mutation] = [
    Mutation(
      "an effect with two verbs", #"{ "link": "responds_to","#, #"{ "link": "responds_to", "vote": "form","#,
      says: "an effect has exactly one of"),
    Mutation(
      "an effect with none", #"{ "link": "responds_to", "field": "answers" }"#, #"{ "field": "answers" }"#,
      says: "an effect has exactly one of", "link"),
    Mutation(
      "an effect that is not known", #"{ "link": "responds_to", "field": "answers" }"#,
      #"{ "delete": "answers" }"#,
      says: "an effect has exactly one of"),
    Mutation(
      "a link by a field that is not declared", #""field": "answers""#, #""field": "answer""#,
      at: #""letter.written": {"#,
      says: "link names the field answer,", "did you mean answers?"),
    Mutation(
      "a link of any kind without the field that tells it", #""link": "responds_to""#, #""link": "*""#,
      at: #""letter.written": {"#,
      says: "a link of any kind needs \"kind\""),
    Mutation(
      "a description that is neither", #"{ "link": "responds_to", "field": "answers" }"#,
      #"{ "describe": "house" }"#,
      says: "\"home\"", "\"title\""),
    Mutation(
      "sealed but not sealable", #""sealable": true, "sealed": true"#, #""sealed": true"#,
      says: "must be sealable"),
    Mutation(
      "a choice without values", #", "values": ["card", "sheet"]"#, "", at: #""form": {"#,
      says: "a choice needs \"values\""),
    Mutation(
      "a choice of nothing", #"["card", "sheet"]"#, "[]", at: #""values": []"#,
      says: "a choice needs \"values\""),
    Mutation(
      "values of what is no choice", #""kind": "country""#, #""kind": "country", "values": ["FR"]"#,
      says: "only a choice has values"),
    Mutation(
      "kinds of what is no subject", #""kind": "country""#, #""kind": "country", "of": ["letter"]"#,
      says: "only a subject has \"of\""),
    Mutation(
      "a subject of a kind that is not declared", #""of": ["letter"]"#, #""of": ["leter"]"#,
      at: #""letter.written": {"#,
      says: "letter.written.answers", "leter", "did you mean letter?"),
    Mutation(
      "a type told of a kind that is not declared", "a letter.\",\n      \"subject\": [\"letter\"]",
      "a letter.\",\n      \"subject\": [\"leter\"]",
      at: #""letter.written": {"#, says: "leter", "did you mean letter?"),
  ]
}
