import Testing
import _TestSupport

/// The manual pages say what the tools do.
@Suite struct ManualTests {
  static let tools = ["wm-keygen"]
  let folder = TemporaryFolder()

  private func page(_ tool: String) -> String { BuiltTools.packageRoot() + "/man/\(tool).1" }

  @Test(arguments: tools)
  func thePageIsClean(_ tool: String) throws {
    let result = try Subprocess.run("mandoc", ["-Tlint", "-Wwarning", page(tool)])
    #expect(result.status == 0 && result.output.isEmpty, "\(result.text)")
  }

  @Test(arguments: tools)
  func thePageHasTheOptionsOfTheParser(_ tool: String) throws {
    let dump = try Subprocess.run(BuiltTools.path(tool), ["--experimental-dump-help"]).text
    let text = try Subprocess.run("mandoc", ["-Tascii", "-Owidth=200", page(tool)]).text
      .replacing(#/.\x{8}/#, with: "")
    let known = dump.matches(of: #/"kind" : "long",\s*"name" : "([a-z-]+)"/#).map { "--\($0.1)" }
    let described = text.matches(of: #/--[a-z][a-z-]+/#).map { String($0.0) }
    #expect(Set(known) == Set(described))
    #expect(known.count > 2)
  }

  @Test(arguments: tools)
  func theExamplesRun(_ tool: String) throws {
    let source = String(decoding: try contents(of: page(tool)), as: UTF8.self)
    let examples = source.split(separator: "\n").filter { $0.hasPrefix(".Dl ") }
      .map { $0.dropFirst(4).replacing("\\(dq", with: "\"") }
    #expect(!examples.isEmpty)
    let path = try BuiltTools.path(tool)
    for example in examples {
      let line = "\(tool)() { \(path) \"$@\"; }\n\(example)"
      let result = try Subprocess.shell(line, folder: folder.path)
      #expect(result.status == 0 && result.errors.isEmpty, "\(example): \(result.errors)")
    }
  }
}
