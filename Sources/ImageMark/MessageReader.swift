import Glibc
import MarkCode

/// Reads messages of both lengths from chips, of one key or several.
final class MessageReader {
  /// Blocks that are decoded in a picture at most.
  var attempts: Int { codes.count * PictureSearch.limit }

  private let codes: [ImageCode]
  private let decoders: [MessageDecoder]

  init(_ codes: [ImageCode]) {
    self.codes = codes
    decoders = codes.map { MessageDecoder(code: $0.code) }
  }

  /// The message that chips carry beyond doubt, or nil.
  ///
  /// - Parameters:
  ///   - chips: weighted, two for each carrier.
  ///   - threshold: bound on the probability that chance alone gives any message.
  ///   - attempts: blocks that are decoded in all, of all codes; nil for those of a picture.
  /// - Returns: the message, its score, the logarithm of its bound, and the number of its code.
  func read(
    _ chips: [Float], threshold: Double, attempts: Int? = nil
  ) -> (message: ImageMessage, score: Double, logBound: Double, place: Int)? {
    let attempts = attempts ?? self.attempts
    for (place, (code, decoder)) in zip(codes, decoders).enumerated() {
      let soft = code.block(chips)
      let found = soft.withUnsafeBufferPointer {
        decoder.decode($0, isConsistent: code.isConsistent)
      }
      guard let first = found.first else { continue }
      let bound = soft.withUnsafeBufferPointer {
        FalsePositiveBound.overMessages(
          logarithm: FalsePositiveBound.logarithm(
            soft: $0, correlation: Double(first.correlation)),
          attempts: attempts, messageBits: code.code.messageBits)
      }
      guard bound <= log(threshold) else { continue }
      let total = soft.reduce(0.0) { $0 + Double(abs($1)) }
      return (code.message(first), Double(first.correlation) / total, bound, place)
    }
    return nil
  }
}
