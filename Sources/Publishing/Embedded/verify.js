// Verifies a published log, one of its events, or a proof, in the reader's browser.
//
// Read this file before you trust it: it is written to be read from top to bottom, and needs nothing but the browser.
// It sends nothing; it only reads the files of the log, from where the page lies or from a directory that you choose.
// A page cannot vouch for itself: who can alter the log's files can alter this one, too. So compare the key with one
// that you have from elsewhere, and where much depends on it use a copy of this file that you have read, or another
// program.
//
// What it implements:
//   RFC 6962, section 2.1 (the tree), with the check of inclusion of RFC 9162, section 2.1.3.2
//   c2sp.org/signed-note v1.0.0 with Ed25519 (RFC 8032), c2sp.org/tlog-checkpoint v1.0.0
//   c2sp.org/tlog-tiles v0.1.0, c2sp.org/tlog-proof (C2SP commit 5ba5ee8)
// Positions and sizes are BigInt, since they may go to 2^64; widths of tiles and lengths are numbers.
"use strict";

/** It was checked, and is not as it must be: the answer is no. */
class Refused extends Error {
  constructor(message, expected, found) {
    super(message);
    Object.assign(this, { expected, found });
  }
}

/** It could not be checked here: the answer is neither yes nor no. */
class Unable extends Error {}

function need(isSo, message, expected, found) {
  if (!isSo) throw new Refused(message, expected, found);
}

const whole = 256; // hashes in a full tile, events in a full bundle (tlog-tiles)
const limit = { note: 1_000_000, proof: 2_000_000, event: 65_535, signatures: 100, logSize: 300_000n };

// Bytes and text ------------------------------------------------------------------------------------------------------

function join(...parts) {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

const same = (left, right) => left.length === right.length && left.every((byte, index) => byte === right[index]);
const utf8 = (text) => new TextEncoder().encode(text);
const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

/** Text for the eye: short, and with the characters visible that would turn or hide what follows them. */
function shown(text, most = 120) {
  const cut = text.length > most ? text.slice(0, most) + "…" : text;
  const number = (c) => c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
  return cut.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, (c) => `⟨U+${number(c)}⟩`);
}

function textOf(bytes, what) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new Refused(`${what} is not text in UTF-8`, "UTF-8", `${bytes.length} bytes that are not`);
  }
}

/** RFC 4648, section 4: with padding, and in the one spelling that these bytes have. */
function fromBase64(text, what) {
  let bytes = null;
  try {
    bytes = Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch { /* told below */ }
  need(bytes && text === btoa(atob(text)), `${what} is not base64`, "base64 with padding", shown(text));
  return bytes;
}

/** A decimal number below 2^64, without sign and leading zeros. */
function decimal(text, what) {
  const isDecimal = /^(0|[1-9][0-9]{0,19})$/.test(text) && BigInt(text) < 1n << 64n;
  need(isDecimal, `${what} is not a number`, "a decimal number below 2^64, without leading zeros", shown(text));
  return BigInt(text);
}

// The tree: RFC 6962, section 2.1 -------------------------------------------------------------------------------------

const sha256 = async (...parts) => new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts)));
const leafHash = (entry) => sha256([0], entry);
const nodeHash = (left, right) => sha256([1], left, right);

/** The root over neighbouring subtrees, all but the last of one height: a last one without a partner moves up. */
async function rootOf(hashes) {
  while (hashes.length > 1) {
    const pairs = [];
    for (let i = 0; i + 1 < hashes.length; i += 2) pairs.push(nodeHash(hashes[i], hashes[i + 1]));
    hashes = [...(await Promise.all(pairs)), ...hashes.slice(2 * pairs.length)];
  }
  return hashes.length ? hashes[0] : sha256();
}

/** The root to which a leaf leads by a path of hashes, the nearest first: RFC 9162, section 2.1.3.2. */
async function rootByPath(leaf, index, size, path) {
  need(index < size, "the position is not one of the log", `below ${size}`, `${index}`);
  let [position, last, hash] = [index, size - 1n, leaf];
  for (const sibling of path) {
    need(last > 0n, "the path of the proof is too long for a log of this size");
    if (position & 1n || position === last) {
      hash = await nodeHash(sibling, hash);
      while (!(position & 1n) && position > 0n) [position, last] = [position >> 1n, last >> 1n];
    } else {
      hash = await nodeHash(hash, sibling);
    }
    [position, last] = [position >> 1n, last >> 1n];
  }
  need(last === 0n, "the path of the proof is too short for a log of this size");
  return hash;
}

