import CommandLineSupport
import ImageMark
import MarkKeys
import VideoStreams

/// Looks at the first seconds of a film for a mark of the key while the film goes by.
struct FilmInspection {
  private let name: String
  private let key: MarkKey
  private var detector: FilmDetector?
  private var framesLeft: Int

  /// Seconds that are looked at.
  private static let seconds = 5.0

  init(_ reader: FilmReader, key: MarkKey) {
    name = reader.name
    self.key = key
    let format = reader.format
    detector = FilmDetector(
      key: key, width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond)
    framesLeft = Int((Self.seconds * format.framesPerSecond).rounded(.up))
  }

  /// Takes the next frame.
  ///
  /// - Throws: `MarkedRecording`.
  mutating func inspect(_ frame: FilmFrame) throws {
    guard let detector else { return }
    try refuse(detector.add { frame.luma(into: $0) })
    framesLeft -= 1
    if framesLeft == 0 { try finish() }
  }

  /// Takes the end.
  ///
  /// - Throws: `MarkedRecording`.
  mutating func finish() throws {
    let last = detector?.finish()
    detector = nil
    try refuse(last)
  }

  private func refuse(_ found: FilmReading?) throws {
    if let found {
      throw MarkedRecording(name: name, message: "\(found.reading.message)", key: key.name)
    }
  }
}
