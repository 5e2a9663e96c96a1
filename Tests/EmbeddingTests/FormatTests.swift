import Testing
import _TestSupport

/// Every kind of audio is marked, and the mark is read again.
@Suite struct FormatTests {
  let embedding = try? EmbedFolder()
  private let found = "message=\(EmbedFolder.message)\n"

  private func run(_ lines: String) throws -> Subprocess {
    try #require(embedding).run(lines)
  }

  @Test(arguments: SpliceTests.rates)
  func everyRate(_ rate: Int) throws {
    let result = try run(
      """
      sox -D song.wav -r \(rate) -b 24 in.wav
      embed -o out.wav in.wav
      soxi -r out.wav; soxi -b out.wav; soxi -s out.wav
      detect out.wav; detect in.wav
      """)
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.text == "\(rate)\n24\n\(20 * rate)\n\(found)", "\(result.text)")
  }

  @Test(arguments: [1, 2, 3, 6, 8])
  func everyNumberOfChannels(_ channels: Int) throws {
    let remix =
      ["1", "1 2", "1 2 1", "1 2 1 2 1 2", "1 2 1 2 1 2 1 2"]
      .first { $0.split(separator: " ").count == channels } ?? "1"
    let result = try run(
      """
      sox -D song.wav in.wav remix \(remix)
      embed -o out.wav in.wav
      soxi -c out.wav; detect out.wav
      sox -D out.wav mono.wav remix -; detect mono.wav
      """)
    #expect(result.errors.isEmpty, "\(result.errors)")
    #expect(result.text == "\(channels)\n\(found)\(found)", "\(result.text)")
  }

  @Test(arguments: ["pcm_u8", "pcm_s16le", "pcm_s24le", "pcm_s32le", "pcm_f32le", "pcm_f64le"])
  func everySampleFormat(_ codec: String) throws {
    let result = try run(
      """
      ffmpeg -v error -i song.wav -t 15 -c:a \(codec) in.wav
      embed -o out.wav in.wav
      embed < in.wav > again.wav; cmp out.wav again.wav
      cat in.wav | embed - | cmp out.wav -
      ffprobe -v error -show_entries stream=codec_name -of csv=p=0 out.wav
      test $(stat -c %s in.wav) = $(stat -c %s out.wav) || echo size
      detect out.wav
      ffmpeg -v error -i song.wav -t 15 -c:a \(codec) -f wav - | embed > piped.wav
      ffmpeg -v error -i piped.wav -c:a \(codec) -f md5 -
      ffmpeg -v error -i out.wav -c:a \(codec) -f md5 -
      """)
    #expect(result.errors.isEmpty, "\(result.errors)")
    let lines = result.text.split(separator: "\n").map(String.init)
    #expect(lines.prefix(2) == [codec, "message=\(EmbedFolder.message)"], "\(result.text)")
    #expect(lines.count == 4 && lines[2] == lines[3], "\(result.text)")
  }

  @Test(arguments: ["rf64", "aiff", "flac", "ogg", "opus", "mp3", "caf", "w64", "au"])
  func everyContainer(_ container: String) throws {
    let rate = container == "opus" ? 48000 : 44100
    let result = try run(
      """
      ffmpeg -v error -i song.wav -t 15 -ar \(rate) -metadata title=Name in.wav
      embed -o a.\(container) in.wav; detect a.\(container)
      cat in.wav | embed --format \(container) | cat > b; detect b
      wm-embed --key key --message $N --remark -o back.wav a.\(container)
      wm-embed --key key --message $N -o never.wav a.\(container); ls never.wav
      """)
    #expect(result.text == found + found, "\(result.text)")
    #expect(result.errors.contains("already carries the message \(EmbedFolder.message)"))
  }

  @Test func samplesWithoutHeader() throws {
    let result = try run(
      """
      sox -D song.wav -t s16 -B in.raw; sox -D song.wav -t s16 little.raw
      embed --raw 44100,2,int16be -o a.wav in.raw; detect a.wav
      embed --raw 44100,2,int16 -o b.wav little.raw; cmp a.wav b.wav
      embed --raw 44100,2,int16 --format raw little.raw > c.raw
      tail -c +45 a.wav | cmp - c.raw
      """)
    #expect(result.text == found && result.errors.isEmpty, "\(result.text)\(result.errors)")
  }

  @Test func tagsAndChunksAreKept() throws {
    let result = try run(
      """
      ffmpeg -v error -i song.wav -t 2 -write_bext 1 -metadata description=Reel7 \
        -metadata title=Name in.wav
      embed -o out.wav in.wav
      for f in in out; do strings -n 4 $f.wav | grep -c -e bext -e Reel7 -e INAM; done
      embed -o out.flac in.wav
      metaflac --show-tag=title out.flac
      """)
    #expect(result.errors.isEmpty, "\(result.errors)")
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == lines[1], "\(result.text)")
    #expect(lines.last?.lowercased() == "title=name")
  }
}
