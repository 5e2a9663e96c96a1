import Outlets

/// A stretch of a disc's bytes, and how it is had.
enum DiscPart {
  /// Copies bytes from a place on, counted from the first byte of the part, until the buffer is full.
  typealias Fill = (Int64, UnsafeMutableRawBufferPointer) throws -> Void

  /// Every place can be had alone, and by several threads at a time; fastest are pieces that end where
  /// `phase` and the place together are a multiple of the size of chunks. It is opened when its turn
  /// comes, and what it holds is let go of behind it: a disc can have many.
  case placed(byteCount: Int64, phase: Int64 = 0, open: () throws -> Fill)
  /// Handed over from the first byte to the last.
  case streamed(((UnsafeRawBufferPointer) throws -> Void) throws -> Void)

  /// Zeros.
  static func zeros(_ byteCount: Int64) -> DiscPart {
    .placed(byteCount: byteCount) { { _, bytes in zero(bytes) } }
  }

  /// Bytes of a copy as it is.
  static func held(_ range: Range<Int64>, _ open: @escaping () throws -> HeldFile) -> DiscPart {
    .placed(byteCount: Int64(range.count), phase: range.lowerBound) {
      let copy = try open()
      precondition(range.upperBound <= copy.byteCount, "a copy has the size of the manifest")
      return { place, bytes in _ = try copy.read(at: range.lowerBound + place, into: bytes) }
    }
  }

  /// Bytes that are in memory.
  static func bytes(_ bytes: [UInt8]) -> DiscPart {
    .placed(byteCount: Int64(bytes.count)) {
      { place, buffer in
        let start = Int(place)
        buffer.copyBytes(from: bytes[start..<start + buffer.count])
      }
    }
  }

  private static func zero(_ bytes: UnsafeMutableRawBufferPointer) {
    bytes.initializeMemory(as: UInt8.self, repeating: 0)
  }
}
