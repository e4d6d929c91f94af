// annals show --disclose: what is sealed about a subject, from the vault of this machine.

import ArgumentParser
import Ledger
import Milestones

extension Show {
  /// Prints what is sealed about the subject.
  func printDisclosures() throws {
    let ledger = try options.open()
    // The name of a testimony is random: what an archivist has at hand is an id or a position.
    let subject =
      try self.subject.utf8.contains(UInt8(ascii: ":"))
      ? ScopeArgument.subject(self.subject) : ledger.subject(ofEvent: self.subject)
    let answer = try ledger.disclosures(of: subject, beyondConsent: beyondConsent)
    let found = answer.content
    try ViewPrinter.print(
      answer.context, format: options.format, members: found.members, rows: found.rows,
      columns: SubjectDisclosures.csvColumns
    ) { found.lines }
    if found.events.isEmpty { options.note("nothing is sealed in the events of \(found.subject)") }
    if !found.isShown {
      options.note(
        "the consent to keep this has ended, or was not given: values are shown with --beyond-consent alone; erase them with annals erase"
      )
    }
    guard found.isAlarming else { return }
    try Output.flush()
    throw Failure(
      "what is sealed is not whole; annals verify tells more, and the vault's backup may have it",
      code: ExitStatus.no)
  }
}
