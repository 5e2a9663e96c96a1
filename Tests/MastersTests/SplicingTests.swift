import AudioMark
import AudioStreams
import MarkKeys
import Testing
import _TestSupport

@testable import Masters

/// Copies put together by bytes are what direct marking gives.
@Suite struct SplicingTests {
  struct Case: CustomTestStringConvertible {
    let rate: Int
    let channels: Int
    let encoding: SampleEncoding

    var testDescription: String { "\(rate) Hz, \(channels) channels, \(encoding.rawValue)" }
  }

  static let cases: [Case] = [
    Case(rate: 44100, channels: 1, encoding: .int16),
    Case(rate: 44100, channels: 2, encoding: .int16),
    Case(rate: 48000, channels: 1, encoding: .int16),
    Case(rate: 48000, channels: 2, encoding: .int16),
    Case(rate: 44100, channels: 1, encoding: .int24),
    Case(rate: 44100, channels: 2, encoding: .int24),
    Case(rate: 48000, channels: 1, encoding: .int24),
    Case(rate: 48000, channels: 2, encoding: .int24),
    Case(rate: 8000, channels: 1, encoding: .int8),
    Case(rate: 11025, channels: 2, encoding: .int16),
    Case(rate: 22050, channels: 3, encoding: .int16),
    Case(rate: 96000, channels: 2, encoding: .int24),
    Case(rate: 192_000, channels: 6, encoding: .int24),
  ]

