import Glibc
import MarkKeys

/// What of a key the reading of segments needs, and the buffers it works in.
final class SegmentBasis {
  let lattice: CarrierLattice
  let origins: FilmOrigins
  let code: ImageCode
  /// Which of the lattice's points are the template's, and which carry the message.
  let places: (template: [Int], carriers: [Int])
  let transform = PlanarTransform(side: ImageTile.side)
  /// For each move and lattice point, the phase factor that takes the move back.
  let turns: [[SIMD2<Float>]]
  /// For each template wave, the factor that takes its phase off.
  let templateTurns: [SIMD2<Float>]

  init(key: MarkKey) {
    lattice = CarrierLattice(key: key)
    origins = FilmOrigins(key: key)
    code = ImageCode(segmentsOf: key, carriers: lattice.carriers.count)
    places = lattice.places
    let step = 2 * Double.pi / Double(ImageTile.side)
    turns = origins.moves.map { move in
      CarrierLattice.points.map { point in
        let angle = step * Double(point.u * Int(move.x) + point.v * Int(move.y))
        return SIMD2(Float(cos(angle)), Float(sin(angle)))
      }
    }
    templateTurns = lattice.templatePhases.map { SIMD2(cos($0), -sin($0)) }
  }

  @inline(__always)
  static func times(_ a: SIMD2<Float>, _ b: SIMD2<Float>) -> SIMD2<Float> {
    SIMD2(a.x * b.x - a.y * b.y, a.x * b.y + a.y * b.x)
  }

  /// The template's waves of a group, its phases taken off, in units of the noise around, limited.
  func template(_ coefficients: [SIMD2<Float>]) -> [SIMD2<Float>] {
    let noise = ChipWeights.noise(coefficients)
    return places.template.enumerated().map { number, place in
      let value = Self.times(coefficients[place], templateTurns[number]) / noise[place].squareRoot()
      // One strong line of the picture itself must not decide.
      return value / ((value * value).sum().squareRoot() + 0.5)
    }
  }

  /// How well each move fits the template, in standard deviations of what noise gives.
  func fits(_ template: [SIMD2<Float>]) -> [Float] {
    let power = template.reduce(Float(1e-9)) { $0 + ($1 * $1).sum() }
    let scale = 1 / (power / 2).squareRoot()
    return turns.map { turns in
      var sum: Float = 0
      for (number, place) in places.template.enumerated() {
        sum += Self.times(template[number], turns[place]).x
      }
      return sum * scale
    }
  }
}
