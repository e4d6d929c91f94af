// The options that every question has.

import ArgumentParser
import EDTF

/// The options of status, show and timeline.
struct QueryOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The day of the answer; the day on which the last event was recorded if not given.",
      valueName: "YYYY-MM-DD"),
    transform: Self.day)
  var on: Day?

  private static func day(_ text: String) throws -> Day {
    guard let day = Day(text) else {
      throw ValidationError("\"\(text)\" is not a day; write one such as 2020-12-01.")
    }
    return day
  }
}
