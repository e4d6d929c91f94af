// The same ledger gives the same answers wherever it is asked: time zone, locale, directory, terminal.

internal import Foundation
internal import Testing

@Suite("Surroundings")
struct SurroundingsTests {
  private static let surroundings: [[String: String]] = [
    ["TZ": "Pacific/Kiritimati"], ["TZ": "Pacific/Pago_Pago"],
    ["TZ": "Asia/Kathmandu", "LC_ALL": "de_DE.UTF-8"],
    ["LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"], ["LC_ALL": "fa_IR.UTF-8", "TZ": "Asia/Tehran"],
    ["LC_ALL": "C"], ["LC_ALL": "POSIX", "TZ": ""], ["LC_ALL": "nonsense", "TZ": "Nowhere/AtAll"],
    ["LANG": "th_TH.UTF-8", "COLUMNS": "40", "TERM": "dumb"],
    ["HOME": "/nowhere", "USER": "", "LOGNAME": ""],
  ]

  @Test("Documents are the same to the byte under any time zone and locale")
  func documents() throws {
    try withLedger { ledger in
      #expect(
        try ledger.annals(
          "import", "--quiet", repository.appendingPathComponent("Events/record/metoo.jsonl").path,
          repository.appendingPathComponent("Events/record/us-congress.jsonl").path
        ).how == .exit(0))
      for arguments in [
        ["status", "--format", "json"], ["status", "--format", "csv"], ["timeline", "--format", "json"],
        ["show", "measure:us-115-hr4396", "--format", "json"], ["replay"], ["rebuild"],
        ["vocabulary", "schema", "bill.introduced"],
      ] {
        let expected = try ledger.annals(arguments)
        #expect(expected.how == .exit(0) && expected.standardOutput.count > 50, "\(expected)")
        for surroundings in Self.surroundings {
          let ended = try ledger.annals(arguments, environment: surroundings)
          #expect(ended.how == .exit(0) && ended.errors == "", "\(surroundings): \(ended)")
          #expect(
            ended.standardOutput == expected.standardOutput, "\(arguments) differs under \(surroundings)")
        }
      }
    }
  }

  @Test("What is recorded is the same too, but for the moment and the ids", arguments: surroundings)
  func leaves(surroundings: [String: String]) throws {
    func leaf(_ environment: [String: String]) throws -> String {
      try withLedger { ledger in
        let fields = goodFields().map {
          $0.replacingOccurrences(of: "identifier=B 1", with: "identifier=İIiı Ä 米兔")
        }
        let ended = try ledger.annals(
          ["append", "bill.introduced", "id=E1"] + fields, environment: environment)
        #expect(ended.how == .exit(0), "\(ended)")
        let text = try ledger.annals("replay", "--from", "13").output
        return text.replacing(/"recorded":"[0-9T:.-]+Z"/, with: "")
      }
    }
    #expect(try leaf(surroundings).utf8.elementsEqual(leaf([:]).utf8))
  }

  @Test("Views made anew under another locale have the same digest as those that grew")
  func digests() throws {
    try withLedger { ledger in
      let record = try FileManager.default.contentsOfDirectory(
        atPath: repository.appendingPathComponent("Events/record").path
      ).filter { $0.hasSuffix(".jsonl") }.sorted().map {
        repository.appendingPathComponent("Events/record/" + $0).path
      }
      // File by file, under changing surroundings.
      for (index, file) in record.enumerated() {
        let surroundings = Self.surroundings[index % Self.surroundings.count]
        #expect(try ledger.annals(["import", "--quiet", file], environment: surroundings).how == .exit(0))
      }
      let grown = try ledger.annals("status", "--format", "json")
      let digests = try Self.surroundings.map { try ledger.annals(["rebuild"], environment: $0).output }
      #expect(Set(digests).count == 1, "\(digests)")
      #expect(try ledger.annals("status", "--format", "json").output == grown.output)
    }
  }

  @Test(
    "The recorder is ANNALS_RECORDER, else the login name, else unknown",
    arguments: [
      (["ANNALS_RECORDER": "k.ito"], "k.ito"), (["ANNALS_RECORDER": "名前"], "名前"),
    ])
  func recorder(environment: [String: String], name: String) throws {
    try withLedger { ledger in
      let ended = try ledger.annals(["append", "bill.introduced"] + goodFields(), environment: environment)
      #expect(ended.how == .exit(0), "\(ended)")
      #expect(try ledger.annals("replay", "--from", "13").output.contains(#""recorder":"\#(name)""#))
    }
  }
}
