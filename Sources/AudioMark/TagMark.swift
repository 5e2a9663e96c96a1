package import MarkKeys

/// A message as a line of text beside the samples, with an HMAC under the key.
///
/// Whoever writes files can take it away; nobody without the key can make one. It says nothing about
/// the samples: a line copied to another file is as good there. `docs/tag-mark.md` has the bytes.
package enum TagMark {
  /// A line that was found.
  package struct Detection: Sendable, Equatable {
    /// What it says.
    package var message: Message
    /// Whether it was made with the key; otherwise with another one, or it was forged.
    package var isGenuine: Bool
  }

  private static let prefix = "sukashi-mark/1 "
  private static let digits = (message: 32, code: 64)
  private static let byteCount = prefix.utf8.count + digits.message + 1 + digits.code

  /// The line for a message.
  package static func text(_ message: Message, key: MarkKey) -> String {
    let signed = prefix + message.description
    return signed + " " + Hexadecimal.text(code(signed, key))
  }

  /// The lines in a text, wherever they stand in it, each one once.
  package static func detect(in bytes: [UInt8], key: MarkKey) -> [Detection] {
    var found: [Detection] = []
    for place in places(bytes) {
      let line = bytes[place]
      let signed = line.prefix(prefix.utf8.count + digits.message)
      guard let message = Hexadecimal.bytes(text(signed.dropFirst(prefix.utf8.count))),
        let code = Hexadecimal.bytes(text(line.suffix(digits.code)))
      else { continue }
      // Secrets are compared in constant time.
      let isGenuine = Secret(code) == Secret(Self.code(text(signed), key))
      let detection = Detection(message: Message(bytes: message), isGenuine: isGenuine)
      if !found.contains(detection) { found.append(detection) }
    }
    return found
  }

  /// A text without the lines in it, and without the line end in front of each.
  package static func removed(from bytes: [UInt8]) -> [UInt8] {
    var rest = bytes
    for place in places(bytes).reversed() {
      let isAfterLine = place.lowerBound > 0 && rest[place.lowerBound - 1] == UInt8(ascii: "\n")
      rest.removeSubrange(place.lowerBound - (isAfterLine ? 1 : 0)..<place.upperBound)
    }
    return rest
  }

  private static func code(_ signed: String, _ key: MarkKey) -> [UInt8] {
    KeyDerivation.authenticationCode(of: Array(signed.utf8), key: key.subKey(.code))
  }

  private static func text(_ bytes: some Sequence<UInt8>) -> String {
    String(decoding: Array(bytes), as: UTF8.self)
  }

  /// Where lines stand: the prefix, and as many bytes of the right kinds as a line has.
  private static func places(_ bytes: [UInt8]) -> [Range<Int>] {
    let start = Array(prefix.utf8)
    var places: [Range<Int>] = []
    var index = 0
    while index + byteCount <= bytes.count {
      let line = bytes[index..<index + byteCount]
      if line.starts(with: start), isWellFormed(line.dropFirst(start.count)) {
        places.append(index..<index + byteCount)
        index += byteCount
      } else {
        index += 1
      }
    }
    return places
  }

  private static func isWellFormed(_ rest: ArraySlice<UInt8>) -> Bool {
    rest.enumerated().allSatisfy { offset, byte in
      if offset == digits.message { return byte == UInt8(ascii: " ") }
      return (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
  }
}