// Keys, notes, checkpoints: signed-note, tlog-checkpoint --------------------------------------------------------------

/** NAME+ID+BASE64, where ID begins the SHA-256 of name, line feed, type and key (signed-note, Verifier keys). */
async function readKey(text) {
  const [, name, id, data] = /^([^+\s]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  need(name, "this is no verifier key", "NAME+ID+BASE64", shown(text));
  const bytes = fromBase64(data, "the key");
  const found = hex((await sha256(utf8(name), [10], bytes)).slice(0, 4));
  need(found === id, "the key's id is not that of the key: was it copied whole?", id, found);
  need(bytes[0] === 1 && bytes.length === 33, "the key is none for Ed25519 (type 0x01)", "33 bytes, the first 01",
    `${bytes.length} bytes, the first ${hex(bytes.slice(0, 1))}`);
  return { name, id, ed25519: await crypto.subtle.importKey("raw", bytes.slice(1), "Ed25519", false, ["verify"]) };
}

/** The parts of a signed note, nothing of which is believed yet. */
function readNote(bytes) {
  need(bytes.length <= limit.note, "the checkpoint is too long", `at most ${limit.note} bytes`, `${bytes.length}`);
  const text = textOf(bytes, "the checkpoint");
  const end = text.lastIndexOf("\n\n"); // the last blank line ends the text
  const isNote = end > 0 && text.length > end + 2 && text.endsWith("\n") && !/[\0-\x09\x0b-\x1f]/.test(text);
  need(isNote, "the checkpoint is no signed note", "a text, an empty line, signatures, each a line", shown(text));
  const lines = text.slice(end + 2, -1).split("\n");
  need(lines.length <= limit.signatures, "there are too many signatures", `${limit.signatures}`, `${lines.length}`);
  const signatures = lines.map((line) => {
    const [, name, data] = /^\u2014 ([^+\s]+) (\S+)$/u.exec(line) ?? [];
    need(name, "a signature line is malformed", "— NAME BASE64", shown(line));
    const signature = fromBase64(data, "a signature");
    need(signature.length > 4, "a signature is too short", "an id of 4 bytes, and more", `${signature.length} bytes`);
    return { name, id: hex(signature.slice(0, 4)), bytes: signature.slice(4) };
  });
  return { text: text.slice(0, end + 1), signatures }; // with the line feed that ends the text: it is signed
}

/** Origin, size, root, and lines that we do not know: tlog-checkpoint. */
function readCheckpoint(note) {
  const lines = note.text.slice(0, -1).split("\n");
  need(lines.length >= 3 && !lines.includes(""), "the checkpoint is malformed", "origin, size and root, each a line",
    shown(note.text));
  const root = fromBase64(lines[2], "the root");
  need(root.length === 32, "the root has not the length of a hash", "32 bytes", `${root.length}`);
  return { origin: lines[0], size: decimal(lines[1], "the size"), root };
}

/** The keys that signed. Unknown keys say nothing; a known one with a false signature refuses the whole note. */
async function signersOf(note, keys) {
  const signers = new Set();
  for (const { name, id, bytes } of note.signatures) {
    const key = keys.find((known) => known.name === name && known.id === id);
    if (!key) continue;
    const isGenuine = bytes.length === 64 &&
      await crypto.subtle.verify("Ed25519", key.ed25519, bytes, utf8(note.text));
    need(isGenuine, `the signature of ${shown(name)} is not genuine`, `a signature of these lines by key ${id}`,
      hex(bytes.slice(0, 64)));
    signers.add(`${name}+${id}`);
  }
  const names = (known) => shown(known.map(({ name, id }) => `${name}+${id}`).join(", "), 500);
  need(signers.size, "no key that you trust has signed the checkpoint", names(keys), names(note.signatures));
  return [...signers];
}

// The files of the log: tlog-tiles ------------------------------------------------------------------------------------

/** `kind` is a level or `entries`; digits in groups of three, all but the last with an x before them. */
function pathOf(kind, index, width = whole) {
  let groups = String(index % 1000n).padStart(3, "0");
  for (let rest = index / 1000n; rest > 0n; rest /= 1000n) {
    groups = `x${String(rest % 1000n).padStart(3, "0")}/${groups}`;
  }
  return `tile/${kind}/${groups}${width === whole ? "" : `.p/${width}`}`;
}

/** Files as a server gives them: bytes, or null if there is no such file. */
const served = (base) => async (path, most) => {
  if (base.startsWith("file:")) {
    throw new Unable("the files of the log are not at hand, since browsers do not let a page that was opened as a file "
      + "read those beside it. Choose the published directory, or drop a proof and its event");
  }
  try {
    const response = await fetch(new URL(path, base), {
      cache: path === "checkpoint" ? "no-store" : "default", credentials: "omit",
      signal: AbortSignal.timeout(30_000) });
    if (response.status === 404 || response.status === 410) return null;
    if (!response.ok) throw new Error(`the server says ${response.status}`);
    const parts = [];
    let length = 0;
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) return join(...parts);
      parts.push(value);
      length += value.length;
      if (length > most) {
        await reader.cancel();
        throw new Refused(`${path} is too long`, `at most ${most} bytes`, "more");
      }
    }
  } catch (error) {
    if (error instanceof Refused) throw error;
    throw new Unable(`${path} could not be read (${error.message}). Is the network there? Otherwise choose a copy of `
      + "the published directory");
  }
};

