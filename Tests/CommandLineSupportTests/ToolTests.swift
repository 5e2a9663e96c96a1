import Testing
import _TestSupport

/// Exit status and texts, on the smallest tool.
@Suite struct ToolTests {
  let folder = TemporaryFolder()

  private func run(_ line: String) throws -> Subprocess {
    let tool = try BuiltTools.path("wm-keygen")
    return try Subprocess.shell(
      "wm-keygen() { \(tool) \"$@\"; }\n" + line, folder: folder.path, seconds: 20)
  }

  @Test(arguments: ["--help", "--version", "-h"])
  func helpGoesToStandardOutput(_ option: String) throws {
    let result = try run("wm-keygen \(option)")
    #expect(result.status == 0)
    #expect(result.errors.isEmpty)
    #expect(!result.output.isEmpty && result.output.last == UInt8(ascii: "\n"))
  }

  @Test(arguments: [
    (
      "--colour",
      "wm-keygen: error: unknown option '--colour'\nwm-keygen: hint: see wm-keygen --help\n"
    ),
    ("x", "wm-keygen: error: unexpected argument 'x'\nwm-keygen: hint: see wm-keygen --help\n"),
    (
      "-q -v",
      "wm-keygen: error: -q and -v exclude each other\nwm-keygen: hint: see wm-keygen --help\n"
    ),
  ])
  func usageErrorsEndWith2(_ arguments: String, _ errors: String) throws {
    let result = try run("wm-keygen \(arguments)")
    #expect(result.status == 2)
    #expect(result.errors == errors)
    #expect(result.output.isEmpty)
  }

  @Test(arguments: ["--version", "--help", "-o -"])
  func aFullDiskEndsWith2(_ arguments: String) throws {
    let result = try run("wm-keygen \(arguments) > /dev/full")
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix(
        "wm-keygen: error: cannot write standard output: no space left on device\n"))
  }

  @Test func aClosedStandardOutputEndsWith2() throws {
    #expect(try run("wm-keygen -o - >&-").status == 2)
  }

  @Test(arguments: ["", "trap '' PIPE; "])
  func aClosedPipeEndsQuietly(_ prefix: String) throws {
    let result = try run("\(prefix) { sleep 0.2; wm-keygen -o -; } | true; echo ${PIPESTATUS[0]}")
    #expect(result.text == "141\n")
    #expect(result.errors.isEmpty)
  }
}
