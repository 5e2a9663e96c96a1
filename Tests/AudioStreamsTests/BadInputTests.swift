import AudioStreams
import Testing
import _TestSupport

/// What is no audio, or is damaged, is said clearly and never crashes.
@Suite struct BadInputTests {
  let copying = AudioCopying()

  private static let data = WaveBytes.chunk("data", [UInt8](repeating: 1, count: 400))
  static let cases: [(name: String, bytes: [UInt8], text: String)] = [
    ("empty", [], "is empty"),
    ("text", Array("hello, this is no audio at all, not even near\n".utf8), "is not audio"),
    ("riff only", Array("RIFF".utf8), "is not audio"),
    ("no chunks", WaveBytes.riff(), "ends inside its header"),
    ("cut in a chunk", Array(WaveBytes.riff(WaveBytes.format()).dropLast(3)), "ends inside its"),
    ("no data", WaveBytes.riff(WaveBytes.format()), "holds no samples"),
    ("no fmt", WaveBytes.riff(data), "the data chunk comes before the fmt chunk"),
    ("two fmt", WaveBytes.riff(WaveBytes.format(), WaveBytes.format(), data), "two fmt chunks"),
    ("short fmt", WaveBytes.riff(WaveBytes.chunk("fmt ", [1, 0, 1, 0]), data), "too short"),
    ("no frames", WaveBytes.riff(WaveBytes.format(), WaveBytes.chunk("data", [])), "no samples"),
    (
      "half a frame", WaveBytes.riff(WaveBytes.format(), WaveBytes.chunk("data", [1])), "no samples"
    ),
    ("no channels", WaveBytes.riff(WaveBytes.format(channels: 0), data), "0 channels"),
    ("nine channels", WaveBytes.riff(WaveBytes.format(channels: 9), data), "9 channels"),
    ("slow", WaveBytes.riff(WaveBytes.format(rate: 7999), data), "7999 Hz"),
    ("fast", WaveBytes.riff(WaveBytes.format(rate: 192_001), data), "192001 Hz"),
    ("frame size", WaveBytes.riff(WaveBytes.format(frame: 5), data), "frames of 5 bytes"),
    ("codec", WaveBytes.riff(WaveBytes.format(tag: 0x1234), data), "is not audio"),
    (
      "absurd size",
      WaveBytes.riff(WaveBytes.format(), Array("LIST".utf8) + [255, 255, 255, 127], data),
      "the chunk 'LIST' claims 2147483647 bytes"
    ),
    ("flac head", Array("fLaC".utf8) + [UInt8](repeating: 0, count: 60), "is not audio"),
  ]

  @Test(arguments: cases.indices)
  func fileAndPipe(_ index: Int) throws {
    let (name, bytes, text) = Self.cases[index]
    try copying.folder.write("in", bytes)
    for line in ["audio-copy -o out.wav in", "cat in | audio-copy -o out.wav"] {
      let result = try copying.shell(line)
      #expect(result.status == 2, "\(name): \(line)")
      #expect(result.errors.contains(text), "\(name): \(line): \(result.errors)")
      #expect(copying.folder.entries == ["in"], "\(name): \(line)")
    }
  }

  @Test func aCutFileGivesItsFramesAndAWarning() throws {
    _ = try copying.noise("n.wav")
    let result = try copying.shell(
      """
      head -c 1047 n.wav > cut.wav
      audio-copy -o a.wav cut.wav
      cat cut.wav | audio-copy -o b.wav
      cmp a.wav b.wav; soxi -s a.wav
      """)
    #expect(result.status == 0)
    #expect(result.text == "250\n")
    let text = "cut.wav ends after 250 of 20011 frames"
    #expect(result.errors.contains(text), "\(result.errors)")
    #expect(result.errors.contains("ends in the middle of a frame; its last 3 bytes"))
  }

  /// Every file cut at every one of its first bytes ends in an error or a shorter copy.
  @Test(arguments: ["wav", "aiff", "flac", "ogg", "opus", "mp3", "caf", "w64", "au"])
  func cutFilesNeverCrash(_ container: String) throws {
    _ = try copying.noise("n.wav", rate: 48000, frames: 4800)
    let result = try copying.shell(
      """
      audio-copy -o x.\(container) n.wav
      set +e
      for n in 1 3 4 7 8 11 12 13 20 27 36 40 44 46 60 100 200 400 1000 3000; do
        head -c $n x.\(container) > cut
        audio-copy cut > /dev/null 2> err; a=$?
        cat cut | audio-copy > /dev/null 2> err; b=$?
        for s in $a $b; do test $s = 0 || test $s = 2 || echo $n: $s; done
      done
      """)
    #expect(result.text.isEmpty, "\(result.text)")
  }

  /// Files with random bytes changed end in an error or a copy.
  @Test(arguments: ["wav", "aiff", "flac", "ogg", "mp3", "caf", "w64", "au"])
  func damagedFilesNeverCrash(_ container: String) throws {
    _ = try copying.noise("n.wav", rate: 48000, frames: 2400)
    _ = try copying.shell("audio-copy -o x.\(container) n.wav")
    let whole = try copying.folder.read("x.\(container)")
    var generator = SeededGenerator(seed: 11)
    for round in 0..<25 {
      var bytes = whole
      for _ in 0..<3 {
        let place = Int.random(in: 0..<min(bytes.count, 200), using: &generator)
        bytes[place] = UInt8(truncatingIfNeeded: generator.next())
      }
      try copying.folder.write("bad", bytes)
      let result = try copying.shell("audio-copy bad > /dev/null")
      #expect([0, 2].contains(result.status), "\(generator), round \(round): \(result.errors)")
    }
  }
}
