/// A date of the Gregorian calendar, 1970-01-01 to 9999-12-31.
package struct Day: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// 1970-01-01.
  package static let first = Day(unchecked: 0)
  /// 9999-12-31.
  package static let last = Day(unchecked: 2_932_896)

  /// How many days have passed since 1970-01-01, 0...2932896.
  package let number: Int

  /// Takes a year 1970...9999, a month 1...12 and a day of that month.
  ///
  /// - Throws: `CalendarError` that says which of them is wrong.
  package init(year: Int, month: Int, day: Int) throws {
    guard 1970...9999 ~= year else { throw CalendarError.outOfRange("year", year, 1970...9999) }
    guard 1...12 ~= month else { throw CalendarError.outOfRange("month", month, 1...12) }
    let days = 1...Self.daysInMonth(month, of: year)
    guard days ~= day else {
      let name = "\(String(year))-\(paddedDecimal(month, 2))"
      throw CalendarError.outOfRange("day of \(name)", day, days)
    }
    let isLateInLeapYear = month > 2 && Self.isLeap(year)
    number =
      Self.daysBefore(year) + Self.daysBeforeMonth[month - 1] + (isLateInLeapYear ? 1 : 0) + day - 1
  }

  /// Takes a number of days since 1970-01-01, nil outside 0...2932896.
  package init?(number: Int) {
    guard 0...Self.last.number ~= number else { return nil }
    self.number = number
  }

  /// Parses `YYYY-MM-DD`.
  ///
  /// - Throws: `CalendarError`.
  package init(_ text: String) throws {
    guard let fields = DigitPattern.day.numbers(text) else {
      throw CalendarError.wrongForm("date", text, "2026-11-24")
    }
    self = try CalendarError.reported(in: "date", text) {
      try Day(year: fields[0], month: fields[1], day: fields[2])
    }
  }

  /// Takes a number that is known to be in range.
  init(unchecked number: Int) { self.number = number }

  /// Year, month 1...12 and day of the month 1...31.
  package var civil: (year: Int, month: Int, day: Int) {
    // The average year of 146097 days in 400 years is off by less than two days: the year is
    // the estimated one or a neighbour.
    var year = 1970 + number * 400 / 146_097
    while Self.daysBefore(year + 1) <= number { year += 1 }
    while Self.daysBefore(year) > number { year -= 1 }
    var rest = number - Self.daysBefore(year)
    var month = 1
    while rest >= Self.daysInMonth(month, of: year) {
      rest -= Self.daysInMonth(month, of: year)
      month += 1
    }
    return (year, month, rest + 1)
  }

  /// The day of the week as ISO 8601 counts: 1 is Monday, 7 is Sunday.
  package var weekday: Int { (number + 3) % 7 + 1 }

  /// Midnight UTC, when the day begins.
  package var start: UTCTime { UTCTime(unchecked: Int64(number) * UTCTime.secondsPerDay) }

  /// `YYYY-MM-DD`, which parses back to the same day.
  package var description: String {
    let (year, month, day) = civil
    return "\(paddedDecimal(year, 4))-\(paddedDecimal(month, 2))-\(paddedDecimal(day, 2))"
  }

  /// Orders by the calendar.
  package static func < (one: Day, other: Day) -> Bool { one.number < other.number }

  /// How many days a month 1...12 has.
  static func daysInMonth(_ month: Int, of year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  private static func isLeap(_ year: Int) -> Bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
  }

  /// Days from 1970-01-01 to the first of January of a year.
  private static func daysBefore(_ year: Int) -> Int {
    func leapYears(before year: Int) -> Int {
      (year - 1) / 4 - (year - 1) / 100 + (year - 1) / 400
    }
    return 365 * (year - 1970) + leapYears(before: year) - leapYears(before: 1970)
  }

  private static let daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
}
