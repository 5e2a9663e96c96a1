import AudioStreams
import CommandLineSupport
import Testing
import _TestSupport

/// WAVE files come back byte for byte when nothing is done to them.
@Suite struct WaveRoundTripTests {
  let copying = AudioCopying()
  var folder: TemporaryFolder { copying.folder }

  static let codecs = ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"]

  @Test(arguments: codecs, [1, 2, 6])
  func fromFilesAndPipes(_ codec: String, _ channels: Int) throws {
    _ = try copying.noise("n.wav", channels: channels, bits: 32)
    let result = try copying.shell(
      """
      ffmpeg -v error -i n.wav -metadata title=Test -c:a \(codec) in.wav
      audio-copy -o a.wav in.wav; cmp in.wav a.wav
      cat in.wav | audio-copy | cat > b.wav; cmp in.wav b.wav
      audio-copy < in.wav > c.wav; cmp in.wav c.wav
      cat in.wav | audio-copy -o d.wav -; cmp in.wav d.wav
      """)
    #expect(result.status == 0, "\(result.text)\(result.errors)")
    #expect(result.errors.isEmpty)
  }

  @Test(arguments: codecs)
  func unknownLengthFromFFmpeg(_ codec: String) throws {
    _ = try copying.noise("n.wav", bits: 32)
    let result = try copying.shell(
      """
      ffmpeg -v error -i n.wav -c:a \(codec) in.wav
      ffmpeg -v error -i n.wav -c:a \(codec) -f wav - > pipe.wav
      cat pipe.wav | audio-copy | cat > out.wav
      audio-copy -o file.wav pipe.wav
      for f in in pipe out file; do ffmpeg -v error -i $f.wav -c:a \(codec) -f md5 -; done | uniq -c
      od -An -tx1 -j4 -N4 out.wav
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.text.split(separator: "\n").count == 2, "\(result.text)")
    #expect(result.text.hasPrefix("      4 MD5="), "\(result.text)")
    #expect(result.text.hasSuffix("ff ff ff ff\n"), "\(result.text)")
  }

  @Test func unknownLengthFromSox() throws {
    _ = try copying.noise("in.wav")
    let result = try copying.shell(
      """
      sox in.wav -t wav - 2> /dev/null | cat | audio-copy -o out.wav
      sox in.wav a.raw; sox out.wav b.raw; cmp a.raw b.raw
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
  }

  @Test(arguments: ["always", "auto"])
  func largeFileHeaders(_ mode: String) throws {
    _ = try copying.noise("n.wav")
    let result = try copying.shell(
      """
      ffmpeg -v error -i n.wav -rf64 \(mode) in.wav
      ffmpeg -v error -i n.wav -rf64 \(mode) -f wav - > pipe.wav
      audio-copy -o a.wav in.wav
      audio-copy -o b.rf64 in.wav
      cat pipe.wav | audio-copy -f rf64 | cat > c.wav
      cat pipe.wav | audio-copy -f rf64 -o d.wav
      cat in.wav | audio-copy -f rf64 | cat > e.wav
      cmp b.rf64 e.wav; tail -c 80044 n.wav > n.raw; tail -c 80044 pipe.wav | cmp - n.raw
      for f in n.wav in.wav a.wav b.rf64 d.wav; do
        ffmpeg -v error -i $f -f md5 -; done | uniq -c
      audio-copy -f wav c.wav > f.wav; tail -c 80044 f.wav | cmp - n.raw
      head -c 4 b.rf64; head -c 4 d.wav
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(result.text.hasPrefix("      5 MD5="), "\(result.text)")
    #expect(result.text.hasSuffix("RF64RF64"), "\(result.text)")
  }

  /// The header of a 5 GiB stream, of which only the start is written and read.
  @Test func moreThanFourGibibytesBecomeRF64() throws {
    let frames = 5 << 28
    let output = try FileDescriptor.unnamed()
    let format = AudioFormat(sampleRate: 48000, channelCount: 2, container: .wav, encoding: .int16)
    let writer = try AudioWriter(to: OutputFile(output), format: format, frameCount: frames)
    var samples = [Float](repeating: 0.5, count: 140_000)
    try samples.withUnsafeBufferPointer { try writer.write($0) }
    // Not finished: the file has the header of the whole and the first 256 KiB.
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    bytes.removeLast(
      bytes.count - (try bytes.withUnsafeMutableBytes { try output.read(into: $0, at: 0) }))
    #expect(bytes.starts(with: Array("RF64".utf8) + [255, 255, 255, 255] + Array("WAVEds64".utf8)))
    #expect(Array(bytes[28..<36]) == WaveBytes.number(frames * 4, 8))
    #expect(Array(bytes[36..<44]) == WaveBytes.number(frames, 8))
    let copy = try folder.write("cut.wav", bytes)
    let reader = try AudioReader(path: copy)
    #expect(reader.format.container == .rf64)
    #expect(reader.frameCount == 65536)
    let count = try samples.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
    #expect(count == 65536 && samples.allSatisfy { $0 == 0.5 })
  }

  @Test(arguments: ["", "cat | "])
  func foreignChunksKeepTheirPlaces(_ pipe: String) throws {
    var generator = SeededGenerator(seed: 7)
    let file = WaveBytes.riff(
      WaveBytes.chunk("bext", generator.bytes(603)), WaveBytes.format(channels: 2, bits: 24),
      WaveBytes.chunk("iXML", generator.bytes(77)),
      WaveBytes.chunk("data", generator.bytes(6 * 1001)),
      WaveBytes.chunk("cue ", generator.bytes(28)), WaveBytes.chunk("id3 ", generator.bytes(99)),
      WaveBytes.chunk("smpl", generator.bytes(36)))
    try folder.write("in.wav", file)
    let result = try copying.shell(
      "cat in.wav | \(pipe) audio-copy - | cat > out.wav; audio-copy -o file.wav in.wav")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try folder.read("out.wav") == file)
    #expect(try folder.read("file.wav") == file)
  }

  @Test func oddSamplesArePadded() throws {
    var generator = SeededGenerator(seed: 8)
    let file = WaveBytes.riff(
      WaveBytes.format(bits: 8), WaveBytes.chunk("data", generator.bytes(1001)),
      WaveBytes.chunk("note", [1, 2, 3]))
    try folder.write("in.wav", file)
    let result = try copying.shell(
      "cat in.wav | audio-copy | cat > a; audio-copy in.wav > b; cmp in.wav a; cmp in.wav b")
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }

  @Test func bytesBehindTheEndAreKept() throws {
    var generator = SeededGenerator(seed: 9)
    let file =
      WaveBytes.riff(WaveBytes.format(), WaveBytes.chunk("data", generator.bytes(1000)))
      + generator.bytes(128)
    try folder.write("in.wav", file)
    let result = try copying.shell("audio-copy in.wav > b; cmp in.wav b")
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }

  /// Infinities, not-a-number, denormals and the sign of zero pass through.
  @Test(arguments: [4, 8])
  func everyFloatingPointNumberPasses(_ size: Int) throws {
    var generator = SeededGenerator(seed: 10)
    let file = WaveBytes.riff(
      WaveBytes.format(tag: 3, bits: 8 * size),
      WaveBytes.chunk("data", generator.bytes(size * 20000)))
    try folder.write("in.wav", file)
    let result = try copying.shell("audio-copy in.wav > b; cmp in.wav b")
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }
}
