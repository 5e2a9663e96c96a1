import Testing
import _TestSupport

/// Marks are read from what is left of a copy; where there is none, nothing is found.
@Suite struct AttackTests {
  let music = try? MarkedMusic()

  /// Each makes `out.wav`, or another name printed at its end, from `$in`.
  static let attacks = [
    "untouched": "cp $in out.wav",
    "MP3 64 kbit/s": "lame --quiet -b 64 $in out.wav",
    "AAC 64 kbit/s":
      "ffmpeg -v error -i $in -c:a aac -b:a 64k out.m4a && ffmpeg -v error -i out.m4a out.wav",
    "Opus 48 kbit/s": "opusenc --quiet --bitrate 48 $in out.wav",
    "Vorbis q0": "oggenc -Q -q 0 -o out.wav $in",
    "22.05 kHz": "sox $in -r 22050 out.wav",
    "mono": "sox $in -c 1 out.wav",
    "8 s from 13.3217 s": "sox $in out.wav trim 13.3217 8",
    "inverted, 20 dB down": "sox $in out.wav vol -0.1",
    "speed +2 %": "sox -G $in out.wav speed 1.02 rate 44100",
    "speed -5 %, 15 s": "sox -G $in out.wav speed 0.95 rate 44100 trim 7.7 15",
    "tempo +2 %": "ffmpeg -v error -i $in -af rubberband=tempo=1.02 out.wav",
    "half a semitone up": "ffmpeg -v error -i $in -af rubberband=pitch=1.0293 out.wav",
  ]

  @Test(arguments: attacks.keys.sorted())
  func theMessageIsRead(_ attack: String) throws {
    let music = try #require(music)
    let command = try #require(Self.attacks[attack])
    let result = try music.run(
      "in=a.wav; \(command) && wm-detect --key alice.key --json out.wav")
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.text.contains("\"message\":\"\(MarkedMusic.a)\""), "\(result.text)")
    #expect(result.text.split(separator: "\n").count == 1, "\(result.text)")
  }

  @Test(arguments: attacks.keys.sorted())
  func anotherKeyFindsNothing(_ attack: String) throws {
    let music = try #require(music)
    let command = try #require(Self.attacks[attack])
    let result = try music.run(
      "in=a.wav; \(command) && wm-detect --search narrow --key bob.key --json out.wav")
    #expect(result.status == 1, "\(result.errors)")
    #expect(result.text == "{\"type\":\"none\",\"file\":\"out.wav\"}\n")
  }

  @Test(arguments: ["narrow", "default"])
  func unmarkedMusicHasNothing(_ search: String) throws {
    let result = try #require(music).run("wm-detect --search \(search) --key alice.key plain.wav")
    #expect(result.status == 1)
    #expect(result.text == "plain.wav: nothing found\n")
  }

  @Test func narrowDoesNotLookForSpeeds() throws {
    let result = try #require(music).run(
      """
      sox -G a.wav out.wav speed 1.05 rate 44100
      wm-detect --search narrow --key alice.key out.wav; echo $?
      wm-detect --key alice.key out.wav | grep -o 'speed=[0-9.]*'
      """)
    #expect(
      result.text.contains(#/^out\.wav: nothing found\n1\nspeed=1\.0(50|49[5-9])/#),
      "\(result.text)")
  }
}
