import ImageMark
import MovieFragments
import VideoStreams

extension FilmIndex {
  /// Makes sure that segments of two variants can be exchanged, and notes where they lie.
  ///
  /// - Parameters:
  ///   - variants: what the encoders of A and B have written.
  ///   - frames: the frames they were given.
  ///   - format: of the frames.
  ///   - path: of the master, for messages.
  /// - Throws: `MasterError.encoder` when they do not match each other or the frames.
  init(
    joining variants: [FilmCollector.Variant], frames: Int, _ format: FilmFormat, _ path: String
  ) throws {
    func fault(_ reason: String) -> MasterError { .encoder(path, reason) }
    let (a, b) = (variants[0], variants[1])
    guard a.header == b.header else { throw fault("the headers of the variants differ") }
    guard let video = a.header.video else { throw fault("there are no pictures") }
    guard a.fragments.map(\.runs) == b.fragments.map(\.runs) else {
      throw fault("the variants have other samples in their segments")
    }
    guard a.fragments.count <= MovieSegmentIndex.most else {
      throw fault("there are more than \(MovieSegmentIndex.most) segments")
    }
    var first = 0
    var segments: [Segment] = []
    for (number, (a, b)) in zip(a.fragments, b.fragments).enumerated() {
      guard let run = a.runs.first(where: { $0.track == video.id }), run.sampleCount > 0 else {
        throw fault("segment \(number) has no pictures")
      }
      let next = first + run.sampleCount
      func segment(_ frame: Int) -> Int {
        FilmMarker.segment(ofFrame: frame, framesPerSecond: format.framesPerSecond)
      }
      guard segment(first) == number, segment(next - 1) == number,
        next == frames || segment(next) == number + 1
      else { throw fault("segment \(number) does not have the frames of two seconds") }
      guard let duration = UInt32(exactly: run.duration), duration > 0 else {
        throw fault("segment \(number) has no duration")
      }
      segments.append(Segment(duration: duration, a: a.byteCount, b: b.byteCount))
      first = next
    }
    guard first == frames else { throw fault("it wrote \(first) of \(frames) frames") }
    self.init(segments)
  }
}
