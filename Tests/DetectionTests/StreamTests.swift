import Testing
import _TestSupport

/// Pipes of unknown length, and recordings of more than one stretch.
@Suite struct StreamTests {
  let music = try? MarkedMusic()

  @Test func aStreamIsReportedAsItGoes() throws {
    // The reader at the end of the pipe has its line while the stream still goes on.
    let result = try #require(music).run(
      """
      mkfifo out
      { ffmpeg -v error -i a.wav -f wav -; sleep 1; } |
        wm-detect --key alice.key --json - > out &
      read -r line < out; echo "$line"; jobs -r | grep -c wm-detect
      """)
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 2 && lines.last == "1", "\(result.text)\(result.errors)")
    #expect(lines.first?.hasPrefix("{\"type\":\"detection\",\"file\":\"-\",") == true)
  }

  @Test func aStreamHasAnEnd() throws {
    let result = try #require(music).run(
      """
      ffmpeg -v error -i a.wav -f wav - | wm-detect --key alice.key --json
      ffmpeg -v error -i plain.wav -f wav - | wm-detect --search narrow --key alice.key --json
      """)
    #expect(result.status == 1)
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].contains("\"message\":\"\(MarkedMusic.a)\""))
    #expect(
      lines[1].hasPrefix("{\"type\":\"end\",\"file\":\"-\",\"seconds\":40.00,\"detections\":[{"))
    #expect(lines[1].contains(#/"end":(39\.[0-9]+|40.00),/#))
    #expect(
      lines[2...].elementsEqual([
        "{\"type\":\"none\",\"file\":\"-\"}",
        "{\"type\":\"end\",\"file\":\"-\",\"seconds\":40.00,\"detections\":[]}",
      ]))
  }

  @Test func bothPiecesOfAMixtureAreNamed() throws {
    let result = try #require(music).run(
      "sox a.wav b.wav both.wav; wm-detect --search narrow --key alice.key --json both.wav")
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 2, "\(result.text)")
    for (line, (message, start)) in zip(lines, [(MarkedMusic.a, 0.0), (MarkedMusic.b, 40)]) {
      #expect(line.contains(message))
      let begin = line.firstMatch(of: #/"start":([0-9.]+)/#).flatMap { Double($0.1) }
      #expect(abs((begin ?? -1) - start) < 4, "\(line)")
    }
  }

  @Test func stretchesArePutTogether() throws {
    // 120 s of a, 280 s unmarked, 40 s of a: three stretches, one mark in two segments.
    let result = try #require(music).run(
      """
      sox a.wav a.wav a.wav \(Array(repeating: "plain.wav", count: 7).joined(separator: " ")) \
        a.wav long.wav
      wm-detect --search narrow --key alice.key --json long.wav
      """)
    let lines = result.text.split(separator: "\n")
    #expect(lines.count == 1, "\(result.text)")
    let ends = result.text.matches(of: #/"start":([0-9.]+),"end":([0-9.]+)/#)
      .map { (Double($0.1) ?? -1, Double($0.2) ?? -1) }
    let whole = try #require(ends.first)
    #expect(whole.0 < 4 && whole.1 > 436, "\(ends)")
    let gap = zip(ends.dropFirst(), ends.dropFirst(2)).contains { $0.1 < 124 && $1.0 > 396 }
    #expect(gap, "\(ends)")
  }
}
