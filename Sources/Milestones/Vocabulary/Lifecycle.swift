// A lifecycle: the stages of a kind of subject and the steps between them, with the distances that a fold asks for.

/// How the subjects of a kind move from stage to stage.
///
/// A subject begins at no stage; ``Lifecycle/next(from:)`` of nil are the stages it can begin with. A step that
/// skips stages is taken along the shortest path, and the stages in between count as inferred (design: "skipped
/// steps are inferred, no anomaly"); a stage that no path leads to cannot be reached.
///
/// A class, so that handing it on costs one count and not one for each of its parts: folds do so all the time.
public final class Lifecycle: Sendable {
  /// One stage.
  public struct Stage: Sendable, Equatable {
    /// The stage's name, a kebab-case word.
    public let name: String
    /// What it means, in a sentence.
    public let means: String
    /// The stages that can follow it directly; itself among them if it can be entered again.
    public let next: [String]
    /// Whether it is only ever told, never inferred between two others: nobody leaves a treaty by inference.
    public let isTold: Bool
    /// Whether the details of entering it several times add up, such as the chambers that passed a bill; until a
    /// stage that is only ever told.
    public let collects: Bool
    /// The line of the vocabulary file that declares it.
    public let line: Int
  }

  /// A time that has to run between two stages of a party, by a rule that an event tells.
  public struct Period: Sendable, Equatable {
    /// The stage from which it runs.
    public let from: String
    /// The stage that comes when it has run.
    public let to: String
    /// The stage that the whole comes to when the rule's number of parties has reached `from` and the period has run
    /// since the last of them; no party comes to `to` before that. Nil for a period by itself, which is told with the
    /// party's own step and only checked.
    public let whole: String?
    /// The line of the vocabulary file that declares it.
    public let line: Int
  }

  /// The lifecycle's name; for a measure this is its procedure.
  public let name: String
  /// The kind of subject that lives by it.
  public let kind: String
  /// Whether subjects of the kind live by it unless told otherwise.
  public let isDefault: Bool
  /// Whether it is the life of a party (or of a country that a campaign reached) rather than of the whole.
  public let isForParties: Bool
  /// What it describes.
  public let means: String
  /// The stages that a subject can begin with.
  public let start: [String]
  /// All stages in the order of the file.
  public let stages: [Stage]
  /// The periods between stages of a party.
  public let periods: [Period]
  /// The stage of the whole before which no party can take a step; nil if there is none.
  public let notBefore: String?
  /// Where it stands: file and line.
  public let place: VocabularyPlace
  /// The line of the vocabulary file that names the stages to begin with.
  public let startLine: Int

  private let indexes: [String: Int]
  /// `inferred[from + 1][to]`: the names of the stages on the shortest way, the target left out; nil if there is none.
  /// Row 0 is the beginning, before any stage. Made once: a fold asks for some at every move.
  private let inferred: [[[String]?]]

  init(
    name: String, kind: String, isDefault: Bool, isForParties: Bool, means: String, start: [String],
    stages: [Stage], periods: [Period], notBefore: String?, place: VocabularyPlace,
    startLine: Int
  ) {
    self.name = name
    self.kind = kind
    self.isDefault = isDefault
    self.isForParties = isForParties
    self.means = means
    self.start = start
    self.stages = stages
    self.periods = periods
    self.notBefore = notBefore
    self.place = place
    self.startLine = startLine
    let indexes = Dictionary(stages.enumerated().map { ($1.name, $0) }) { first, _ in first }
    self.indexes = indexes
    let successors = ([start] + stages.map(\.next)).map { $0.compactMap { indexes[$0] } }
    let told = Set(stages.indices.filter { stages[$0].isTold })
    inferred = successors.indices.map { row in
      Self.shortestPaths(from: row, successors: successors, told: told).map { path in
        path.map { $0.dropLast().map { stages[$0].name } }
      }
    }
  }

  /// Whether the lifecycle has the stage.
  public func has(_ stage: String) -> Bool { indexes[stage] != nil }

  /// The place of a stage in the order of the file; nil if there is none of the name.
  public func rank(of stage: String) -> Int? { indexes[stage] }

  /// A stage by its name.
  public func stage(_ name: String) -> Stage? { indexes[name].map { stages[$0] } }

  /// The stages that can follow directly; nil asks for the stages to begin with.
  public func next(from stage: String?) -> [String] {
    guard let stage else { return start }
    return indexes[stage].map { stages[$0].next } ?? []
  }

  /// The line of the vocabulary file that says which stages can follow; nil asks for those to begin with.
  public func line(ofStepsFrom stage: String?) -> Int {
    guard let stage else { return startLine }
    return self.stage(stage)?.line ?? place.line
  }

  /// The stages that a move passes through without being told, between `stage` and `target`.
  ///
  /// - Parameters:
  ///   - stage: where the subject stands; nil before its first stage.
  ///   - target: where it is to go.
  /// - Returns: the inferred stages, none for a direct step; nil if no way leads there.
  public func inferred(from stage: String?, to target: String) -> [String]? {
    guard let to = indexes[target] else { return nil }
    var row = 0
    if let stage {
      guard let from = indexes[stage] else { return nil }
      row = from + 1
    }
    return inferred[row][to]
  }

  /// Breadth first, in the order of the file, so that the path is the same on every machine.
  private static func shortestPaths(from row: Int, successors: [[Int]], told: Set<Int>) -> [[Int]?] {
    var found = [[Int]?](repeating: nil, count: successors.count - 1)
    var frontier: [[Int]] = []
    for next in successors[row] where found[next] == nil {
      found[next] = [next]
      frontier.append([next])
    }
    while !frontier.isEmpty {
      var following: [[Int]] = []
      for path in frontier {
        guard let end = path.last, !told.contains(end) else { continue }
        for next in successors[end + 1] where found[next] == nil {
          let longer = path + [next]
          found[next] = longer
          following.append(longer)
        }
      }
      frontier = following
    }
    return found
  }
}