/** Files of a directory that the reader has chosen. */
function chosen(files) {
  const all = new Map(Array.from(files, (file) => [file.webkitRelativePath || file.name, file]));
  const notes = [...all.keys()].filter((path) => /(^|\/)checkpoint$/.test(path));
  const first = notes.sort((a, b) => a.split("/").length - b.split("/").length)[0] ?? "checkpoint";
  return async (path, most) => {
    const file = all.get(first.slice(0, -"checkpoint".length) + path);
    return file ? bytesOf(file, most, path) : null;
  };
}

async function bytesOf(file, most, name = file.name) {
  need(file.size <= most, `${shown(name)} is too long`, `at most ${most} bytes`, `${file.size}`);
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (error) {
    throw new Unable(`${shown(name)} could not be read: ${error.message}`);
  }
}

/** The tiles and bundles of a log of a certain size, each read once. */
class Tiles {
  #kept = new Map();
  constructor(read, size) { Object.assign(this, { read, size }); }

  /** How many of `whole` a tile or bundle holds at this size. */
  width(level, index) {
    const rest = (this.size >> BigInt(8 * level)) - index * 256n;
    return rest < 256n ? Number(rest) : whole;
  }

  /** A file with the width that it has; where the partial one is gone, the full one serves (Partial Tiles). */
  async file(kind, index, width, mostBytesEach) {
    for (const stored of new Set([width, whole])) {
      const path = pathOf(kind, index, stored);
      const bytes = await this.read(path, stored * mostBytesEach);
      if (bytes) return { bytes, stored, path };
    }
    throw new Refused(`${pathOf(kind, index, width)} is missing`, pathOf(kind, index, width), "no such file");
  }

  /** The hashes of a tile. */
  hashes(level, index) {
    const name = `${level}/${index}`;
    if (!this.#kept.has(name)) this.#kept.set(name, this.#hashes(level, index));
    return this.#kept.get(name);
  }

  async #hashes(level, index) {
    const width = this.width(level, index);
    const { bytes, stored, path } = await this.file(level, index, width, 32);
    need(bytes.length === stored * 32, `${path} is malformed`, `${stored * 32} bytes`, `${bytes.length}`);
    return Array.from({ length: width }, (_, slot) => bytes.slice(slot * 32, slot * 32 + 32));
  }

  /** The events of a bundle, each with its length before it in two bytes, and nothing else (Log entries). */
  async entries(index) {
    const width = this.width(0, index);
    const { bytes, stored, path } = await this.file("entries", index, width, limit.event + 2);
    const entries = [];
    let offset = 0;
    while (entries.length < stored) {
      const start = offset + 2;
      const end = start + bytes[offset] * 256 + bytes[offset + 1]; // NaN behind the end, which no length is above
      if (!(end <= bytes.length)) break;
      entries.push(bytes.slice(start, end));
      offset = end;
    }
    need(entries.length === stored && offset === bytes.length, `${path} is malformed`, `${stored} events to the byte`,
      `${entries.length} events in ${offset} of ${bytes.length} bytes`);
    return entries.slice(0, width);
  }

