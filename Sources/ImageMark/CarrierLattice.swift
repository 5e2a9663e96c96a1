import Glibc
import MarkKeys

/// The frequencies of a key's tile, and what each is for.
///
/// A tile is a sum of waves with whole numbers of cycles per tile, u to the right and v downwards,
/// 64 <= u² + v² <= 1024, one of each pair of opposite frequencies. Some form the template, by which
/// a detector finds the tile; the others carry the message, a sign on each quadrature.
/// `docs/image-mark.md` is the specification.
struct CarrierLattice: Sendable {
  /// One frequency.
  struct Point: Sendable, Equatable {
    /// Cycles per tile to the right, 0...32.
    let u: Int
    /// Cycles per tile downwards, -32...32.
    let v: Int

    /// Cycles per tile along its direction.
    var radius: Float { Float(u * u + v * v).squareRoot() }
  }

  /// Frequencies of the template, at most; and how far they are apart at least, squared.
  static let templateCount = 32
  private static let templateDistance = 16

  /// The template's frequencies.
  let template: [Point]
  /// The phases of the template's waves, radians, at the tile's origin.
  let templatePhases: [Float]
  /// The frequencies that carry the message.
  let carriers: [Point]

  /// All frequencies: v from -32 up, and u from 0 up within it.
  static let points: [Point] = {
    let reach = ImageTile.highest
    var points: [Point] = []
    for v in -reach...reach {
      for u in 0...reach where u > 0 || v > 0 {
        let square = u * u + v * v
        if square >= ImageTile.lowest * ImageTile.lowest && square <= reach * reach {
          points.append(Point(u: u, v: v))
        }
      }
    }
    return points
  }()

  init(key: MarkKey) { self.init(tile: key.subKey(.imageTile)) }

  /// - Parameter tile: the sub-key *image-tile*.
  init(tile: Secret) {
    var stream = PRFStream(key: tile, domain: 1, index: 0)
    var candidates = Self.points.filter { point in
      let square = point.u * point.u + point.v * point.v
      return square >= 121 && square <= 784 && point.u != 0 && point.v != 0
    }
    stream.shuffle(&candidates)
    var template: [Point] = []
    for point in candidates where template.count < Self.templateCount {
      let isApart = template.allSatisfy { other in
        let (x, y) = (other.u - point.u, other.v - point.v)
        return x * x + y * y > Self.templateDistance
      }
      if isApart { template.append(point) }
    }
    self.template = template
    templatePhases = template.map { _ in
      Float(2 * Double.pi / 65536 * Double(stream.next(below: 65536)))
    }
    carriers = Self.points.filter { !template.contains($0) }
  }

  /// Which of all frequencies are the template's, in its order, and which carry the message.
  var places: (template: [Int], carriers: [Int]) {
    let places = template.compactMap { Self.points.firstIndex(of: $0) }
    let isTemplate = Set(places)
    return (places, Self.points.indices.filter { !isTemplate.contains($0) })
  }

  /// The amplitude of a wave compared with those of the highest radii: less where a wave is long,
  /// since it is more easily seen and the picture itself is strong there.
  static func amplitude(radius: Float) -> Float { min(max(radius / 16, 0.5), 1) }
}
