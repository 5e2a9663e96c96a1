/// Where in a recording a stretch of it may come from, the likeliest places first.
struct HostPlaces {
  /// A place.
  struct Place {
    /// The feature frame of the recording at which the stretch begins, perhaps before the first.
    var frame: Int
    /// How well it agrees, -1...1.
    var correlation: Float
  }

  /// Places this many frames of the outlines apart are two.
  private static let distance = 8
  private let most: Int
  private var sum = 0.0
  private var squares = 0.0
  private var count = 0
  private var places: [Place] = []

  /// - Parameter most: how many places are kept.
  init(most: Int) { self.most = most }

  /// Takes the correlations of a part of the recording.
  ///
  /// - Parameters:
  ///   - correlations: at each frame of the outlines.
  ///   - firstFrame: the feature frame of the recording at which the first of them is.
  mutating func add(_ correlations: [Float], firstFrame: Int) {
    for (index, value) in correlations.enumerated() {
      sum += Double(value)
      squares += Double(value) * Double(value)
      count += 1
      if places.count == most, let last = places.last, value <= last.correlation { continue }
      let place = Place(frame: firstFrame + LevelOutline.stride * index, correlation: value)
      let reach = LevelOutline.stride * Self.distance
      if let near = places.firstIndex(where: { abs($0.frame - place.frame) < reach }) {
        if places[near].correlation >= value { continue }
        places.remove(at: near)
      }
      let at = places.firstIndex { $0.correlation < value } ?? places.count
      places.insert(place, at: at)
      if places.count > most { places.removeLast() }
    }
  }

  /// The places that stand out by a number of standard deviations.
  func outstanding(_ z: Double) -> [Place] {
    guard count > 1 else { return [] }
    let mean = sum / Double(count)
    let deviation = max(squares / Double(count) - mean * mean, 1e-12).squareRoot()
    return places.filter { (Double($0.correlation) - mean) / deviation >= z }
  }
}
