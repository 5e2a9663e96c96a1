package import CommandLineSupport
import ImageMark
package import MovieFragments

/// Puts copies of a film together out of the two variants of its master.
package final class FilmSplicer {
  /// What copies are made of.
  package let master: FilmMaster

  private let offsets: (a: [Int64], b: [Int64])
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 19, alignment: 4096)

  package init(_ master: FilmMaster) {
    self.master = master
    func offsets(_ sizes: [UInt32]) -> [Int64] {
      sizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int64($1)) }
    }
    self.offsets = (
      offsets(master.index.segments.map(\.a)), offsets(master.index.segments.map(\.b))
    )
  }

  deinit { buffer.deallocate() }

  /// Writes a copy as fragmented MP4: a header, an index, and the segments.
  ///
  /// - Parameters:
  ///   - choice: which variant it takes where.
  ///   - tags: what it says about itself.
  ///   - output: a file or pipe; making it final is left to the caller.
  /// - Throws: `MasterError.wrongSize` or `SystemError`.
  package func write(_ choice: FilmChoice, tags: MovieTags, to output: OutputFile) throws {
    let segments = master.index.segments
    precondition(choice.variants.count == segments.count, "a choice of another master")
    let header: [UInt8]
    do { header = try master.header.bytes(with: tags) } catch {
      throw MasterError.badIndex(master.files.path, error.reason)
    }
    let index = MovieSegmentIndex(
      track: master.video.id, timescale: master.video.timescale,
      segments: zip(segments, choice.variants).map { segment, variant in
        MovieSegmentIndex.Segment(
          byteCount: Int(variant == .a ? segment.a : segment.b), duration: segment.duration)
      })
    try (header + index.box).withUnsafeBytes { try output.write($0) }
    var start = 0
    while start < segments.count {
      let variant = choice.variants[start]
      let end = choice.variants[start...].firstIndex { $0 != variant } ?? segments.count
      try copy(start..<end, of: variant, to: output)
      start = end
    }
  }

  private func copy(
    _ segments: Range<Int>, of variant: FilmVariant, to output: OutputFile
  ) throws {
    let offsets = variant == .a ? offsets.a : offsets.b
    let part: MasterPart = variant == .a ? .segmentsA : .segmentsB
    var place = offsets[segments.lowerBound]
    let end = offsets[segments.upperBound]
    while place < end {
      let count = Int(min(end - place, Int64(buffer.count)))
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
      try master.files.read(part, at: place, into: piece)
      try output.write(UnsafeRawBufferPointer(piece))
      place += Int64(count)
    }
  }
}
