/// A reader of canonical JSON that splits a text into tokens without copying it.
///
/// One reader serves many texts, one after the other; its tokens are reused, so that reading a line
/// allocates nothing. The bytes must stay in place while nodes of the text are used.
package final class CanonicalText {
  /// A value, or the name of a member, which stands before its value.
  struct Token {
    enum Kind: UInt8 { case integer, string, array, object }
    var kind: Kind
    var hasEscapes = false
    /// Where the value starts; for a string the byte behind its quotation mark.
    var start: Int32
    /// Where it ends; for a string the place of its closing quotation mark.
    var end: Int32 = 0
    /// The number of the token behind this value and all in it.
    var next: Int32 = 0
    /// The number, or the count of elements or members.
    var value: Int64 = 0
  }

  private(set) var tokens: [Token] = []
  private(set) var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  private var position = 0

  /// How deep values may nest.
  static let deepest = 8

  package init() {}

  /// Splits a text that is one object.
  ///
  /// - Returns: the object.
  /// - Throws: `CanonicalFault`.
  package func read(_ bytes: UnsafeRawBufferPointer) throws(CanonicalFault) -> CanonicalNode {
    self.bytes = bytes
    position = 0
    tokens.removeAll(keepingCapacity: true)
    guard bytes.count < Int32.max else { throw fault(.endsEarly) }
    guard peek() == UInt8(ascii: "{") else { throw fault(bytes.isEmpty ? .endsEarly : .unexpected) }
    try readObject(depth: 1)
    if position < bytes.count { throw fault(.textBehind) }
    return CanonicalNode(text: self, index: 0)
  }

  @inline(__always) private func peek() -> UInt8? {
    position < bytes.count ? bytes[position] : nil
  }

  private func fault(_ reason: CanonicalFault.Reason, at offset: Int? = nil) -> CanonicalFault {
    CanonicalFault(reason: reason, offset: offset ?? position)
  }

  /// Takes a byte that must come next.
  @inline(__always) private func expect(_ byte: UInt8) throws(CanonicalFault) {
    guard position < bytes.count else { throw fault(.endsEarly) }
    guard bytes[position] == byte else { throw fault(.unexpected) }
    position += 1
  }

  private func readValue(depth: Int) throws(CanonicalFault) {
    guard let byte = peek() else { throw fault(.endsEarly) }
    switch byte {
    case UInt8(ascii: "\""): try readString()
    case UInt8(ascii: "{"): try readObject(depth: depth)
    case UInt8(ascii: "["): try readArray(depth: depth)
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try readInteger()
    default: throw fault(.unexpected)
    }
  }

  private func readObject(depth: Int) throws(CanonicalFault) {
    if depth > Self.deepest { throw fault(.depth) }
    let own = tokens.count
    tokens.append(Token(kind: .object, start: Int32(position)))
    position += 1
    var count: Int64 = 0
    if peek() != UInt8(ascii: "}") {
      var earlier: Int?
      repeat {
        if count > 0 { position += 1 }
        let name = tokens.count
        let start = position
        try expect(UInt8(ascii: "\""))
        position -= 1
        try readString()
        guard isName(tokens[name]) else { throw fault(.name, at: start) }
        if let earlier, !precedes(tokens[earlier], tokens[name]) { throw fault(.order, at: start) }
        earlier = name
        try expect(UInt8(ascii: ":"))
        try readValue(depth: depth + 1)
        count += 1
      } while peek() == UInt8(ascii: ",")
    }
    try expect(UInt8(ascii: "}"))
    close(own, count)
  }

  private func readArray(depth: Int) throws(CanonicalFault) {
    if depth > Self.deepest { throw fault(.depth) }
    let own = tokens.count
    tokens.append(Token(kind: .array, start: Int32(position)))
    position += 1
    var count: Int64 = 0
    if peek() != UInt8(ascii: "]") {
      repeat {
        if count > 0 { position += 1 }
        try readValue(depth: depth + 1)
        count += 1
      } while peek() == UInt8(ascii: ",")
    }
    try expect(UInt8(ascii: "]"))
    close(own, count)
  }

  private func close(_ token: Int, _ count: Int64) {
    tokens[token].end = Int32(position)
    tokens[token].next = Int32(tokens.count)
    tokens[token].value = count
  }

  private func readInteger() throws(CanonicalFault) {
    let start = position
    var isNegative = false
    if bytes[position] == UInt8(ascii: "-") {
      isNegative = true
      position += 1
    }
    let first = position
    var value: Int64 = 0
    while let byte = peek(), UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte {
      if position - first == 16 { throw fault(.tooLarge, at: start) }
      value = value * 10 + Int64(byte - UInt8(ascii: "0"))
      position += 1
    }
    let count = position - first
    if count == 0 { throw fault(position == bytes.count ? .endsEarly : .number) }
    if bytes[first] == UInt8(ascii: "0"), count > 1 || isNegative {
      throw fault(.number, at: start)
    }
    if value > CanonicalValue.largestInteger { throw fault(.tooLarge, at: start) }
    var token = Token(kind: .integer, start: Int32(start), end: Int32(position))
    token.value = isNegative ? -value : value
    token.next = Int32(tokens.count + 1)
    tokens.append(token)
  }

  private func readString() throws(CanonicalFault) {
    position += 1
    var token = Token(kind: .string, start: Int32(position))
    while true {
      guard position < bytes.count else { throw fault(.endsEarly) }
      let byte = bytes[position]
      switch byte {
      case UInt8(ascii: "\""):
        token.end = Int32(position)
        token.next = Int32(tokens.count + 1)
        tokens.append(token)
        position += 1
        return
      case UInt8(ascii: "\\"):
        guard position + 1 < bytes.count else { throw fault(.endsEarly, at: bytes.count) }
        let escaped = bytes[position + 1]
        guard escaped == UInt8(ascii: "\"") || escaped == UInt8(ascii: "\\") else {
          throw fault(.escape)
        }
        token.hasEscapes = true
        position += 2
      case 0..<0x20, 0x7F: throw fault(.control)
      case 0x20..<0x7F: position += 1
      default: try readScalar()
      }
    }
  }

  /// Takes a character of two to four bytes (the well-formed sequences of Unicode, table 3-7).
  private func readScalar() throws(CanonicalFault) {
    let first = bytes[position]
    let (count, second): (Int, ClosedRange<UInt8>) =
      switch first {
      case 0xC2...0xDF: (2, 0x80...0xBF)
      case 0xE0: (3, 0xA0...0xBF)
      case 0xE1...0xEC, 0xEE...0xEF: (3, 0x80...0xBF)
      case 0xED: (3, 0x80...0x9F)
      case 0xF0: (4, 0x90...0xBF)
      case 0xF1...0xF3: (4, 0x80...0xBF)
      case 0xF4: (4, 0x80...0x8F)
      default: (0, 0...0)
      }
    if count == 0 { throw fault(.encoding) }
    for offset in 1..<count {
      // What is there must be right, too, for the end to be all that is wrong.
      guard position + offset < bytes.count else { throw fault(.endsEarly, at: bytes.count) }
      guard (offset == 1 ? second : 0x80...0xBF) ~= bytes[position + offset] else {
        throw fault(.encoding)
      }
    }
    // U+0080 to U+009F are control characters too.
    if first == 0xC2, bytes[position + 1] < 0xA0 { throw fault(.control) }
    position += count
  }

  private func isName(_ token: Token) -> Bool {
    guard token.start < token.end else { return false }
    for offset in Int(token.start)..<Int(token.end) {
      switch bytes[offset] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"): continue
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        if offset == Int(token.start) { return false }
      default: return false
      }
    }
    return true
  }

  private func precedes(_ left: Token, _ right: Token) -> Bool {
    let (a, b) = (Int(left.start)..<Int(left.end), Int(right.start)..<Int(right.end))
    for offset in 0..<min(a.count, b.count) {
      let (x, y) = (bytes[a.lowerBound + offset], bytes[b.lowerBound + offset])
      if x != y { return x < y }
    }
    return a.count < b.count
  }
}
