// What a later vocabulary changes of an earlier one, and what of it is refused: what events were read by stays.

internal import OrderedCollections

/// The difference between the vocabulary in force and one that is to take its place.
///
/// Events are read by the vocabulary in force at the time of asking, so a later vocabulary must read every event that
/// an earlier one has read, in the same way, for ever. Hence the rules:
///
/// 1. It may add families, kinds, types, lifecycles, and stages to a lifecycle.
/// 2. It may add to a type optional fields that cannot be sealed (every event of a type carries as many digests as the
///    type has sealable fields), and, behind those that are there, kinds that it can be told of.
/// 3. `means` and `example` may say anything. A type, kind or lifecycle may move to another family.
/// 4. Nothing else changes. No type, kind, lifecycle, field, value or stage goes; no field, effect or stage is altered.
/// 5. `start`, and `next` of a stage that is there, gain only stages that are new. No new stage shortens or opens a way
///    that could be inferred: what could not be reached stays an anomaly, and what was inferred stays inferred. A stage
///    after which only a new beginning could follow stays one.
/// 6. No event that could be recorded before comes to move by a new stage or lifecycle: types without `in` move in every
///    lifecycle that has the stage.
///
/// Effects and lifecycles are compared by the JSON of their files, so that what a later version of the format adds to
/// them falls under the rules without being named here. A key that is `false` counts as one that is not there.
public struct VocabularyChange: Sendable {
  /// A change that is refused.
  public struct Problem: Sendable, Equatable, CustomStringConvertible {
    /// Where it stands in the later vocabulary.
    public let place: VocabularyPlace
    /// What is concerned: the name of a type, `kind …` or `lifecycle …`.
    public let name: String
    /// What would change.
    public let change: String
    /// Why it is refused.
    public let reason: String
    /// The events that it would hurt.
    public let concern: Concern

    /// `file:line: name: change (reason)`.
    public var description: String { "\(place): \(name): \(change) (\(reason))" }
  }

  /// Something that the later vocabulary has and the earlier has not.
  public struct Addition: Sendable, Equatable, CustomStringConvertible {
    /// What can be added.
    public enum What: String, Sendable {
      /// See the terms of docs/vocabulary-format.md.
      case family, kind, lifecycle, stage, type, field
      /// A kind that a type can be told of from now on.
      case subject
    }

    /// What is added.
    public let what: What
    /// Its name; `LIFECYCLE.STAGE`, `TYPE.FIELD` and `TYPE of KIND` for what is a part.
    public let name: String

    /// `what name`.
    public var description: String { "\(what.rawValue) \(name)" }
  }

  /// All that is refused; empty if the later vocabulary may take the place of the earlier.
  public internal(set) var problems: [Problem] = []
  /// All that is new, in the order of the files.
  public internal(set) var additions: [Addition] = []

  /// Compares two vocabularies.
  ///
  /// - Parameters:
  ///   - old: the vocabulary in force.
  ///   - new: the whole of the vocabulary that is to take its place, families that stay as they are among it.
  public init(from old: Vocabulary, to new: Vocabulary) {
    let (before, after) = (Declarations(old), Declarations(new))
    for name in new.families.keys where old.families[name] == nil { add(.family, name) }
    compareKinds(before, after)
    LifecycleComparison(old: old, new: new, before: before, after: after).run(&self)
    for (name, declared) in before.types {
      guard let later = after.types[name] else {
        gone(name, of: before, place: after.place(of: declared), Concern(type: name))
        continue
      }
      TypeComparison(name: name, old: declared, new: later, vocabulary: new).run(&self)
    }
    for name in after.types.keys where before.types[name] == nil { add(.type, name) }
  }

  private mutating func compareKinds(_ before: Declarations, _ after: Declarations) {
    for (name, declared) in before.kinds {
      guard let later = after.kinds[name] else {
        gone("kind \(name)", of: before, place: after.place(of: declared), Concern(kind: name))
        continue
      }
      for difference in Declared.differences(declared, later, besides: ["means"]) {
        refuse(
          difference.place, "kind \(name)", difference.text,
          "what is told of its subjects would be read differently", Concern(kind: name))
      }
    }
    for name in after.kinds.keys where before.kinds[name] == nil { add(.kind, name) }
  }

  private mutating func gone(
    _ name: String, of before: Declarations, place: VocabularyPlace, _ concern: Concern
  ) {
    refuse(place, name, "it would be gone", "its events could not be read any more", concern)
  }

  mutating func refuse(
    _ place: VocabularyPlace, _ name: String, _ change: String, _ reason: String, _ concern: Concern
  ) {
    problems.append(Problem(place: place, name: name, change: change, reason: reason, concern: concern))
  }

  mutating func add(_ what: Addition.What, _ name: String) {
    additions.append(Addition(what: what, name: name))
  }
}
