// The drafts in a file: JSON Lines, or a CSV table with the names of the fields in its first line.

import CanonicalJSON
import Foundation
import Ledger
import Milestones

/// Reads the drafts of one file.
enum ImportFile {
  /// The form of a file.
  enum Form: String, CaseIterable {
    case jsonl, csv
  }

  /// The form told, else the one that the file's name tells.
  static func form(of path: String, told: Form?) -> Form {
    told ?? (path.lowercased().hasSuffix(".csv") ? .csv : .jsonl)
  }

  /// The drafts, read one after the other.
  ///
  /// - Parameters:
  ///   - path: the file; `-` for stdin.
  ///   - form: its form.
  ///   - failed: is told if the file cannot be read to its end.
  /// - Returns: a draft, or what is wrong with it, for each line or record.
  /// - Throws: ``Failure`` if the file cannot be read at all.
  static func items(
    _ path: String, form: Form, failed: @escaping (Failure) -> Void
  ) throws -> Items {
    switch form {
    case .jsonl: .lines(Lines(path: path, reader: try LineReader(path: path), failed: failed))
    case .csv: .records(try table(path)[...])
    }
  }

  /// The drafts of a file. A type of its own, as the next one is: through the library's lazy sequences each line cost
  /// as much as reading its JSON does.
  enum Items {
    case lines(Lines)
    case records(ArraySlice<ImportItem>)

    mutating func next() -> ImportItem? {
      switch self {
      case .lines(var lines):
        // Let go of it first, so that what it has read is not copied.
        self = .records([])
        defer { self = .lines(lines) }
        return lines.next()
      case .records(var records):
        self = .records([])
        defer { self = .records(records) }
        return records.popFirst()
      }
    }
  }

  /// The drafts of files, one file after the other.
  struct AllItems: Sequence, IteratorProtocol {
    var files: [Items]
    private var index = 0

    init(_ files: [Items]) { self.files = files }

    mutating func next() -> ImportItem? {
      while index < files.count {
        if let item = files[index].next() { return item }
        index += 1
      }
      return nil
    }
  }

  /// The drafts in lines of JSON.
  struct Lines {
    let path: String
    var reader: LineReader
    let failed: (Failure) -> Void
    private var number = 0

    init(path: String, reader: LineReader, failed: @escaping (Failure) -> Void) {
      self.path = path
      self.reader = reader
      self.failed = failed
    }

    mutating func next() -> ImportItem? {
      while let line = reader.next() {
        number += 1
        switch line {
        case .tooLong:
          let reason = "the line is longer than \(LineReader.lineMaxBytes) bytes; an event has at most 65535"
          return ImportItem(file: path, line: number, draft: .failure(DraftError(nil, reason)))
        case .bytes(let bytes):
          guard bytes.contains(where: { $0 > 0x20 }) else { continue }
          return ImportItem(file: path, line: number, draft: ImportFile.draft(bytes))
        case .failed:
          failed(LineReader.failure(reading: path))
          return ImportItem(
            file: path, line: number, draft: .failure(DraftError(nil, "could not be read")))
        }
      }
      return nil
    }
  }

  /// A draft from the bytes of a JSON object.
  static func draft(_ bytes: [UInt8]) -> Result<Draft, DraftError> {
    do {
      return .success(try Draft(json: JSONText(parsing: bytes).root))
    } catch let error as JSONError {
      return .failure(DraftError(nil, "is not an event in JSON: column \(error.offset + 1): \(error.kind)"))
    } catch let error as DraftError {
      return .failure(error)
    } catch {
      return .failure(DraftError(nil, "\(error)"))
    }
  }

  // MARK: Tables

  private static func table(_ path: String) throws -> [ImportItem] {
    var bytes: [UInt8] = []
    for line in try LineReader(path: path) {
      if case .failed = line { throw LineReader.failure(reading: path) }
      guard case .bytes(let line) = line else {
        throw Failure(
          "\(path): a line is longer than \(LineReader.lineMaxBytes) bytes", code: ExitStatus.badInput)
      }
      bytes += line + [UInt8(ascii: "\n")]
    }
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw Failure(
        "\(path): is not text in UTF-8; save the table as \"CSV UTF-8\"", code: ExitStatus.badInput)
    }
    var records = TableReader(bytes)
    let columns: [String]
    do {
      columns = try records.next()?.cells.get() ?? []
    } catch { throw Failure("\(path):1: \(error.reason)", code: ExitStatus.badInput) }
    try check(columns, path: path)
    return records.compactMap { record -> ImportItem? in
      let draft: Result<Draft, DraftError>
      switch record.cells {
      case .failure(let problem): draft = .failure(DraftError(nil, problem.reason))
      case .success(let cells):
        guard cells.contains(where: { !$0.isEmpty }) else { return nil }
        if cells.count == columns.count {
          draft = .success(Draft(row: Array(zip(columns, cells)).map { ($0, $1) }))
        } else {
          let reason =
            "has \(cells.count) cells, the first line has \(columns.count); put a cell with a comma in quotation marks"
          draft = .failure(DraftError(nil, reason))
        }
      }
      return ImportItem(file: path, line: record.line, draft: draft)
    }
  }

  private static func check(_ columns: [String], path: String) throws {
    guard columns.contains("type") else {
      let hint =
        columns.count == 1 && columns[0].utf8.contains(UInt8(ascii: ";"))
        ? " (the cells seem to be parted by semicolons; commas are needed)" : ""
      throw Failure(
        "\(path):1: type: the column is missing\(hint); the first line must name the fields, such as type,subject,occurred,country,source.citation",
        code: ExitStatus.badInput)
    }
    for (index, column) in columns.enumerated() where column.isEmpty {
      throw Failure("\(path):1: column \(index + 1) has no name", code: ExitStatus.badInput)
    }
  }
}
