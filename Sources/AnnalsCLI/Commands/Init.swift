// annals init: a new ledger.

import ArgumentParser
import CanonicalJSON
import Foundation
import Ledger
import LogStore
import Milestones
import OrderedCollections
import Publishing
import TransparencyLog

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make a new ledger: its directory, its keys and its vocabulary.",
    discussion: """
      The origin is the log's name for ever, as in its checkpoints: a web address without https://. Counts of \
      testimonies under the floor are never released.

      Examples:
        annals init my-ledger
        annals init my-ledger --origin example.org/metoo --floor 10
      """)

  @Argument(help: "The directory to make.", completion: .directory)
  var directory: String

  @Option(help: "The log's name; localhost/ and the directory's name if not given.")
  var origin: String?

  @Option(help: "Counts of testimonies under this number are never released.")
  var floor: Int64 = Ledger.Founding.floorDefault

  @OptionGroup var options: GlobalOptions

  func run() throws {
    options.prepare()
    let name = URL(fileURLWithPath: directory).standardizedFileURL.lastPathComponent
    let safeName = String(
      decoding: name.utf8.map { byte in
        byte > 0x20 && byte < 0x7f && byte != UInt8(ascii: "+") ? byte : UInt8(ascii: "-")
      },
      as: UTF8.self)
    let founding = Ledger.Founding(
      origin: origin ?? "localhost/\(safeName)", floor: floor, vocabulary: try Vocabulary.shipped(),
      recorder: Recorder.name)
    let ledger = try Ledger.create(directory, keys: options.keys, founding: founding)
    let head = try ledger.head()
    let key = try ledger.logKeys().last?.verifierKey.text ?? ""
    switch options.format {
    case .json, .jsonl:
      try Output.json([
        "directory": .string(directory), "origin": .string(ledger.origin), "floor": .integer(ledger.floor),
        "size": .integer(head.size), "root": .string(head.root.base64),
        "vocabulary": .string(ledger.vocabulary.digest), "verifierKey": .string(key),
      ])
    case .csv:
      try Output.line("directory,origin,floor,size,root,vocabulary,verifierKey")
      try Output.line(
        CSVText.line([
          directory, ledger.origin, "\(ledger.floor)", "\(head.size)", head.root.base64,
          ledger.vocabulary.digest, key,
        ]))
    case .text:
      try Output.line(
        "opened \(Printable.text(directory)) as \(ledger.origin), with \(ledger.vocabulary.types.count) types of events"
      )
    }
    options.note("keep \(Printable.text(ledger.paths.keys)) secret and backed up; it cannot be made again")
  }
}
