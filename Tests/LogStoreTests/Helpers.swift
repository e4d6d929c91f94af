// What the tests of the log share: directories that go away, events made from a number, repeatable chance,
// and a second connection to the file that knows nothing of the log's rules.

internal import Foundation
internal import GRDB
internal import LogStore
internal import TransparencyLog

/// A directory of a test's own.
struct TemporaryDirectory: Sendable {
  let path: String

  /// A path in the directory.
  func file(_ name: String = "log.db") -> String { path + "/" + name }
}

/// Gives a test a directory, and removes it with everything in it when the test is done.
func withDirectory<T>(_ body: (TemporaryDirectory) throws -> T) throws -> T {
  let given = NSTemporaryDirectory() + "/logstore-tests-" + UUID().uuidString
  try FileManager.default.createDirectory(atPath: given, withIntermediateDirectories: true)
  // The kernel's own name for it, to compare with what other programs report.
  let path = URL(fileURLWithPath: given).resolvingSymlinksInPath().path
  defer {
    // A test may have taken away the right to do this.
    chmod(path, 0o755)
    try? FileManager.default.removeItem(atPath: path)
  }
  return try body(TemporaryDirectory(path: path))
}

/// Gives a test an empty log in a directory of its own.
func withSQLiteLog<T>(_ body: (SQLiteLog) throws -> T) throws -> T {
  try withDirectory { try body(SQLiteLog.create(at: $0.file())) }
}

/// Sixteen bytes from a number, greatest byte first.
func sixteenBytes(_ number: UInt64) -> [UInt8] {
  [UInt8](repeating: 0, count: 8) + withUnsafeBytes(of: number.bigEndian) { Array($0) }
}

struct NotSixteenBytes: Error {}

func key(_ number: UInt64) throws -> EventKey {
  guard let key = EventKey(bytes: sixteenBytes(number)) else { throw NotSixteenBytes() }
  return key
}

func tag(_ number: UInt64) throws -> ContentTag {
  guard let tag = ContentTag(bytes: sixteenBytes(number)) else { throw NotSixteenBytes() }
  return tag
}

/// The event with this number: its tag is its number too unless another is given.
func proposal(
  _ number: UInt64, tag tagNumber: UInt64? = nil, subject: String? = "bill:a", expecting: Int64? = nil
) throws -> Proposal {
  Proposal(
    key: try key(number), tag: try tag(tagNumber ?? number), subject: subject, expectedVersion: expecting)
}

/// A plain leaf for the proposal.
func leaf(_ proposal: Proposal, recorded: Int64 = 1_000, bytes: [UInt8]? = nil) -> Leaf {
  Leaf(
    bytes: bytes ?? Array("leaf of \(proposal.key.bytes)".utf8),
    subject: proposal.subject ?? "entity:unnamed",
    recordedMilliseconds: recorded)
}

extension EventLog {
  /// Appends with plain leaves.
  @discardableResult
  func append(_ proposals: [Proposal], expectedSize: Int64? = nil, recorded: Int64 = 1_000) throws
    -> [Outcome]
  {
    try append(proposals, expectedSize: expectedSize) { _, new in
      new.map { leaf(proposals[$0], recorded: recorded) }
    }
  }

  /// All events, read in one go.
  func all() throws -> [StoredEvent] {
    try read(from: 0, limit: .max)
  }
}

/// The root of the tree over these events, by the plain recursion.
func naiveRoot(of events: some Collection<StoredEvent>) -> MerkleHash {
  naiveRoot(events.map(\.leaf.bytes)[...])
}

/// Everything about an event, in a form that compares byte by byte.
func exactly(_ event: StoredEvent) -> [String] {
  func text(_ value: String?) -> String { value.map { "\(Array($0.utf8))" } ?? "nil" }
  return [
    "\(event.position)", "\(event.key.bytes)", "\(event.tag.bytes)", "v\(event.version)",
    "\(event.leaf.bytes)", text(event.leaf.subject), text(event.leaf.country), text(event.leaf.institution),
    "\(event.leaf.earliestDay as Int64?, default: "nil")",
    "\(event.leaf.latestDay as Int64?, default: "nil")",
    "\(event.leaf.recordedMilliseconds)",
  ]
}

/// A connection of another program, which holds none of the log's rules.
func rawConnection(_ path: String) throws -> DatabaseQueue {
  var configuration = Configuration()
  configuration.allowsUnsafeTransactions = true
  return try DatabaseQueue(path: path, configuration: configuration)
}

/// Runs the body on threads of their own, at once, and passes on the first error.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) throws -> Void) throws {
  let failures = Failures()
  let group = DispatchGroup()
  for index in 0..<count {
    group.enter()
    Thread.detachNewThread {
      defer { group.leave() }
      do { try body(index) } catch { failures.add(error) }
    }
  }
  group.wait()
  if let first = failures.first { throw first }
}

/// Collects errors from several threads.
final class Failures: @unchecked Sendable {
  private let lock = NSLock()
  private var errors: [any Error] = []

  func add(_ error: any Error) { lock.withLock { errors.append(error) } }
  var first: (any Error)? { lock.withLock { errors.first } }
  var count: Int { lock.withLock { errors.count } }
}