  /** The hash over 2^height events, of which index * 2^height is the first: it lies within one tile. */
  async subtree(height, index) {
    const level = Math.floor(height / 8);
    const count = 1 << (height % 8);
    const first = index * BigInt(count);
    const hashes = await this.hashes(level, first / 256n);
    const slot = Number(first % 256n);
    return rootOf(hashes.slice(slot, slot + count));
  }

  /** The hash over the events from `start` to the end, which may be no full subtree: RFC 6962, section 2.1. */
  async rest(start) {
    const parts = [];
    for (let height = 63; height >= 0; height -= 1) {
      if (!((this.size - start) >> BigInt(height) & 1n)) continue;
      parts.push(await this.subtree(height, start >> BigInt(height)));
      start += 1n << BigInt(height);
    }
    let hash = parts.pop();
    while (parts.length) hash = await nodeHash(parts.pop(), hash);
    return hash;
  }

  /** The path of the event's inclusion proof: RFC 6962, section 2.1.1. */
  async path(position) {
    const path = [];
    let last = this.size - 1n;
    for (let height = 0; last > 0n; height += 1, position >>= 1n, last >>= 1n) {
      const sibling = position ^ 1n;
      if (sibling < last) path.push(await this.subtree(height, sibling));
      else if (sibling === last) path.push(await this.rest(sibling << BigInt(height)));
    }
    return path;
  }
}

// A proof of one event: tlog-proof ------------------------------------------------------------------------------------

const proofHeader = "c2sp.org/tlog-proof@v1";

function readProof(bytes) {
  const end = bytes.findIndex((byte, index) => byte === 10 && bytes[index + 1] === 10);
  const lines = textOf(bytes.slice(0, Math.max(end, 0)), "the proof").split("\n");
  need(end > 0 && lines.shift() === proofHeader, "this is no proof", proofHeader, shown(lines.join("\n")));
  if (lines[0]?.startsWith("extra ")) fromBase64(lines.shift().slice(6), "the extra data"); // nothing vouches for it
  need(lines[0]?.startsWith("index "), "the proof has no index", "index NUMBER", shown(lines[0] ?? "the end"));
  const position = decimal(lines.shift().slice(6), "the proof's index");
  need(lines.length <= 64, "the path of the proof is too long", "at most 64 hashes", `${lines.length}`);
  const path = lines.map((line) => fromBase64(line, "a hash of the path"));
  need(path.every((hash) => hash.length === 32), "a hash of the path has not the length of a hash", "32 bytes each");
  return { position, path, note: bytes.slice(end + 2) };
}

// The questions -------------------------------------------------------------------------------------------------------
//
// Each has what is asked, the rule by which it is answered, and an answer: a sentence, if it is yes; otherwise it
// throws. `s` is what is known so far. `tell(name, value)` adds a line for auditors.

