import CSodium

/// Base64 text with the standard alphabet and padding (RFC 4648, section 4), read strictly.
package enum Base64 {
  private static let variant = CInt(sodium_base64_VARIANT_ORIGINAL)

  /// The text of bytes, four characters for three bytes.
  package static func text(_ bytes: some Collection<UInt8>) -> String {
    let bytes = Array(bytes)
    // The count includes the zero byte at the end of a C string.
    let count = sodium_base64_encoded_len(bytes.count, variant)
    return String(unsafeUninitializedCapacity: count) { buffer in
      buffer.withMemoryRebound(to: CChar.self) { characters in
        guard let start = characters.baseAddress else { return 0 }
        sodium_bin2base64(start, count, bytes, bytes.count, variant)
        return count - 1
      }
    }
  }

  /// The bytes of a text; nil for anything that `text` would not have written.
  ///
  /// Blanks, missing padding and bits left over in the last character are all refused.
  package static func bytes(_ text: some StringProtocol) -> [UInt8]? {
    let text = Array(text.utf8)
    var isText = true
    let bytes = [UInt8](unsafeUninitializedCapacity: text.count / 4 * 3) { buffer, filled in
      let count = text.withUnsafeBytes { decode($0, into: UnsafeMutableRawBufferPointer(buffer)) }
      isText = count != nil
      filled = count ?? 0
    }
    return isText ? bytes : nil
  }

  /// Decodes a text into memory of the caller, without allocating.
  ///
  /// - Returns: the number of bytes, or nil when the text is not Base64 or the buffer is too small.
  static func decode(
    _ text: UnsafeRawBufferPointer, into buffer: UnsafeMutableRawBufferPointer
  ) -> Int? {
    guard text.count % 4 == 0 else { return nil }
    var count = 0
    for start in stride(from: 0, to: text.count, by: 4) {
      var padding = 0
      if start + 4 == text.count, text[start + 3] == UInt8(ascii: "=") {
        padding = text[start + 2] == UInt8(ascii: "=") ? 2 : 1
      }
      var group: UInt32 = 0
      for place in 0..<4 - padding {
        guard let value = value(of: text[start + place]) else { return nil }
        group |= value << (18 - 6 * UInt32(place))
      }
      // The bits behind the last byte carry nothing, and must be zero.
      let bytes = 3 - padding
      guard group & (0xFF_FFFF >> (8 * UInt32(bytes))) == 0, count + bytes <= buffer.count else {
        return nil
      }
      for place in 0..<bytes {
        buffer[count + place] = UInt8(truncatingIfNeeded: group >> (16 - 8 * UInt32(place)))
      }
      count += bytes
    }
    return count
  }

  /// The six bits of a digit; nil for any other byte, which libsodium 1.0.18 does not refuse when
  /// it is above 0x7F.
  private static func value(of digit: UInt8) -> UInt32? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
