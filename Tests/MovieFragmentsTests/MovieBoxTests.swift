import Testing
import _TestSupport

@testable import MovieFragments

/// Boxes are read as they stand, and damaged ones are told.
@Suite struct MovieBoxTests {
  @Test func anIndexIsReadAsItWasWritten() throws {
    let index = MovieSegmentIndex(
      track: 3, timescale: 12_800,
      segments: [
        .init(byteCount: 1, duration: 25_600), .init(byteCount: 1 << 31 - 1, duration: .max),
      ])
    let box = index.box
    #expect(box.count == 40 + 24)
    #expect(try MovieSegmentIndex(box: box) == index)
    for count in box.indices {
      #expect(throws: MovieFault.self) { try MovieSegmentIndex(box: Array(box[..<count])) }
    }
  }

  @Test func aPlaylistAddsUpToTheWhole() {
    let index = MovieSegmentIndex(
      track: 1, timescale: 30_000,
      segments: Array(repeating: .init(byteCount: 100, duration: 60_060), count: 3)
        + [.init(byteCount: 7, duration: 1001)])
    let text = MoviePlaylist(headerCount: 50, start: 200, index: index).text("f.mp4")
    let lines = text.split(separator: "\n").map(String.init)
    #expect(lines[0] == "#EXTM3U")
    #expect(lines.contains("#EXT-X-TARGETDURATION:3"))
    #expect(lines.contains("#EXT-X-MAP:URI=\"f.mp4\",BYTERANGE=\"50@0\""))
    #expect(
      lines.filter { $0.hasPrefix("#EXT-X-BYTERANGE") }
        == ["100@200", "100@300", "100@400", "7@500"].map { "#EXT-X-BYTERANGE:\($0)" })
    let millionths = lines.filter { $0.hasPrefix("#EXTINF:") }.compactMap { line in
      Int(line.dropFirst(8).dropLast().filter { $0 != "." })
    }
    let whole = (3 * 60_060 + 1001) * 100 / 3
    #expect(millionths.reduce(0, +) == whole)
  }

  @Test func largeBoxesHaveLongHeaders() {
    let bytes: [UInt8] = [0, 0, 0, 1] + Array("mdat".utf8) + [0, 0, 0, 1, 0, 0, 0, 16]
    let header = MovieBoxHeader(bytes)
    #expect(header?.byteCount == 0x1_0000_0010)
    #expect(header?.headerCount == 16)
    #expect(MovieBoxHeader(bytes.dropLast()) == nil)
    #expect(MovieBoxHeader([0, 0, 0, 7] + Array("free".utf8)) == nil)
    #expect(MovieBoxHeader([0, 0, 0, 0] + Array("mdat".utf8)) == nil)
  }

  /// Whatever the bytes, reading them ends with an answer or a fault.
  @Test func damagedHeadersAreToldAndNothingElse() throws {
    let folder = TemporaryFolder()
    let made = try Subprocess.shell(
      """
      ffmpeg -v error -f lavfi -i testsrc=size=64x48 -f lavfi -i sine -t 1 -c:v libx264 -c:a aac \
        -movflags +empty_moov+frag_keyframe+default_base_moof f.mp4
      """, folder: folder.path, seconds: 60)
    try #require(made.status == 0, "\(made.errors)")
    let film = try folder.read("f.mp4")
    let boxes = try MovieBox.all(in: film, 0..<film.count)
    let front = try #require(boxes.first { $0.type == "moov" }).range.upperBound
    let header = try MovieHeader(Array(film[..<front]))
    #expect(header.tracks.map(\.isVideo) == [true, false])
    let fragment = try #require(boxes.first { $0.type == "moof" })
    let runs = try MovieFragment(Array(film[fragment.range]), header).runs
    #expect(runs.map(\.sampleCount).first == 25)
    let tagged = try MovieHeader(
      header.bytes(with: MovieTags(title: "海", comment: String(repeating: "x", count: 70_000))))
    #expect(tagged.tracks == header.tracks)

    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<3000 {
      var bytes = Array(film[..<fragment.range.upperBound])
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] = .random(in: 0...255, using: &random)
      }
      let cut = Array(bytes[..<Int.random(in: 0...front, using: &random)])
      _ = try? MovieHeader(cut)
      guard let damaged = try? MovieHeader(Array(bytes[..<front])) else { continue }
      _ = try? damaged.bytes(with: MovieTags(title: "t"))
      _ = try? MovieFragment(Array(bytes[fragment.range]), damaged)
    }
  }
}
