/// What the texts of a log have in common.
enum LogText {
  /// The number a text stands for: decimal digits without leading zeros, at most 2^63 - 1.
  static func number(_ text: some StringProtocol) -> Int? {
    guard text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      text.utf8.count == 1 || text.utf8.first != UInt8(ascii: "0")
    else { return nil }
    return Int(text)
  }

  /// The lines of a text that ends in a newline, without their ends; nil for any other text.
  ///
  /// Bytes are looked at, not characters: to Swift, CR LF is a single one.
  static func lines(_ text: String) -> [String]? {
    guard text.utf8.last == UInt8(ascii: "\n") else { return nil }
    return text.utf8.dropLast().split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).map { String(decoding: $0, as: UTF8.self) }
  }
}