const ask = {
  browser: ["Can this browser check hashes and signatures?", "RFC 8032, section 7.1, test 1", async (s, tell) => {
    const bytes = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));
    if (!globalThis.crypto?.subtle) {
      throw new Unable("this page is not served in a way that browsers give cryptography to. It needs https, or "
        + "localhost, or to be opened as a file");
    }
    try {
      const key = await crypto.subtle.importKey("raw",
        bytes("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"), "Ed25519", false, ["verify"]);
      const signature = bytes("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        + "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b");
      const isTold = await crypto.subtle.verify("Ed25519", key, signature, utf8(""));
      const isFooled = await crypto.subtle.verify("Ed25519", key, signature, utf8("x"));
      if (!isTold || isFooled) throw new Error("it gives a wrong answer");
    } catch (error) {
      throw new Unable(`this browser cannot check Ed25519 signatures (${error.message}), so nothing can be said here. `
        + "Take a newer browser, or another program");
    }
    tell("Test", "a signature known to be genuine was accepted; the same under another text was refused");
    return "It accepts a signature known to be genuine, and refuses it under another text.";
  }],

  key: ["Is the verifier key whole?", "signed-note, Verifier keys", async (s, tell) => {
    const texts = s.keyText.split(/\s+/).filter(Boolean);
    need(texts.length, "there is no verifier key", "NAME+ID+BASE64", "nothing");
    s.keys = [];
    for (const text of texts) s.keys.push(await readKey(text));
    for (const { name, id } of s.keys) tell("Id, expected and found", `${shown(name)}+${id}`);
    const whose = s.isOwnKey ? "You gave it" : "It came with this page: compare it with one from elsewhere";
    return `Its id is that of its bytes. ${whose}.`;
  }],

  proof: ["Is the file a proof?", "tlog-proof", async (s, tell) => {
    Object.assign(s, readProof(s.proof));
    tell("Position", `${s.position}`);
    s.path.forEach((hash, index) => tell(`Hash ${index + 1} of the path`, base64(hash)));
    return `It is one of the event at position ${s.position}, with a path of ${s.path.length} hashes.`;
  }],

  checkpoint: ["Does the checkpoint belong to this log?", "tlog-checkpoint", async (s, tell) => {
    const bytes = s.note ?? await s.read("checkpoint", limit.note);
    need(bytes, "there is no checkpoint: nothing vouches for these files", "a file named checkpoint", "no such file");
    s.note = bytes;
    s.signed = readNote(bytes);
    Object.assign(s, readCheckpoint(s.signed));
    const names = [...new Set(s.keys.map((key) => key.name))];
    need(names.includes(s.origin), "the checkpoint is of another log", names.map(shown).join(", "), shown(s.origin));
    tell("Origin, expected and found", shown(s.origin));
    tell("Size", `${s.size}`);
    tell("Root", base64(s.root));
    s.tiles = new Tiles(s.read, s.size);
    return `It says that ${shown(s.origin)} has ${s.size} events.`;
  }],

  signature: ["Was the checkpoint signed with the key?", "signed-note, Ed25519 (RFC 8032)", async (s, tell) => {
    const signers = await signersOf(s.signed, s.keys.filter((key) => key.name === s.origin));
    signers.forEach((signer) => tell("Genuine signature of", shown(signer)));
    tell("Signed text", shown(s.signed.text, 2_000));
    return "The signature is genuine: whoever holds the key has signed this size and this root.";
  }],

  event: ["Is there such an event?", "tlog-tiles, Log entries", async (s, tell) => {
    s.position = s.position ?? decimal(s.positionText, "the position");
    need(s.position < s.size, "the log has no such position", `a position below ${s.size}`, `${s.position}`);
    if (!s.event) {
      s.event = (await s.tiles.entries(s.position / 256n))[Number(s.position % 256n)];
      tell("File", pathOf("entries", s.position / 256n, s.tiles.width(0, s.position / 256n)));
    }
    tell("Length", `${s.event.length} bytes`);
    return s.eventName ? `It is the file ${shown(s.eventName)}.` : `It was read from the log: ${s.event.length} bytes.`;
  }],

  leaf: ["Is it the event that the tree has at this place?", "RFC 6962, section 2.1; tlog-tiles", async (s, tell) => {
    const stored = (await s.tiles.hashes(0, s.position / 256n))[Number(s.position % 256n)];
    s.leaf = await leafHash(s.event);
    if (!same(s.leaf, stored)) {
      const path = await s.tiles.path(s.position);
      const isSigned = async (hash) => same(await rootByPath(hash, s.position, s.size, path), s.root);
      throw new Refused(
        await isSigned(stored) ? "the event was altered: it is not the one that was signed" :
        await isSigned(s.leaf) ? "the tile of hashes was altered: it has not the event here that was signed" :
        "the event is not the one of its tile, and that tile is not the one that was signed", hex(stored), hex(s.leaf));
    }
    tell("Leaf hash, expected and found", hex(s.leaf));
    return "Its hash is the one in the tile of hashes.";
  }],

  inclusion: ["Does it lead to the root that was signed?", "RFC 9162, section 2.1.3.2", async (s, tell) => {
    s.leaf = s.leaf ?? await leafHash(s.event);
    s.path = s.path ?? await s.tiles.path(s.position);
    const root = await rootByPath(s.leaf, s.position, s.size, s.path);
    need(same(root, s.root), s.proof ? "the event is not the one that was proved, or the proof is not its own" :
      "the event does not lead to the root: a tile is not the one that was signed", base64(s.root), base64(root));
    tell("Leaf hash", hex(s.leaf));
    s.path.forEach((hash, index) => tell(`Hash ${index + 1} of the path`, hex(hash)));
    tell("Root, expected and found", base64(root));
    return `With ${s.path.length} hashes of its neighbours it gives the root that was signed.`;
  }],

  all: ["Do all events give the root that was signed?", "RFC 6962, section 2.1; tlog-tiles", async (s, tell) => {
    if (s.size > limit.logSize) {
      throw new Unable(`${s.size} events are too many for a browser (at most ${limit.logSize}); take Tools/verify-log`);
    }
    const open = Array.from({ length: 8 }, () => []); // of each level, the hashes of its last, unfinished tile
    const differing = [];
    const close = async (level, end) => { // the tile before position `end`: made anew, and compared with the stored one
      const [hashes, index] = [open[level], (end - 1n) >> BigInt(8 * level + 8)];
      open[level] = [];
      const stored = await s.tiles.hashes(level, index);
      const slot = hashes.findIndex((hash, at) => !same(hash, stored[at]));
      const path = pathOf(level, index, hashes.length);
      if (slot >= 0) differing.push({ position: (index * 256n + BigInt(slot)) << BigInt(8 * level), level, path });
      if (hashes.length < whole) return;
      open[level + 1].push(await rootOf(hashes));
      if (open[level + 1].length === whole) await close(level + 1, end);
    };
    const root = async (tiles) => { // what lies below a level is one more, smaller, subtree of it
      let below = [];
      for (const hashes of tiles) below = [...hashes, ...below].length ? [await rootOf([...hashes, ...below])] : [];
      return rootOf(below);
    };
    for (let start = 0n; start < s.size; start += 256n) {
      const entries = await s.tiles.entries(start / 256n);
      open[0] = await Promise.all(entries.map(leafHash));
      if (s.kept && s.kept.size >= start && s.kept.size < start + 256n) {
        s.keptRoot = await root([open[0].slice(0, Number(s.kept.size - start)), ...open.slice(1)]);
      }
      if (entries.length === whole) await close(0, start + 256n);
      s.progress(Number(start) + entries.length, Number(s.size));
    }
    const found = await root(open);
    for (const [level, hashes] of open.entries()) {
      const shift = BigInt(8 * level);
      if (hashes.length) await close(level, (s.size >> shift) << shift);
    }
    if (!same(found, s.root)) {
      const event = differing.find(({ level }) => level === 0);
      throw new Refused(event ? `the event at position ${event.position} is not the one of ${event.path}` :
        "events and tiles agree, but they are not what was signed", base64(s.root), base64(found));
    }
    const [tile] = differing.sort((a, b) => (a.position < b.position ? -1 : 1));
    if (tile) throw new Refused(`${tile.path} is not that of the events, from position ${tile.position} on`);
    tell("Root, expected and found", base64(found));
    return `All ${s.size} of them, hashed anew, give the root and every tile.`;
  }],

  kept: ["Does the log continue the checkpoint that you kept?", "RFC 6962, section 2.1", async (s, tell) => {
    if (s.kept.size === s.size) s.keptRoot = s.root;
    need(same(s.keptRoot, s.kept.root), "this is another history: it does not continue the checkpoint that you kept",
      base64(s.kept.root), base64(s.keptRoot));
    tell("Root then, expected and found", base64(s.keptRoot));
    return `Its first ${s.kept.size} events are those that were signed then.`;
  }],

  isLonger: ["Is the log no shorter than the checkpoint that you kept?", "tlog-checkpoint", async (s, tell) => {
    const signed = readNote(s.keptNote);
    s.kept = readCheckpoint(signed);
    need(s.kept.origin === s.origin, "the checkpoint that you kept is of another log", s.origin, shown(s.kept.origin));
    await signersOf(signed, s.keys);
    need(s.kept.size <= s.size, "the log has fewer events than were signed before", `${s.kept.size}`, `${s.size}`);
    tell("Size then and now", `${s.kept.size}, ${s.size}`);
    return `It had ${s.kept.size} events then, and has ${s.size} now.`;
  }],
};

