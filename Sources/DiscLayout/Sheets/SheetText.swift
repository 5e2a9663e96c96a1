/// Texts as sheets can hold them: those of CD-TEXT, in ISO 8859-1.
package enum SheetText {
  /// Whether most of a text can be said; one in Japanese cannot.
  ///
  /// - Parameter text: such as a title.
  /// - Returns: whether at least half of its characters are of ISO 8859-1.
  package static func canHold(_ text: String) -> Bool {
    let scalars = text.unicodeScalars
    return scalars.count { $0.value < 0x100 } * 2 >= scalars.count
  }

  /// A text between double quotes for a cue sheet: without control characters, and with single quotes
  /// instead of double ones, which cannot be said there; other characters become question marks.
  static func cue(_ text: String) -> [UInt8] {
    let bytes = clean(text).unicodeScalars.map { scalar -> UInt8 in
      switch scalar.value {
      case 0x22: UInt8(ascii: "'")
      case 0x20..<0x7F, 0xA0..<0x100: UInt8(scalar.value)
      default: UInt8(ascii: "?")
      }
    }
    return [UInt8(ascii: "\"")] + bytes + [UInt8(ascii: "\"")]
  }

  /// A text between double quotes for a toc file, with everything but ASCII as octal escapes; what
  /// is not of ISO 8859-1 becomes question marks.
  static func toc(_ text: String) -> String {
    var result = "\""
    for scalar in clean(text).unicodeScalars {
      switch scalar.value {
      case 0x22: result += "\\\""
      case 0x5C: result += "\\\\"
      case 0x20..<0x7F: result.unicodeScalars.append(scalar)
      case 0xA0..<0x100:
        let octal = String(scalar.value, radix: 8)
        result += "\\" + octal
      default: result += "?"
      }
    }
    return result + "\""
  }

  /// Without control characters and line ends; at most 160 characters, the room of CD-TEXT being
  /// short.
  private static func clean(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars where !(scalar.value < 0x20 || scalar.value == 0x7F) {
      result.append(scalar)
    }
    return String(String(result).prefix(160))
  }
}
