// Build-tool plugin: hands a target's text files to the tool EmbedText, which writes them into one Swift file.
//
// The product is a single binary that needs no data files beside it, so tables and vocabulary are compiled in.
// A target that uses the plugin gets an internal `enum EmbeddedTexts` with the property
// `static let files: [(name: String, text: StaticString)]`, sorted by the bytes of the names.
//
// Which files:
// - the target `Milestones`: `Events/vocabulary/*.json` of the package, because a domain expert edits them there;
// - any other target: `Embedded/*.tsv` and `Embedded/*.json` inside the target's directory, which the target's
//   declaration excludes from its sources.

import Foundation
import PackagePlugin

@main
struct EmbedTextPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let (directory, extensions) = source(of: target, in: context.package)
    let files = try textFiles(in: directory, extensions: extensions, for: target)
    let output = context.pluginWorkDirectoryURL.appending(path: "EmbeddedTexts.swift")
    return [
      .buildCommand(
        displayName: "Embedding \(files.count) text files into \(target.name)",
        executable: try context.tool(named: "EmbedText").url,
        arguments: [output.path(percentEncoded: false), directory.path(percentEncoded: false)] + extensions,
        // Each file is an input, so that an edit is seen, and so is the directory, which the tool lists again:
        // SwiftPM runs this plugin anew only when a target's directory changes. A file added to a directory
        // elsewhere is embedded at once, but its later edits are seen only after the next planning of the build
        // (`touch Package.swift`), unless a link to the directory lies in the target's.
        inputFiles: [directory] + files,
        outputFiles: [output])
    ]
  }

  private func source(of target: any Target, in package: Package) -> (directory: URL, extensions: [String]) {
    if target.name == "Milestones" {
      return (package.directoryURL.appending(path: "Events/vocabulary"), ["json"])
    }
    return (target.directoryURL.appending(path: "Embedded"), ["json", "tsv"])
  }

  private func textFiles(in directory: URL, extensions: [String], for target: any Target) throws -> [URL] {
    let path = directory.path(percentEncoded: false)
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: path)
    } catch {
      throw EmbedTextPluginError(
        description:
          "Target \(target.name) embeds the text files in \(path), but that is no readable directory.")
    }
    return names.filter { name in extensions.contains { name.hasSuffix("." + $0) } && !name.hasPrefix(".") }
      .sorted()
      .map { directory.appending(path: $0) }
  }
}

/// Why no build command could be made.
struct EmbedTextPluginError: Error, CustomStringConvertible {
  let description: String
}
