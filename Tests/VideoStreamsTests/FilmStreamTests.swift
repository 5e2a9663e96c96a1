import CommandLineSupport
import Testing
import VideoStreams
import _TestSupport

/// YUV4MPEG2 streams through reader and writer, with ffmpeg at both ends.
@Suite struct FilmStreamTests {
  private let folder = TemporaryFolder()

  private func copy(_ bytes: [UInt8]) throws -> (bytes: [UInt8], frames: Int) {
    let reader = try FilmReader(ByteSource(path: folder.write("in.y4m", bytes)))
    let output = try OutputFile(folder.path + "/out.y4m", contents: .binary)
    let writer = try FilmWriter(reader.format, to: output)
    let frame = FilmFrame(reader.format)
    while try reader.read(into: frame) { try writer.write(frame) }
    try output.finish()
    return (try folder.read("out.y4m"), reader.frameCount)
  }

  /// Every kind that ffmpeg writes, and sizes that do not divide by two or four.
  @Test(
    arguments: [
      "yuv420p", "yuv422p", "yuv444p", "yuv411p", "yuvj420p", "gray", "gray9", "gray10", "gray12",
      "gray16", "yuv420p9", "yuv422p9", "yuv444p9", "yuv420p10", "yuv422p10", "yuv444p10",
      "yuv420p12", "yuv422p12", "yuv444p12", "yuv420p14", "yuv422p14", "yuv444p14", "yuv420p16",
      "yuv422p16", "yuv444p16",
    ], ["64x48", "35x21"])
  func bytesOfFFmpeg(_ format: String, _ size: String) throws {
    let made = try Subprocess.run(
      "ffmpeg",
      [
        "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=\(size):rate=30000/1001", "-frames:v",
        "3", "-pix_fmt", format, "-strict", "-1", "-f", "yuv4mpegpipe", "film.y4m",
      ], folder: folder.path)
    try #require(made.status == 0, "\(made.errors)")
    let bytes = try folder.read("film.y4m")
    let copied = try copy(bytes)
    #expect(copied.bytes == bytes && copied.frames == 3)
    let reader = try FilmReader(ByteSource(path: folder.path + "/film.y4m"))
    #expect(reader.format.rate == (30000, 1001))
    let depth = Int(String(format.reversed().prefix { $0.isNumber }.reversed())) ?? 8
    #expect(reader.format.depth == (depth > 16 ? 8 : depth))
  }

  @Test func linesAreKept() throws {
    let frame = [UInt8](repeating: 7, count: 6)
    let bytes =
      Array("YUV4MPEG2 W2 H2 F25:1 Ip A1:1 C420mpeg2 XYSCSS=420MPEG2\n".utf8)
      + Array("FRAME Ip Xnote\n".utf8) + frame + Array("FRAME\n".utf8) + frame
    #expect(try copy(bytes).bytes == bytes)
  }

  @Test func pipes() throws {
    let bytes = Array("YUV4MPEG2 W2 H2 Cmono\nFRAME\n1234FRAME\n5678".utf8)
    let reader = try FilmReader(
      ByteSource(FileDescriptor.reading(folder.write("mono.y4m", bytes))))
    let frame = FilmFrame(reader.format)
    #expect(try reader.read(into: frame))
    #expect(Array(frame.luma8) == Array("1234".utf8))
    #expect(try reader.read(into: frame) && !reader.read(into: frame))
    #expect(reader.format.framesPerSecond == 25)
  }

  @Test(arguments: [
    ("", "has no frames"), ("YUV4MPEG2", "its first line has no end"),
    ("RIFF\n", "it does not begin as YUV4MPEG2"), ("YUV4MPEG2 H2\n", "has 0 x 2 samples"),
    ("YUV4MPEG2 W2 H-2\n", "2 x -2"), ("YUV4MPEG2 W99999999999999999999 H2\n", "has -1 x 2"),
    ("YUV4MPEG2 W16385 H1\n", "16385 x 1"), ("YUV4MPEG2 W2 H2 F25\n", "its frame rate is 25"),
    ("YUV4MPEG2 W2 H2 C420p17\n", "samples of the kind 420p17"),
    ("YUV4MPEG2 W2 H2 Cred\n", "samples of the kind red"), ("YUV4MPEG2 W2 H2\n", "has no frames"),
    ("YUV4MPEG2 W2 H2 Cmono\nFRAM\n", "does not begin with FRAME"),
    ("YUV4MPEG2 W2 H2 Cmono\nFRAMES\n1234", "does not begin with FRAME"),
    ("YUV4MPEG2 W2 H2 Cmono\nFRAME\n123", "ends within frame 1"),
    ("YUV4MPEG2 W2 H2 Cmono\nFRAME\n1234FRAME", "the line of frame 2 has no end"),
    ("YUV4MPEG2 W2 H2 Cmono\nFRAME\n1234FRAME\n", "ends within frame 2"),
  ]) func badStreams(_ text: String, _ fault: String) throws {
    do {
      _ = try copy(Array(text.utf8))
      Issue.record("\(text) was taken")
    } catch let error as FilmError {
      #expect(error.description.contains(fault), "\(error.description)")
    }
    #expect((try? folder.read("out.y4m")) == nil, "nothing is left")
  }

  /// Bytes changed at random are read or refused, and never more memory is asked for than a frame.
  @Test func mutated() throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededGenerator(seed: seed)
    let good =
      Array("YUV4MPEG2 W4 H2 F25:1 C420p10\nFRAME\n".utf8)
      + [UInt8](
        repeating: 1, count: 24)
    for _ in 0..<500 {
      var bytes = good
      for _ in 0...random.next() % 3 {
        bytes[Int(random.next() % 31)] = UInt8(truncatingIfNeeded: random.next())
      }
      do {
        let copied = try copy(bytes)
        #expect(copied.bytes == bytes, "seed \(seed)")
      } catch is FilmError {}
    }
  }
}
