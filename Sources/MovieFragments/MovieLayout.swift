/// How a film that was delivered lies in its file, read from its first bytes.
package struct MovieLayout: Sendable, Equatable {
  /// `ftyp` and `moov`.
  package let header: MovieHeader
  /// The segments.
  package let index: MovieSegmentIndex
  /// Where the first segment begins.
  package let start: Int64

  /// The most bytes in front of the segments.
  private static let mostBytes: Int64 = 1 << 26

  /// Reads it.
  ///
  /// - Parameter read: gives so many bytes from a place on, fewer only at the end of the file.
  /// - Throws: `MovieFault` for a file of another kind, or what `read` throws.
  package init(_ read: (_ place: Int64, _ count: Int) throws -> [UInt8]) throws {
    var front: [UInt8] = []
    for type in ["ftyp", "moov", "sidx"] {
      let place = Int64(front.count)
      guard let box = MovieBoxHeader(try read(place, MovieBoxHeader.longest)), box.type == type,
        place + box.byteCount <= Self.mostBytes
      else { throw MovieFault(reason: "it has no box \(type) at its place") }
      let bytes = try read(place, Int(box.byteCount))
      guard bytes.count == box.byteCount else {
        throw MovieFault(reason: "its box \(type) is cut short")
      }
      front += bytes
      if type == "sidx" {
        header = try MovieHeader(Array(front[..<Int(place)]))
        index = try MovieSegmentIndex(box: bytes)
        start = Int64(front.count + index.gap)
        return
      }
    }
    throw MovieFault(reason: "it has no segments")
  }

  /// The length of the whole file.
  package var byteCount: Int64 { index.segments.reduce(start) { $0 + Int64($1.byteCount) } }

  /// The film as an HLS stream of one file.
  package var playlist: MoviePlaylist {
    MoviePlaylist(headerCount: header.bytes.count, start: start, index: index)
  }
}
