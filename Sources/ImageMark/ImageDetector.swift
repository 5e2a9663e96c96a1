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
    self.threshold = threshold
    let lattice = CarrierLattice(tile: key.tile)
    self.lattice = lattice
    codes = [128, 64].map {
      ImageCode(subKey: key.code, messageBits: $0, carriers: lattice.carriers.count)
    }
  }

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
        geometry: search.geometry(alignment))
      return false
    }
    return reading
  }
}
