import CSodium

/// A pseudo-random stream: the ChaCha20 key stream (RFC 8439) under a sub-key.
///
/// The nonce is a 4-byte domain number followed by an 8-byte index, both little-endian; the block
/// counter starts at 0. Equal key, domain and index give equal bytes on every machine. Every method
/// consumes bytes of the stream in order. See `docs/keys.md` for the exact rules.
package struct PRFStream {
  private let key: Secret
  private let nonce: [UInt8]
  private var buffer: [UInt8] = []
  private var offset = 0
  private var nextBlock: UInt32 = 0
  private static let blockCount = 64

  /// - Parameters:
  ///   - key: a sub-key of a mark key.
  ///   - domain: what the stream is for, a number fixed by the format that uses it.
  ///   - index: which of the domain's streams, such as a symbol number.
  package init(key: Secret, domain: UInt32, index: UInt64) {
    self.key = key
    nonce =
      withUnsafeBytes(of: domain.littleEndian, Array.init)
      + withUnsafeBytes(of: index.littleEndian, Array.init)
  }

  /// Makes the next blocks: one at first, since many streams are short, then sixteen at a time.
  private mutating func refill() {
    let blocks = buffer.isEmpty ? 1 : 16
    precondition(nextBlock <= UInt32.max - 16, "the stream is used up")
    buffer = [UInt8](repeating: 0, count: blocks * Self.blockCount)
    key.withBytes { secret in
      buffer.withUnsafeMutableBufferPointer { bytes in
        guard let base = bytes.baseAddress, let key = secret.baseAddress else { return }
        crypto_stream_chacha20_ietf_xor_ic(
          base, base, UInt64(bytes.count), nonce, nextBlock,
          key.assumingMemoryBound(to: UInt8.self))
      }
    }
    nextBlock += UInt32(blocks)
    offset = 0
  }

  /// The next byte.
  package mutating func nextByte() -> UInt8 {
    if offset == buffer.count { refill() }
    defer { offset += 1 }
    return buffer[offset]
  }

  /// The next bytes.
  package mutating func bytes(_ count: Int) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(count)
    while result.count < count {
      if offset == buffer.count { refill() }
      let taken = min(count - result.count, buffer.count - offset)
      result += buffer[offset..<offset + taken]
      offset += taken
    }
    return result
  }

  /// The next four bytes as a little-endian number.
  package mutating func nextUInt32() -> UInt32 {
    var value: UInt32 = 0
    for shift: UInt32 in [0, 8, 16, 24] { value |= UInt32(nextByte()) << shift }
    return value
  }

  /// An unbiased number in `0..<bound`, by rejection.
  ///
  /// Numbers of four bytes are taken until one is below the largest multiple of `bound` that is not
  /// above 2^32; the result is its remainder.
  ///
  /// - Parameter bound: 1...2^32.
  /// - Returns: the number.
  package mutating func next(below bound: Int) -> Int {
    precondition((1...1 << 32).contains(bound))
    let limit = (1 << 32) / bound * bound
    while true {
      let value = Int(nextUInt32())
      if value < limit { return value % bound }
    }
  }

  /// A uniform permutation of `0..<count` (Fisher-Yates from the last place down).
  package mutating func permutation(_ count: Int) -> [Int] {
    var result = Array(0..<count)
    shuffle(&result)
    return result
  }

  /// Shuffles in place: for i from the last index down to 1, swaps elements i and `next(below: i+1)`.
  package mutating func shuffle<Element>(_ elements: inout [Element]) {
    var last = elements.count - 1
    while last > 0 {
      elements.swapAt(last, next(below: last + 1))
      last -= 1
    }
  }
}
