import Glibc

/// The waves of a tile that carries a message.
enum TileDesign {
  /// The coefficients of a tile, the template with its share of the energy.
  ///
  /// - Parameters:
  ///   - lattice: of the key.
  ///   - chips: signs, two for each carrier.
  /// - Returns: one for each of the lattice's points, with the tile's origin at its first sample.
  static func coefficients(_ lattice: CarrierLattice, chips: [Float]) -> [SIMD2<Float>] {
    var carrier = 0
    var (payload, template): (Float, Float) = (0, 0)
    let points = CarrierLattice.points
    let isTemplate = points.map { lattice.template.firstIndex(of: $0) }
    var coefficients = points.indices.map { index -> SIMD2<Float> in
      let amplitude = CarrierLattice.amplitude(radius: points[index].radius)
      if let number = isTemplate[index] {
        let phase = lattice.templatePhases[number]
        template += amplitude * amplitude
        return amplitude * SIMD2(cos(phase), sin(phase))
      }
      defer { carrier += 1 }
      payload += 2 * amplitude * amplitude
      return amplitude * SIMD2(chips[2 * carrier], chips[2 * carrier + 1])
    }
    let share = ImageMarker.templateShare
    let factor = (share / (1 - share) * payload / template).squareRoot()
    for index in points.indices where isTemplate[index] != nil { coefficients[index] *= factor }
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
