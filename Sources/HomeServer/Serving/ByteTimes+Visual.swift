import MovieFragments
import Outlets

extension ByteTimes {
  /// The times of a film: exact at the ends of its segments, even within them.
  init(_ film: MovieLayout) {
    var points = [(byte: film.start, milliseconds: Int64(0))]
    var (place, time) = (film.start, Int64(0))
    for segment in film.index.segments {
      place += Int64(segment.byteCount)
      time += Int64(segment.duration)
      points.append((place, time * 1000 / Int64(film.index.timescale)))
    }
    self.init(points: points)
  }

  /// Looking at a picture counts as one second, however long it is looked at.
  static func picture(_ file: HeldFile) -> ByteTimes {
    ByteTimes(points: [(0, 0), (file.byteCount, 1000)])
  }
}
