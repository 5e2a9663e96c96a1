import Testing
import _TestSupport

/// YUV4MPEG2 goes through unchanged and changed, by the word of ffmpeg.
@Suite struct FilmTests {
  /// ffmpeg's names of what is read and written.
  static let kinds = [
    "yuv420p", "yuv422p", "yuv444p", "yuv411p", "gray", "yuv420p10le", "yuv422p12le", "yuv444p16le",
    "gray10le", "gray16le", "yuv420p9le",
  ]

  let folder = TemporaryFolder()

  private func shell(_ lines: String) throws -> Subprocess {
    let tool = try BuiltTools.path("_film-copy")
    return try Subprocess.shell(
      "set -e\nfilm-copy() { \(tool) \"$@\"; }\n" + lines, folder: folder.path, seconds: 60)
  }

  /// Planes of colour are rounded up in odd sizes, which ffmpeg 5 gets wrong where samples are wide.
  private func width(_ kind: String) -> Int { kind.hasSuffix("le") ? 68 : 67 }

  private func make(_ kind: String) -> String {
    "ffmpeg -v error -f lavfi -i testsrc2=s=68x36:r=30000/1001:d=0.5 "
      + "-vf format=\(kind),scale=\(width(kind)):35 -pix_fmt \(kind) -strict -1 -f yuv4mpegpipe in.y4m\n"
  }

  @Test(arguments: kinds) func unchangedIsTheSameStream(_ kind: String) throws {
    let result = try shell(
      make(kind)
        + """
        film-copy -v -o out.y4m in.y4m; cmp in.y4m out.y4m; cat in.y4m | film-copy | cmp - in.y4m
        ffprobe -v error -show_entries stream=pix_fmt,width,height,r_frame_rate -of csv=p=0 out.y4m
        """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text == "\(width(kind)),35,\(kind),30000/1001\n", "\(result.text)")
    #expect(result.errors == "_film-copy: note: 15 frames\n")
  }

  /// Three steps of 8 bits are added to all luma that has room, and nothing else changes.
  @Test(arguments: kinds) func onlyTheLumaIsChanged(_ kind: String) throws {
    let depth = Int(kind.drop { $0 != "p" && kind != "gray" }.filter(\.isNumber)) ?? 8
    let bits = kind.hasPrefix("gray1") ? Int(kind.filter(\.isNumber)) ?? 8 : depth
    let result = try shell(
      make(kind)
        + """
        film-copy --add 3 -o out.y4m in.y4m
        for f in in out; do ffmpeg -v error -i $f.y4m -f rawvideo $f.raw; done
        """)
    try #require(result.status == 0, "\(result.errors)")
    func samples(_ name: String) throws -> [Int] {
      let bytes = try folder.read(name)
      if bits == 8 { return bytes.map(Int.init) }
      return stride(from: 0, to: bytes.count, by: 2).map {
        Int(bytes[$0]) | Int(bytes[$0 + 1]) << 8
      }
    }
    let (old, new) = (try samples("in.raw"), try samples("out.raw"))
    #expect(old.count == new.count && old.count.isMultiple(of: 15))
    let frame = old.count / 15
    let (added, most) = (3 << (bits - 8), 1 << bits - 1)
    let wrong = old.indices.count { index in
      let isLuma = index % frame < width(kind) * 35
      return new[index] != (isLuma ? min(old[index] + added, most) : old[index])
    }
    #expect(wrong == 0 && old != new)
  }

  @Test func parametersAreKept() throws {
    let head = "YUV4MPEG2 W4 H2 F25:1 Im A128:117 C420paldv XYSCSS=420PALDV Xsomething"
    let frame = [UInt8](repeating: 9, count: 12)
    var stream = Array((head + "\n").utf8)
    for line in ["FRAME", "FRAME Itpp", "FRAME Xa Xb"] {
      stream += Array((line + "\n").utf8) + frame
    }
    try folder.write("in.y4m", stream)
    let result = try shell("film-copy -o out.y4m in.y4m")
    #expect(result.status == 0, "\(result.errors)")
    #expect(try folder.read("out.y4m") == stream)
  }

