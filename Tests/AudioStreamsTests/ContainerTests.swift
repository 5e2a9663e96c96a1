import AudioStreams
import Testing
import _TestSupport

/// Every container keeps the samples; ffmpeg is the referee.
@Suite struct ContainerTests {
  let copying = AudioCopying()

  static let lossless: [(name: String, encodings: [String])] = [
    ("aiff", ["int8", "int16", "int24", "int32", "float32", "float64"]),
    ("caf", ["int8", "int16", "int24", "int32", "float32", "float64"]),
    ("w64", ["int8", "int16", "int24", "int32", "float32", "float64"]),
    ("au", ["int8", "int16", "int24", "int32", "float32", "float64"]),
    ("flac", ["int16", "int24"]),
    ("rf64", ["int8", "int16", "int24", "int32", "float32", "float64"]),
  ]
  static let cases = lossless.flatMap { container in
    container.encodings.map { (container.name, $0) }
  }

  @Test(arguments: cases)
  func losslessThereAndBack(_ container: String, _ encoding: String) throws {
    _ = try copying.noise("n.wav", bits: 32)
    let decoder = encoding == "int8" ? "pcm_s8" : encoding == "float64" ? "pcm_f64le" : "pcm_s32le"
    let result = try copying.shell(
      """
      audio-copy -e float64 -o m.wav n.wav; audio-copy -e \(encoding) -o in.wav m.wav
      audio-copy -o x.\(container) in.wav
      audio-copy -f \(container) in.wav | cat > y.\(container)
      cmp x.\(container) y.\(container)
      audio-copy -e \(encoding) -o back.wav x.\(container); cmp in.wav back.wav
      cat x.\(container) | audio-copy -e \(encoding) -o piped.wav
      cat x.\(container) | audio-copy -e \(encoding) | cat > piped2.wav
      for f in in.wav x.\(container) back.wav piped.wav piped2.wav; do
        ffmpeg -v error -i $f -c:a \(decoder) -f md5 -; done | uniq -c
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.text)\(result.errors)")
    #expect(result.text.hasPrefix("      5 MD5="), "\(result.text)")
  }

  @Test(arguments: ["int8", "int16", "int24", "int32", "float32", "float64"])
  func rawSamples(_ encoding: String) throws {
    _ = try copying.noise("n.wav", bits: 32)
    let result = try copying.shell(
      """
      audio-copy -e float64 -o m.wav n.wav; audio-copy -e \(encoding) -o in.wav m.wav
      audio-copy -o x.raw in.wav
      audio-copy -f raw in.wav | cat | cmp - x.raw
      audio-copy --raw 44100,2,\(encoding) -e \(encoding) -o a.wav x.raw; cmp in.wav a.wav
      cat x.raw | audio-copy --raw 44100,2,\(encoding) -o b.wav
      audio-copy -o y.raw b.wav; cmp x.raw y.raw
      """)
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }

  @Test(arguments: [
    ("flac -s -o r.flac in.wav", "r.flac"), ("sox in.wav r.aiff", "r.aiff"),
    ("sox in.wav r.caf", "r.caf"), ("sox in.wav r.au", "r.au"), ("sox in.wav r.w64", "r.w64"),
    ("ffmpeg -v error -i in.wav r.flac", "r.flac"),
    ("ffmpeg -v error -i in.wav -f flac - > r.flac", "r.flac"),
  ])
  func losslessFilesOfOtherPrograms(_ make: String, _ name: String) throws {
    _ = try copying.noise("in.wav")
    let result = try copying.shell(
      """
      \(make)
      audio-copy -o a.wav \(name)
      cat \(name) | audio-copy -o b.wav
      for f in in a b; do sox $f.wav -t s16 - | md5sum; done | uniq -c
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.text)\(result.errors)")
    #expect(result.text.hasPrefix("      3 "), "\(result.text)")
  }

  @Test(arguments: [
    ("oggenc -Q -o r.ogg in.wav", "r.ogg"), ("opusenc --quiet in.wav r.opus", "r.opus"),
    ("lame --quiet in.wav r.mp3", "r.mp3"),
  ])
  func codedFilesOfOtherPrograms(_ make: String, _ name: String) throws {
    _ = try copying.noise("in.wav", rate: 48000, frames: 48000)
    let result = try copying.shell(
      """
      \(make)
      audio-copy -o a.wav \(name)
      cat \(name) | audio-copy -o b.wav
      cmp <(sox a.wav -t s16 -) <(sox b.wav -t s16 -)
      soxi -s a.wav
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.text)\(result.errors)")
    #expect(result.text == "48000\n")
  }

  @Test(arguments: ["ogg", "opus", "mp3"])
  func codecsAreWrittenToFilesAndPipes(_ container: String) throws {
    _ = try copying.noise("in.wav", rate: 48000, frames: 48000)
    let result = try copying.shell(
      """
      audio-copy -o a.\(container) in.wav
      audio-copy --quality 0.1 -o small.\(container) in.wav
      cat in.wav | audio-copy -f \(container) | cat > b.\(container)
      for f in a b small; do
        ffmpeg -v error -i $f.\(container) -f s16le - | wc -c; done
      test $(stat -c %s small.\(container)) -lt $(stat -c %s a.\(container))
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.text)\(result.errors)")
    // ffmpeg gives 48000 frames, or with MP3 some of the codec's padding as well.
    let sizes = result.text.split(separator: "\n").compactMap { Int($0) }
    #expect(sizes.count == 3 && sizes.allSatisfy { (192_000...203_000).contains($0) }, "\(sizes)")
  }

  @Test func tagsAreCarried() throws {
    _ = try copying.noise("n.wav")
    let result = try copying.shell(
      """
      ffmpeg -v error -i n.wav -metadata title=漢字 -metadata artist=Someone in.wav
      audio-copy -o a.flac in.wav; audio-copy -o b.ogg a.flac; audio-copy -o c.aiff b.ogg
      audio-copy -o d.wav c.aiff; audio-copy -o e.mp3 d.wav; audio-copy -o f.caf e.mp3
      audio-copy -o g.wav f.caf
      ffprobe -v error -show_entries format_tags=title,artist -of csv=p=0 g.wav
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.text)\(result.errors)")
    #expect(result.text == "漢字,Someone\n" || result.text == "Someone,漢字\n", "\(result.text)")
  }

  @Test(arguments: [
    ("opus", 44100, 2, "hint: opus takes 8, 12, 16, 24 and 48 kHz"),
    ("mp3", 96000, 2, "mp3 cannot hold 96000 Hz"), ("mp3", 44100, 3, "mp3 cannot hold 3 channels"),
  ])
  func whatCodecsCannotDo(
    _ container: String, _ rate: Int, _ channels: Int, _ text: String
  ) throws {
    _ = try copying.noise("in.wav", rate: rate, channels: channels)
    let result = try copying.shell("audio-copy -o x.\(container) in.wav")
    #expect(result.status == 2)
    #expect(result.errors.contains(text), "\(result.errors)")
    #expect(copying.folder.entries == ["in.wav"])
  }

  @Test func unknownNamesAreSaid() throws {
    _ = try copying.noise("in.wav")
    let result = try copying.shell("audio-copy -o x.xyz in.wav")
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("_audio-copy: error: 'x.xyz' names no known audio format\n"))
  }
}
