/// The playlist of a film that is one file: HLS (RFC 8216), whose segments are ranges of its bytes.
package struct MoviePlaylist: Sendable {
  /// Bytes in front of the first segment that players need: `ftyp` and `moov`.
  package let headerCount: Int
  /// Where the first segment begins.
  package let start: Int64
  /// The segments.
  package let index: MovieSegmentIndex

  package init(headerCount: Int, start: Int64, index: MovieSegmentIndex) {
    self.headerCount = headerCount
    self.start = start
    self.index = index
  }

  /// The text.
  ///
  /// - Parameter name: of the film's file, as a relative URI.
  /// - Returns: its lines.
  package func text(_ name: String) -> String {
    let longest = index.segments.map(\.duration).max() ?? 0
    let scale = Int(index.timescale)
    var text = """
      #EXTM3U
      #EXT-X-VERSION:7
      #EXT-X-TARGETDURATION:\((Int(longest) + scale - 1) / scale)
      #EXT-X-PLAYLIST-TYPE:VOD
      #EXT-X-INDEPENDENT-SEGMENTS
      #EXT-X-MAP:URI="\(name)",BYTERANGE="\(headerCount)@0"

      """
    var place = start
    var time = 0
    for segment in index.segments {
      // Differences of places, so that all of them together are the length of the film.
      let end = time + Int(segment.duration)
      let millionths = Self.millionths(end, scale) - Self.millionths(time, scale)
      text += "#EXTINF:\(Self.seconds(millionths)),\n"
      text += "#EXT-X-BYTERANGE:\(segment.byteCount)@\(place)\n\(name)\n"
      place += Int64(segment.byteCount)
      time = end
    }
    return text + "#EXT-X-ENDLIST\n"
  }

  private static func millionths(_ time: Int, _ scale: Int) -> Int {
    time / scale * 1_000_000 + time % scale * 1_000_000 / scale
  }

  private static func seconds(_ millionths: Int) -> String {
    let part = String(millionths % 1_000_000)
    return "\(millionths / 1_000_000)." + String(repeating: "0", count: 6 - part.utf8.count) + part
  }
}
