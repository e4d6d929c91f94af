// annals snapshot: the state of the world or of one scope, for whoever has no ledger.

import ArgumentParser
import Ledger
import Projections
import Publishing

extension SnapshotFormat: ExpressibleByArgument {}

/// The options of a snapshot: its formats are others than those of results.
struct SnapshotOptions: ParsableArguments, LedgerOptions {
  @OptionGroup var place: PlaceOptions

  @Option(
    name: .long,
    help: ArgumentHelp(
      "The form: json (one document), csv (a Frictionless Data package), md (Markdown) or html (one page).",
      valueName: "form"))
  var format: SnapshotFormat = .json

  @OptionGroup var telling: TellingOptions
}

struct SnapshotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "snapshot", abstract: "Write down the state of the world, or of one scope, for others.",
    discussion: """
      A snapshot holds where things stand, rival accounts, what does not add up, credit, reach, links, judgements, \
      votes, released counts of testimonies, how well all of it is sourced, and the events. It carries the log's name, \
      the size and root, the day, what was known and what restricts. It is identical to the byte on every machine, and \
      annals check-snapshot makes it anew and compares.

      With -o it is written whole or not at all, and in place of one that is there; beside it lies the signed \
      checkpoint (FILE.checkpoint, or checkpoint in the directory). If the checkpoint is of more events than the \
      snapshot, FILE.consistency proves that it continues it. docs/snapshots.md has the forms.

      Examples:
        annals snapshot -o world.json
        annals snapshot CN --format html -o cn.html
        annals snapshot us/congress --on 2018-12-31 --format md
        annals snapshot campaign:metoo --format csv -o package
        annals snapshot --known-at 200 --unsigned -o before.json
      """)

  @Argument(
    help: "A country (US), an institution (us/congress) or a subject (campaign:…); the world if not given.",
    completion: .custom { words, _, prefix in Candidates.scopes(words, startingWith: prefix) })
  var scope: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Write it to a file or, with csv, a directory; whole or not at all.", valueName: "file|dir"))
  var output: String?

  @Flag(help: "Lay no signed checkpoint beside it; needs no keys.")
  var unsigned = false

  @OptionGroup var query: QueryOptions

  @OptionGroup var options: SnapshotOptions

  func validate() throws {
    if options.format.isDirectory && output == nil {
      throw ValidationError("A data package is a directory of files: name it with -o DIR.")
    }
    if output?.isEmpty == true { throw ValidationError("-o names no file.") }
    if unsigned && output == nil {
      throw ValidationError("A checkpoint lies beside a file: --unsigned has no meaning without -o.")
    }
  }

  func run() throws {
    // Signing refuses a rollback; without a signature it is a warning.
    let ledger = try options.open(warnsOfRollback: output == nil || unsigned)
    let scope = try ScopeArgument.scope(scope)
    let snapshot = try Snapshot(ledger.state(of: scope, on: query.on, knownAt: query.knownAt))
    if snapshot.state.events.isEmpty, let hint = ScopeArgument.hint(for: scope) { options.note(hint) }
    let files = try snapshot.files(options.format)
    guard let output else {
      for file in files { try Output.bytes(file.bytes) }
      return
    }
    let place = SnapshotPlace(output, format: options.format)
    let checkpoint = unsigned ? nil : try ledger.checkpoint()
    do {
      try place.write(
        files, checkpoint: checkpoint?.note,
        consistency: try checkpoint.flatMap {
          try ledger.consistency(
            from: snapshot.context.size, to: $0.note, ofSize: Int64(clamping: $0.size))
        })
    } catch let error as SnapshotPlace.OtherFiles {
      throw Failure(error.description, code: ExitStatus.cannotCreate)
    } catch let error as FileFailure {
      throw error.isMissing ? Failure(error.description, code: ExitStatus.cannotCreate) : error
    }
    let signed = checkpoint.map { "; \(place.checkpointPath) vouches for \($0.size) events" }
    options.note("\(place.path): \(snapshot.says)" + (signed ?? ""))
  }
}
