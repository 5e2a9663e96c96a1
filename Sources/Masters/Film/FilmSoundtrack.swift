import AudioMark
import MovieFragments

/// The marked sound of a film's master: which FLAC frames each segment has, and where they lie.
package struct FilmSoundtrack: Sendable {
  /// What the manifest says of it.
  package let sound: MarkedFilmSound
  /// What each symbol is.
  package let index: MasterIndex
  /// For each segment, its frames: those that begin while it is shown; the last one has all that follow.
  let segments: [Range<Int>]
  /// For each variant, where in its part each frame begins, and where the last one ends.
  let offsets: [[Int64]]

  /// - Parameters:
  ///   - sound: what the manifest says of it.
  ///   - index: what each symbol is.
  ///   - film: its segments.
  ///   - timescale: units of the segments' durations in a second.
  /// - Throws: `IndexFault` when they do not belong together.
  init(
    _ sound: MarkedFilmSound, _ index: MasterIndex, _ film: FilmIndex, timescale: UInt32
  ) throws(IndexFault) {
    self.sound = sound
    self.index = index
    let count = (sound.sampleCount + sound.symbolFrames - 1) / sound.symbolFrames
    guard index.symbolCount == sound.sampleCount / sound.symbolFrames,
      index.frameSizes.count == count
    else { throw IndexFault("its sound does not have the length of the manifest") }
    var end = 0
    var segments: [Range<Int>] = []
    var time: UInt64 = 0
    let (rate, scale) = (UInt64(MarkGeometry.symbolRate), UInt64(timescale))
    for (number, segment) in film.segments.enumerated() {
      time += UInt64(segment.duration)
      let isLast = number == film.segments.count - 1
      let next = isLast ? count : min(count, Int((time * rate + scale - 1) / scale))
      segments.append(end..<next)
      end = next
    }
    self.segments = segments
    offsets = MarkVariant.allCases.map { variant in
      index.frameSizes.reduce(into: [0]) { sums, size in
        sums.append(sums[sums.count - 1] + Int64(variant == .a ? size.a : size.b))
      }
    }
    // Behind short pictures there may be hours of sound.
    for (frames, segment) in zip(segments, film.segments) {
      let sound = index.frameSizes[frames].reduce(0) { $0 + Int64(max($1.a, $1.b)) }
      guard sound + Int64(frames.count) * 8 + Int64(max(segment.a, segment.b)) < 1 << 31 else {
        throw IndexFault("a segment with its sound is larger than 2 GiB")
      }
    }
  }

  /// The bytes that a part with a variant's frames must have.
  func byteCount(_ variant: MarkVariant) -> Int64 { offsets[variant.rawValue].last ?? 0 }

  /// What a copy says of the frames of a segment.
  ///
  /// - Parameters:
  ///   - segment: the number of one that has frames.
  ///   - variants: which variant the copy takes in each symbol.
  ///   - track: of the sound.
  /// - Returns: the sizes and times of all its frames.
  func fragment(
    _ segment: Int, _ variants: [MarkVariant], track: UInt32
  ) -> MovieSoundFragment {
    let frames = segments[segment]
    let length = sound.symbolFrames
    let rest = sound.sampleCount % length
    let isShort = hasShortFrame(segment)
    return MovieSoundFragment(
      track: track,
      start: UInt64(frames.lowerBound * length), sizes: sizes(frames, variants),
      lengths: isShort
        ? frames.map { UInt32($0 == frames.upperBound - 1 ? rest : length) } : nil)
  }

  /// The bytes of a segment's sound in a copy, with what is said of them.
  func byteCount(ofSegment segment: Int, _ variants: [MarkVariant]) -> Int {
    let frames = segments[segment]
    if frames.isEmpty { return 0 }
    return sizes(frames, variants).reduce(
      MovieSoundFragment.boxCount(
        frames: frames.count, hasLengths: hasShortFrame(segment))
    ) { $0 + Int($1) }
  }

  /// Whether a segment has the frame behind the last whole symbol.
  private func hasShortFrame(_ segment: Int) -> Bool {
    let frames = segments[segment]
    return !frames.isEmpty && frames.upperBound > index.symbolCount
  }

  private func sizes(_ frames: Range<Int>, _ variants: [MarkVariant]) -> [UInt32] {
    frames.map { frame in
      let isB = frame < variants.count && variants[frame] == .b
      return isB ? index.frameSizes[frame].b : index.frameSizes[frame].a
    }
  }
}
