import Glibc
package import MarkKeys

/// Reads the marks of a key in pictures, however they lie.
package struct ImageDetector: Sendable {
  let lattice: CarrierLattice
  let codes: [ImageCode]
  /// Bound on the probability that a picture without a mark of the key gives a message.
  let threshold: Double

  /// - Parameters:
  ///   - key: whose marks are looked for.
  ///   - threshold: a message is reported when the bound on its being chance is at most this.
  package init(key: MarkKey, threshold: Double = 1e-6) {
    self.init(key: ImageKey(key), threshold: threshold)
  }

  /// - Parameters:
  ///   - key: of a title, or of no title.
  ///   - threshold: a message is reported when the bound on its being chance is at most this.
  package init(key: ImageKey, threshold: Double = 1e-6) {
    self.init(keys: [key], threshold: threshold)
  }

  /// - Parameters:
  ///   - keys: of titles, or of no title, all of one mark key; at least one.
  ///   - threshold: a message is reported when the bound on its being chance is at most this.
  package init(keys: [ImageKey], threshold: Double = 1e-6) {
    self.threshold = threshold
    let lattice = CarrierLattice(tile: keys[0].tile)
    precondition(keys.allSatisfy { $0.tile == keys[0].tile }, "keys of several mark keys")
    self.lattice = lattice
    codes = keys.flatMap { key in
      Self.messageBits.map {
        ImageCode(subKey: key.code, messageBits: $0, carriers: lattice.carriers.count)
      }
    }
  }

  private static let messageBits = [128, 64]

  /// Reads a picture.
  ///
  /// - Parameters:
  ///   - luma: the picture, turned, mirrored, scaled and cut in any way.
  ///   - extent: how far to look.
  /// - Returns: the mark, or nil when there is none of this key, or none that is certain.
  package func detect(
    _ luma: LumaPlane, extent: ImageSearchExtent = .whole
  ) -> ImageReading? {
    let search = PictureSearch(luma, lattice: lattice, leastScore: 6)
    let reader = MessageReader(codes)
    var reading: ImageReading?
    search.alignments(extent) { alignment in
      guard let found = reader.read(search.chips(alignment), threshold: threshold) else {
        return true
      }
      reading = ImageReading(
        message: found.message, score: found.score, logBound: found.logBound,
        geometry: search.geometry(alignment), keyPlace: found.place / Self.messageBits.count)
      return false
    }
    return reading
  }
}
