import Glibc
package import MarkKeys

/// Reads the marks of a key in film: from any second or two, whatever became of the frames' rate,
/// number, order, size and shape.
///
/// Frames are whitened and averaged in pieces of some frames: the mark stands still, the scene moves.
/// How the tiles lie is found as in a picture; where their origin is, in each piece anew.
package final class FilmDetector {
  /// Frames of a piece, and how many of them are looked at.
  private static let pieceLength = 16
  private static let sampling = 2
  /// Pieces that are kept.
  private static let kept = 12
  /// Samples of a frame that are worked on, at most.
  private static let workSize: Float = 700_000
  /// The longest side that is worked on.
  private static let longest: Float = 1024
  /// Ways the tiles may lie that are followed.
  private static let followed = 4

  private let lattice: CarrierLattice
  private let reader: MessageReader
  private let threshold: Double
  private var number = 0
  private var sum: FloatMap?
  private var summed = 0
  private var pieces: [FloatMap] = []
  private var tracks: [Track] = []
  private var reduction: Float = 1
  private var attempts = 0
  private var closed = 0
  private var nextSearch = 3

  /// A way the tiles may lie, and the aligned waves of all pieces added up.
  ///
  /// What stands still in a film looks like a template now and then, so several are followed.
  private struct Track {
    let alignment: PictureSearch.Alignment
    var coefficients: [SIMD2<Float>] = []
  }

  /// - Parameters:
  ///   - key: whose marks are looked for.
  ///   - threshold: a message is reported when the bound on its being chance is at most this.
  package init(key: MarkKey, threshold: Double = 1e-6) {
    self.threshold = threshold
    let lattice = CarrierLattice(key: key)
    self.lattice = lattice
    reader = MessageReader(
      [128, 64].map { ImageCode(key: key, messageBits: $0, carriers: lattice.carriers.count) })
  }

  /// Takes the next frame.
  ///
  /// - Parameter frame: its luma; all frames have the same size.
  /// - Returns: the mark, as soon as it is certain.
  package func append(_ frame: LumaPlane) -> ImageReading? {
    defer { number += 1 }
    if number % Self.sampling == 0 { add(frame) }
    guard (number + 1) % Self.pieceLength == 0 else { return nil }
    return closePiece()
  }

  /// Looks at what is left when the film is over.
  ///
  /// - Returns: the mark, or nil.
  package func finish() -> ImageReading? {
    if summed > 0, let reading = closePiece() { return reading }
    return search(thoroughly: true)
  }

  private func add(_ frame: LumaPlane) {
    reduction = min(
      1, (Self.workSize / Float(frame.count)).squareRoot(),
      Self.longest / Float(max(frame.width, frame.height)))
    let whole = FloatMap(frame)
    let luma = reduction < 1 ? AreaReduction.reduced(whole, by: reduction) : whole
    let period = Float(ImageTile.period(width: frame.width, height: frame.height)) * reduction
    let whitened = FrontEnd.texture.whitened(luma, period: period)
    if let sum {
      for i in 0..<sum.count { sum.values[i] += whitened.values[i] }
    } else {
      sum = whitened
    }
    summed += 1
  }

  /// Ends a piece and reads everything there is.
  private func closePiece() -> ImageReading? {
    guard let piece = sum else { return nil }
    sum = nil
    summed = 0
    pieces.append(piece)
    if pieces.count > Self.kept { pieces.removeFirst() }
    for index in tracks.indices {
      follow(piece, &tracks[index])
      if let reading = read(tracks[index]) { return reading }
    }
    closed += 1
    // Where nothing is found, looking costs more than it is worth all the time.
    guard closed == nextSearch else { return nil }
    nextSearch = min(2 * nextSearch, nextSearch + 24)
    return search(thoroughly: false)
  }

  /// Looks for tiles in the last three pieces together, and alone when it is to be thorough.
  private func search(thoroughly: Bool) -> ImageReading? {
    let last = Array(pieces.suffix(3))
    var found: [PictureSearch.Alignment] = []
    let together = [Self.added(last)].compactMap { $0 }
    for picture in thoroughly || together.isEmpty ? together + last : together {
      PictureSearch(picture, lattice: lattice, leastScore: 6).alignments { alignment in
        found.append(alignment)
        return true
      }
    }
    found.sort { $0.fit.score > $1.fit.score }
    tracks = found.prefix(Self.followed).map { Track(alignment: $0) }
    for index in tracks.indices {
      for piece in pieces { follow(piece, &tracks[index]) }
      if let reading = read(tracks[index]) { return reading }
    }
    return nil
  }

  private func follow(_ piece: FloatMap, _ track: inout Track) {
    let search = PictureSearch(piece, lattice: lattice, leastScore: 0)
    let waves = search.followed(track.alignment).fit.coefficients()
    if track.coefficients.isEmpty {
      track.coefficients = waves
    } else {
      for i in waves.indices { track.coefficients[i] += waves[i] }
    }
  }

  private func read(_ track: Track) -> ImageReading? {
    attempts += 1
    let search = PictureSearch(
      FloatMap(width: 1, height: 1), lattice: lattice, leastScore: 0)
    // The n-th attempt has 1 / n (n + 1) of what is allowed, which is 1 for all together.
    guard
      let found = reader.read(
        search.chips(track.coefficients), threshold: threshold,
        attempts: 2 * attempts * (attempts + 1))
    else { return nil }
    return ImageReading(
      message: found.message, score: found.score, logBound: found.logBound,
      geometry: search.geometry(track.alignment, reduction: reduction))
  }

  private static func added(_ maps: [FloatMap]) -> FloatMap? {
    guard let first = maps.first, maps.count > 1 else { return nil }
    let sum = FloatMap(width: first.width, height: first.height)
    sum.values.update(from: first.values, count: first.count)
    for map in maps.dropFirst() {
      for i in 0..<sum.count { sum.values[i] += map.values[i] }
    }
    return sum
  }
}
