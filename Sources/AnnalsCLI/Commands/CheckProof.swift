// annals check-proof: yes or no, without a ledger.

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing
import TransparencyLog

struct CheckProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-proof", abstract: "Check a proof that an event is in a log. Reads no ledger.",
    discussion: """
      Answers yes and exits 0, or answers no with the reason and exits 1. The event is given to the byte, as annals \
      replay prints it; a line feed at its end does not count. The verifier key must come from the log's keeper by a \
      way that nobody can tamper with.

      Examples:
        annals check-proof event.tlog-proof --event leaf.json \\
          --key "$(annals keys)"
      """)

  @Argument(help: "The proof.")
  var file: String

  @Option(help: ArgumentHelp("The event: the bytes that stand in the log.", valueName: "file"))
  var event: String

  @Option(
    help: ArgumentHelp("A verifier key of the log; several if the key was changed.", valueName: "vkey"),
    transform: VerifierKeyArgument.parse)
  var key: [VerifierKey]

  @Option(help: "The log that is meant; the name of the keys if not given.")
  var origin: String?

  // Those that name a ledger have no effect here: no ledger is read.
  @OptionGroup var options: GlobalOptions

  func validate() throws {
    let names = Set(key.map { Array($0.identity.name.utf8) })
    if key.isEmpty { throw ValidationError("Give the log's verifier key with --key.") }
    if names.count > 1 && origin == nil {
      throw ValidationError("The keys are those of different logs; say with --origin which is meant.")
    }
  }

  func run() throws {
    options.prepare()
    let proof = try Self.read(file, bytesMax: LogLimits.proofLengthMaxBytes)
    let event = try Self.read(event, bytesMax: LogLimits.entryLengthMaxBytes + 1)
    let origin = origin ?? key.first?.identity.name ?? ""
    do {
      let verified = try ProofCheck.check(proof: proof, event: event, keys: key, origin: origin)
      let checkpoint = verified.checkpoint
      let signers = verified.signedBy.map(\.description).joined(separator: ", ")
      try print(
        [
          ("holds", true), ("reason", .null), ("origin", .string(checkpoint.origin)),
          ("position", Self.number(verified.position)),
          ("size", Self.number(checkpoint.size)), ("root", .string(checkpoint.root.base64)),
          ("signedBy", .string(signers)),
        ],
        text: "yes: the event stands in \(checkpoint.origin) at position \(verified.position), among "
          + "\(checkpoint.size) events of root \(checkpoint.root.base64), signed by \(signers)")
    } catch let refusal as ProofCheck.Refusal {
      try print(
        [
          ("holds", false), ("reason", .string(refusal.description)), ("origin", .string(origin)),
          ("position", .null), ("size", .null), ("root", .null), ("signedBy", .null),
        ], text: "no: \(refusal)")
      throw Failure(nil, code: ExitStatus.no)
    }
  }

  /// Documents hold integers up to 2^53 − 1; no log has as many events, but a proof may say anything.
  private static func number(_ number: UInt64) -> JSONValue { .integer(Int64(min(number, 1 << 53 - 1))) }

  private static func read(_ path: String, bytesMax: Int) throws -> [UInt8] {
    try WholeFile.read(path, bytesMax: bytesMax)
  }

  private func print(_ members: [(String, JSONValue)], text: String) throws {
    switch options.format {
    case .json, .jsonl: try Output.json(.object(JSONObject(members)))
    case .csv:
      try Output.line(CSVText.line(members.map(\.0)))
      try Output.line(CSVText.line(members.map { $0.1.plainText }))
    case .text: try Output.line(Printable.text(text))
    }
  }
}
