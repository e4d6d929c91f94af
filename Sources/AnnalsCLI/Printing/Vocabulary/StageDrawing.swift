// A lifecycle as a drawing in the language of Mermaid (stateDiagram-v2), which common forges show as a picture.

import Milestones

/// Draws a lifecycle.
struct StageDrawing {
  private let lifecycle: Lifecycle

  init(_ lifecycle: Lifecycle) { self.lifecycle = lifecycle }

  /// The drawing, line by line. Nothing stands in it but the names of stages: words of letters, digits and hyphens.
  func lines() -> [String] {
    var lines = ["stateDiagram-v2"]
    for stage in lifecycle.stages { lines.append("  state \"\(stage.name)\" as \(Self.id(stage.name))") }
    for stage in lifecycle.start { lines.append("  [*] --> \(Self.id(stage))") }
    for stage in lifecycle.stages {
      for next in stage.next { lines.append("  \(Self.id(stage.name)) --> \(Self.id(next))") }
      if stage.next.isEmpty { lines.append("  \(Self.id(stage.name)) --> [*]") }
    }
    let told = lifecycle.stages.filter(\.isTold).map { Self.id($0.name) }
    if !told.isEmpty {
      lines += ["  classDef told stroke-dasharray: 5 5", "  class \(told.joined(separator: ",")) told"]
    }
    return lines
  }

  /// An id in Mermaid cannot have a hyphen, nor be one of its own words (end, state, note, default): hence the prefix.
  private static func id(_ stage: String) -> String {
    "s_" + String(stage.map { $0 == "-" ? "_" : $0 })
  }
}
