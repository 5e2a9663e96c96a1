import Testing
import _TestSupport

/// wm-embed and wm-detect on film in pipes, with ffmpeg before and behind them.
@Suite struct FilmToolsTests {
  let pictures: PictureFolder

  /// A picture that is moved across and turned a little, so that it does not stand still.
  private static let film = """
    film() {
      ffmpeg -v error -loop 1 -i a.png -t $1 -r 25 -vf "crop=448:336:x='2*n':y='n',noise=alls=4:allf=t" \
        -pix_fmt ${2:-yuv420p} -strict -1 -f yuv4mpegpipe -
    }

    """

  init() throws { pictures = try PictureFolder() }

  private func run(_ lines: String) throws -> Subprocess { try pictures.run(Self.film + lines) }

  @Test func aMessageGoesThroughCodecs() throws {
    let result = try run(
      """
      set -e
      film 3 | embed -v | ffmpeg -v error -i - -c:v libx264 -crf 24 m.mp4
      frames() { ffmpeg -v error "$@" -f yuv4mpegpipe -; }
      frames -i m.mp4 | detect
      frames -i m.mp4 -vf hflip,scale=360:-2 | detect --json
      frames -i m.mp4 -vf reverse,fps=15 | detect
      film 3 > plain.y4m; ! detect plain.y4m
      ! frames -i m.mp4 | wm-detect --key other.key
      """)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.text.split(separator: "\n")
    try #require(lines.count == 5, "\(result.text)")
    let message = "message=\(PictureFolder.message) key=studio method=spectral start=0.00 end="
    #expect(lines[0].hasPrefix("-: \(message)"), "\(lines[0])")
    #expect(lines[0].hasSuffix("content_server=1 delivery_server=2 outlet=3 user=4 serial=5"))
    #expect(lines[1].contains(#""mirrored":true"#))
    #expect(lines[2].contains(message.prefix(55)))
    #expect(lines[3] == "plain.y4m: nothing found" && lines[4] == "-: nothing found")
    #expect(
      result.errors.contains("marked 75 frames of 448 x 336 pixels, PSNR of the luma 44.2 dB"))
  }

  @Test(arguments: ["yuv422p10le", "yuv444p", "gray"]) func kinds(_ kind: String) throws {
    let result = try run(
      """
      set -e
      film 2 \(kind) > a.y4m; embed --bits 64 --message \(PictureFolder.short) --json -o m.y4m a.y4m
      detect m.y4m; head -n 1 a.y4m > a; head -n 1 m.y4m | cmp - a
      plane() { ffmpeg -v error -i $1.y4m -vf extractplanes=$2 -f rawvideo -; }
      for p in u v; do
        [ \(kind) = gray ] || { plane a $p > a.$p; plane m $p > m.$p; cmp a.$p m.$p; }
      done
      plane a y > a.y; plane m y > m.y; [ $(stat -c %s a.y) = $(stat -c %s m.y) ]; ! cmp -s a.y m.y
      """)
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.text.split(separator: "\n")
    #expect(lines[0].contains(#""film":"yuv4mpeg2""#) && lines[0].contains(#""readable":true"#))
    #expect(lines[1].contains("message=\(PictureFolder.short)"))
  }

  /// Nothing is left of what is refused or cut short.
  @Test(arguments: [
    ("embed -o m.y4m m1.y4m", "already carries the message 00010002"),
    ("embed --method lsb -o m.y4m a.y4m", "which --method lsb has no place in"),
    ("embed --plan delivery -o m.y4m a.y4m", "--plan is not for film"),
    ("embed -o m.mp4 a.y4m", "'m.mp4' would be YUV4MPEG2 film under another name"),
    ("head -c 999999 a.y4m | embed -o m.y4m", "is cut short in frame 4"),
    ("head -n 1 a.y4m | embed -o m.y4m", "holds no frames"),
    (
      "printf 'YUV4MPEG2 W1 H1 Cmono\\nFRAME\\n1' | embed -o m.y4m",
      "frames of 1 x 1 pixels are too small for a mark"
    ),
    ("detect --method tag a.y4m", "which --method tag has no place in"),
    ("head -c 999999 a.y4m | detect", "is cut short in frame 4"),
  ]) func isRefused(_ line: String, _ fault: String) throws {
    let made = try run("film 1 > a.y4m; embed -o m1.y4m a.y4m")
    try #require(made.status == 0, "\(made.errors)")
    let before = pictures.folder.entries
    let result = try run(line)
    #expect(result.status == 2 && result.errors.contains(fault), "\(result.errors)")
    #expect(pictures.folder.entries == before)
  }

  @Test func remarking() throws {
    let result = try run(
      """
      set -e
      film 2 > a.y4m; embed -o one.y4m a.y4m
      wm-embed --key other.key --message $M -o two.y4m one.y4m
      detect two.y4m; wm-detect --key other.key two.y4m
      embed --remark -o again.y4m one.y4m
      """)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.components(of: "message=\(PictureFolder.message)") == 2, "\(result.text)")
  }

  /// Rates at the ends of what numbers hold.
  @Test(arguments: ["9223372036854775807:1", "1:9223372036854775807", "0:0"])
  func oddRates(_ rate: String) throws {
    let result = try run(
      """
      set -e
      film 1 | sed '1s/ F25:1/ F\(rate)/' | embed -o m.y4m 2> log; head -n 1 m.y4m | grep -c ' F\(rate) '
      detect m.y4m > found || [ $? = 1 ]
      """)
    #expect(result.status == 0 && result.text == "1\n", "\(result.text)\(result.errors)")
  }

  /// What stands in front of a break is reported.
  @Test func brokenFilms() throws {
    let result = try run(
      """
      film 3 | embed | head -c 15000000 > m.y4m
      detect m.y4m; echo $?
      """)
    #expect(result.text.contains("message=\(PictureFolder.message)"), "\(result.text)")
    #expect(result.text.hasSuffix("\n2\n") && result.errors.contains("is cut short in frame 66"))
  }
}

extension String {
  /// How often a text comes in this one.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.firstRange(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}
