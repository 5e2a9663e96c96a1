import CommandLineSupport
import Glibc

/// Compares what a drive reads with what was written, which may lie some samples earlier or later.
///
/// Drives write and read audio with constant offsets, of up to a few thousand samples. The offset is
/// found near the beginning of the sound; what it moves out of the disc at either end is not compared.
struct AlignedComparison {
  /// What was read is not what was written.
  enum Difference: Error { case found }

  private let file: FileDescriptor
  private var written: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)
  /// Bytes that were read and stand for later ones that were written.
  private var read: [UInt8] = []
  private var readPlace = 0
  private var isAligned = false
  private var hasEnded = false
  private var missing = 0

  /// The largest offset in bytes: 8,192 frames.
  static let largestOffset = 8192 * 4
  /// How much is looked at to find the offset: twelve seconds.
  private static let window = 1 << 21
  /// The bytes that are looked for.
  private static let probe = 4096

  /// - Parameter file: what is read.
  init(reading file: FileDescriptor) { self.file = file }

  /// Takes the next bytes that were written.
  ///
  /// - Throws: `Difference.found`, or `SystemError`.
  mutating func take(_ bytes: UnsafeRawBufferPointer) throws {
    if isAligned { return try compare(bytes) }
    written.append(contentsOf: bytes)
    if written.count >= Self.window { try align() }
  }

  /// Ends the comparison.
  ///
  /// - Returns: whether everything was compared but what an offset moves.
  /// - Throws: as `take`.
  mutating func finish() throws -> Bool {
    if !isAligned { try align() }
    return missing <= Self.largestOffset
  }

  /// Finds the offset and compares what has been gathered.
  private mutating func align() throws {
    isAligned = true
    let gathered = written
    written = []
    read = try bytes(gathered.count + Self.largestOffset)
    let offset = Self.offset(of: gathered, in: read)
    guard let offset else { throw Difference.found }
    if offset >= 0 {
      readPlace = min(offset, read.count)
      try gathered.withUnsafeBytes { try compare($0) }
    } else {
      try gathered.withUnsafeBytes {
        try compare(UnsafeRawBufferPointer(rebasing: $0.dropFirst(-offset)))
      }
    }
  }

  /// How many bytes later than written it is read; nil when it is not found.
  private static func offset(of written: [UInt8], in read: [UInt8]) -> Int? {
    // The first place with sound in it, far enough from the beginning for earlier ones.
    var place = min(largestOffset, max(0, written.count - probe))
    while place + probe <= written.count, Set(written[place..<place + probe]).count < 16 {
      place += probe
    }
    if place + probe > written.count { return 0 }
    let wanted = written[place..<place + probe]
    let candidates = stride(from: 0, through: largestOffset, by: 4).lazy.flatMap { [$0, -$0] }
    return candidates.first { offset in
      let start = place + offset
      return start >= 0 && start + probe <= read.count
        && read[start..<start + probe].elementsEqual(wanted)
    }
  }

  private mutating func bytes(_ count: Int) throws -> [UInt8] {
    var result = [UInt8](repeating: 0, count: count)
    let got = try result.withUnsafeMutableBytes { try file.read(into: $0) }
    if got < count { hasEnded = true }
    result.removeLast(count - got)
    return result
  }

  /// Whether the second one begins with the first one.
  private static func isSame(
    _ bytes: UnsafeRawBufferPointer, _ others: UnsafeRawBufferPointer
  ) -> Bool {
    guard let base = bytes.baseAddress, let other = others.baseAddress else { return true }
    return memcmp(base, other, bytes.count) == 0
  }

  private mutating func compare(_ bytes: UnsafeRawBufferPointer) throws {
    var rest = bytes
    if readPlace < read.count {
      let count = min(read.count - readPlace, rest.count)
      let isSame = read[readPlace..<readPlace + count].withUnsafeBytes { Self.isSame($0, rest) }
      guard isSame else { throw Difference.found }
      readPlace += count
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
    }
    while !rest.isEmpty {
      let wanted = min(rest.count, buffer.count)
      let count =
        hasEnded
        ? 0
        : try buffer.withUnsafeMutableBytes {
          try file.read(into: UnsafeMutableRawBufferPointer(rebasing: $0[..<wanted]))
        }
      let isSame = buffer.withUnsafeBytes {
        Self.isSame(UnsafeRawBufferPointer(rebasing: $0[..<count]), rest)
      }
      guard isSame else { throw Difference.found }
      rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(count))
      if count < wanted {
        hasEnded = true
        missing += rest.count
        guard missing <= Self.largestOffset else { throw Difference.found }
        return
      }
    }
  }
}
