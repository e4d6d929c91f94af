// Results on stdout, everything else on stderr; colours only where they are wanted; trials that leave no trace.

internal import CanonicalJSON
internal import Foundation
internal import Testing

@Suite("Streams, colours and trials")
struct StreamTests {
  @Test("append: the result on stdout, what dates and codes were understood to mean on stderr")
  func append() throws {
    try withLedger { ledger throws in
      let ended = try ledger.annals(["append", "bill.introduced", "id=E1"] + goodFields())
      #expect(ended.output == "position 13  id E1\n")
      #expect(ended.errors == "occurred 2024-05-02: 2 May 2024\ncountry CL: Chile\n")
    }
  }

  @Test("--quiet leaves results and errors")
  func quiet() throws {
    try withLedger { ledger throws in
      let ended = try ledger.annals(["append", "bill.introduced", "id=E1", "--quiet"] + goodFields())
      #expect(ended.output == "position 13  id E1\n")
      #expect(ended.errors == "")
      expectFailure(try ledger.annals("append", "bill.introduced", "--quiet"), 65, "occurred: is missing")
    }
  }

  @Test("--dry-run tells what is understood and writes nothing", arguments: ["text", "json", "csv"])
  func dryRun(format: String) throws {
    try withLedger { ledger throws in
      let before = try ledger.state()
      let good = ["append", "bill.introduced", "--dry-run", "--format", format] + goodFields()
      let ended = try ledger.annals(good)
      #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
      #expect(ended.output.contains("2 May 2024") && ended.output.contains("Chile"))
      if format == "json" { #expect(try JSONValue(parsing: ended.standardOutput)["dryRun"]?.bool == true) }
      let sealed = try ledger.annals(
        "append", "testimony.shared", "--dry-run", "--format", format, "campaign=campaign:x",
        "occurred=2018-03-05",
        "country=CL", "person=Aurora")
      #expect(sealed.how == .exit(0), "\(sealed)")
      #expect(!sealed.output.contains("Aurora"))
      expectFailure(try ledger.annals("append", "bill.introduced", "--dry-run", "--format", format), 65)
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("An event from a file or from stdin is the same as one from the command line")
  func json() throws {
    try withLedger { ledger throws in
      let text =
        #"{"id":"E1","type":"bill.introduced","subject":"measure:xx-1","occurred":"2024-05-02","country":"CL","identifier":"B 1","chamber":"senate","source.citation":"Diario"}"#
      #expect(try ledger.annals(["append", "bill.introduced", "id=E1"] + goodFields()).how == .exit(0))
      try ledger.home.write("event.json", text.replacingOccurrences(of: ",", with: ",\n  "))
      for ended in [
        try ledger.annals("append", "--json", "event.json"),
        try ledger.annals("append", "--json", "-", input: Array(text.utf8)),
      ] {
        #expect(ended.output == "position 13  id E1\n", "\(ended)")
      }
    }
  }

  @Test("Messages about bad lines go to stderr, the counts to stdout")
  func importRefusals() throws {
    try withLedger { ledger throws in
      let ended = try ledger.annals("import", "-", input: Array("{}\n".utf8))
      #expect(ended.output == "0 added, 0 already there, 1 refused\n")
      #expect(ended.errors.hasPrefix("-:1: type: is missing"))
      #expect(ended.how == .exit(65))
    }
  }

  @Test("There is no colour where stdout is no terminal")
  func noColourInFiles() throws {
    try withLedger { ledger throws in
      #expect(try !ledger.annals("vocabulary", "list").standardOutput.contains(0x1b))
    }
  }

  @Test(
    "On a terminal there is colour, unless NO_COLOR or --no-color takes it away",
    .enabled(if: find("script") != nil))
  func colourOnTerminals() throws {
    try withLedger { ledger throws in
      // util-linux's script gives the command a terminal.
      func shown(_ command: String, _ environment: [String: String] = [:]) throws -> [UInt8] {
        let environment = ["TERM": "xterm"].merging(environment) { $1 }
        let ended = try ledger.shell("script -qec '\(command)' /dev/null", environment: environment)
        #expect(ended.output.contains("TYPE") && ended.output.contains("bill.introduced"), "\(ended)")
        return ended.standardOutput
      }
      #expect(try shown("annals vocabulary list").contains(0x1b))
      #expect(try !shown("annals vocabulary list", ["NO_COLOR": "1"]).contains(0x1b))
      #expect(try !shown("annals vocabulary list --no-color").contains(0x1b))
      #expect(try !shown("annals vocabulary list", ["TERM": "dumb"]).contains(0x1b))
    }
  }

  @Test("Tables keep to the width that COLUMNS tells", arguments: [60, 80, 100, 160])
  func widths(columns: Int) throws {
    try withLedger { ledger throws in
      let ended = try ledger.annals("vocabulary", "list", environment: ["COLUMNS": "\(columns)"])
      #expect(ended.outputLines.map(\.count).max() ?? 0 <= columns, "\(ended)")
      #expect(ended.outputLines.count > 50)
    }
  }

  @Test("Text from the ledger cannot steer a terminal", arguments: ["\u{1b}[2J", "\u{202e}", "\u{9b}2J"])
  func steeringText(text: String) throws {
    try withLedger { ledger throws in
      // Whether it is refused or recorded, it is never obeyed.
      let fields = goodFields() + ["title=before\(text)after", "note=a\(text)b"]
      let appended = try ledger.annals(["append", "bill.introduced"] + fields)
      for ended in [
        appended, try ledger.annals("status"), try ledger.annals("timeline"),
        try ledger.annals("status", "x\(text)y"),
        try ledger.annals("append", "x\(text)y"),
      ] {
        let scalars = (ended.output + ended.errors).unicodeScalars
        #expect(
          scalars.allSatisfy { !text.unicodeScalars.contains($0) || $0.value >= 0x20 && $0.value < 0x7f })
      }
    }
  }

  @Test("The ledger is found by --ledger, by ANNALS_LEDGER and where one stands; the first wins")
  func whichLedger() throws {
    try withLedger { ledger throws in
      func origin(_ arguments: [String], in directory: String, _ environment: [String: String] = [:]) throws
        -> String
      {
        let ended = try Annals.run(["status", "FR"] + arguments, in: directory, environment: environment)
        return ended.output.components(separatedBy: ":")[0]
      }
      #expect(try ledger.annals("init", "second", "--origin", "second").how == .exit(0))
      let (home, second) = (ledger.home.path, ledger.home.file("second"))
      #expect(try origin([], in: ledger.path) == "example.org/test")
      #expect(try origin([], in: ledger.path, ["ANNALS_LEDGER": second]) == "second")
      #expect(try origin(["--ledger", "second"], in: home, ["ANNALS_LEDGER": ledger.path]) == "second")
      #expect(try origin(["--ledger", "second/"], in: home) == "second")
    }
  }
}
