/// A box of ISO/IEC 14496-12 within bytes: its type, and where its contents are.
package struct MovieBox: Sendable, Equatable {
  /// Four characters.
  package let type: String
  /// The whole box, with its header.
  package let range: Range<Int>
  /// What is in it.
  package let contents: Range<Int>

  /// The boxes one behind the other in a part of some bytes.
  ///
  /// - Parameters:
  ///   - bytes: that they lie in.
  ///   - part: where the first one begins and the last one ends.
  /// - Returns: all of them.
  /// - Throws: `MovieFault` when they do not fill the part.
  package static func all(
    in bytes: [UInt8], _ part: Range<Int>
  ) throws(MovieFault) -> [MovieBox] {
    var boxes: [MovieBox] = []
    var place = part.lowerBound
    while place < part.upperBound {
      guard let header = MovieBoxHeader(bytes[place..<part.upperBound]),
        header.byteCount >= Int64(header.headerCount),
        header.byteCount <= Int64(part.upperBound - place)
      else { throw MovieFault(reason: "a box does not fit into the one around it") }
      let end = place + Int(header.byteCount)
      boxes.append(
        MovieBox(
          type: header.type, range: place..<end, contents: place + header.headerCount..<end))
      place = end
    }
    return boxes
  }

  /// The boxes in this one.
  ///
  /// - Parameter bytes: that it lies in.
  /// - Returns: all of them.
  /// - Throws: `MovieFault`.
  func children(in bytes: [UInt8]) throws(MovieFault) -> [MovieBox] {
    try Self.all(in: bytes, contents)
  }

  /// The first box along a path of types.
  ///
  /// - Returns: nil when there is none.
  /// - Throws: `MovieFault`.
  func first(_ path: String..., in bytes: [UInt8]) throws(MovieFault) -> MovieBox? {
    var box = self
    for type in path {
      guard let child = try box.children(in: bytes).first(where: { $0.type == type }) else {
        return nil
      }
      box = child
    }
    return box
  }
}

/// The first bytes of a box.
package struct MovieBoxHeader: Sendable, Equatable {
  /// Four characters.
  package let type: String
  /// Of the whole box.
  package let byteCount: Int64
  /// Of these first bytes: 8 or 16.
  package let headerCount: Int

  /// The most bytes of a header.
  package static let longest = 16

  /// Reads a header; nil when it is cut short, or of a box that goes on to the end of the file.
  ///
  /// - Parameter bytes: begins with it.
  package init?(_ bytes: some Collection<UInt8>) {
    let bytes = Array(bytes.prefix(Self.longest))
    guard bytes.count >= 8 else { return nil }
    type = String(decoding: bytes[4..<8], as: UTF8.self)
    let size = bytes.number(32, at: 0)
    if size == 1 {
      guard bytes.count >= 16, let large = Int64(exactly: bytes.number(64, at: 8)) else {
        return nil
      }
      (byteCount, headerCount) = (large, 16)
    } else {
      (byteCount, headerCount) = (Int64(size), 8)
    }
    guard byteCount >= Int64(headerCount) else { return nil }
  }
}

/// Why bytes are not the film they should be.
package struct MovieFault: Error, Equatable {
  /// In words.
  package let reason: String

  package init(reason: String) { self.reason = reason }
}

extension [UInt8] {
  /// A number of 16, 32 or 64 bits, the most significant byte first; the bytes must be there.
  func number(_ bits: Int, at place: Int) -> UInt64 {
    self[place..<place + bits / 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Appends a number, the most significant byte first.
  mutating func append(_ number: UInt64, bits: Int) {
    for shift in stride(from: bits - 8, through: 0, by: -8) {
      append(UInt8(truncatingIfNeeded: number >> UInt64(shift)))
    }
  }

  /// Appends a box.
  mutating func box(_ type: StaticString, _ contents: [UInt8]) {
    append(UInt64(contents.count + 8), bits: 32)
    type.withUTF8Buffer { append(contentsOf: $0) }
    append(contentsOf: contents)
  }
}
