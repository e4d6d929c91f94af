// annals publish: the log as static files, for anybody to fetch and verify, and a site for those who would rather look.

import ArgumentParser
import CanonicalJSON
import Ledger
import Publishing
import TransparencyLog

struct Publish: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish",
    abstract:
      "Publish the log and a site into a directory, as static files that anybody can read and verify.",
    discussion: """
      Writes the newest checkpoint, which is signed for it where events have come since the last one, the tiles and \
      entry bundles that it vouches for (C2SP tlog-tiles), and a site: pages of countries, institutions and subjects, \
      a timeline, a feed, with JSON beside every page. The directory can be served as it is, or opened from the disk. \
      Files of the log are never changed but for the checkpoint, which is written last; of the site only those pages \
      are made anew that say something else than before. Publishing again writes what is new or got lost. Nothing \
      sealed is published; what is published cannot be taken back.

      Examples:
        annals publish www
        annals publish www --tiles-only
        annals publish www --format json
      """)

  @Argument(help: "The directory to publish into; made if it is not there.")
  var directory: String

  @Flag(help: "Publish the log alone, without a site. A site that is there already is left as it is.")
  var tilesOnly = false

  @Flag(help: "Make all pages of the site anew, those too that nothing has changed.")
  var complete = false

  @OptionGroup var options: GlobalOptions

  func validate() throws {
    if tilesOnly && complete {
      throw ValidationError(
        "--complete makes the site anew, and --tiles-only publishes none; give one of them")
    }
  }

  func run() throws {
    let ledger = try options.open(warnsOfRollback: false)
    let done = try tilesOnly ? publishTiles(of: ledger) : publishSite(of: ledger)
    switch options.format {
    case .json, .jsonl: try Output.json(.object(JSONObject(members(done, of: ledger))))
    case .csv:
      let members = members(done, of: ledger)
      try Output.line(CSVText.line(members.map(\.0)))
      try Output.line(CSVText.line(members.map(\.1.plainText)))
    case .text:
      let log = done.log
      try Output.line(
        "\(log.size) events published, root \(log.root.base64): \(log.filesWritten) files written, "
          + "\(log.filesKept) kept, \(log.filesRemoved) removed")
      if let site = done.site {
        try Output.line("site: \(site.written) files written, \(site.kept) kept, \(site.removed) removed")
      }
    }
  }

  private func members(_ done: SitePublication, of ledger: Ledger) -> [(String, JSONValue)] {
    func number(_ count: Int?) -> JSONValue { count.map { .integer(Int64($0)) } ?? .null }
    let log = done.log
    return [
      ("origin", .string(ledger.origin)), ("size", .integer(Int64(log.size))),
      ("root", .string(log.root.base64)), ("directory", .string(directory)),
      ("filesWritten", number(log.filesWritten)), ("filesKept", number(log.filesKept)),
      ("filesRemoved", number(log.filesRemoved)), ("siteFilesWritten", number(done.site?.written)),
      ("siteFilesKept", number(done.site?.kept)), ("siteFilesRemoved", number(done.site?.removed)),
    ]
  }

  private func publishTiles(of ledger: Ledger) throws -> SitePublication {
    let progress = Progress("publishing", quiet: options.quiet)
    defer { progress.finish() }
    let log = try ledger.publish(to: directory) { events, size in
      progress.update(Int(clamping: events), of: Int(clamping: size))
    }
    return SitePublication(log: log, site: nil)
  }

  private func publishSite(of ledger: Ledger) throws -> SitePublication {
    let events = Progress("publishing events", quiet: options.quiet)
    let pages = Progress("publishing pages", quiet: options.quiet)
    defer { pages.finish() }
    return try SitePublisher(ledger).publish(to: directory, isComplete: complete) { step, done, total in
      (step == .events ? events : pages).update(done, of: total)
    }
  }
}
