import Glibc

/// The waves of a marked tile: chips and template, with a factor on each.
struct TileWaves {
  /// Part of the mark's energy that goes to the template.
  private static let templateShare: Float = 0.25

  private let lattice: CarrierLattice
  private let chips: [Float]
  /// For each lattice point, its index among the carriers, or minus one minus that in the template.
  let place: [Int]
  /// Factors on the chips and on the template's waves.
  var chipGains: [Float]
  var templateGains: [Float]

  init(lattice: CarrierLattice, chips: [Float]) {
    self.lattice = lattice
    self.chips = chips
    var carrier = 0
    place = CarrierLattice.points.map { point in
      if let index = lattice.template.firstIndex(of: point) { return -1 - index }
      defer { carrier += 1 }
      return carrier
    }
    chipGains = [Float](repeating: 1, count: chips.count)
    templateGains = [Float](repeating: 1, count: lattice.template.count)
  }

  /// A coefficient for each lattice point, at the tile's origin.
  func coefficients() -> [SIMD2<Float>] {
    var coefficients = [SIMD2<Float>](repeating: .zero, count: place.count)
    var payload: Float = 0
    var template: Float = 0
    for (index, number) in place.enumerated() {
      let amplitude = CarrierLattice.amplitude(radius: CarrierLattice.points[index].radius)
      if number >= 0 {
        let chip = 2 * number
        coefficients[index] =
          amplitude
          * SIMD2(chips[chip] * chipGains[chip], chips[chip + 1] * chipGains[chip + 1])
        payload += (coefficients[index] * coefficients[index]).sum()
      } else {
        let phase = lattice.templatePhases[-1 - number]
        coefficients[index] =
          amplitude * templateGains[-1 - number] * SIMD2(cos(phase), sin(phase))
        template += (coefficients[index] * coefficients[index]).sum()
      }
    }
    let share = Self.templateShare
    let factor = (share / (1 - share) * payload / template).squareRoot()
    for (index, number) in place.enumerated() where number < 0 { coefficients[index] *= factor }
    return coefficients
  }

  /// Moves a tile's origin.
  ///
  /// - Parameters:
  ///   - coefficients: one for each of the lattice's points.
  ///   - origin: in tiles, to the right and down.
  /// - Returns: the coefficients of the moved tile.
  static func moved(_ coefficients: [SIMD2<Float>], by origin: SIMD2<Float>) -> [SIMD2<Float>] {
    zip(coefficients, CarrierLattice.points).map { value, point in
      let angle = -2 * Double.pi * Double(Float(point.u) * origin.x + Float(point.v) * origin.y)
      let (c, s) = (Float(cos(angle)), Float(sin(angle)))
      return SIMD2(value.x * c - value.y * s, value.x * s + value.y * c)
    }
  }
}
