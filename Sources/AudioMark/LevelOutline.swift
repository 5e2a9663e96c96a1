import Glibc

/// How the levels of the bands rise and fall, 75 times a second: by this a stretch of a recording is
/// found in the whole of it, whatever marks they carry.
struct LevelOutline {
  /// Feature frames of which one is taken.
  static let stride = 4
  /// Frames to both sides over which the mean level is taken off.
  private static let reach = 37
  /// Levels this far below the highest are all the same.
  private static let depth: Float = 70
  private static let clip: Float = 12

  /// For each frame, by how many dB every band lies above its mean.
  private(set) var frames: [SIMD32<Float>] = []

  /// - Parameters:
  ///   - levels: of the bands.
  ///   - range: the frames to use; all when nil.
  ///   - mask: which bands are in use.
  init(_ levels: BandLevels, _ range: Range<Int>? = nil, mask: BandMask) {
    let range = range ?? 0..<levels.count
    let count = range.count / Self.stride
    let lanes = mask.lanes
    var raw = (0..<count).map { levels[range.lowerBound + Self.stride * $0] }
    let top = raw.reduce(Float(-128)) { max($0, ($1 * lanes - (1 - lanes) * 128).max()) }
    let floor = SIMD32<Float>(repeating: top - Self.depth)
    for place in 0..<count { raw[place] = pointwiseMax(raw[place], floor) }
    var sum = SIMD32<Float>.zero
    var used = 0
    for place in 0..<min(Self.reach, count) {
      sum += raw[place]
      used += 1
    }
    frames = (0..<count).map { place in
      if place + Self.reach < count {
        sum += raw[place + Self.reach]
        used += 1
      }
      if place - Self.reach - 1 >= 0 {
        sum -= raw[place - Self.reach - 1]
        used -= 1
      }
      return mask.even(raw[place] - sum * (1 / Float(used)), limit: Self.clip)
    }
  }

  /// How well this agrees with another outline, laid at each of its places.
  ///
  /// - Parameter other: the longer one.
  /// - Returns: the normalised correlation, -1...1, with this one beginning at frame 0, 1, ... of the
  ///   other one; empty if the other one is shorter.
  func correlations(with other: LevelOutline) -> [Float] {
    guard !frames.isEmpty, other.frames.count >= frames.count else { return [] }
    func energy(_ frame: SIMD32<Float>) -> Double { Double((frame * frame).sum()) }
    let own = frames.reduce(0) { $0 + energy($1) }
    var theirs = other.frames[..<frames.count].reduce(0) { $0 + energy($1) }
    return frames.withUnsafeBytes { mine in
      other.frames.withUnsafeBytes { others in
        (0...other.frames.count - frames.count).map { place in
          if place > 0 {
            theirs +=
              energy(other.frames[place + frames.count - 1]) - energy(other.frames[place - 1])
          }
          let scale = (own * max(theirs, 1e-9)).squareRoot()
          let product = Self.product(
            mine, UnsafeRawBufferPointer(rebasing: others[(place * Self.frameSize)...]))
          return scale > 1e-6 ? product / Float(scale) : 0
        }
      }
    }
  }

  private static let frameSize = MemoryLayout<SIMD32<Float>>.stride

  /// The sum of the products of all numbers, vectors of a length that processors have.
  @inline(__always)
  private static func product(_ one: UnsafeRawBufferPointer, _ other: UnsafeRawBufferPointer)
    -> Float
  {
    guard let a = one.baseAddress?.assumingMemoryBound(to: SIMD8<Float>.self),
      let b = other.baseAddress?.assumingMemoryBound(to: SIMD8<Float>.self)
    else { return 0 }
    var (sum0, sum1) = (SIMD8<Float>.zero, SIMD8<Float>.zero)
    var index = 0
    let count = one.count / MemoryLayout<SIMD8<Float>>.stride
    while index < count {
      sum0 += a[index] * b[index]
      sum1 += a[index &+ 1] * b[index &+ 1]
      index &+= 2
    }
    return (sum0 + sum1).sum()
  }
}
