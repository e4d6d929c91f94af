// What this module implements: the formats, their sources and versions, and the bounds it keeps.

// TransparencyLog builds, reads and checks append-only logs that strangers can verify. It knows bytes, hashes
// and signatures; what an entry means is no concern of it, nor where tiles are stored. It implements, byte
// for byte:
//
// RFC 6962, section 2.1 (the same tree as RFC 9162, section 2.1), over SHA-256.
//   empty tree   SHA-256 of nothing
//   leaf         SHA-256(0x00 || entry)
//   node         SHA-256(0x01 || left || right)
//   MTH(D[n])    node(MTH(D[0:k]), MTH(D[k:n])), k the largest power of two below n
//   Inclusion and consistency proofs are those of RFC 6962, 2.1.1 and 2.1.2, checked by the algorithms of RFC
//   9162, 2.1.3.2 and 2.1.4.2.
//
// C2SP tlog-tiles v0.1.0: the tree in tiles of height 8.
//   tile/<L>/<N>[.p/<W>]        hashes i of tile N at level L: MTH(D[(N*256+i)*256^L : (N*256+i+1)*256^L])
//   tile/entries/<N>[.p/<W>]    entries, each with its length as a big-endian uint16 before it
//   L 0 to 63; N in groups of three digits, all but the last preceded by x (1234067 is x001/x234/067); W 1 to
//   255. A full tile holds 256 hashes, 8,192 bytes. Only complete subtrees appear: level L of a tree of size
//   s holds floor(s / 256^L) hashes. Nothing is pruned. ``LogPublisher`` writes this layout, ``PublishedLog``
//   reads and verifies it; a partial tile is removed once its full one is published.
//
// C2SP signed-note v1.0.0:
//   <text, ends in a line feed> <line feed> <signature line>+
//   signature line: EM DASH, space, key name, space, base64(key id || signature), line feed
//   key id: the first 4 bytes of SHA-256(name || 0x0A || type || public key)
//   The text is UTF-8 without control characters but the line feed; the last blank line ends it. A key is
//   known by name and id together: a signature of an unknown key is ignored, one of a known key that does not
//   verify refuses the note, and so does the lack of any that verifies. Type 0x01, Ed25519 (RFC 8032), is
//   built. Other types, such as the cosignatures 0x04 and 0x06 of tlog-cosignature, fit in through
//   ``NoteVerifying`` and ``NoteSigning``.
//   verifier key: <name>+<key id as 8 hexadecimal digits>+base64(type || public key)
//   private key, by the custom of golang.org/x/mod/sumdb/note and no part of the specification:
//     PRIVATE+KEY+<name>+<key id as 8 hexadecimal digits>+base64(type || seed)
//
// C2SP tlog-checkpoint v1.0.0: a signed note whose text is
//   <origin> LF <size, decimal> LF <root, base64> LF [extension lines, each non-empty]
//
// C2SP tlog-proof at commit 5ba5ee8 of github.com/C2SP/C2SP (22 July 2026; no version has been tagged yet):
//   c2sp.org/tlog-proof@v1 LF [extra <base64> LF] index <decimal> LF {<base64 hash> LF} LF
//   <checkpoint, verbatim>
//
// Where these leave a choice, the stricter reading holds, so that no two texts say the same: base64 is that
// of RFC 4648, section 4, padded and with zero bits behind the last byte, hexadecimal digits are lower case,
// and every signature of a known key is checked, not only its first.
//
// Bounds: trees of at most 2^62 leaves are built; proofs are checked for any size below 2^64. See
// ``LogLimits``.

/// The fixed numbers of the formats and the bounds that this module sets itself.
public enum LogLimits {
  /// How many levels of the tree a tile spans (tlog-tiles).
  public static let tileHeightLevels = 8

  /// How many hashes a full tile and how many entries a full bundle holds (tlog-tiles).
  public static let tileWidthHashes = 256

  /// The length of a hash (SHA-256).
  public static let hashLengthBytes = 32

  /// The longest entry that an entry bundle can hold: its length is a uint16 (tlog-tiles).
  public static let entryLengthMaxBytes = 65_535

  /// The largest number that a tile path may give as its level (tlog-tiles).
  public static let tileLevelMax = 63

  /// The largest tree that is built or read from tiles, in leaves; far beyond what anyone appends, and far
  /// enough below 2^64 that no sum of positions overflows.
  public static let treeSizeMaxLeaves: UInt64 = 1 << 62

  /// The longest signed note that is read or written. The specification asks for some bound.
  public static let noteLengthMaxBytes = 1_000_000

  /// The most signatures that a note may carry. The specification asks for some bound, of at least 16.
  public static let noteSignaturesMax = 100

  /// The longest name of a known key and the longest origin: cosignatures of type 0x06 give each one byte of
  /// length. The names of unknown keys are bounded only by the note.
  public static let nameLengthMaxBytes = 255

  /// The longest tlog-proof file: a note, and as much again for the path and the extra data.
  public static let proofLengthMaxBytes = 2_000_000

  /// The longest path of an inclusion proof: the height of a tree of 2^64 − 1 leaves.
  public static let pathLengthMaxHashes = 64
}
