// The options that every command has.

import ArgumentParser
import Foundation
import Ledger
import Logging
@preconcurrency import Rainbow

/// How results are printed.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text, json, jsonl, csv
}

/// Where the ledger is.
struct PlaceOptions: ParsableArguments {
  @Option(
    name: .long, help: "The ledger's directory; else ANNALS_LEDGER, else the current directory if it is one.",
    completion: .directory)
  var ledger: String?

  @Option(
    name: .long, help: "The directory of the keys, if they are kept elsewhere than in the ledger.",
    completion: .directory)
  var keys: String?
}

/// How much is told beside results.
struct TellingOptions: ParsableArguments {
  @Flag(name: .long, help: "Print results and errors only.")
  var quiet = false

  @Flag(name: .long, help: "Tell on stderr what is done, step by step.")
  var verbose = false

  @Flag(name: .customLong("no-color"), help: "Print without colours; NO_COLOR does the same.")
  var noColor = false
}

/// The options that every command has.
struct GlobalOptions: ParsableArguments, LedgerOptions {
  @OptionGroup var place: PlaceOptions

  @Option(name: .long, help: "How results are printed: text, json, jsonl or csv.")
  var format: OutputFormat = .text

  @OptionGroup var telling: TellingOptions
}

/// Options that name a ledger.
protocol LedgerOptions {
  var place: PlaceOptions { get }
  var telling: TellingOptions { get }
}

extension LedgerOptions {
  var ledger: String? { place.ledger }
  var keys: String? { place.keys }
  var quiet: Bool { telling.quiet }
  var verbose: Bool { telling.verbose }

  /// The directory that is meant.
  var directory: String {
    if let ledger, !ledger.isEmpty { return ledger }
    if let ledger = ProcessInfo.processInfo.environment["ANNALS_LEDGER"], !ledger.isEmpty { return ledger }
    return "."
  }

  /// Where the keys are.
  var keysPlace: String { LedgerPaths(directory: directory, keys: keys).keys }

  /// Opens the ledger that is meant.
  ///
  /// - Parameter warnsOfRollback: whether to tell that the log has fewer events than were signed. Commands that write
  ///   or sign refuse it by themselves.
  /// - Returns: the ledger.
  /// - Throws: ``LedgerError``.
  func open(warnsOfRollback: Bool = true) throws -> Ledger {
    prepare()
    let watch = ViewWatch(quiet: quiet)
    let ledger = try Ledger.open(directory, keys: keys, watchingViews: { watch.tell($0) })
    if warnsOfRollback, let rollback = try ledger.rollback() { Output.note("annals: warning: \(rollback)") }
    return ledger
  }

  /// Sets up colours and notes as asked for.
  func prepare() {
    Rainbow.enabled = !telling.noColor && Terminal.hasColors
    let level: Logger.Level = verbose ? .debug : .warning
    LoggingSystem.bootstrap { label in
      var handler = StreamLogHandler.standardError(label: label)
      handler.logLevel = level
      return handler
    }
  }

  /// Prints a note on stderr, unless notes are not wanted.
  func note(_ line: String) { if !quiet { Output.note(line) } }
}

/// Who enters events: ANNALS_RECORDER, else the login name.
enum Recorder {
  static var name: String {
    let environment = ProcessInfo.processInfo.environment
    // The system's list of users comes last: to look into it, a program that is one file loads libraries after all.
    for variable in ["ANNALS_RECORDER", "LOGNAME", "USER"] {
      if let name = environment[variable], !name.isEmpty { return name }
    }
    let name = NSUserName()
    return name.isEmpty ? "unknown" : name
  }
}

extension GlobalOptions {
  /// The ledger that a command line names, as it was written; nil if it names none.
  static func ledger(in arguments: [String]) -> String? {
    arguments.firstIndex(of: "--ledger").flatMap { arguments.dropFirst($0 + 1).first }
      ?? arguments.first { $0.hasPrefix("--ledger=") }.map { String($0.dropFirst("--ledger=".count)) }
  }

  /// Refuses `--format csv` for a command whose result is no table: a script must not take JSON for a table.
  ///
  /// - Parameter what: what is printed.
  /// - Throws: `ValidationError`.
  func refuseTable(of what: String) throws {
    guard format != .csv else {
      throw ValidationError("There is no table of \(what); take --format json.")
    }
  }
}
