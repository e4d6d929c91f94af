// Writes the text files of a directory into one Swift file, byte for byte. Run by EmbedTextPlugin.
//
// Usage: EmbedText OUTPUT DIRECTORY EXTENSION…
// Files whose names begin with a dot or end in no given extension are passed over. A file that is not UTF-8 ends
// the build with an error that names it and the byte.

import Foundation

@main
struct EmbedText {
  static func main() {
    do {
      try run(Array(CommandLine.arguments.dropFirst()))
    } catch {
      // The form "path: error: text" is what SwiftPM and editors recognise as a diagnostic.
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  static func run(_ arguments: [String]) throws {
    guard arguments.count >= 3 else {
      throw EmbedTextError(path: "EmbedText", message: "usage: EmbedText OUTPUT DIRECTORY EXTENSION…")
    }
    let (output, directory, extensions) = (arguments[0], arguments[1], arguments[2...])
    let names = try listing(of: directory)
      .filter { name in !name.hasPrefix(".") && extensions.contains { name.hasSuffix("." + $0) } }
      .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    var source = SwiftSource()
    for name in names {
      let path = directory + "/" + name
      guard name.utf8.allSatisfy(isPlainInFileName) else {
        throw EmbedTextError(
          path: path, message: "the name of an embedded file may hold only A-Z a-z 0-9 . _ -; rename it")
      }
      source.append(name: name, text: try bytes(of: path))
    }
    let bytes = Data(source.finished())
    // Output that stays the same keeps its time of change, and nothing is compiled again.
    guard (try? Data(contentsOf: URL(filePath: output))) != bytes else { return }
    do {
      try bytes.write(to: URL(filePath: output))
    } catch {
      throw EmbedTextError(path: output, message: "cannot be written: \(error)")
    }
  }

  private static func listing(of directory: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: directory)
    } catch {
      throw EmbedTextError(path: directory, message: "cannot be listed: \(error)")
    }
  }

  private static func bytes(of path: String) throws -> [UInt8] {
    let bytes: [UInt8]
    do {
      bytes = [UInt8](try Data(contentsOf: URL(filePath: path)))
    } catch {
      throw EmbedTextError(path: path, message: "cannot be read: \(error)")
    }
    // Decoding repairs what is not UTF-8, so the first difference is the first bad byte.
    let repaired = Array(String(decoding: bytes, as: UTF8.self).utf8)
    if repaired != bytes {
      let offset = zip(repaired, bytes).enumerated().first { $1.0 != $1.1 }?.offset ?? bytes.count
      throw EmbedTextError(
        path: path,
        message: "is not UTF-8 from byte \(offset) on; save it as UTF-8, so that it can be embedded")
    }
    return bytes
  }

  private static func isPlainInFileName(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}

/// What is wrong with which file.
struct EmbedTextError: Error, CustomStringConvertible {
  let path: String
  let message: String
  var description: String { "\(path): error: \(message)" }
}
