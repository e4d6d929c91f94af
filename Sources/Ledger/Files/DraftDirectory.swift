// Directories that are there whole or not at all: made under another name, and given their own by one rename.

internal import Foundation

/// A directory on its way.
struct DraftDirectory {
  /// Where it is made.
  let path: String
  private let target: String
  /// What may stand in the directory before, and stays.
  private let kept: Set<String>
  private let descriptor: Int32

  /// Makes a directory under another name. What an attempt that was cut off left behind is removed.
  ///
  /// - Parameters:
  ///   - path: where it is made.
  ///   - target: where it is to stand; nothing may be there, or an empty directory.
  ///   - kept: the names of what may be in that directory all the same, and stays.
  /// - Throws: ``BackupError``.
  init(_ path: String, for target: String, beside kept: Set<String> = []) throws(BackupError) {
    (self.path, self.target, self.kept) = (path, target, kept)
    guard Self.isFree(target, but: kept) else { throw .exists(path: target) }
    let parent = URL(fileURLWithPath: target).deletingLastPathComponent().path
    let closed: [FileAttributeKey: Any] = [.posixPermissions: 0o700]
    try? FileManager.default.createDirectory(
      atPath: parent, withIntermediateDirectories: true, attributes: closed)
    if mkdir(path, 0o700) != 0 && errno != EEXIST { throw .cannotMake(path: target) }
    descriptor = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .cannotMake(path: target) }
    // Let go of by the system when its holder ends, however it ends.
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      close(descriptor)
      throw .underWay(path: target)
    }
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      try? FileManager.default.removeItem(atPath: path + "/" + name)
    }
    chmod(path, 0o700)
  }

  /// Whether nothing is there, or a directory with nothing in it but what may be there.
  private static func isFree(_ path: String, but kept: Set<String>) -> Bool {
    var status = stat()
    if lstat(path, &status) != 0 { return true }
    return status.st_mode & S_IFMT == S_IFDIR
      && (try? FileManager.default.contentsOfDirectory(atPath: path))?.allSatisfy(kept.contains) == true
  }

  /// Forces everything in it to the disk and gives it its name. Where something stays that was there before, what is in
  /// it is moved beside that.
  ///
  /// - Parameter last: the name of what is moved last then: without it the rest is nothing yet.
  /// - Throws: ``BackupError/exists(path:)`` if something was put there meanwhile, or ``BackupError/cannotMake(path:)``.
  func finish(last: String = "") throws(BackupError) {
    defer { close(descriptor) }
    for name in (try? FileManager.default.subpathsOfDirectory(atPath: path)) ?? [] {
      Self.force(path + "/" + name)
    }
    Self.force(path)
    let before = (try? FileManager.default.contentsOfDirectory(atPath: target)) ?? []
    if !before.isEmpty, before.allSatisfy(kept.contains) { return try moveIn(last: last) }
    // An empty directory is replaced by it, anything else is not.
    guard rename(path, target) == 0 else {
      let isThere = [ENOTEMPTY, EEXIST, ENOTDIR].contains(errno)
      try? FileManager.default.removeItem(atPath: path)
      throw isThere ? .exists(path: target) : .cannotMake(path: target)
    }
    Self.force(URL(fileURLWithPath: target).deletingLastPathComponent().path)
  }

  private func moveIn(last: String) throws(BackupError) {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).filter { $0 != last }
    for name in names.sorted() + [last] where !name.isEmpty {
      var status = stat()
      guard lstat(target + "/" + name, &status) != 0, rename(path + "/" + name, target + "/" + name) == 0
      else {
        throw .exists(path: target + "/" + name)
      }
    }
    Self.force(target)
    rmdir(path)
  }

  /// Removes it.
  func discard() {
    try? FileManager.default.removeItem(atPath: path)
    close(descriptor)
  }

  private static func force(_ path: String) {
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
