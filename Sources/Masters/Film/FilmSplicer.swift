import AudioMark
package import CommandLineSupport
import ImageMark
package import MovieFragments

/// Puts copies of a film together out of the two variants of its master.
package final class FilmSplicer {
  /// What copies are made of.
  package let master: FilmMaster

  private let offsets: (a: [Int64], b: [Int64])
  private let copier: PartCopier

  package init(_ master: FilmMaster) {
    self.master = master
    copier = PartCopier(master.files, byteCount: 1 << 19)
    func offsets(_ sizes: [UInt32]) -> [Int64] {
      sizes.reduce(into: [0]) { $0.append($0[$0.count - 1] + Int64($1)) }
    }
    self.offsets = (
      offsets(master.index.segments.map(\.a)), offsets(master.index.segments.map(\.b))
    )
  }

  /// Writes a copy as fragmented MP4: a header, an index, and the segments.
  ///
  /// - Parameters:
  ///   - choice: which variant it takes where.
  ///   - tags: what it says about itself.
  ///   - output: a file or pipe; making it final is left to the caller.
  /// - Throws: `MasterError.wrongSize` or `SystemError`.
  package func write(_ choice: FilmChoice, tags: MovieTags, to output: OutputFile) throws {
    precondition(
      choice.variants.count == master.index.segments.count
        && choice.sound?.variants.count == master.soundtrack?.index.symbolCount,
      "a choice of another master")
    copier.begin()
    let header: [UInt8]
    do { header = try master.header.bytes(with: tags) } catch {
      throw MasterError.badIndex(master.files.path, error.reason)
    }
    try copier.put(header + index(of: choice).boxes(master.header), to: output)
    var sound = SoundCursor(master, choice)
    for (segment, variant) in choice.variants.enumerated() {
      let part: MasterPart = variant == .a ? .segmentsA : .segmentsB
      let places = variant == .a ? offsets.a : offsets.b
      let range = places[segment]..<places[segment + 1]
      if let fragment = sound?.fragment(segment) {
        let pictures = try fragmentOfPictures(part, range)
        let data = range.lowerBound + Int64(pictures.byteCount) + 8..<range.upperBound
        try copier.put(pictures.front(with: fragment, dataCount: data.count), to: output)
        try copier.copy(part, data, to: output)
        try sound?.copy(segment, with: copier, to: output)
      } else {
        try copier.copy(part, range, to: output)
      }
    }
    try copier.flush(to: output)
  }

  /// What a segment says of its pictures.
  private func fragmentOfPictures(
    _ part: MasterPart, _ range: Range<Int64>
  ) throws -> MovieFragment {
    func read(_ count: Int) throws -> [UInt8] {
      try [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
        try master.files.read(
          part, at: range.lowerBound, into: UnsafeMutableRawBufferPointer(buffer))
        initialized = count
      }
    }
    do {
      // Hashes are not checked for each copy: what lies here may be anything.
      guard range.count > 16, let box = MovieBoxHeader(try read(8)),
        box.byteCount <= min(range.count - 8, FilmCollector.mostOfBox)
      else { throw MovieFault(reason: "a segment has no box moof") }
      return try MovieFragment(read(Int(box.byteCount)), master.header)
    } catch let fault as MovieFault {
      throw MasterError.badIndex(master.files.path, fault.reason)
    }
  }

  /// Where the segments of a copy lie.
  private func index(of choice: FilmChoice) -> MovieSegmentIndex {
    let segments = zip(master.index.segments, choice.variants).enumerated().map { number, pair in
      let (segment, variant) = pair
      let sound = choice.sound.flatMap { choice in
        master.soundtrack?.byteCount(ofSegment: number, choice.variants)
      }
      return MovieSegmentIndex.Segment(
        byteCount: Int(variant == .a ? segment.a : segment.b) + (sound ?? 0),
        duration: segment.duration)
    }
    return MovieSegmentIndex(
      track: master.video.id, timescale: master.video.timescale, segments: segments)
  }
}

/// Goes through the sound of a copy, segment by segment.
private struct SoundCursor {
  private let soundtrack: FilmSoundtrack
  private let variants: [MarkVariant]
  private let runs: [VariantRun]
  private let track: UInt32
  /// The run that the next frame belongs to.
  private var next = 0

  /// Nil for a film without sound of its own.
  init?(_ master: FilmMaster, _ choice: FilmChoice) {
    guard let soundtrack = master.soundtrack, let sound = choice.sound,
      let track = master.header.sound
    else { return nil }
    self.soundtrack = soundtrack
    variants = sound.variants
    runs = sound.runs(soundtrack.index)
    self.track = track.id
  }

  /// What is said of the sound of a segment; nil without any.
  func fragment(_ segment: Int) -> MovieSoundFragment? {
    soundtrack.segments[segment].isEmpty
      ? nil : soundtrack.fragment(segment, variants, track: track)
  }

  /// Appends the frames of a segment.
  mutating func copy(_ segment: Int, with copier: PartCopier, to output: OutputFile) throws {
    let frames = soundtrack.segments[segment]
    var place = frames.lowerBound
    while place < frames.upperBound {
      while next < runs.count - 1, runs[next].symbols.upperBound <= place { next += 1 }
      // What is behind the last symbol goes with it.
      let isLast = next >= runs.count - 1
      let end = isLast ? frames.upperBound : min(frames.upperBound, runs[next].symbols.upperBound)
      let variant = runs.isEmpty ? .a : runs[next].variant
      let places = soundtrack.offsets[variant.rawValue]
      try copier.copy(.frames(variant), places[place]..<places[end], to: output)
      place = end
    }
  }
}
