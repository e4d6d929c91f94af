// A sealed testimony as log and vault tell of it, and what became of it, for whoever counts.

public import EDTF

/// A sealed testimony and what became of it.
public struct TestimonyHistory: Sendable {
  /// How a testimony stood from some position of the log on.
  public struct State: Sendable, Equatable {
    /// The position of the event that made it so.
    public var position: Int64
    /// Whether it is held: neither erased nor retracted.
    public var isHeld: Bool
    /// Whether everybody can read in the log that it is not counted: it is erased or retracted, its campaign was
    /// corrected, or a later event says in clear that its consent had been one without counting.
    public var isOut: Bool
    /// Whether the consent in force was told in clear, by an event about this very testimony.
    public var isConsentOpen: Bool
    /// What its person consents to; nil if nothing was said.
    public var consent: ConsentGiven?
    /// What it is counted under.
    public var values: CountedValues

    /// A state.
    public init(
      position: Int64, isHeld: Bool = true, isOut: Bool = false, isConsentOpen: Bool = false,
      consent: ConsentGiven?, values: CountedValues
    ) {
      self.position = position
      self.isHeld = isHeld
      self.isOut = isOut
      self.isConsentOpen = isConsentOpen
      self.consent = consent
      self.values = values
    }

    /// Whether it may be counted on a day.
    public func isCountable(on day: Day) -> Bool {
      isHeld && !isOut && (consent?.allowsCounting(on: day) ?? false)
    }

    /// Whether everybody can see on a day that it may not be counted.
    public func isOpenlyOut(on day: Day) -> Bool {
      isOut || isConsentOpen && !(consent?.allowsCounting(on: day) ?? false)
    }
  }

  /// Where it stands in the log.
  public let position: Int64
  /// The campaign that it was recorded with, as its leaf has it: what becomes of it later moves no release point.
  public let campaign: String
  /// Its states in the order of their positions; the first is that of ``position``. Never empty.
  public private(set) var states: [State]

  /// A testimony as it was recorded.
  public init(_ state: State) {
    position = state.position
    campaign = state.values.campaign
    states = [state]
  }

  /// How it stands at the head of the log.
  public var now: State { states[states.count - 1] }

  /// Adds what an event made of it: its position lies past that of the last state.
  public mutating func become(_ state: State) { states.append(state) }

  /// Marks all states so far as such that everybody knows them not to be counted: a later event says in clear what
  /// the consent had been.
  public mutating func tellOutSoFar() {
    for index in states.indices { states[index].isOut = true }
  }

  /// How it stood when the log ended with a position; nil before it was recorded.
  public func state(at position: Int64) -> State? { states.last { $0.position <= position } }

  /// Whether something holds at a position and ever since.
  func holds(since position: Int64, _ condition: (State) -> Bool) -> Bool {
    guard let first = states.lastIndex(where: { $0.position <= position }) else { return false }
    return states[first...].allSatisfy(condition)
  }
}
