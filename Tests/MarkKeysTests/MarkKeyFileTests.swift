import CommandLineSupport
import MarkKeys
import Testing
import _TestSupport

/// Key files on the disk, and the tool that makes them.
@Suite struct MarkKeyFileTests {
  let folder = TemporaryFolder()

  private func run(_ line: String) throws -> Subprocess {
    let tool = try BuiltTools.path("wm-keygen")
    return try Subprocess.shell(
      "wm-keygen() { \(tool) \"$@\"; }\n" + line, folder: folder.path, seconds: 20)
  }

  @Test func aNewKeyIsPrivateAndReadable() throws {
    let result = try run("umask 0; wm-keygen -o studio.key; stat -c %a studio.key; ls -A")
    #expect(result.status == 0 && result.errors.isEmpty)
    #expect(result.text == "600\nstudio.key\n")
    let file = try MarkKeyFile(reading: folder.path("studio.key"))
    #expect(file.key.name == "studio")
    #expect(file.warning == nil)
  }

  @Test func keysDiffer() throws {
    #expect(try run("wm-keygen -o a; wm-keygen -o b").status == 0)
    let keys = try MarkKeyFile.readAll(folder.path).map(\.key)
    #expect(keys.map(\.name) == ["a", "b"])
    #expect(keys.first?.secret != keys.last?.secret)
  }

  @Test(arguments: ["touch a", "ln -s nowhere a", "mkdir a", "mkfifo a"])
  func nothingIsOverwritten(_ preparation: String) throws {
    let result = try run(
      "\(preparation); stat -c %i a > before; wm-keygen -o a; status=$?\n"
        + "stat -c %i a | cmp - before; exit $status")
    #expect(result.status == 2)
    #expect(
      result.errors.hasPrefix("wm-keygen: error: 'a' exists, and keys are never overwritten\n"))
  }

  @Test func aFullDiskLeavesNoKey() throws {
    let result = try run("(ulimit -f 0; wm-keygen -o a 2>&1) ; echo $?; ls -A")
    #expect(result.text.hasPrefix("wm-keygen: error: cannot write 'a': file too large\n"))
    #expect(result.text.hasSuffix("2\n"))
  }

  @Test func theNameIsWrittenAndRead() throws {
    #expect(try run("wm-keygen -o a --name 'Tokyo 東京'").status == 0)
    #expect(try MarkKeyFile(reading: folder.path("a")).key.name == "Tokyo 東京")
  }

  @Test func standardOutputHasNoName() throws {
    let result = try run("wm-keygen -o - | tee b.key")
    #expect(result.status == 0)
    #expect(!result.text.contains("name"))
    #expect(try MarkKeyFile(reading: folder.path("b.key")).key.name == "b")
  }

  @Test func othersBeingAbleToReadIsAWarning() throws {
    #expect(try run("wm-keygen -o a; chmod 640 a").status == 0)
    #expect(try MarkKeyFile(reading: folder.path("a")).warning?.contains("others can read") == true)
  }

  @Test func aFolderIsReadInTheOrderOfNames() throws {
    let line = "for n in b a C; do wm-keygen -o $n.key; done; touch .hidden old~; mkdir sub"
    #expect(try run(line).status == 0)
    #expect(try MarkKeyFile.readAll(folder.path).map(\.key.name) == ["C", "a", "b"])
  }

  @Test func anEmptyFolderHasNoKeys() {
    #expect(throws: KeyFileError.noKeys(.mark, folder.path)) {
      try MarkKeyFile.readAll(folder.path)
    }
  }

  @Test func aStrangerAmongKeysIsAnError() throws {
    #expect(try run("wm-keygen -o a; echo hello > b").status == 0)
    #expect(throws: KeyFileError.malformed(.mark, folder.path("b"), .notAKey)) {
      try MarkKeyFile.readAll(folder.path)
    }
  }

  @Test(arguments: ["/dev/null", "/tmp"])
  func onlyFilesAndPipesAreKeys(_ path: String) {
    #expect(throws: KeyFileError.notAFile(.mark, path)) { try MarkKeyFile(reading: path) }
  }

  @Test func aMissingKeyIsNamed() {
    let error = #expect(throws: SystemError.self) { try MarkKeyFile(reading: "/no/such") }
    #expect(error?.description == "cannot open mark key '/no/such': no such file or directory")
  }

  @Test func everyFaultHasAText() {
    let text = KeyFileError.malformed(.mark, "k", .badSecret(line: 3)).description
    #expect(text == "mark key 'k': line 3: the secret is not 64 lower-case hexadecimal digits")
  }
}