  @Test(arguments: cases) func spliceIsDirect(_ item: Case) throws {
    let work = MasterFolder()
    let song = try work.recording(
      "song.wav", rate: item.rate, channels: item.channels, encoding: item.encoding)
    let master = try work.master("m", of: song)
    try master.verify()
    let codeword = MasterFolder.codeword(master)
    let choice = try VariantChoice(master, identity: MasterFolder.identity, codeword: codeword)
    let direct = try MasterFolder.direct(song, codeword: codeword, encoding: item.encoding)
    #expect(direct != (try MasterFolder.samples(song)))
    let wave = try work.copy("copy.wav", of: master, choice)
    #expect(try MasterFolder.samples(wave) == direct)
    guard master.manifest.format.symbolFrames != nil else {
      #expect(throws: MasterError.noFrames(master.path, sampleRate: item.rate)) {
        try work.copy("copy.flac", of: master, choice)
      }
      #expect(work.folder.entries == ["copy.wav", "m", "song.wav"])
      return
    }
    let flac = try work.copy("copy.flac", of: master, choice)
    #expect(try MasterFolder.samples(flac) == direct)
    let result = try work.run(
      """
      flac --silent --test copy.flac 2> flac.txt && flac -sdf -o flac.wav copy.flac 2>> flac.txt
      grep -v "cannot check MD5" flac.txt >&2
      ffmpeg -v error -i copy.flac -c:a pcm_s\(item.encoding == .int24 ? 24 : 16)le ffmpeg.wav
      ffmpeg -v error -i copy.wav -f null - && ffprobe -v error copy.flac
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try MasterFolder.samples(work.folder.path("flac.wav")) == direct)
    if item.encoding != .int8 {
      #expect(try MasterFolder.samples(work.folder.path("ffmpeg.wav")) == direct)
    }
  }

  @Test func pipesGetTheSameBytes() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 2, encoding: .int16)
    try work.master("m", of: song)
    let splice = try BuiltTools.path("_splice")
    let result = try work.run(
      """
      for f in wav flac rf64; do
        \(splice) m --format $f -o copy.$f && \(splice) m --format $f | cmp - copy.$f || exit 1
      done
      """)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    #expect(try work.folder.read("copy.rf64").starts(with: "RF64".utf8))
    #expect(
      try MasterFolder.samples(work.folder.path("copy.rf64"))
        == MasterFolder.samples(work.folder.path("copy.flac")))
  }

  @Test func manyPlacesAreFound() throws {
    let work = MasterFolder()
    let song = try work.recording(
      "song.wav", rate: 44100, channels: 2, encoding: .int16, seconds: 47.37)
    let master = try work.master("m", of: song)
    let choice = try VariantChoice(
      master, identity: MasterFolder.identity, codeword: MasterFolder.codeword(master))
    _ = try work.copy("copy.wav", of: master, choice)
    _ = try work.copy("copy.flac", of: master, choice)
    var random = SeededGenerator(seed: 20)
    var lines = "set -e\n"
    for _ in 0..<20 {
      let frame = Int.random(in: 0..<master.manifest.frameCount - 5000, using: &random)
      lines += """
        f=\(frame)
        sox -D copy.wav -t raw want.raw trim ${f}s 3000s
        sox -D copy.flac -t raw sox.raw trim ${f}s 3000s
        flac -sdf --skip=$f --until=+3000 --force-raw-format --endian=little --sign=signed \
          -o flac.raw copy.flac 2> flac.txt
        ffmpeg -nostdin -v error -y -ss \(Double(frame) / 44100) -i copy.flac -f s16le ffmpeg.raw
        cmp want.raw sox.raw; cmp want.raw flac.raw
        test $(stat -c %s ffmpeg.raw) -gt 12000
        cp ffmpeg.raw ffmpeg.$f

        """
    }
    let result = try work.run(lines)
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    // ffmpeg finds the microsecond: at most a sample beside.
    let bytes = Array(try work.folder.read("copy.wav").suffix(master.manifest.frameCount * 4))
    for name in work.folder.entries {
      guard name.hasPrefix("ffmpeg."), let frame = Int(name.dropFirst(7)) else { continue }
      let found = Array(try work.folder.read(name).prefix(12000))
      let isThere = (frame - 1...frame + 1).contains { start in
        start >= 0 && Array(bytes[(4 * start)...].prefix(12000)) == found
      }
      #expect(isThere, "frame \(frame)")
    }
  }

  @Test func copiesTellWhatTheyAre() throws {
    let work = MasterFolder()
    let song = try work.recording(
      "song.flac", rate: 44100, channels: 2, encoding: .int16,
      tags: [.title: "海の歌", .comment: "a\nb", .album: "Sea", .trackNumber: "3"])
    let master = try work.master("m", of: song)
    #expect(master.manifest.tags[.comment] == "a\nb")
    let choice = VariantChoice(
      [MarkVariant](repeating: .b, count: master.index.symbolCount))
    let tags = CopyTags(
      master.manifest.tags, artist: "Mizuno", isrc: "JPZ012600042", order: "o7",
      notice: "Made for you alone.")
    _ = try work.copy("copy.flac", of: master, choice, tags: tags)
    let wave = try work.copy("copy.wav", of: master, choice, tags: tags)
    let shown = try work.run(
      "metaflac --no-utf8-convert --export-tags-to=- copy.flac; metaflac --list copy.flac")
    for line in [
      "TITLE=海の歌", "ARTIST=Mizuno", "ALBUM=Sea", "TRACKNUMBER=3", "ISRC=JPZ012600042",
      "ORDER=o7", "COMMENT=a\nb\nMade for you alone.", "MD5 signature: 0000000000",
      "minimum blocksize: 882", "maximum blocksize: 882",
    ] {
      #expect(shown.text.contains(line), "\(line) is not in \(shown.text)")
    }
    let metadata = try AudioReader(path: wave).metadata
    #expect(metadata.tags[.artist] == "Mizuno")
    #expect(
      metadata.tags[.comment] == "a\nb\nISRC: JPZ012600042\nOrder: o7\nMade for you alone.")
  }

  @Test func aShortCodewordIsRefused() throws {
    let work = MasterFolder()
    let song = try work.recording("song.wav", rate: 44100, channels: 1, encoding: .int16)
    let master = try work.master("m", of: song)
    let needed = master.index.count(of: .fingerprint)
    #expect(throws: MasterError.shortCodeword(master.path, bits: needed - 1, needed: needed)) {
      try VariantChoice(
        master, identity: MasterFolder.identity,
        codeword: [Int8](repeating: 1, count: needed - 1))
    }
  }
}
