// What can go wrong with the views. They are derived: the log is whole whatever happens here.

/// A failure of the views.
public enum ViewError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another process is bringing the views up to date and did not finish in time.
  case busy
  /// Another process is making the views anew and did not finish in time.
  case rebuilding
  /// The disk is full.
  case diskFull
  /// The file cannot be written, or not be opened.
  case cannotOpen(path: String)
  /// An event in the log cannot be read; its type is `unknown` where nothing is left that tells it.
  case unreadable(position: Int64, type: String = "unknown", reason: String)
  /// The log itself cannot be read.
  case log(reason: String)
  /// Anything else that SQLite says; the code alone, since its message could hold values.
  case engine(code: Int)

  /// Whether the file is damaged, so that making the views anew helps.
  public var isDamage: Bool {
    // SQLITE_CORRUPT and SQLITE_NOTADB; the greater bits of an extended code tell more of the same.
    if case .engine(let code) = self { [11, 26].contains(code & 0xff) } else { false }
  }

  /// One line for people.
  public var description: String {
    switch self {
    case .busy: "the views are being brought up to date by another process; try again in a moment"
    case .rebuilding:
      "the views are being made anew by another process (a rebuild is under way); try again later"
    case .diskFull: "the views could not be written: the disk is full"
    case .cannotOpen(let path):
      "the views in \(path) cannot be opened or written; check the directory's permissions"
    case .unreadable(let position, let type, let reason):
      "the event at position \(position) (type \(type)) cannot be read: \(reason); the views stay as they are, and annals verify tells what is wrong with the log"
    case .log(let reason): reason
    case .engine(let code):
      "the views could not be read or written (SQLite code \(code)); annals rebuild makes them anew"
    }
  }
}