  static let bad: [(head: String, rest: Int, text: String)] = [
    ("YUV4MPEG2", 0, "its first line does not end"),
    ("YUV4MPEG W4 H2\n", 0, "is not YUV4MPEG2 film"),
    ("YUV4MPEG2 H2\n", 0, "the parameter W is missing"),
    ("YUV4MPEG2 W4\n", 0, "the parameter H is missing"),
    ("YUV4MPEG2 W0 H2\n", 0, "the parameter W0 is no size"),
    ("YUV4MPEG2 W-4 H2\n", 0, "the parameter W-4 is no size"),
    ("YUV4MPEG2 W4 W4 H2\n", 0, "the parameter W is there twice"),
    ("YUV4MPEG2 W99999 H99999\n", 0, "more than 67108864"),
    ("YUV4MPEG2 W4 H2 F25\n", 0, "the parameter F25 is no rate"),
    ("YUV4MPEG2 W4 H2 C333\n", 0, "the colours C333 are not known"),
    ("YUV4MPEG2 W4 H2 C420p17\n", 0, "the colours C420p17 are not known"),
    ("YUV4MPEG2 W4 H2 Cmonoxy\n", 0, "the colours Cmonoxy are not known"),
    ("YUV4MPEG2 " + String(repeating: "X", count: 5000), 0, "its first line does not end"),
    ("YUV4MPEG2 W4 H2\n", 0, "holds no frames"),
    ("YUV4MPEG2 W4 H2\nFRA", 0, "is cut short in frame 0"),
    ("YUV4MPEG2 W4 H2\nFRAME\n", 11, "is cut short in frame 0"),
    ("YUV4MPEG2 W4 H2\nFRAME\n", 13, "no FRAME where frame 1 should begin"),
    ("YUV4MPEG2 W4 H2\nFRAMES\n", 12, "no FRAME where frame 0 should begin"),
  ]

  @Test(arguments: bad.indices) func isRefused(_ index: Int) throws {
    let (head, rest, text) = Self.bad[index]
    try folder.write("in", Array(head.utf8) + [UInt8](repeating: 7, count: rest))
    for line in ["film-copy -o out in", "cat in | film-copy -o out"] {
      let result = try shell(line)
      #expect(result.status == 2 && result.errors.contains(text), "\(head): \(result.errors)")
      #expect(folder.entries == ["in"])
    }
  }

  /// Whatever bits are flipped and wherever it is cut, it ends in a copy or in an error.
  @Test(arguments: [1, 2] as [UInt64]) func mutatedStreams(_ seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let frame = Array("FRAME Ip\n".utf8) + [UInt8](repeating: 80, count: 48)
    let stream = Array("YUV4MPEG2 W8 H4 F25:1 Ip A1:1 C420jpeg\n".utf8) + frame + frame
    for round in 0..<60 {
      var bytes = stream
      for _ in 0..<3 {
        bytes[Int.random(in: 0..<60, using: &generator)] ^=
          1
          << UInt8.random(
            in: 0..<8, using: &generator)
      }
      if round.isMultiple(of: 2) { bytes = Array(bytes.prefix(round * 2)) }
      let result = try Subprocess.run(
        BuiltTools.path("_film-copy"), ["-o", "out"], input: bytes, folder: folder.path)
      #expect(result.status == 0 || result.status == 2, "\(generator), round \(round)")
      #expect(folder.entries == (result.status == 0 ? ["out"] : []))
      if result.status == 0 {
        #expect(try folder.read("out") == bytes)
        _ = try shell("rm out")
      }
    }
  }

  /// Memory does not grow with the length of the film.
  @Test func memoryIsConstant() throws {
    func peak(_ seconds: Int) throws -> Int {
      let tool = try BuiltTools.path("_film-copy")
      let result = try shell(
        """
        ffmpeg -v error -f lavfi -i color=s=1920x1080:r=10:d=\(seconds) -f yuv4mpegpipe - |
          /usr/bin/time -f %M \(tool) --add 1 -o /dev/null
        """)
      return try #require(
        Int(result.errors.filter { !$0.isWhitespace }), "\(result.errors)")
    }
    let (short, long) = (try peak(1), try peak(6))
    #expect(long < short + 4096 && long < 80_000, "\(short) and \(long) KB")
  }
}
