/// 32 bytes in place, without memory of their own; the words lie in memory as the bytes do.
struct Bytes32: Hashable, Sendable {
  private var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

  static let count = 32

  init() {}

  /// Copies 32 bytes; nil for any other number.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
  }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Swift.withUnsafeBytes(of: words, body)
  }

  mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) -> Result
  ) -> Result {
    Swift.withUnsafeMutableBytes(of: &words, body)
  }

  static func == (left: Bytes32, right: Bytes32) -> Bool {
    left.words.0 == right.words.0 && left.words.1 == right.words.1
      && left.words.2 == right.words.2 && left.words.3 == right.words.3
  }

  func hash(into hasher: inout Hasher) {
    hasher.combine(words.0)
    hasher.combine(words.1)
    hasher.combine(words.2)
    hasher.combine(words.3)
  }
}

/// 64 bytes in place.
struct Bytes64: Hashable, Sendable {
  private var low = Bytes32()
  private var high = Bytes32()

  static let count = 64

  init() {}

  /// Copies 64 bytes; nil for any other number.
  init?(_ bytes: some Collection<UInt8>) {
    guard bytes.count == Self.count else { return nil }
    withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
  }

  func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    Swift.withUnsafeBytes(of: self, body)
  }

  mutating func withUnsafeMutableBytes<Result>(
    _ body: (UnsafeMutableRawBufferPointer) -> Result
  ) -> Result {
    Swift.withUnsafeMutableBytes(of: &self, body)
  }
}
