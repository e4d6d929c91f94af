// A note of the vault and the log between which nothing is left to be done, so that nobody has to look again before one of
// them changes.

internal import Foundation
internal import LogStore
internal import TransparencyLog

/// A vault's file and the head of a log, by what one sees from outside.
///
/// Any change of the vault shows: another copy is another file or another time, and every transaction is counted in the
/// file's header. The note is derived; without it, or if it is spoilt, the vault is looked at.
struct VaultHeld: Equatable {
  private let text: String

  /// Nil if there is no vault, or if it is about to change.
  init?(vault path: String, head: LogHead) {
    var status = stat()
    // A journal that is not empty is a transaction under way, or one that a crash cut off.
    if stat(path + "-journal", &status) == 0, status.st_size > 0 { return nil }
    guard let state = Vault.FileState(path: path), stat(path, &status) == 0 else { return nil }
    #if canImport(Darwin)
      let changed = status.st_mtimespec
    #else
      let changed = status.st_mtim
    #endif
    text = """
      annals vault held v1
      \(state) \(status.st_size) \(changed.tv_sec).\(changed.tv_nsec)
      \(head.size) \(head.root.base64)

      """
  }

  private static let bytesMax = 1_000

  /// Whether it is what was noted last.
  func isNoted(at path: String) -> Bool {
    (try? WholeFile.read(path, bytesMax: Self.bytesMax)).map { $0.elementsEqual(text.utf8) } ?? false
  }

  /// Notes it. What cannot be written is not noted, and a note that is lost in a crash costs a look into the vault: so it
  /// needs neither a draft nor to be forced to the disk.
  func note(at path: String) {
    let bytes = Array(text.utf8)
    guard case let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600), file >= 0 else {
      return
    }
    defer { close(file) }
    if write(file, bytes, bytes.count) != bytes.count { unlink(path) }
  }
}
