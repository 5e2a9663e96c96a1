import Testing
import _TestSupport

/// The two weak methods, written and read by the tools; where they end, nothing is made up.
@Suite struct MethodTests {
  let embedding = try? EmbedFolder()

  private func run(_ lines: String) throws -> Subprocess { try #require(embedding).run(lines) }

  private let read =
    "read_() { wm-detect --key key --json \"$@\" | grep -o '\"message\":\"[0-9a-f]*'; }\n"

  @Test(arguments: ["wav", "flac", "aiff"])
  func sampleBitsAreReadFromAPiece(_ container: String) throws {
    let result = try run(
      read + """
        embed --method lsb -o a.\(container) song.wav
        sox -D a.\(container) b.\(container) trim 3.217 9
        read_ --method lsb b.\(container)
        """)
    #expect(result.text == "\"message\":\"\(EmbedFolder.message)\n", "\(result.errors)")
  }

  @Test func sampleBitsDoNotSurviveAChange() throws {
    let result = try run(
      """
      embed --method lsb -o a.wav song.wav; sox -D a.wav b.wav vol 0.9
      wm-detect --key key --method lsb b.wav; echo $?
      wm-detect --key other.key --method lsb a.wav; echo $?
      wm-detect --key key --method lsb song.wav; echo $?
      """)
    #expect(
      result.text
        == "b.wav: nothing found\n1\na.wav: nothing found\n1\nsong.wav: nothing found\n1\n",
      "\(result.text)\(result.errors)")
  }

  @Test(arguments: ["wav", "flac", "ogg", "mp3"])
  func tagsAreReadWithTheirKeyOnly(_ container: String) throws {
    let result = try run(
      read + """
        embed --method tag -o a.\(container) song.wav
        read_ --method tag a.\(container)
        wm-detect --key other.key --method tag a.\(container); echo $?
        """)
    #expect(
      result.text
        == "\"message\":\"\(EmbedFolder.message)\na.\(container): nothing found\n1\n",
      "\(result.text)\(result.errors)")
  }

  @Test func sampleBitsOfCodedSoundAreRefused() throws {
    let result = try run("oggenc -Q -o a.ogg song.wav; wm-detect --key key --method lsb a.ogg")
    #expect(result.status == 2)
    #expect(result.errors.contains("'a.ogg' has no integer samples"), "\(result.errors)")
  }
}
