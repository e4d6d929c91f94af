// Build-tool plugin: hands a target's text files to the tool EmbedText, which writes them into one Swift file.
//
// The product is a single binary that needs no data files beside it, so tables and vocabulary are compiled in.
// A target that uses the plugin gets an internal `enum EmbeddedTexts` with the property
// `static let files: [(name: String, text: StaticString)]`, sorted by the bytes of the names.
//
// Which files: `*.tsv`, `*.json`, `*.mustache`, `*.css` and `*.js` in the directory `Embedded`, or `Schemas`, inside the target's own, which the
// target's declaration excludes from its sources. `Sources/Milestones/Embedded` is a link to `Events/vocabulary`, where a domain expert
// edits the files: only what lies within a target is looked at again by every build.

import Foundation
import PackagePlugin

@main
struct EmbedTextPlugin: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) async throws -> [Command] {
    let directories = ["Embedded", "Schemas"].map {
      target.directoryURL.appending(path: $0).resolvingSymlinksInPath()
    }
    let directory = directories.first { isDirectory($0) } ?? directories[0]
    let extensions = ["css", "js", "json", "mustache", "tsv"]
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

  private func isDirectory(_ url: URL) -> Bool {
    var isDirectory: ObjCBool = false
    let path = url.path(percentEncoded: false)
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
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
