// What SQLite's result codes mean to the caller. Everything that leaves the engine passes through here, so
// that no raw message, SQL or value comes out.

internal import Foundation
internal import GRDB
internal import GRDBSQLite

/// What the engine was doing when it failed.
enum Activity: Equatable {
  case opening
  case reading
  case writing
  /// COMMIT was under way: a failure of the disk leaves open whether it took place.
  case committing
}

extension LogError {
  /// Finds the error to hand out. What the caller's own code threw is not for this function.
  init(_ error: any Error, during activity: Activity, path: String, waitedMilliseconds: Int) {
    switch error {
    case let error as LogError: self = error
    case let failure as EngineFailure:
      self.init(failure, during: activity, path: path, waitedMilliseconds: waitedMilliseconds)
    case let error as DatabaseError:
      self.init(
        EngineFailure(error), during: activity, path: path, waitedMilliseconds: waitedMilliseconds)
    default: self = .io(detail: "an unexpected failure of type \(type(of: error))")
    }
  }

  init(
    _ failure: EngineFailure, during activity: Activity, path: String, waitedMilliseconds: Int
  ) {
    switch failure.primaryCode {
    case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL: self = .busy(waitedMilliseconds: waitedMilliseconds)
    case SQLITE_FULL: self = .diskFull(path: path)
    case SQLITE_IOERR where activity == .committing: self = .outcomeUnknown(reason: failure.summary)
    case SQLITE_IOERR, SQLITE_CANTOPEN:
      self = Self.systemError(failure.systemError, path: path) ?? .io(detail: failure.summary)
    case SQLITE_READONLY: self = .readOnly(path: path)
    case SQLITE_PERM, SQLITE_AUTH: self = .permission(path: path)
    case SQLITE_NOTADB where activity == .opening: self = .notALog(path: path)
    case SQLITE_CORRUPT, SQLITE_NOTADB: self = .damaged(detail: failure.summary)
    case SQLITE_CONSTRAINT: self = .damaged(detail: "the table refused an event that its rules admit")
    case SQLITE_NOMEM: self = .unavailable(reason: "memory ran out")
    case SQLITE_INTERRUPT: self = .unavailable(reason: "it was interrupted")
    default: self = .io(detail: failure.summary)
    }
  }

  /// What an `errno` says, where it says more than the engine.
  static func systemError(_ code: Int32, path: String) -> LogError? {
    switch code {
    case ENOSPC, EDQUOT: .diskFull(path: path)
    case EACCES, EPERM: .permission(path: path)
    case EROFS: .readOnly(path: path)
    case ENOENT, ENOTDIR: .notFound(path: path)
    default: nil
    }
  }
}

extension EngineFailure {
  /// The code and SQLite's fixed words for it; never the message, which may quote SQL.
  fileprivate var summary: String {
    let words = sqlite3_errstr(code).map { String(cString: $0) } ?? "unknown"
    let system = systemError == 0 ? "" : ", errno \(systemError)"
    return "SQLite \(code): \(words)\(system)"
  }
}
