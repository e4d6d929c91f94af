// annals restore: a ledger from a backup, verified, and without what is erased.

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing
import TransparencyLog

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "restore",
    abstract: "Make a ledger of a backup, verified, and without what its log says is erased.",
    discussion: """
      Log and vault are verified before they are given their place; nothing that is there is overwritten, but a \
      directory with keys/ alone in it is filled. With the keys at hand, in that directory, at --keys or in the backup, \
      the log is held to the last checkpoint that was signed: where the backup is older, exit 80. Take a newer one; if \
      there is none, --allow-rollback restores it, and annals catch-up then brings back what was published since. Until \
      that is done nothing is read from the vault: erasures may be in what is missing.

      Exits 1 if something in the backup is not intact. Nothing is restored then.

      Examples:
        annals restore backup-of-today restored --keys elsewhere
        annals restore backup-of-today restored-2 --without-vault
      """)

  @Argument(help: "The backup, as annals backup made it.", completion: .directory)
  var backup: String

  @Argument(help: "The ledger's directory; nothing may be in it but its keys.", completion: .directory)
  var directory: String

  @Flag(name: .customLong("without-vault"), help: "Leave out what is sealed.")
  var withoutVault = false

  @Flag(name: .customLong("expired-vault"), help: "Take a copy of the vault that was to be destroyed by now.")
  var expiredVault = false

  @Flag(name: .customLong("allow-rollback"), help: "Restore a log that ends before what was signed last.")
  var allowRollback = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    try options.refuseTable(of: "a restoring")
    if backup.isEmpty || directory.isEmpty { throw ValidationError("Name the backup and the directory.") }
    if withoutVault && expiredVault {
      throw ValidationError("Give --without-vault or --expired-vault, not both.")
    }
  }

  func run() throws {
    options.prepare()
    var rules = Ledger.RestoreRules()
    rules.allowsRollback = allowRollback
    rules.leavesVaultOut = withoutVault
    rules.takesExpiredVault = expiredVault
    let done = try Ledger.restore(backup, to: LedgerPaths(directory: directory, keys: options.keys), rules)
    try print(done)
    let report = done.verification.report
    guard report.isIntact else {
      throw Failure(
        "\(backup): is not intact; nothing was restored",
        code: report.showsRollbackOrFork ? ExitStatus.fork : ExitStatus.no)
    }
    if let size = done.signedSize {
      Output.note(
        "annals: warning: a checkpoint of \(size) events was signed: nothing is recorded or read from the vault before annals catch-up has brought back what is missing"
      )
    }
    if !done.hasKeys {
      options.note("the keys are not at hand: nothing vouches for the log, and nothing can be recorded")
    }
  }

  private func print(_ done: Restoration) throws {
    let report = done.verification.report
    switch options.format {
    case .json, .jsonl, .csv:
      try Output.json([
        "ok": .bool(done.isDone), "origin": .string(done.backup.origin), "directory": .string(directory),
        "size": .integer(done.backup.size), "root": .string(done.backup.root.base64),
        "made": .string(done.backup.made), "vault": .bool(done.hasVault), "keys": .bool(done.hasKeys),
        "erased": .integer(Int64(done.erasedCount)),
        "signedSize": done.signedSize.map { .integer(Int64(clamping: $0)) } ?? .null,
        "failures": .array(report.failures.map(\.json)),
      ])
    case .text:
      for failure in report.failures { try Output.line(Printable.text(failure.description)) }
      guard done.isDone else { return }
      let signed = done.verification.signedSize
      try Output.line(
        Printable.text(
          "\(directory): \(done.backup.origin), \(done.backup.size) events as of \(done.backup.made), \(signed) of them signed for"
        ))
      if done.erasedCount > 0 {
        try Output.line("\(done.erasedCount) disclosures were left out: the log says that they are erased")
      }
      if !done.hasVault { try Output.line("without what is sealed") }
    }
  }
}
