import CommandLineSupport
import Testing
import _TestSupport

/// Outputs appear whole or not at all.
@Suite struct OutputFileTests {
  let folder = TemporaryFolder()

  @Test func nothingExistsBeforeTheEnd() throws {
    let output = try OutputFile(folder.path("a"), contents: .binary)
    #expect(folder.entries.isEmpty)
    try output.write("one")
    #expect(folder.entries.isEmpty)
    try output.finish()
    #expect(folder.entries == ["a"])
    #expect(try folder.read("a") == Array("one".utf8))
  }

  @Test func anOutputGivenUpLeavesTheOldFile() throws {
    try folder.write("a", "old".utf8)
    do {
      let output = try OutputFile(folder.path("a"), contents: .binary)
      try output.write("new")
    }
    #expect(folder.entries == ["a"])
    #expect(try folder.read("a") == Array("old".utf8))
  }

  @Test func anOldFileIsReplacedInOneStep() throws {
    try folder.write("a", "old".utf8)
    let output = try OutputFile(folder.path("a"), contents: .binary)
    try output.write("new")
    #expect(try folder.read("a") == Array("old".utf8))
    try output.finish()
    #expect(folder.entries == ["a"])
    #expect(try folder.read("a") == Array("new".utf8))
  }

  @Test func bytesCanBeReplaced() throws {
    let output = try OutputFile(folder.path("a"), contents: .binary)
    try output.write("0123")
    try Array("xy".utf8).withUnsafeBytes { try output.write($0, at: 1) }
    try output.write("4")
    try output.finish()
    #expect(try folder.read("a") == Array("0xy34".utf8))
    #expect(output.byteCount == 5)
  }

  @Test func aLinkStaysALink() throws {
    try folder.write("a", "old".utf8)
    _ = try Subprocess.run("ln", ["-s", "a", "link"], folder: folder.path)
    let output = try OutputFile(folder.path("link"), contents: .binary)
    try output.write("new")
    try output.finish()
    #expect(folder.entries == ["a", "link"])
    #expect(try folder.read("a") == Array("new".utf8))
  }

  @Test(arguments: ["a", "link", "./a", "hard"])
  func theInputIsRefused(_ name: String) throws {
    try folder.write("a", "old".utf8)
    _ = try Subprocess.shell("ln -s a link; ln a hard", folder: folder.path)
    #expect(throws: OutputError.sameAsInput(folder.path(name))) {
      try OutputFile(folder.path(name), contents: .binary, inputs: [folder.path("a")])
    }
  }

  @Test func aMissingFolderIsSaidAtOnce() {
    let error = #expect(throws: SystemError.self) {
      try OutputFile(folder.path("no/such"), contents: .binary)
    }
    #expect(error?.description.hasSuffix("no/such': no such file or directory") == true)
  }

  @Test func aFolderIsNoOutput() {
    #expect(throws: SystemError.self) { try OutputFile(folder.path, contents: .binary) }
  }

  @Test func theModeIsThatOfTheFileReplaced() throws {
    try folder.write("a", [])
    _ = try Subprocess.run("chmod", ["640", folder.path("a")])
    let output = try OutputFile(folder.path("a"), contents: .binary)
    try output.finish()
    let mode = try Subprocess.run("stat", ["-c", "%a", folder.path("a")])
    #expect(mode.text == "640\n")
  }
}
