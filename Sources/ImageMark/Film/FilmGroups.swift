import Glibc

/// The whitened frames of a film, added up over half seconds.
final class FilmGroups {
  /// Samples of the frames that are worked on, at most.
  private static let workSize: Float = 600_000
  private static let longestSide: Float = 1024
  /// Seconds of a group.
  static let seconds = 0.5
  /// Frames of a group that are looked at, at most.
  private static let frames = 6

  /// The size of the groups over that of the frames.
  let reduction: Float
  /// The side of tiles that frames are whitened for, samples of a group: less than they have, since the
  /// highest waves are those that films are full of.
  let guess: Float

  private let framesPerSecond: Double
  private let luma: FloatMap
  private var sum: FloatMap?
  private var summed = 0
  private var frame = 0
  private var group = -1

  /// - Parameters:
  ///   - width: samples of a line of luma.
  ///   - height: lines.
  ///   - framesPerSecond: 0.1...1000.
  init(width: Int, height: Int, framesPerSecond: Double) {
    self.framesPerSecond = framesPerSecond
    luma = FloatMap(width: width, height: height)
    reduction = min(
      1, (Self.workSize / Float(width * height)).squareRoot(),
      Self.longestSide / Float(max(width, height)))
    guess = min(max(Float(min(width, height)) * reduction / 6, 40), 288)
  }

  /// Seconds in front of the group that ended last.
  private(set) var start = 0.0

  /// Seconds in front of the next frame.
  var time: Double { Double(frame) / framesPerSecond }

  /// Looks at the next frame.
  ///
  /// - Parameter load: writes its luma; not called for frames that are passed over.
  /// - Returns: the group in front of it, where that ends here.
  func add(_ load: (UnsafeMutableBufferPointer<Float>) -> Void) -> FloatMap? {
    let place = time / Self.seconds
    let ended = Int(place) == group ? nil : finish()
    group = Int(place)
    // Frames that are looked at lie evenly in their group.
    if Int((place - Double(group)) * Double(Self.frames)) >= summed {
      load(UnsafeMutableBufferPointer(start: luma.values, count: luma.count))
      take()
    }
    frame += 1
    return ended
  }

  /// The group that was begun, or nil when none was.
  func finish() -> FloatMap? {
    let ended = sum
    start = Double(group) * Self.seconds
    if let ended { FrontEnd.equalise(ended, sigma: guess / 12, floor: 0.1, limit: 2) }
    sum = nil
    summed = 0
    return ended
  }

  private func take() {
    let small = reduction < 1 ? AreaReduction.reduced(luma, by: reduction) : luma
    let whitened = FrontEnd.texture.whitened(small, period: guess)
    if let sum {
      for i in 0..<sum.count { sum.values[i] += whitened.values[i] }
    } else {
      sum = whitened
    }
    summed += 1
  }
}
