// Finding a value by the bytes of its name, where making a string of them and hashing it would cost more than what is
// found saves.

internal import Foundation

/// A run of bytes, read in place.
typealias ByteRun = UnsafeBufferPointer<UInt8>

extension ByteRun {
  /// Whether the bytes are those of a text.
  func equals(_ text: StaticString) -> Bool {
    count == text.utf8CodeUnitCount && elementsEqual(ByteRun(start: text.utf8Start, count: count))
  }

  /// Whether two runs hold the same bytes.
  func equals(_ other: ByteRun) -> Bool {
    guard count == other.count else { return false }
    guard count > 0, let start = baseAddress, let otherStart = other.baseAddress else { return true }
    return memcmp(start, otherStart, count) == 0
  }

  /// Whether the bytes are those of a string.
  func equals(bytesOf text: String) -> Bool {
    var text = text
    return text.withUTF8 { equals($0) }
  }

  /// The bytes as a string.
  var string: String { String(decoding: self, as: UTF8.self) }
}

/// Values by names, names compared by their bytes. A table with a bound forgets everything when it is full, so that
/// what comes from outside cannot make it grow.
struct ByteTable<Value> {
  private struct Entry {
    let hash: UInt64
    let name: Range<Int>
    let value: Value
  }

  /// Indices into `entries` plus one; 0 where there is none. Their number is a power of two.
  private var slots: [Int32]
  private var entries: [Entry] = []
  private var names: [UInt8] = []
  private let countMax: Int
  /// Another in each table, so that nobody can choose names that all fall into one place.
  private let seed = UInt64.random(in: .min ... .max) | 1

  /// Makes an empty table.
  ///
  /// - Parameter countMax: how many values it holds at most.
  init(countMax: Int = 1 << 20) {
    self.countMax = countMax
    slots = [Int32](repeating: 0, count: 16)
  }

  /// The value of a name; nil if it has none.
  subscript(name: ByteRun) -> Value? {
    let hash = hash(of: name)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] > 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, isNamed(entry, name) { return entry.value }
      slot = (slot + 1) & (slots.count - 1)
    }
    return nil
  }

  /// Adds a name that has no value yet.
  mutating func insert(_ name: ByteRun, _ value: Value) {
    if entries.count >= countMax {
      entries.removeAll(keepingCapacity: true)
      names.removeAll(keepingCapacity: true)
      slots = [Int32](repeating: 0, count: slots.count)
    }
    entries.append(
      Entry(hash: hash(of: name), name: names.count..<(names.count + name.count), value: value))
    names.append(contentsOf: name)
    if entries.count * 2 > slots.count {
      slots = [Int32](repeating: 0, count: slots.count * 2)
      for index in entries.indices { place(index) }
    } else {
      place(entries.count - 1)
    }
  }

  /// The same for a name that is a string.
  mutating func insert(_ name: String, _ value: Value) {
    Array(name.utf8).withUnsafeBufferPointer { insert($0, value) }
  }

  private mutating func place(_ index: Int) {
    var slot = Int(truncatingIfNeeded: entries[index].hash) & (slots.count - 1)
    while slots[slot] > 0 { slot = (slot + 1) & (slots.count - 1) }
    slots[slot] = Int32(truncatingIfNeeded: index + 1)
  }

  private func isNamed(_ entry: Entry, _ name: ByteRun) -> Bool {
    names.withUnsafeBufferPointer { ByteRun(rebasing: $0[entry.name]).equals(name) }
  }

  private func hash(of name: ByteRun) -> UInt64 {
    var hash = seed &+ UInt64(name.count)
    var index = 0
    while index < name.count {
      var word: UInt64 = 0
      let end = min(index + 8, name.count)
      while index < end {
        word = word << 8 | UInt64(name[index])
        index += 1
      }
      let (high, low) = (hash ^ word).multipliedFullWidth(by: seed ^ 0x9e37_79b9_7f4a_7c15)
      hash = high ^ low &+ seed
    }
    return hash ^ hash >> 32
  }
}
