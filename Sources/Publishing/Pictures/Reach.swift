// How far a country, a measure or a party is, in five classes that pictures tell apart by pattern as well as by tone.

package import Milestones
internal import OrderedCollections

/// How far along its lifecycle a subject is, from 0 to 4.
///
/// The class is read off the lifecycle as the vocabulary has it, so a lifecycle that somebody adds later has its classes
/// without a word here. Two names of stages are anchors, which the vocabulary uses for nothing else: `in-force` and
/// `adopted`.
///
/// - 4, in force: `in-force`, the told-or-inferred stages that follow it alone (`amended`), and stages in which it goes
///   on until a period has run (`leaving`).
/// - 3, adopted: nothing but being in force, or what comes after that, can follow (`enacted`, `bound`, `promulgated`);
///   without `in-force`, the stage `adopted`. So are stages in which effect rests and may come back or end (`suspended`).
/// - 1, announced: a stage to begin with that another such stage follows and that follows none (`announced`,
///   `proposed`). Parties announce nothing.
/// - 2, under way: every other stage that leads to a higher class.
/// - 0, nothing stands: all else, such as `failed`, `ended`, `withdrawn`; stages of lifecycles in which nothing comes
///   into force (campaigns, testimonies); no stage.
package enum Reach {
  /// What each class means, in a few words, from 0 to 4.
  package static let names = [
    "told of, nothing stands", "announced or proposed", "under way", "adopted, not in force", "in force",
  ]

  /// The highest class.
  package static let last = 4

  /// What a class means; of a number that is none, what the nearest means.
  package static func name(_ reach: Int) -> String { names[held(reach)] }

  /// The class of a stage of a lifecycle.
  ///
  /// - Parameters:
  ///   - stage: the stage; nil before the first.
  ///   - lifecycle: the lifecycle that the subject lives by.
  /// - Returns: 0 to 4; 0 for a stage that the lifecycle does not have.
  package static func of(stage: String?, in lifecycle: Lifecycle) -> Int {
    guard let stage, let found = lifecycle.stage(stage) else { return 0 }
    return lifecycle.has(inForce) ? ofLaw(found, in: lifecycle) : ofDecision(found, in: lifecycle)
  }

  /// The class of a stage by its name alone: that in the first lifecycle of the vocabulary that has it, wholes first.
  package static func of(stage: String, in vocabulary: Vocabulary) -> Int {
    let having = vocabulary.lifecycles.values.filter { $0.has(stage) }
    guard let first = having.first(where: { !$0.isForParties }) ?? having.first else { return 0 }
    return of(stage: stage, in: first)
  }

  /// A number held to the classes that there are.
  static func held(_ reach: Int) -> Int { max(0, min(last, reach)) }

  private static let inForce = "in-force"
  private static let adopted = "adopted"

  private static func ofLaw(_ stage: Lifecycle.Stage, in lifecycle: Lifecycle) -> Int {
    let after = lifecycle.next(from: inForce)
    if stage.name == inForce || (!stage.isTold && after.contains(stage.name)) { return 4 }
    let leadsOn = lifecycle.inferred(from: stage.name, to: inForce) != nil
    if stage.isTold {
      if lifecycle.periods.contains(where: { $0.from == stage.name && after.contains(stage.name) }) {
        return 4
      }
      let rests = stage.next.contains { $0 != stage.name && $0 != inForce && after.contains($0) }
      return rests && after.contains(stage.name) && leadsOn ? 3 : underWay(stage, in: lifecycle)
    }
    if isAnnouncement(stage, in: lifecycle) { return 1 }
    return leadsOn && isSettled(stage.name, in: lifecycle, after: after) ? 3 : underWay(stage, in: lifecycle)
  }

  private static func ofDecision(_ stage: Lifecycle.Stage, in lifecycle: Lifecycle) -> Int {
    guard lifecycle.has(adopted) else { return 0 }
    if stage.name == adopted { return 3 }
    return isAnnouncement(stage, in: lifecycle) ? 1 : underWay(stage, in: lifecycle)
  }

  /// 2 if what counts can still be reached without beginning anew; a told stage is an end, though it can be left again.
  private static func underWay(_ stage: Lifecycle.Stage, in lifecycle: Lifecycle) -> Int {
    let goal = lifecycle.has(inForce) ? inForce : adopted
    return !stage.isTold && lifecycle.inferred(from: stage.name, to: goal) != nil ? 2 : 0
  }

  private static func isAnnouncement(_ stage: Lifecycle.Stage, in lifecycle: Lifecycle) -> Bool {
    guard !lifecycle.isForParties, lifecycle.start.contains(stage.name) else { return false }
    let others = lifecycle.start.filter { $0 != stage.name }
    return others.contains(where: stage.next.contains)
      && !others.contains { lifecycle.next(from: $0).contains(stage.name) }
  }

  /// Whether all ways from the stage lead to being in force or to what follows that.
  private static func isSettled(_ stage: String, in lifecycle: Lifecycle, after: [String]) -> Bool {
    var seen: Set<String> = [stage]
    var pending = [stage]
    while let next = pending.popLast() {
      for following in lifecycle.next(from: next) where following != inForce && !after.contains(following) {
        // A told stage beside the way in is another end: nothing is settled yet.
        if lifecycle.stage(following)?.isTold == true { return false }
        if seen.insert(following).inserted { pending.append(following) }
      }
    }
    return true
  }
}
