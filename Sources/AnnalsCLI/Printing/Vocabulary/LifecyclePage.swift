// The page of the lifecycles: how to read the drawings, then each lifecycle drawn, with a table of its stages.

import CanonicalJSON
import Milestones
import OrderedCollections
import Publishing

/// Makes the page of a vocabulary's lifecycles.
struct LifecyclePage {
  let vocabulary: Vocabulary

  /// What stands above the lifecycles.
  private static let introduction = """
    # Lifecycles

    A subject moves from stage to stage as events tell of it. Which stages there are, and which can follow which, is its
    lifecycle: that of its kind or, if it was registered with a procedure, that of the procedure. Parties of a treaty and
    countries that a campaign reached have lifecycles of their own. This page is made from the vocabulary files by

    ```sh
    annals vocabulary lifecycles
    ```

    ## How to read the drawings

    - A box is a stage. The arrows from the dot lead to the stages that a subject can begin with; an arrow to the ringed
      dot means that nothing follows.
    - An arrow is a step that an event can take. An arrow from a box to itself: the stage can be entered again.
    - Events are seldom complete. Where a stage was skipped, the shortest way along the arrows is taken, and the stages on
      it are shown as *inferred*. A dashed box is a stage that is only ever *told*: no way is inferred through it.
    - An event that no way leads to from where the subject stands is an *anomaly*: recorded, reported, moving nothing.

    The tables tell what the stages mean and which types of events lead to them; a type may do so under conditions that its
    entry in the reference states. A stage that *collects* adds up what is told each time that it is entered, such as the
    chambers that passed a bill. How events of uncertain dates and rival accounts are folded is told in the-fold.md.
    """

  /// The page in Markdown, line by line.
  func lines() -> [String] {
    var lines = Self.introduction.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    for lifecycle in vocabulary.lifecycles.values { lines += section(lifecycle) }
    return lines
  }

  private func section(_ lifecycle: Lifecycle) -> [String] {
    let whose =
      lifecycle.isForParties
      ? "Lived by each party of a \(Markdown.code(lifecycle.kind))."
      : lifecycle.isDefault
        ? "Lived by a \(Markdown.code(lifecycle.kind)), unless it is registered with another procedure."
        : "Lived by a \(Markdown.code(lifecycle.kind)) that is registered with \(Markdown.code("procedure=\(lifecycle.name)"))."
    var lines = ["", "## \(lifecycle.name)", "", Markdown.text(lifecycle.means), "", whose, ""]
    lines += periods(lifecycle)
    lines += Markdown.fenced(StageDrawing(lifecycle).lines(), language: "mermaid")
    lines += [""]
    lines += Markdown.table(
      ["stage", "what it means", "", "types that lead to it"],
      lifecycle.stages.map { stage in
        [
          Markdown.code(stage.name), Markdown.text(stage.means),
          [stage.isTold ? "told" : nil, stage.collects ? "collects" : nil].compactMap { $0 }.joined(
            separator: ", "),
          types(leadingTo: stage.name, in: lifecycle).map { Markdown.code($0.name) }.joined(separator: ", "),
        ]
      })
    return lines
  }

  /// What the steps of a party depend on beside the arrows.
  private func periods(_ lifecycle: Lifecycle) -> [String] {
    var lines =
      lifecycle.notBefore.map {
        ["- No party takes a step before the whole is \(Markdown.code($0))."]
      } ?? []
    for period in lifecycle.periods {
      let (from, to) = (Markdown.code(period.from), Markdown.code(period.to))
      lines.append(
        period.whole.map {
          "- From \(from) to \(to) by the rule that is told of the whole: enough parties at \(from) bring the whole to "
            + "\(Markdown.code($0)), and each comes to \(to) when the period has run since its own step, not before that."
        }
          ?? "- From \(from) to \(to) by the rule that is told with the party's own step: it is checked, never inferred."
      )
    }
    return lines.isEmpty ? [] : lines + [""]
  }

  /// The types that move to a stage of a lifecycle, under some condition at least.
  private func types(leadingTo stage: String, in lifecycle: Lifecycle) -> [EventType] {
    vocabulary.types.values.filter { type in
      type.effects.contains { effect in
        guard case .move(let move) = effect, move.stage == stage,
          move.lifecycles.isEmpty || move.lifecycles.contains(lifecycle.name),
          move.partyFields.isEmpty != lifecycle.isForParties
        else { return false }
        var kinds = type.subjectKinds
        if let name = move.otherField, case .subject(let others)? = type.fields[name]?.kind { kinds = others }
        return kinds.isEmpty || kinds.contains(lifecycle.kind)
      }
    }
  }

  /// The lifecycles as documents have them.
  func documents() -> [JSONValue] {
    vocabulary.lifecycles.values.map { lifecycle in
      [
        "lifecycle": .string(lifecycle.name), "kind": .string(lifecycle.kind),
        "default": .bool(lifecycle.isDefault), "parties": .bool(lifecycle.isForParties),
        "means": .string(lifecycle.means),
        "notBefore": .text(lifecycle.notBefore),
        "periods": .array(
          lifecycle.periods.map { period in
            [
              "from": .string(period.from), "to": .string(period.to), "whole": .text(period.whole),
            ]
          }), "start": .array(lifecycle.start.map { .string($0) }),
        "stages": .array(
          lifecycle.stages.map { stage in
            [
              "stage": .string(stage.name), "means": .string(stage.means),
              "next": .array(stage.next.map { .string($0) }), "told": .bool(stage.isTold),
              "collects": .bool(stage.collects),
              "types": .array(types(leadingTo: stage.name, in: lifecycle).map { .string($0.name) }),
            ]
          }),
      ]
    }
  }
}