const ofEvent = ["browser", "key", "checkpoint", "signature", "event", "leaf", "inclusion"];
const ofProof = ["browser", "key", "proof", "checkpoint", "signature", "event", "inclusion"];
const ofLog = ["browser", "key", "checkpoint", "signature", "all"];
const ofLogSince = ["browser", "key", "checkpoint", "signature", "isLonger", "all", "kept"];

// The page ------------------------------------------------------------------------------------------------------------
//
// What is read is put into the page as text alone, never as markup.

const byId = (id) => document.getElementById(`verify-${id}`);
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** An element of the page, with a text or with properties, and with what lies in it. */
function element(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  Object.assign(made, typeof given === "string" ? { textContent: given } : given);
  made.append(...children);
  return made;
}

const terms = (rows) => element("dl", {}, ...rows.flatMap(([term, value]) =>
  [element("dt", term), element("dd", { dir: "auto", textContent: value })]));

const words = { yes: "Yes", no: "No", unable: "Cannot be checked", skipped: "Not reached", running: "…" };
const given = { read: null, proof: null, event: null, eventName: null, keptNote: null };
let current = null; // the run of which the page shows the answer

/** Asks one question after the other, until one is not answered with yes; shows each, and the verdict. */
async function run(names, about, verdict) {
  if (current) current.isStopped = true;
  const keyText = byId("key").value;
  const s = { ...about, keyText, isOwnKey: keyText.trim() !== byId("key").defaultValue.trim() };
  current = s;
  s.read = given.read ?? served(new URL(byId("form").dataset.base || ".", location.href).href);
  s.progress = (done, of) => {
    if (s.isStopped) throw new Unable("it was stopped");
    Object.assign(byId("progress"), { hidden: false, max: of, value: done });
    byId("count").textContent = `${done} of ${of} events`;
  };
  const items = names.map((name) => element("li", { className: "verify-step" }, element("strong", ask[name][0])));
  byId("steps").replaceChildren(...items);
  byId("event").replaceChildren();
  byId("result").hidden = false;
  tellVerdict("running", "Checking…");
  let [answer, sentence] = ["yes", ""];
  for (const [index, name] of names.entries()) {
    const [, rule, check] = ask[name];
    const rows = [["Rule", rule]];
    if (answer !== "yes") {
      showStep(items[index], "skipped", "", []);
      continue;
    }
    try {
      showStep(items[index], "running", "", []);
      const said = await check(s, (term, value) => rows.push([term, value]));
      showStep(items[index], "yes", said, rows);
    } catch (error) {
      const isKnown = error instanceof Refused || error instanceof Unable;
      answer = error instanceof Unable ? "unable" : "no";
      sentence = isKnown ? error.message : `something unexpected was met: ${shown(String(error))}`;
      if (error.expected !== undefined) rows.push(["Expected", error.expected]);
      if (error.found !== undefined) rows.push(["Found", error.found]);
      showStep(items[index], answer, `${capital(sentence)}.`, rows);
    }
  }
  if (current !== s) return; // another run has begun meanwhile
  byId("progress").hidden = true;
  byId("count").textContent = "";
  const advice = s.isOwnKey ? "Checked with the key that you gave." : "Checked with the key that came with this page. "
    + "A page cannot vouch for itself: compare the key with one that you have from elsewhere.";
  if (answer === "yes") tellVerdict("yes", verdict(s), advice);
  else tellVerdict(answer, `${words[answer]}: ${sentence}.`);
  if (answer === "yes" && s.event) showEvent(s);
  byId("verdict").scrollIntoView({ block: "nearest" });
}

