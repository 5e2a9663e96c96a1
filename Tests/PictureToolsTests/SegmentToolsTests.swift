import AudioMark
import FingerprintCode
import ImageMark
import MarkCode
import MarkKeys
import Testing
import _TestSupport

/// wm-detect on films that were put together from A/B segments.
@Suite struct SegmentToolsTests {
  private static let size = (width: 320, height: 240)
  /// 160 s at two frames a second: 80 segments of four frames.
  private static let segments = 80
  private static let frames = 4 * segments
  private static let rate = 2.0

  /// Luma of a film that moves, gray, without a header.
  private static let film = """
    ffmpeg -v error -loop 1 -i a.png -t 160 -r 2 -vf \
      "crop=320:240:x='mod(7*n,300)':y='mod(5*n,220)',noise=alls=4:allf=t" -pix_fmt gray -f rawvideo film
    """

  /// A film as a leak: compressed anew and made smaller.
  private static let leak = """
    y4m() { ffmpeg -v error -f rawvideo -pix_fmt gray -s 320x240 -r 2 -i $1 "${@:2}" -pix_fmt yuv420p -f yuv4mpegpipe -; }
    leak() { ffmpeg -v error -i $1.mkv "${@:2}" -f yuv4mpegpipe -; }
    for n in 2 3; do
      y4m copy-$n | ffmpeg -v error -i - -c:v libx264 -preset ultrafast -crf 26 -vf scale=288:-2 $n.mkv
    done

    """

  /// Writes the copies of deliveries, `copy-1` for serial 1; the film must be there.
  private func deliver(_ serials: [Int], in pictures: PictureFolder) throws {
    let key = try MarkKeyFile(reading: pictures.folder.path("key")).key
    let host = try pictures.folder.read("film")
    let area = Self.size.width * Self.size.height
    try #require(host.count == Self.frames * area)
    let variants = try FilmVariant.allCases.map { variant in
      let marker = try FilmMarker(
        key: key, segmentsOf: "t1", variant: variant, width: Self.size.width,
        height: Self.size.height, framesPerSecond: Self.rate)
      var film = host
      film.withUnsafeMutableBufferPointer { film in
        for frame in 0..<Self.frames {
          marker.mark(.init(rebasing: film[frame * area..<(frame + 1) * area]))
        }
      }
      return film
    }
    let code = try #require(MarkPlan.delivery.code(of: .identity))
    let fingerprint = FingerprintKey(key: key, title: "t1")
    let biases = FingerprintBiases(
      key: fingerprint, slots: 0..<FilmSlots.fingerprintCount(segments: Self.segments))
    for serial in serials {
      let message = try TracePictureTests.message(serial)
      let identity = SymbolBits.encode(message, code)
      let codeword = FingerprintCodeword(key: fingerprint, message: message, biases: biases)
      var copy: [UInt8] = []
      for segment in 0..<Self.segments {
        let bit =
          FilmSlots.isIdentity(segment)
          ? identity[FilmSlots.identityNumber(of: segment) % code.codedBits] < 0
          : codeword[FilmSlots.fingerprintNumber(of: segment)]
        copy += variants[bit ? 1 : 0][segment * 4 * area..<(segment + 1) * 4 * area]
      }
      try pictures.folder.write("copy-\(serial)", copy)
    }
  }

  @Test func theDeliveryOfAFilmIsNamed() throws {
    let pictures = try TracePictureTests.ledger()
    let made = try pictures.run(Self.film)
    try #require(made.status == 0, "\(made.errors)")
    try deliver([2, 3], in: pictures)
    let result = try pictures.run(
      Self.leak + """
        leak 3 | detect; echo $?
        leak 3 | detect --ledger ledger; echo $?
        leak 2 -vf hflip | detect --ledger ledger --json |
          jq -c '[.type,.user,.order,.by,.title_tag,.first_segment,.last_segment,.deliveries]'
        leak 3 -ss 140 | detect --ledger ledger; echo $?
        leak 3 -t 2 | wm-detect --key other.key; echo $?
        y4m film -t 2 | detect --ledger ledger; echo $?
        leak 3 > 3.y4m; detect -q 3.y4m; echo $?
        """)
    let lines = result.text.split(separator: "\n").map(String.init)
    try #require(lines.count == 16, "\(result.text)\(result.errors)")
    let tag = String(FilmSegment.tag(of: "t1"), radix: 16)
    #expect(lines[0].hasPrefix("-: title_tag=\(tag) key=studio first_segment=0 last_segment=79 "))
    #expect(lines[0].contains(#/ segments_read=(7[5-9]|80) start=0.00 end=160.00 /#), "\(lines[0])")
    #expect(lines[0].contains(#/ bound=1e-[0-9]{2,}$/#) && lines[1] == "0")
    // A ledger's titles are looked for besides: its bound is twice as large, and all else the same.
    let bounds = try [lines[0], lines[2]].map { line in
      let exponent = try #require(line.split(separator: " bound=1e-").last.flatMap { Int($0) })
      return (words: String(line.split(separator: " bound=")[0]), exponent: exponent)
    }
    #expect(bounds[0].words == bounds[1].words)
    #expect((0...1).contains(bounds[0].exponent - bounds[1].exponent), "\(bounds)")
    #expect(lines[3].hasPrefix("-: user=bob order=o2 content=t1 delivery_server=d"), "\(lines[3])")
    #expect(lines[3].contains(#/ bound=1e-[0-9]+ ratio=1e[0-9]+ .*by=fingerprint$/#), "\(lines[3])")
    #expect(lines[4] == "0")
    #expect(lines[5] == #"["segments",null,null,null,"\#(tag)",0,79,null]"#)
    #expect(lines[6] == #"["delivery","alice","o1","fingerprint",null,null,null,null]"#)
    #expect(lines[7] == #"["trace",null,null,null,null,null,null,1]"#)
    // Twenty seconds tell the title, but nobody.
    #expect(lines[8].hasPrefix("-: title_tag=\(tag) key=studio first_segment="), "\(lines[8])")
    #expect(lines[9...10] == ["-: no delivery named", "1"])
    #expect(lines[11...12] == ["-: nothing found", "1"])
    #expect(lines[13...14] == ["-: no delivery named", "1"])
    #expect(lines[15...] == ["0"], "\(lines[15...])")
  }
}
