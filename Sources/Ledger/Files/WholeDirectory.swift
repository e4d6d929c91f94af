// Directories of files that are there whole or not at all, whatever happens while they are written.

internal import Foundation

/// Writes a flat directory, whole.
public enum WholeDirectory {
  /// Writes files into a directory, which takes the place of one that is there, with all that is in it. Until all is on
  /// stable storage the old one stays.
  ///
  /// - Parameters:
  ///   - files: names and contents.
  ///   - path: the directory; made if it is not there.
  /// - Throws: ``FileFailure``; the old directory is as it was then.
  public static func write(_ files: [(name: String, bytes: [UInt8])], to path: String) throws(FileFailure) {
    let target = WholeFile.resolved(path)
    let draft = "\(target).\(UUID().uuidString)"
    do throws(FileFailure) {
      guard mkdir(draft, 0o755) == 0 else { throw FileFailure(path) }
      for file in files {
        try WholeFile.fill(
          "\(draft)/\(file.name)", flags: O_CREAT | O_EXCL, mode: 0o644, with: file.bytes, isFile: true)
      }
      try WholeFile.keepNames(in: draft)
      try replace(target, by: draft)
      try WholeFile.keepName(of: target)
    } catch {
      remove(draft)
      throw FileFailure(path, code: error.code)
    }
    // Now what stood there before lies under the name of the draft.
    remove(draft)
  }

  /// Puts a directory in the place of another, which gets its name.
  private static func replace(_ target: String, by draft: String) throws(FileFailure) {
    var status = stat()
    guard stat(target, &status) == 0 else {
      guard rename(draft, target) == 0 else { throw FileFailure(target) }
      return
    }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw FileFailure(target, code: EEXIST) }
    if let exchanged = exchange(draft, target) {
      guard exchanged else { throw FileFailure(target) }
      return
    }
    // Where the system cannot exchange two names, the old directory is out of the way for a moment.
    let aside = draft + ".old"
    guard rename(target, aside) == 0 else { throw FileFailure(target) }
    guard rename(draft, target) == 0 else {
      let failure = FileFailure(target)
      rename(aside, target)
      throw failure
    }
    rename(aside, draft)
  }

  /// Exchanges two names at once (`renameat2`, Linux 3.15).
  ///
  /// - Returns: whether it was done; nil where system or file system cannot.
  private static func exchange(_ one: String, _ other: String) -> Bool? {
    typealias Rename =
      @convention(c) (Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32) -> Int32
    guard let symbol = dlsym(nil, "renameat2") else { return nil }
    let exchanging: UInt32 = 2
    let result = unsafeBitCast(symbol, to: Rename.self)(AT_FDCWD, one, AT_FDCWD, other, exchanging)
    if result != 0, [ENOSYS, EINVAL].contains(errno) { return nil }
    return result == 0
  }

  /// Removes a flat directory of ours, as far as it is there.
  private static func remove(_ path: String) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? [] {
      unlink("\(path)/\(name)")
    }
    rmdir(path)
  }
}