function tellVerdict(answer, sentence, advice) {
  byId("verdict").dataset.answer = answer;
  byId("verdict").replaceChildren(element("strong", sentence), ...(advice ? [element("p", advice)] : []));
}

function showStep(item, answer, sentence, rows) {
  const details = element("details", { open: answer === "no" }, element("summary", "For auditors"), terms(rows));
  item.dataset.answer = answer;
  const word = element("span", { className: "verify-answer", textContent: words[answer] });
  item.replaceChildren(item.firstChild, " ", word, ...(sentence ? [element("p", sentence)] : []),
    ...(rows.length ? [details] : []));
}

/** The event that was verified, and the files with which anybody can verify it again. */
function showEvent(s) {
  const text = new TextDecoder().decode(s.event);
  const rows = [];
  try {
    const event = JSON.parse(text);
    for (const name of ["type", "subject", "country", "institution", "occurred", "recorded", "recorder"]) {
      if (typeof event[name] === "string") rows.push([capital(name), shown(event[name], 500)]);
    }
    const title = event.data?.title?.original;
    if (typeof title === "string") rows.push(["Title", shown(title, 500)]);
  } catch { /* not every log is one of events in JSON: the bytes are there */ }
  const proof = [proofHeader, `index ${s.position}`, ...s.path.map(base64), "", ""].join("\n");
  const save = (download, label, ...parts) => element("li", {}, element("a", {
    download, href: URL.createObjectURL(new Blob(parts, { type: "application/octet-stream" })), textContent: label }));
  byId("event").replaceChildren(
    element("h3", `The event at position ${s.position}`), terms(rows),
    element("details", {}, element("summary", "Its bytes"),
      element("pre", { tabIndex: 0, textContent: shown(text, limit.event) })),
    element("p", "Keep these: with the key they prove the event to anybody, without this log and this page."),
    element("ul", {}, save(`event-${s.position}.json`, "Save the event", s.event),
      save(`event-${s.position}.tlog-proof`, "Save its proof", proof, s.note),
      save("checkpoint", "Save the checkpoint", s.note)));
}

