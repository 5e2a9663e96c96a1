/// A form of text in which `#` stands for a digit and all else for itself, such as `####-##-##`.
struct DigitPattern: Sendable {
  static let day = DigitPattern("####-##-##")
  static let time = DigitPattern("####-##-##T##:##:##Z")
  static let year = DigitPattern("####")
  static let month = DigitPattern("####-##")
  static let quarter = DigitPattern("####-Q#")
  static let week = DigitPattern("####-W##")

  private let form: [UInt8]

  init(_ form: String) { self.form = Array(form.utf8) }

  /// The numbers that the runs of digits spell, or nil when the text has another form.
  func numbers(_ text: some StringProtocol) -> [Int]? {
    let bytes = Array(text.utf8)
    guard bytes.count == form.count else { return nil }
    var numbers: [Int] = []
    var isInNumber = false
    for (expected, byte) in zip(form, bytes) {
      guard expected == UInt8(ascii: "#") else {
        guard byte == expected else { return nil }
        isInNumber = false
        continue
      }
      guard UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte else { return nil }
      let digit = Int(byte - UInt8(ascii: "0"))
      numbers.append(isInNumber ? numbers.removeLast() * 10 + digit : digit)
      isInNumber = true
    }
    return numbers
  }
}

/// A number with zeros in front until it has so many digits.
func paddedDecimal(_ number: Int, _ digits: Int) -> String {
  let text = String(number)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
