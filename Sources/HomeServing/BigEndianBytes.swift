/// Bytes that are put together, numbers with the most significant byte first.
struct BigEndianBytes {
  private(set) var bytes: [UInt8] = []

  init() {}

  mutating func append(_ number: some FixedWidthInteger) {
    withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func append(_ text: StaticString) {
    text.withUTF8Buffer { bytes.append(contentsOf: $0) }
  }

  mutating func append(contentsOf more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func append(zeros count: Int) {
    bytes.append(contentsOf: repeatElement(0, count: count))
  }

  /// Appends a box of ISO/IEC 14496-12: its length, its type, and what is in it.
  mutating func box(_ type: StaticString, _ contents: (inout BigEndianBytes) -> Void) {
    let start = bytes.count
    append(UInt32(0))
    append(type)
    contents(&self)
    put(UInt32(bytes.count - start), at: start)
  }

  /// Replaces a number that was appended.
  mutating func put(_ number: UInt32, at place: Int) {
    withUnsafeBytes(of: number.bigEndian) { bytes.replaceSubrange(place..<place + 4, with: $0) }
  }
}
