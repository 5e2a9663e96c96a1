import CommandLineSupport

/// Where the segments of a film's master lie in its two variants.
package struct FilmIndex: Sendable, Equatable {
  /// A segment.
  package struct Segment: Sendable, Equatable {
    /// How long it is, in units of the video track.
    package let duration: UInt32
    /// Its bytes in variant A.
    package let a: UInt32
    /// Its bytes in variant B.
    package let b: UInt32

    package init(duration: UInt32, a: UInt32, b: UInt32) {
      self.duration = duration
      self.a = a
      self.b = b
    }
  }

  /// The segments in their order, from 1 to 65,535.
  package let segments: [Segment]

  package init(_ segments: [Segment]) { self.segments = segments }

  private static let magic = Array("SKFINDX1".utf8)

  /// The bytes of the file; `docs/master-format.md` explains them.
  var bytes: [UInt8] {
    var bytes = Self.magic
    func append(_ number: UInt32) { withUnsafeBytes(of: number.littleEndian) { bytes += $0 } }
    append(UInt32(segments.count))
    for segment in segments {
      append(segment.duration)
      append(segment.a)
      append(segment.b)
    }
    return bytes
  }

  /// Reads the bytes of the file.
  ///
  /// - Throws: `IndexFault`.
  init(parsing bytes: [UInt8]) throws(IndexFault) {
    func number(_ place: Int) -> UInt32 {
      (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << (8 * UInt32($1)) }
    }
    let start = Self.magic.count + 4
    guard bytes.starts(with: Self.magic), bytes.count >= start else {
      throw IndexFault("it is not the index of a film")
    }
    let count = Int(number(Self.magic.count))
    guard (1...65_535).contains(count), bytes.count == start + 12 * count else {
      throw IndexFault("it has another length")
    }
    segments = (0..<count).map { segment in
      let place = start + 12 * segment
      return Segment(duration: number(place), a: number(place + 4), b: number(place + 8))
    }
    guard segments.allSatisfy({ $0.duration > 0 && $0.a.isSegment && $0.b.isSegment }) else {
      throw IndexFault("a segment is empty or larger than 2 GiB")
    }
  }
}

extension UInt32 {
  /// Whether a segment can have so many bytes.
  fileprivate var isSegment: Bool { self > 0 && self < 1 << 31 }
}