const verifyPosition = (positionText) => run(ofEvent, { positionText: positionText.trim() }, (s) =>
  `Yes: the event at position ${s.position} stands in ${shown(s.origin)} as it was signed, among ${s.size} events.`);

const verifyProof = () => run(ofProof, given, (s) =>
  `Yes: the event is proved. It stands in ${shown(s.origin)} at position ${s.position}, among ${s.size} events.`);

const verifyLog = () => run(given.keptNote ? ofLogSince : ofLog, { keptNote: given.keptNote }, (s) =>
  `Yes: all ${s.size} events of ${shown(s.origin)} are those that were signed`
    + `${s.kept ? ", and they continue the checkpoint that you kept" : ""}.`);

/** Takes files of which the content tells what they are: a proof, a checkpoint that was kept, else an event. */
async function take(files) {
  const said = [];
  const found = {};
  try {
    for (const file of files) {
      const bytes = await bytesOf(file, limit.proof);
      const text = new TextDecoder().decode(bytes);
      const isNote = text.includes("\n\n\u2014 ");
      const kind = text.startsWith("c2sp.org/tlog-proof") ? "proof" : isNote ? "keptNote" : "event";
      // An event in its canonical form never ends in a line feed; files that hold it often do.
      found[kind] = kind === "event" && bytes.at(-1) === 10 ? bytes.slice(0, -1) : bytes;
      if (kind === "event") found.eventName = file.name;
      const what = { proof: "a proof", keptNote: "the checkpoint that you kept", event: "an event" };
      said.push(`${shown(file.name)} as ${what[kind]}`);
    }
  } catch (error) {
    byId("taken").textContent = `Nothing was taken: ${error.message}.`;
    return;
  }
  // A proof that comes alone is not one of the event that came before it.
  Object.assign(given, found.proof ? { event: null, eventName: null } : {}, found);
  const next = found.keptNote && !found.proof ? "Now verify the whole log: it is compared" :
    !given.proof ? "Its proof is needed, too" :
    !given.event ? "The event is read from the log, unless you add its file" : "";
  byId("taken").textContent = `Taken: ${said.join(", ")}. ${next && `${next}.`}`;
  if (given.proof && (found.proof || found.event)) await verifyProof();
}

function start() {
  const asked = () => new URLSearchParams(location.search).get("position") ?? /^#(\d+)$/.exec(location.hash)?.[1];
  byId("form").addEventListener("submit", (event) => {
    event.preventDefault();
    verifyPosition(byId("position").value);
  });
  byId("all").addEventListener("click", verifyLog);
  byId("directory").addEventListener("change", ({ target }) => {
    given.read = target.files.length ? chosen(target.files) : null;
    byId("taken").textContent = given.read ? `${target.files.length} files were chosen, and are read from now on.` : "";
    if (given.read && byId("position").value) verifyPosition(byId("position").value);
  });
  byId("files").addEventListener("change", ({ target }) => take(target.files));
  for (const name of ["dragover", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault(); // or the browser would leave the page and open the file
      byId("drop").classList.toggle("verify-over", name === "dragover");
      if (name === "drop") take([...event.dataTransfer.files]);
    });
  }
  addEventListener("hashchange", () => {
    const position = /^#(\d+)$/.exec(location.hash)?.[1];
    if (position) verifyPosition(byId("position").value = position);
  });
  byId("local").hidden = location.protocol !== "file:";
  const position = asked();
  if (position !== undefined && position !== null) {
    byId("position").value = position;
    verifyPosition(position);
  }
}

if (globalThis.document) start(); // elsewhere, what stands above can be used by itself
