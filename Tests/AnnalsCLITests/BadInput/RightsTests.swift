// Ledgers that may not be written or not even read.

internal import Foundation
internal import Testing

@Suite(
  "Rights", .enabled(if: Unprivileged.isUsable, "only root can give rights away, with setpriv"))
struct RightsTests {
  private static let append = ["append", "bill.introduced"] + goodFields()

  /// Lets everybody read a ledger, and nobody but its owner write it.
  private func publish(_ ledger: TestLedger) throws {
    for name in ["", "/keys"] { chmod(ledger.path + name, 0o755) }
    for name in try FileManager.default.subpathsOfDirectory(atPath: ledger.path) where name != "keys" {
      chmod(ledger.path + "/" + name, 0o644)
    }
  }

  @Test("A ledger of somebody else cannot be looked into")
  func closed() throws {
    try withLedger { ledger in
      let before = try ledger.state()
      for arguments in [["status"], ["replay"], Self.append] {
        expectFailure(try ledger.withoutRights(arguments), 77, "permission denied")
      }
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A ledger that may only be read answers every question and takes no event")
  func readOnly() throws {
    try withLedger { ledger in
      #expect(try ledger.annals(Self.append).how == .exit(0))
      let status = try ledger.annals("status", "--format", "json")
      try publish(ledger)
      let before = try ledger.state()
      #expect(try ledger.withoutRights(["status", "--format", "json"]).output == status.output)
      for arguments in [["timeline"], ["show", "measure:xx-1"], ["replay"], ["vocabulary", "list"]] {
        let ended = try ledger.withoutRights(arguments)
        #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
      }
      try ledger.home.write(
        "event.jsonl",
        #"{"type":"bill.introduced","subject":"measure:xx-2","occurred":"2024","country":"CL","identifier":"2","chamber":"s","unsourced":true}"#
      )
      for arguments in [
        ["append", "bill.introduced"] + goodFields(2), ["import", ledger.home.file("event.jsonl")],
        ["append", "testimony.shared", "campaign=campaign:x", "occurred=2018", "person=Aurora"],
      ] {
        let ended = try ledger.withoutRights(arguments)
        expectFailure(ended, 77)
        #expect(ended.output == "", "\(ended)")
      }
      try FileManager.default.removeItem(atPath: ledger.home.file("event.jsonl"))
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A log that may not be written takes no event, though its directory may be")
  func readOnlyFile() throws {
    try withLedger { ledger in
      try publish(ledger)
      chmod(ledger.path, 0o777)
      let before = try ledger.state()
      expectFailure(try ledger.withoutRights(Self.append), 77)
      #expect(try ledger.withoutRights(["status"]).how == .exit(0))
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("No ledger is made where one may not write")
  func initWithoutRights() throws {
    try withLedger { ledger in
      let before = try ledger.state()
      let ended = try ledger.withoutRights(["init", ledger.home.file("new")])
      expectFailure(ended, 73, "cannot")
      try expectUnchanged(ledger, since: before)
    }
  }

  @Test("A file that may not be read exits 66, whatever its form")
  func unreadableFile() throws {
    try withLedger { ledger in
      try publish(ledger)
      chmod(ledger.path, 0o777)
      for name in ["/log.db"] { chmod(ledger.path + name, 0o666) }
      for name in ["secret.jsonl", "secret.csv", "secret.json"] {
        try ledger.home.write(name, "{}")
        chmod(ledger.home.file(name), 0o600)
        let command = name.hasSuffix("json") ? ["append", "--json"] : ["import"]
        expectFailure(try ledger.withoutRights(command + [ledger.home.file(name)]), 66, "permissions")
      }
    }
  }
}

@Suite("Modes of files")
struct ModeTests {
  @Test("What a ledger keeps secret is readable by its owner alone")
  func modes() throws {
    try withLedger { ledger in
      let ended = try ledger.shell(
        "umask 0; annals init fresh --quiet; annals append testimony.shared campaign=campaign:x occurred=2018 "
          + "person=Aurora --ledger fresh --quiet")
      #expect(ended.how == .exit(0), "\(ended)")
      for (name, mode) in [
        ("", 0o700), ("/keys", 0o700), ("/keys/content-tag.key", 0o600), ("/vault.db", 0o600),
      ] {
        var status = stat()
        #expect(stat(ledger.home.file("fresh") + name, &status) == 0)
        #expect(
          Int(status.st_mode) & 0o777 == mode, "\(name) has mode \(String(status.st_mode & 0o777, radix: 8))")
      }
    }
  }
}
