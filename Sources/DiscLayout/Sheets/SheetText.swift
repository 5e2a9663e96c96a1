/// Texts as sheets can hold them.
enum SheetText {
  /// A text between double quotes for a cue sheet: UTF-8, without control characters, and with
  /// single quotes instead of double ones, which cannot be said there.
  static func cue(_ text: String) -> String {
    "\"" + clean(text).replacing("\"", with: "'") + "\""
  }

  /// A text between double quotes for a toc file: ISO 8859-1, which is what CD-TEXT holds in the
  /// West, with everything but ASCII as octal escapes; other characters become question marks.
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
