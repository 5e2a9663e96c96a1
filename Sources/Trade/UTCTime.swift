/// A time of day on a date: whole seconds since 1970-01-01T00:00:00Z, without leap seconds.
package struct UTCTime: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 9999-12-31T23:59:59Z.
  package static let last = UTCTime(unchecked: 253_402_300_799)
  /// 86400.
  package static let secondsPerDay: Int64 = 86_400

  /// Seconds since 1970.
  package let seconds: Int64

  /// Takes seconds since 1970.
  ///
  /// - Throws: `CalendarError.secondsOutOfRange` before 1970 and after 9999.
  package init(seconds: Int64) throws {
    guard 0...Self.last.seconds ~= seconds else { throw CalendarError.secondsOutOfRange(seconds) }
    self.seconds = seconds
  }

  /// Parses `YYYY-MM-DDTHH:MM:SSZ`, the form of RFC 3339 that this project writes.
  ///
  /// - Throws: `CalendarError` for other forms, for numbers out of range and for leap seconds.
  package init(_ text: String) throws {
    guard let fields = DigitPattern.time.numbers(text) else {
      throw CalendarError.wrongForm("time", text, "2026-11-24T13:00:00Z")
    }
    seconds = try CalendarError.reported(in: "time", text) {
      let day = try Day(year: fields[0], month: fields[1], day: fields[2])
      for (name, value, limit) in [
        ("hour", fields[3], 23), ("minute", fields[4], 59), ("second", fields[5], 59),
      ] where value > limit {
        throw CalendarError.outOfRange(name, value, 0...limit)
      }
      return day.start.seconds + Int64(fields[3] * 3600 + fields[4] * 60 + fields[5])
    }
  }

  /// Takes seconds that are known to be in range, or the end of the year 9999.
  init(unchecked seconds: Int64) { self.seconds = seconds }

  /// The date in UTC.
  package var day: Day { Day(unchecked: Int(seconds / Self.secondsPerDay)) }

  /// `YYYY-MM-DDTHH:MM:SSZ`, which parses back to the same time.
  package var description: String {
    let rest = Int(seconds % Self.secondsPerDay)
    let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { paddedDecimal($0, 2) }
    return "\(day)T\(clock.joined(separator: ":"))Z"
  }

  /// Orders earlier before later.
  package static func < (one: UTCTime, other: UTCTime) -> Bool { one.seconds < other.seconds }
}
