import CommandLineSupport

/// A block of a tar archive that says what follows: a plain file of POSIX ustar, or the pax record
/// in front of one of more than 8 GiB.
enum TarHeader {
  static let blockSize = 512
  /// The largest size that ustar's eleven octal digits hold.
  static let largestOctal: Int64 = (1 << 33) - 1
  /// What kind of entry it is.
  static let file = UInt8(ascii: "0")
  static let pax = UInt8(ascii: "x")
  /// The name of pax records.
  static let paxName = "pax"

  /// The block of an entry.
  ///
  /// - Parameters:
  ///   - name: at most 100 bytes.
  ///   - byteCount: what follows; 0 where a pax record has said it.
  ///   - mode: the permissions.
  ///   - kind: `file` or `pax`.
  /// - Returns: 512 bytes.
  static func block(_ name: String, byteCount: Int64, mode: Int, kind: UInt8) -> [UInt8] {
    precondition((1...100).contains(name.utf8.count), "a name of 1 to 100 bytes")
    precondition(0...largestOctal ~= byteCount)
    var block = [UInt8](repeating: 0, count: blockSize)
    func put(_ text: some Sequence<UInt8>, at place: Int) {
      for (offset, byte) in text.enumerated() { block[place + offset] = byte }
    }
    func octal(_ number: Int64, _ digits: Int, at place: Int) {
      let text = String(number, radix: 8)
      put((String(repeating: "0", count: digits - text.utf8.count) + text).utf8, at: place)
    }
    put(name.utf8, at: 0)
    octal(Int64(mode), 7, at: 100)
    octal(0, 7, at: 108)
    octal(0, 7, at: 116)
    octal(byteCount, 11, at: 124)
    octal(0, 11, at: 136)
    block[156] = kind
    put("ustar\u{0}00".utf8, at: 257)
    octal(0, 7, at: 329)
    octal(0, 7, at: 337)
    octal(checksum(block), 6, at: 148)
    block[155] = UInt8(ascii: " ")
    return block
  }

  /// The sum of all bytes, those of the sum itself taken as blanks.
  static func checksum(_ block: some Collection<UInt8>) -> Int64 {
    block.enumerated().reduce(0) { sum, byte in
      sum + (148..<156 ~= byte.offset ? 32 : Int64(byte.element))
    }
  }

  /// The number of bytes that fill the last block of a file.
  static func padding(_ byteCount: Int64) -> Int {
    Int((Int64(blockSize) - byteCount % Int64(blockSize)) % Int64(blockSize))
  }
}

/// Why a stream is not the tar archive it should be.
package enum TarFault: ExplainedError, Equatable {
  case notTar
  case truncated
  case kind(String)
  case unexpected(String)
  case size(String, Int64, limit: Int64)
  case missing(String)
  case writtenSize(String, Int64, expected: Int64)

  package var description: String {
    switch self {
    case .notTar: "the stream is not a tar archive"
    case .truncated: "the archive is cut short"
    case .kind(let name): "the entry \(quoted(name)) of the archive is not a plain file"
    case .unexpected(let name): "the archive has \(quoted(name)), which does not belong there"
    case .size(let name, let size, let limit):
      "the entry \(quoted(name)) of the archive has \(size) bytes instead of \(limit)"
    case .missing(let name): "the archive has no \(quoted(name))"
    case .writtenSize(let name, let size, let expected):
      "\(quoted(name)) has \(size) bytes instead of \(expected)"
    }
  }
}
