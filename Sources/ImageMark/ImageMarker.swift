import Glibc
package import MarkKeys

/// Marks pictures with a message.
package struct ImageMarker: Sendable {
  /// Times that the marked picture is read, and its waves are corrected.
  static let rounds = 3

  private let lattice: CarrierLattice
  private let chips: [Float]
  private let originKey: Secret
  /// Peak signal-to-noise ratio of the marked picture, dB.
  package let psnr: Double

  /// - Parameters:
  ///   - key: whoever has it can read the mark.
  ///   - message: what the mark says.
  ///   - psnr: of the marked picture, dB, 30...60; more is fainter.
  /// - Throws: `ImageMarkError.psnr` for a value outside the range.
  package init(
    key: MarkKey, message: ImageMessage, psnr: Double = 42
  ) throws(ImageMarkError) {
    try self.init(key: ImageKey(key), message: message, psnr: psnr)
  }

  /// - Parameters:
  ///   - key: of a title, or of no title.
  ///   - message: what the mark says.
  ///   - psnr: of the marked picture, dB, 30...60; more is fainter.
  /// - Throws: `ImageMarkError.psnr` for a value outside the range.
  package init(
    key: ImageKey, message: ImageMessage, psnr: Double = 42
  ) throws(ImageMarkError) {
    guard psnr >= 30 && psnr <= 60 else { throw .psnr(psnr) }
    self.psnr = psnr
    lattice = CarrierLattice(tile: key.tile)
    originKey = key.tile
    let code = ImageCode(
      subKey: key.code, messageBits: message.bitCount, carriers: lattice.carriers.count)
    chips = code.chips(message)
  }

  /// Makes the mark for a picture.
  ///
  /// The waves are chosen with the picture in view: it is marked, rounded to 8 bits and read as the
  /// detector would, and the waves that read weakly are raised, three times.
  ///
  /// - Parameter host: the picture to be marked.
  /// - Returns: what to add to R, G and B alike, on the scale 0...255, neither rounded nor clipped.
  package func mark(_ host: LumaPlane) -> LumaPlane {
    let luma = FloatMap(host)
    let work = MarkingWork(
      luma, side: ImageTile.period(width: host.width, height: host.height),
      origin: origin(host), lattice: lattice, chips: chips, psnr: psnr)
    for _ in 0..<Self.rounds { work.improve() }
    return LumaPlane(width: host.width, height: host.height, samples: work.difference())
  }

  /// Where the tile's origin lies, from the key and the picture, so that many pictures of one key
  /// cannot be averaged, but all copies of one picture have it in the same place.
  private func origin(_ host: LumaPlane) -> SIMD2<Float> {
    // FNV-1a over the samples, rounded.
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for sample in host.samples {
      let level = UInt64(UInt16(min(max(sample, 0), 255).rounded()))
      hash = (hash ^ level) &* 0x100_0000_01b3
    }
    var stream = PRFStream(key: originKey, domain: 2, index: hash)
    return SIMD2(Float(stream.next(below: 4096)) / 4096, Float(stream.next(below: 4096)) / 4096)
  }
}
