import MarkCode
import MarkKeys

/// How a message of one length becomes signs on the carriers.
///
/// Chip 2 i is the cosine part of carrier i, chip 2 i + 1 its sine part.
struct ImageCode: Sendable {
  /// The code of the scrambled message.
  let code: MessageCode
  /// For each chip, the coded position it carries.
  let position: [Int32]
  /// For each chip, the sign on it: independent fair coins to whoever lacks the key.
  let whitening: [Float]
  private let scrambler: MessageScrambler

  /// - Parameters:
  ///   - key: the mark key.
  ///   - messageBits: 128 or 64.
  ///   - carriers: how many frequencies carry the message.
  init(key: MarkKey, messageBits: Int, carriers: Int) {
    self.init(subKey: key.subKey(.imageCode), messageBits: messageBits, carriers: carriers)
  }

  /// - Parameters:
  ///   - subKey: the sub-key *image-code* of the mark key or of a title.
  ///   - messageBits: 128 or 64.
  ///   - carriers: how many frequencies carry the message.
  init(subKey: Secret, messageBits: Int, carriers: Int) {
    self.init(
      subKey: subKey, messageBits: messageBits, carriers: carriers,
      domain: messageBits == 128 ? 1 : 2, scrambling: .messages)
  }

  /// The code of the segments of films.
  ///
  /// - Parameters:
  ///   - key: the mark key.
  ///   - carriers: how many frequencies carry the message.
  init(segmentsOf key: MarkKey, carriers: Int) {
    self.init(
      subKey: key.subKey(.imageCode), messageBits: 64, carriers: carriers, domain: 6,
      scrambling: .segments)
  }

  private init(
    subKey: Secret, messageBits: Int, carriers: Int, domain: UInt32,
    scrambling: MessageScrambler.Domains
  ) {
    scrambler = MessageScrambler(key: subKey, domains: scrambling)
    code = MessageCode(outputs: 12, messageBits: messageBits)
    var stream = PRFStream(key: subKey, domain: domain, index: 0)
    let order = stream.permutation(2 * carriers)
    var position = [Int32](repeating: 0, count: order.count)
    for (place, chip) in order.enumerated() { position[chip] = Int32(place % code.codedBits) }
    self.position = position
    whitening = order.map { _ in stream.next(below: 2) == 0 ? 1 : -1 }
  }

  /// The signs of a message's coded bits, by position.
  func signs(_ message: ImageMessage) -> [Int8] {
    let information = scrambler.information(message)
    var signs = [Int8](repeating: 0, count: code.codedBits)
    signs.withUnsafeMutableBufferPointer { code.encode(information, into: $0) }
    return signs
  }

  /// The signs written on the chips for a message.
  func chips(_ message: ImageMessage) -> [Float] {
    let signs = signs(message)
    return position.indices.map { whitening[$0] * Float(signs[Int(position[$0])]) }
  }

  /// The signs written on the chips for a segment of a film.
  func chips(_ segment: FilmSegment) -> [Float] {
    chips(.short(ShortMessage(bits: segment.value)))
  }

  /// The bits that are coded for a segment of a film.
  func information(_ segment: FilmSegment) -> Information {
    scrambler.information(.short(ShortMessage(bits: segment.value)))
  }

  /// Whether a path's check bits are right.
  func isConsistent(_ information: Information) -> Bool { scrambler.isConsistent(information) }

  /// The message of what the decoder found.
  func message(_ decoded: DecodedMessage) -> ImageMessage {
    code.messageBits == 128
      ? .full(scrambler.restored(Message(high: decoded.high, low: decoded.low)))
      : .short(scrambler.restored(short: decoded.high))
  }

  /// Adds up chips that carry the same coded bit, without their whitening.
  func block(_ chips: [Float]) -> [Float] {
    var soft = [Float](repeating: 0, count: code.codedBits)
    for chip in chips.indices { soft[Int(position[chip])] += chips[chip] * whitening[chip] }
    return soft
  }
}
