// annals prove: that an event is in the log.

import ArgumentParser
import CanonicalJSON
import Ledger
import TransparencyLog

struct Prove: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prove",
    abstract: "Prove that an event is in the log, for somebody who has no ledger.",
    discussion: """
      Writes a tlog-proof (C2SP): the way from the event to the root, and a signed checkpoint with that root. It leads \
      to the last checkpoint that was signed, or to a new one if the event is newer. annals check-proof checks it, with \
      the event as annals replay prints it.

      Examples:
        annals prove 14 -o event.tlog-proof
        annals prove 14 --format json
      """)

  @Argument(help: "The event: its position or its id.")
  var event: String

  @Option(help: "Lead to the checkpoint of so many events, which is signed if need be.")
  var size: Int64?

  @Option(
    help: ArgumentHelp("Lead to a checkpoint of this log that was published before.", valueName: "file"))
  var checkpoint: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write the proof to a file, whole or not at all.", valueName: "file"))
  var output: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    try options.refuseTable(of: "a proof")
    if size != nil && checkpoint != nil { throw ValidationError("Give --size or --checkpoint, not both.") }
    if let size, size < 1 { throw ValidationError("--size takes a number of events, 1 or more.") }
  }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    var target = Ledger.ProofTarget.last
    if let size { target = .size(size) }
    if let checkpoint {
      target = .checkpoint(try WholeFile.read(checkpoint, bytesMax: LogLimits.noteLengthMaxBytes))
    }
    let proof = try ledger.prove(event, in: target)
    if let output { try Output.file(proof.bytes, to: output) }
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "origin": .string(ledger.origin), "position": .integer(proof.position),
        "size": .integer(Int64(proof.checkpoint.size)), "root": .string(proof.checkpoint.root.base64),
        "key": .string(proof.checkpoint.key.description),
        "proof": .string(String(decoding: proof.bytes, as: UTF8.self)),
      ])
    case .csv, .text: if output == nil { try Output.bytes(proof.bytes) }
    }
    guard output != nil else { return }
    options.note(
      "position \(proof.position) is proved in the checkpoint of \(proof.checkpoint.size) events, signed by \(proof.checkpoint.key)"
    )
  }
}
