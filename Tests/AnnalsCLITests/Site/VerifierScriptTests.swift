// The functions of verify.js against the vectors of others, which the Swift library is held to as well.

internal import Foundation
internal import Testing

@Suite(
  "The script that verifies", .enabled(if: Chromium.isUsable, Comment(rawValue: Chromium.advice)), .serialized
)
struct VerifierScriptTests {
  private struct Note: Decodable {
    let name: String
    let note_b64: String
    let vkeys: [String]
    let valid: Bool
    let verified_count: Int?
  }

  private struct Inclusion: Decodable {
    let leafIdx: UInt64
    let treeSize: UInt64
    let root: String
    let leafHash: String
    let proof: [String]?
    let wantErr: Bool
  }

  private struct Body: Decodable {
    let name: String
    let body: String
    let parses: Bool
  }

  private struct Layout: Decodable {
    struct Pair: Decodable {
      let index: UInt64
      let path: String
      init(from decoder: any Decoder) throws {
        var list = try decoder.unkeyedContainer()
        index = try list.decode(UInt64.self)
        path = try list.decode(String.self)
      }
    }
    let index_to_path: [Pair]
  }

  private let vectors = repository.appendingPathComponent("Tests/TransparencyLogTests/Vectors")

  private func decode<T: Decodable>(_ type: T.Type, _ name: String) throws -> T {
    try JSONDecoder().decode(type, from: Data(contentsOf: vectors.appendingPathComponent(name)))
  }

  private func literal(_ value: some Encodable) throws -> String {
    String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
  }

  /// Evaluates scripts on the page; each is the body of a function that may wait.
  private func values(_ bodies: [String]) throws -> [String] {
    let site = try PublishedSite.record.get()
    let helpers = "const raw = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));"
    let scripts = bodies.map {
      "(async () => { \(helpers) \($0) })().catch((error) => \"refused: \" + error.message)"
    }
    return try Chromium.look(SitePlan(directory: site.path, scripts: scripts)).scripts
  }

  @Test("Each note, checkpoint, inclusion proof and path of the vectors is accepted or refused as they say")
  func foreign() throws {
    let notes = try decode([Note].self, "signed-note/notes.json")
    let noteScripts = try notes.map {
      "const note = readNote(raw(\(try literal($0.note_b64)))); const keys = [];"
        + "for (const text of \(try literal($0.vkeys))) keys.push(await readKey(text));"
        + "return (await signersOf(note, keys)).length;"
    }
    let probes = vectors.appendingPathComponent("merkle-probes/inclusion")
    let names = try FileManager.default.subpathsOfDirectory(atPath: probes.path)
      .filter { $0.hasSuffix(".json") }.sorted()
    let inclusions = try names.map { try decode(Inclusion.self, "merkle-probes/inclusion/" + $0) }
    let inclusionScripts = try inclusions.map {
      "const path = \(try literal($0.proof ?? [])).map(raw); const leaf = raw(\(try literal($0.leafHash)));"
        + "if ([leaf, ...path].some((hash) => hash.length !== 32)) return false;"
        + "return same(await rootByPath(leaf, \($0.leafIdx)n, \($0.treeSize)n, path), raw(\(try literal($0.root))));"
    }
    let bodies = try decode([Body].self, "checkpoint-parse/cases.json")
    let bodyScripts = try bodies.map {
      // Some roots are no hashes of SHA-256: with one in their place the rest is read. A note's text ends in a line
      // feed, which the reader of notes sees to.
      """
      const text = \(try literal($0.body)), lines = text.split("\\n");
      if (!text.endsWith("\\n")) return false;
      const refusal = (given) => { try { readCheckpoint({ text: given }); return ""; } catch (error) { return error.message; } };
      if (!/length of a hash/.test(refusal(text))) return refusal(text) === "";
      lines[2] = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
      return refusal(lines.join("\\n")) === "";
      """
    }
    let pairs = try decode(Layout.self, "tile-layout/layout.json").index_to_path
    let pathScripts = pairs.map { "return pathOf(0, \($0.index)n);" }
    let found = try values(noteScripts + inclusionScripts + bodyScripts + pathScripts)
    var rest = found[...]
    #expect(notes.count == 18 && inclusions.count == 33 && bodies.count == 13 && pairs.count >= 4)
    for note in notes {
      let value = rest.removeFirst()
      let isRight = note.valid ? value == "\(note.verified_count ?? -1)" : value.hasPrefix("\"refused: ")
      #expect(isRight, "\(note.name): \(value)")
    }
    for (name, probe) in zip(names, inclusions) {
      let value = rest.removeFirst()
      #expect(probe.wantErr ? value != "true" : value == "true", "\(name): \(value)")
    }
    for body in bodies {
      let value = rest.removeFirst()
      #expect(value == (body.parses ? "true" : "false"), "\(body.name): \(value)")
    }
    for pair in pairs { #expect(rest.removeFirst() == "\"tile/0/\(pair.path)\"") }
  }

  @Test(
    "Paths read from tiles lead to the root that the definition gives, at every size, beyond a full tile of level 1 too"
  )
  func paths() throws {
    // MTH as RFC 6962 defines it, and tiles cut from its subtrees.
    let setUp = """
      const leaves = []; for (let i = 0; i < SIZE; i += 1) leaves.push(await leafHash([i & 255, i >> 8]));
      const known = new Map();
      const mth = async (from, to) => {
        const name = from + "-" + to;
        if (!known.has(name)) {
          let half = 1; while (half * 2 < to - from) half *= 2;
          known.set(name, to - from === 1 ? leaves[from] : await nodeHash(await mth(from, from + half), await mth(from + half, to)));
        }
        return known.get(name);
      };
      const read = async (path) => {
        const [, level, groups, width] = /^tile\\/(\\d+)\\/([x\\d/]+?)(?:\\.p\\/(\\d+))?$/.exec(path);
        const index = Number(groups.replace(/[x/]/g, "")), span = 256 ** Number(level), parts = [];
        for (let slot = 0; slot < Number(width ?? 256); slot += 1) {
          const start = (index * 256 + slot) * span;
          if (start + span > SIZE) return null;
          parts.push(await mth(start, start + span));
        }
        return join(...parts);
      };
      const tiles = new Tiles(read, BigInt(SIZE)), root = await mth(0, SIZE), wrong = [];
      for (const m of POSITIONS) {
        const path = await tiles.path(BigInt(m));
        if (!same(await rootByPath(leaves[m], BigInt(m), BigInt(SIZE), path), root)) wrong.push(m);
      }
      return wrong;
      """
    let sizes = [1, 2, 3, 5, 8, 255, 256, 257, 300, 511, 512, 513, 1_000, 66_000]
    let scripts = sizes.map { size in
      let positions = Set([0, 1, 2, 3, 254, 255, 256, 257, 300, size / 2, size - 2, size - 1, 65_535, 65_536])
        .filter { $0 >= 0 && $0 < size }.sorted()
      return setUp.replacingOccurrences(of: "SIZE", with: "\(size)")
        .replacingOccurrences(of: "POSITIONS", with: "\(positions)")
    }
    for (size, value) in zip(sizes, try values(scripts)) { #expect(value == "[]", "size \(size): \(value)") }
  }
}
