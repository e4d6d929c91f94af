// annals checkpoint: the log's size and root, signed.

import ArgumentParser
import CanonicalJSON
import Ledger
import TransparencyLog

struct CheckpointCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checkpoint", abstract: "Sign a checkpoint of the log as it stands.",
    discussion: """
      A checkpoint (C2SP tlog-checkpoint) says: so many events, this root. Whoever keeps one can tell later whether \
      anything in front of it was changed. None is signed for a log that does not continue the last one: then the \
      command exits 80 and tells the way back.

      Examples:
        annals checkpoint
        annals checkpoint -o checkpoint
      """)

  @Option(
    name: .shortAndLong, help: ArgumentHelp("Write it to a file, whole or not at all.", valueName: "file"))
  var output: String?

  @OptionGroup var options: GlobalOptions

  func validate() throws { try options.refuseTable(of: "a checkpoint") }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    let checkpoint = try ledger.checkpoint()
    if let output { try Output.file(checkpoint.note, to: output) }
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "origin": .string(ledger.origin), "size": .integer(Int64(checkpoint.size)),
        "root": .string(checkpoint.root.base64), "key": .string(checkpoint.key.description),
        "checkpoint": .string(String(decoding: checkpoint.note, as: UTF8.self)),
      ])
    case .csv, .text: if output == nil { try Output.bytes(checkpoint.note) }
    }
    guard output != nil else { return }
    options.note(
      "\(ledger.origin): \(checkpoint.size) events, root \(checkpoint.root.base64), signed by \(checkpoint.key)"
    )
  }
}
