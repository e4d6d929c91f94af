// The forms that a snapshot can have.

/// A form of a snapshot.
package enum SnapshotFormat: String, Sendable, CaseIterable {
  /// One canonical document.
  case json
  /// A Frictionless Data package: a directory of tables.
  case csv
  /// A page in Markdown, for any forge.
  case md
  /// One self-contained page.
  case html

  /// Whether it is a directory of files, not one file.
  package var isDirectory: Bool { self == .csv }
}

/// A file of a snapshot.
package struct SnapshotFile: Sendable, Equatable {
  /// Its name in the package; empty for a snapshot that is one file.
  package let name: String
  /// What it holds.
  package let bytes: [UInt8]
}
