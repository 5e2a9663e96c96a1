package import DiscLayout

/// A disc of an order, ready to be written.
package struct LaidDisc {
  /// What it is.
  package enum Kind {
    /// Sectors of 2,352 bytes of sound.
    case audio(AudioDisc)
    /// Sectors of 2,048 bytes of a file system.
    case data
  }

  package let kind: Kind
  /// The items of the order that are on it, from 0.
  package let items: Range<Int>
  /// How many sectors it takes.
  package let sectors: Int
  /// What it is made of; opens nothing but other programs.
  let parts: () throws -> [DiscPart]

  /// Hands its bytes over while the next ones are made on other threads; as often as they are wanted.
  ///
  /// - Parameter body: takes them, on this thread.
  /// - Throws: what laying out throws, and what `body` throws.
  func send(_ body: (UnsafeRawBufferPointer) throws -> Void) throws {
    try DiscStream(parts()).run(body)
  }

  /// How many bytes it takes.
  package var byteCount: Int64 {
    switch kind {
    case .audio: Int64(sectors) * Int64(RedBook.sectorSize)
    case .data: Int64(sectors) * Int64(DataDisc.sectorSize)
    }
  }
}
