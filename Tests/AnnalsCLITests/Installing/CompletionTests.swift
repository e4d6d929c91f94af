// What a shell offers: the scripts are put into a real bash, which is given command lines broken up as bash breaks them.

internal import Foundation
internal import Testing

@Suite("Completion")
struct CompletionTests {
  @Test(
    "The completion script is in the language of the shell",
    arguments: ["bash", "zsh", "fish"].filter { find($0) != nil })
  func scripts(shell: String) throws {
    try withDirectory { directory in
      let script = try Annals.run(["--generate-completion-script", shell])
      #expect(script.how == .exit(0) && script.outputLines.count > 200, "\(script)")
      let file = try directory.write("script", script.standardOutput)
      let ended = try ChildProcess(
        find(shell) ?? "", ["-n", file], environment: Annals.environment(["HOME": directory.path]), in: "/"
      ).wait()
      #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
    }
  }

  /// What bash offers, and in what it breaks a line into words; `ANNALS` holds a bill measure:xx-1.
  private func offered(_ line: String, ledger: TestLedger) throws -> [String] {
    let harness = #"""
      source <(annals --generate-completion-script bash)
      # As bash does it: words are parted by blanks, and : and = are words by themselves.
      read -ra words <<<"$(sed 's/[:=]/ & /g' <<<"$1")"
      [[ $1 == *' ' ]] && words+=('')
      COMP_LINE=$1 COMP_POINT=${#1} COMP_WORDS=("${words[@]}") COMP_CWORD=$((${#words[@]} - 1))
      current=${COMP_WORDS[COMP_CWORD]}
      [[ $current == [:=] ]] && current=
      complete -p annals >/dev/null || exit
      function=$(complete -p annals | sed 's/.*-F \([^ ]*\) .*/\1/')
      "$function" annals "$current" "${COMP_WORDS[COMP_CWORD - 1]}"
      printf '%s\n' "${COMPREPLY[@]}"
      """#
    try ledger.home.write("harness.bash", harness)
    let quoted = line.replacingOccurrences(of: "'", with: "'\\''")
    let ended = try ledger.shell("bash harness.bash '\(quoted)'")
    #expect(ended.how == .exit(0) && ended.errors == "", "\(ended)")
    return ended.outputLines.filter { !$0.isEmpty }
  }

  @Test(
    "Commands, formats, types, fields and their values, schemas, directories are offered",
    arguments: [
      ("annals voc", ["vocabulary"]), ("annals vocabulary s", ["schema", "show"]),
      ("annals status --format js", ["json", "jsonl"]),
      ("annals append bill.veto", ["bill.veto-overridden", "bill.vetoed"]),
      ("annals vocabulary show ledger.o", ["ledger.opened"]), ("annals append ledger.o", []),
      ("annals append bill.vetoed ki", ["kind=line-item", "kind=pocket", "kind=regular"]),
      ("annals append bill.vetoed kind=p", ["pocket"]),
      (
        "annals append bill.vetoed subject=measure:xx-1 conf",
        [
          "confidence=confirmed", "confidence=contested", "confidence=derived", "confidence=essay",
          "confidence=recalled", "confidence=reported",
        ]
      ),
      ("annals append bill.vetoed source.u", ["source.url="]),
      ("annals schema status", ["status", "status-row"]),
      ("annals status --ledger led", ["ledger"]), ("annals init led", ["ledger"]),
      ("annals import --quiet ev", ["events.jsonl"]),
    ])
  func words(line: String, expected: [String]) throws {
    try withLedger { ledger in
      try ledger.home.write("events.jsonl", "")
      #expect(try offered(line, ledger: ledger).sorted() == expected)
    }
  }

  @Test("Subjects of the ledger that is meant are offered, whatever bash makes of the colon; places too")
  func subjects() throws {
    try withLedger { ledger in
      _ = try ledger.annals(["append", "bill.introduced", "institution=cl/senado"] + goodFields(1))
      _ = try ledger.annals(["append", "bill.introduced"] + goodFields(12))
      #expect(try offered("annals show mea", ledger: ledger) == ["measure:xx-1", "measure:xx-12"])
      #expect(try offered("annals show measure:", ledger: ledger) == ["xx-1", "xx-12"])
      #expect(try offered("annals show --on 2024-06-01 measure:xx-12", ledger: ledger) == ["xx-12"])
      #expect(try offered("annals status ", ledger: ledger).contains("CL"))
      #expect(try offered("annals timeline cl/", ledger: ledger) == ["cl/senado"])
      #expect(try offered("annals show cl/", ledger: ledger) == [])
      // A ledger named on the line goes before the one in the environment.
      #expect(try offered("annals show --ledger nowhere mea", ledger: ledger) == [])
      try FileManager.default.moveItem(atPath: ledger.path, toPath: ledger.home.file("moved"))
      #expect(try offered("annals show --ledger moved mea", ledger: ledger).count == 2)
      #expect(try offered("annals show --ledger=moved mea", ledger: ledger).count == 2)
    }
  }

  @Test(
    "Other shells are told what the words mean",
    arguments: [("zsh", #"measure\:xx-1:Ley"#), ("fish", "measure:xx-1\tLey")])
  func meanings(shell: String, line: String) throws {
    try withLedger { ledger in
      _ = try ledger.annals(["append", "bill.introduced", "title=Ley"] + goodFields(1))
      let ended = try ledger.annals(
        ["---completion", "show", "--", "positional@0", "2", "3", "annals", "show", "mea"],
        environment: ["SAP_SHELL": shell])
      #expect(ended.how == .exit(0) && ended.outputLines.first == line, "\(ended)")
    }
  }

  @Test("Where no ledger can be read less is offered, and nothing is told")
  func noLedger() throws {
    try withLedger { ledger in
      try ledger.home.write("ledger/log.db", "rubbish")
      #expect(try offered("annals append bill.vetoed kind=p", ledger: ledger) == ["pocket"])
      #expect(try offered("annals status ", ledger: ledger).contains("CL") == false)
    }
  }
}
