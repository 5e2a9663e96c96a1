import CSodium
import MarkCode
import MarkKeys

/// A keyed exchange of all messages with each other, so that whoever is on a list has a code word
/// that looks like chance, whatever the numbers in the messages.
///
/// A Feistel network of four rounds whose round function is a pseudo-random stream (Luby and
/// Rackoff 1988). A message of 128 bits is two halves of 64, a short one two halves of 32. The check
/// bits are keyed as well (SipHash-2-4), so all bits that are coded look like chance.
struct MessageScrambler: Sendable {
  /// The domains of streams: the check bits' key and the rounds of short messages.
  struct Domains: Sendable {
    let check: UInt32
    let short: UInt32

    /// Those of messages.
    static let messages = Domains(check: 3, short: 32)
    /// Those of the segments of films.
    static let segments = Domains(check: 7, short: 48)
  }

  private let key: Secret
  private let checkKey: [UInt8]
  private let domains: Domains

  /// - Parameters:
  ///   - key: the sub-key *image-code*.
  ///   - domains: of what is scrambled.
  init(key: Secret, domains: Domains = .messages) {
    self.key = key
    self.domains = domains
    var stream = PRFStream(key: key, domain: domains.check, index: 0)
    checkKey = stream.bytes(Int(crypto_shorthash_siphash24_KEYBYTES))
  }

  /// The information bits of a block for a message.
  func information(_ message: ImageMessage) -> Information {
    switch message {
    case .full(let message):
      let bits = scrambled(message)
      return Information(high: bits.high, low: bits.low, check: check([bits.high, bits.low]))
    case .short(let message):
      let bits = scrambled(message)
      return Information(short: bits, check: check([bits]))
    }
  }

  /// Whether the check bits are those of the others.
  func isConsistent(_ information: Information) -> Bool {
    information.check
      == (information.messageBits == 128
        ? check([information.high, information.low]) : check([information.high]))
  }

  /// 24 bits: the first three bytes of SipHash-2-4 of the words, most significant byte first.
  private func check(_ words: [UInt64]) -> UInt32 {
    let bytes = words.flatMap { word in
      stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> UInt64($0)) }
    }
    var hash = [UInt8](repeating: 0, count: 8)
    crypto_shorthash_siphash24(&hash, bytes, UInt64(bytes.count), checkKey)
    return UInt32(hash[0]) << 16 | UInt32(hash[1]) << 8 | UInt32(hash[2])
  }

  /// The bits that are coded for a message of 128 bits.
  func scrambled(_ message: Message) -> Message {
    var (left, right) = (message.high, message.low)
    for round: UInt32 in 0..<4 { (left, right) = (right, left ^ mask(16 + round, right)) }
    return Message(high: left, low: right)
  }

  /// The message of 128 bits whose coded bits are these.
  func restored(_ bits: Message) -> Message {
    var (left, right) = (bits.high, bits.low)
    for round: UInt32 in (0..<4).reversed() {
      (left, right) = (right ^ mask(16 + round, left), left)
    }
    return Message(high: left, low: right)
  }

  /// The bits that are coded for a short message.
  func scrambled(_ message: ShortMessage) -> UInt64 {
    var (left, right) = (message.bits >> 32, message.bits & 0xFFFF_FFFF)
    for round: UInt32 in 0..<4 {
      (left, right) = (right, left ^ mask(domains.short + round, right) & 0xFFFF_FFFF)
    }
    return left << 32 | right
  }

  /// The short message whose coded bits are these.
  func restored(short bits: UInt64) -> ShortMessage {
    var (left, right) = (bits >> 32, bits & 0xFFFF_FFFF)
    for round: UInt32 in (0..<4).reversed() {
      (left, right) = (right ^ mask(domains.short + round, left) & 0xFFFF_FFFF, left)
    }
    return ShortMessage(bits: left << 32 | right)
  }

  /// The first eight bytes of a stream, least significant first.
  private func mask(_ domain: UInt32, _ half: UInt64) -> UInt64 {
    var stream = PRFStream(key: key, domain: domain, index: half)
    let low = UInt64(stream.nextUInt32())
    return low | UInt64(stream.nextUInt32()) << 32
  }
}
