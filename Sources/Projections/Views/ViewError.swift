// What can go wrong with the views. They are derived: the log is whole whatever happens here.

/// A failure of the views.
public enum ViewError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Another process is bringing the views up to date and did not finish in time.
  case busy
  /// The disk is full.
  case diskFull
  /// The file cannot be written, or not be opened.
  case cannotOpen(path: String)
  /// An event in the log cannot be read.
  case unreadable(position: Int64, reason: String)
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
    case .diskFull: "the views could not be written: the disk is full"
    case .cannotOpen(let path):
      "the views in \(path) cannot be opened or written; check the directory's permissions"
    case .unreadable(let position, let reason): "the event at position \(position) cannot be read: \(reason)"
    case .log(let reason): reason
    case .engine(let code):
      "the views could not be read or written (SQLite code \(code)); annals rebuild makes them anew"
    }
  }
}
