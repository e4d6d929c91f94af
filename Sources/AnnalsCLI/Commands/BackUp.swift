// annals backup: a copy of the ledger while others work with it, or one for everybody.

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing
import TransparencyLog

struct BackUp: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup", abstract: "Back the ledger up, or make a copy of it for everybody.",
    discussion: """
      Copies the log as it stands at one moment, and the vault beside it, in a directory of its own within the backup: \
      what is erased later still lies in that copy, so it has a day after which it is to be destroyed. Others can go on \
      appending. Keys are copied only if asked for; best they lie elsewhere. With --public the copy has log and views, \
      no vault and no keys, and opens from where nothing can be written. annals restore makes a ledger of a backup.

      Examples:
        annals backup backups/2026-11-24
        annals backup backups/with-keys --include-keys \\
          --vault-days 14
        annals backup for-everybody --public
      """)

  @Argument(help: "The directory to make; it must not be there.", completion: .directory)
  var directory: String

  @Flag(help: "Make a copy for everybody: log and views, without vault and keys.")
  var `public` = false

  @Flag(
    name: .customLong("include-keys"), help: "Copy the keys too: whoever has them can sign in the log's name."
  )
  var includeKeys = false

  @Option(
    name: .customLong("vault-days"),
    help: ArgumentHelp("For how many days the vault's copy may be kept.", valueName: "days"))
  var vaultDays = Backup.vaultDaysDefault

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if `public` && includeKeys {
      throw ValidationError("A copy for everybody has no keys; leave out --include-keys.")
    }
    if directory.isEmpty { throw ValidationError("Name the directory to make.") }
    guard (1...3_650).contains(vaultDays) else {
      throw ValidationError("--vault-days takes a number of days from 1 to 3650.")
    }
  }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    var contents = Ledger.BackupContents()
    contents.isPublic = `public`
    contents.hasKeys = includeKeys
    contents.vaultDays = vaultDays
    let backup = try ledger.backUp(to: directory, contents)
    let members = [("directory", JSONValue.string(directory))] + backup.members
    switch options.format {
    case .json, .jsonl: try Output.json(.object(JSONObject(members)))
    case .csv:
      try Output.line(CSVText.line(members.map(\.0)))
      try Output.line(CSVText.line(members.map { $0.1.plainText }))
    case .text:
      try Output.line(Printable.text("\(directory): \(backup.size) events, root \(backup.root.base64)"))
      if let day = backup.vaultExpires {
        try Output.line("what is sealed lies in vault/: destroy that after \(day)")
      }
    }
    if !backup.isPublic && !backup.hasKeys {
      options.note("the keys are not in it: without them the log can be read, and nothing more be recorded")
    }
  }
}
