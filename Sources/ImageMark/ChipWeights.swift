/// How much each carrier counts: strong waves in little noise count most.
enum ChipWeights {
  /// The chips of a message, weighted.
  ///
  /// The noise at a frequency is taken from the power of its neighbours on the lattice.
  ///
  /// - Parameters:
  ///   - coefficients: of the lattice's points, aligned.
  ///   - carrierPlaces: which of them carry the message.
  /// - Returns: two values for each carrier, its real and imaginary part.
  static func chips(_ coefficients: [SIMD2<Float>], carrierPlaces: [Int]) -> [Float] {
    let noise = Self.noise(coefficients)
    let points = CarrierLattice.points
    var chips: [Float] = []
    chips.reserveCapacity(2 * carrierPlaces.count)
    for place in carrierPlaces {
      let weight = CarrierLattice.amplitude(radius: points[place].radius) / noise[place]
      chips.append(coefficients[place].x * weight)
      chips.append(coefficients[place].y * weight)
    }
    return chips
  }

  /// The mean power around each point, within two cycles per tile.
  static func noise(_ coefficients: [SIMD2<Float>]) -> [Float] {
    let reach = ImageTile.highest
    let width = 2 * reach + 1
    var powers = [Float](repeating: 0, count: width * width)
    var counts = [Float](repeating: 0, count: width * width)
    for (index, point) in CarrierLattice.points.enumerated() {
      let value = coefficients[index]
      let power = (value * value).sum()
      for sign in [1, -1] {
        let place = (reach + sign * point.v) * width + reach + sign * point.u
        powers[place] = power
        counts[place] = 1
      }
    }
    return CarrierLattice.points.map { point in
      var (sum, count): (Float, Float) = (0, 0)
      for v in max(-reach, point.v - 2)...min(reach, point.v + 2) {
        for u in max(-reach, point.u - 2)...min(reach, point.u + 2) {
          let place = (reach + v) * width + reach + u
          sum += powers[place]
          count += counts[place]
        }
      }
      return sum / count + 1e-6
    }
  }
}
