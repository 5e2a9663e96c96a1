import Glibc
import MarkCode

extension ImageDetector {
  /// How well a message fits at one alignment, for measurements.
  package struct Fit: Sendable {
    /// Front end, period and fit to the template.
    package let alignment: String
    /// Correlation with the message in standard deviations of what chance gives.
    package let z: Double
    /// Natural logarithm of Chernoff's bound for this message, if the whitening signs are coins.
    package let logBound: Double
  }

  /// What the search sees in a picture, in its order, and how well a message fits there.
  package func survey(_ luma: LumaPlane, message: ImageMessage, most: Int = 64) -> [Fit] {
    guard let code = codes.first(where: { $0.code.messageBits == message.bitCount }) else {
      return []
    }
    let search = PictureSearch(luma, lattice: lattice, leastScore: 4.5)
    let signs = code.signs(message)
    var fits: [Fit] = []
    search.alignments { alignment in
      let block = code.block(search.chips(alignment))
      var (sum, squares) = (0.0, 0.0)
      for position in block.indices {
        sum += Double(block[position]) * Double(signs[position])
        squares += Double(block[position]) * Double(block[position])
      }
      let bound = block.withUnsafeBufferPointer {
        FalsePositiveBound.logarithm(soft: $0, correlation: sum)
      }
      fits.append(
        Fit(
          alignment:
            "\(alignment.frontEnd) period \(alignment.period) fit \(alignment.fit.score)",
          z: sum / squares.squareRoot(), logBound: bound))
      return fits.count < most
    }
    return fits
  }

  /// How often made-up messages reach bounds at a picture's first alignment, for measurements.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - messages: that have nothing to do with it, all of one length.
  /// - Returns: for each, the natural logarithm of the bound by coded bits.
  package func innocentBounds(_ luma: LumaPlane, messages: [ImageMessage]) -> [Double] {
    let search = PictureSearch(luma, lattice: lattice, leastScore: 4.5)
    guard let bits = messages.first?.bitCount,
      let code = codes.first(where: { $0.code.messageBits == bits })
    else { return [] }
    var block: [Float] = []
    search.alignments { alignment in
      block = code.block(search.chips(alignment))
      return false
    }
    guard !block.isEmpty else { return [] }
    let bound = CodewordBound(soft: block, code: code.code)
    return messages.map { message in
      let signs = code.signs(message)
      var sum = 0.0
      for position in block.indices { sum += Double(block[position]) * Double(signs[position]) }
      return bound.logarithm(correlation: sum)
    }
  }
}
