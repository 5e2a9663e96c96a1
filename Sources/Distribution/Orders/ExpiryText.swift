import CommandLineSupport
import Trade

extension OrderWish.Expiry {
  /// Reads a time such as `2026-12-01T00:00:00Z`, or a number and `s`, `m`, `h`, `d` or `w`.
  ///
  /// - Throws: `CalendarError` or `ExpiryError`.
  package init(_ text: String) throws {
    if text.contains(":") || text.contains("-") {
      self = .at(try UTCTime(text))
      return
    }
    let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    let digits = text.dropLast()
    guard let last = text.last, let unit = units[last], (1...9).contains(digits.utf8.count),
      digits.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }),
      let number = Int64(digits), number > 0
    else { throw ExpiryError(text: text) }
    self = .after(number * unit)
  }
}

/// A text that tells no time.
package struct ExpiryError: ExplainedError, Equatable {
  let text: String

  package var description: String { "expiry \(quoted(text)) is no time" }
  package var hint: String? {
    "write 30m, 12h, 7d or 2w, or a time such as 2026-12-01T00:00:00Z"
  }
}
