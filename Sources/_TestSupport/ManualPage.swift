/// A manual page of the package, for tests that hold it to the tools.
package struct ManualPage {
  /// The path of the page.
  package let path: String

  /// - Parameter name: the name of the file, such as `wm-keygen.1`.
  package init(_ name: String) { path = BuiltTools.packageRoot() + "/man/" + name }

  /// What mandoc has to complain of.
  package var complaints: String {
    get throws { try Subprocess.run("mandoc", ["-Tlint", "-Wwarning", path]).text }
  }

  /// The long options it names before its examples, in which other tools have theirs.
  package var options: Set<String> {
    get throws {
      let text =
        try Subprocess.run("mandoc", ["-Tascii", "-Owidth=200", path]).text
        .replacing(#/.\x{8}/#, with: "").split(separator: "\nEXAMPLES").first ?? ""
      return Set(text.matches(of: #/--[a-z][a-z-]+/#).map { String($0.0) })
    }
  }

  /// The lines of shell it shows, in order.
  package var examples: [String] {
    get throws {
      String(decoding: try contents(of: path), as: UTF8.self).split(separator: "\n")
        .filter { $0.hasPrefix(".Dl ") }
        .map { String($0.dropFirst(4)).replacing("\\(dq", with: "\"").replacing("\\e", with: "\\") }
    }
  }

  /// Runs the examples in a folder, in one shell that knows the tools by their names.
  package func runExamples(tools: [String], in folder: TemporaryFolder) throws -> Subprocess {
    let functions = try tools.map { "\($0)() { \(try BuiltTools.path($0)) \"$@\"; }" }
    let lines = try functions + ["set -e"] + examples
    return try Subprocess.shell(lines.joined(separator: "\n"), folder: folder.path)
  }
}

extension BuiltTools {
  /// The long options a tool's parser knows.
  package static func options(of tool: String) throws -> Set<String> {
    let dump = try Subprocess.run(path(tool), ["--experimental-dump-help"]).text
    return Set(
      dump.matches(of: #/"kind" : "long",\s*"name" : "([a-z-]+)"/#).map { "--\($0.1)" })
  }
}
