// Finding a key that an object has already, as soon as it is read, without quadratic cost.
//
// Keys are compared by their bytes after unescaping. Each key gets a 32-bit fingerprint. A small object keeps a
// filter of 32 bits, one for each of 32 groups of fingerprints: most keys fall into a group not seen before and
// need no comparison at all, the others are compared with the keys before them. From the 33rd key on, the keys of
// an object go into a set, hashed with the process's random seed, so that no choice of keys makes it slow.

/// How many keys an object may have before its keys go into the set.
private let smallObjectKeysMax = 32

/// A key of a large object. Points into the text being parsed: only valid until that ends.
struct KeyInObject: Hashable {
  fileprivate let object: Int
  fileprivate let contents: ByteRun
  fileprivate let hasEscapes: Bool

  fileprivate func withUnescaped<Result>(_ body: (ByteRun) -> Result) -> Result {
    hasEscapes ? unescape(contents).withUnsafeBufferPointer(body) : body(contents)
  }

  static func == (a: KeyInObject, b: KeyInObject) -> Bool {
    guard a.object == b.object else { return false }
    return a.withUnescaped { a in b.withUnescaped { b in sameBytes(a, b) } }
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(object)
    withUnescaped { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// Notes the key that stands last on the tape as one of the object at the index `object`; false if the object has
/// it already. The object's `count` is the number of its members before this one.
@inline(__always)
func noteKey(
  tape: borrowing TapeBuilder, object: Int, text: UnsafePointer<UInt8>, end: Int,
  large: inout Set<KeyInObject>
) -> Bool {
  let nodes = tape.nodes
  let keyIndex = tape.count &- 1
  let print = fingerprint(nodes[keyIndex], text: text, end: end)
  nodes[keyIndex].link = print
  let groupBit: UInt32 = 1 &<< (print &>> 27)
  let isNewGroup = nodes[object].end & groupBit == 0
  nodes[object].end |= groupBit
  if isNewGroup && nodes[object].count < smallObjectKeysMax { return true }
  return noteKeySlowly(nodes: nodes, object: object, keyIndex: keyIndex, text: text, large: &large)
}

@inline(never)
private func noteKeySlowly(
  nodes: UnsafeMutablePointer<TapeNode>, object: Int, keyIndex: Int, text: UnsafePointer<UInt8>,
  large: inout Set<KeyInObject>
) -> Bool {
  let keysBefore = nodes[object].count
  guard keysBefore >= smallObjectKeysMax else {
    var index = object &+ 1
    while index < keyIndex {
      if nodes[index].link == nodes[keyIndex].link {
        let earlier = key(nodes[index], object: object, text: text)
        if earlier == key(nodes[keyIndex], object: object, text: text) { return false }
      }
      index = nodes[index &+ 1].indexAfter(index &+ 1)
    }
    return true
  }
  if keysBefore == smallObjectKeysMax {
    var index = object &+ 1
    while index < keyIndex {
      large.insert(key(nodes[index], object: object, text: text))
      index = nodes[index &+ 1].indexAfter(index &+ 1)
    }
  }
  return large.insert(key(nodes[keyIndex], object: object, text: text)).inserted
}

private func key(_ node: TapeNode, object: Int, text: UnsafePointer<UInt8>) -> KeyInObject {
  let contents = ByteRun(start: text + node.contents.lowerBound, count: node.contents.count)
  return KeyInObject(object: object, contents: contents, hasEscapes: node.isKind(.escapedString))
}

/// Equal for equal keys, mostly different for others: made of the length, the first and the last eight bytes.
@inline(__always)
private func fingerprint(_ node: TapeNode, text: UnsafePointer<UInt8>, end: Int) -> UInt32 {
  if node.isKind(.escapedString) { return fingerprintOfEscaped(node, text: text) }
  let contents = node.contents
  return fingerprint(
    text + contents.lowerBound, count: contents.count, readable: end &- contents.lowerBound)
}

@inline(never)
private func fingerprintOfEscaped(_ node: TapeNode, text: UnsafePointer<UInt8>) -> UInt32 {
  key(node, object: 0, text: text).withUnescaped { key in
    guard let start = key.baseAddress else { return mix(first: 0, last: 0, count: 0) }
    return fingerprint(start, count: key.count, readable: key.count)
  }
}

@inline(__always)
private func fingerprint(_ key: UnsafePointer<UInt8>, count: Int, readable: Int) -> UInt32 {
  if count >= 8 { return mix(first: loadWord(key), last: loadWord(key + (count &- 8)), count: count) }
  if readable >= 8 {
    // The bytes after the key belong to the text too; they are masked away.
    let mask = (1 as UInt64) &<< UInt64(count &* 8) &- 1
    return mix(first: loadWord(key) & mask, last: 0, count: count)
  }
  var word: UInt64 = 0
  for i in 0..<count { word |= UInt64(key[i]) &<< UInt64(i &* 8) }
  return mix(first: word, last: 0, count: count)
}

@inline(__always)
private func mix(first: UInt64, last: UInt64, count: Int) -> UInt32 {
  // Multiplication by an odd number with bits all over (2^64 divided by the golden ratio) carries every bit of
  // the words upwards, so the result is taken from the top.
  let odd: UInt64 = 0x9E37_79B9_7F4A_7C15
  let a = (first ^ UInt64(truncatingIfNeeded: count)) &* odd
  let b = (last ^ a &>> 29 ^ a) &* odd
  return UInt32(truncatingIfNeeded: b &>> 32)
}
