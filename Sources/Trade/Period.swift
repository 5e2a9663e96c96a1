/// A run of days that a report or a bill covers, in UTC.
///
/// Texts after ISO 8601: `2026-11-24`, `2026-11`, `2026-W47` (Monday to Sunday), `2026-Q4`, `2026`
/// and `A--B`, from the first day of A to the last of B, where A and B are of the other forms.
package struct Period: Sendable, Hashable, CustomStringConvertible {
  /// The first day.
  package let first: Day
  /// The last day, which belongs to the period.
  package let last: Day
  /// The text it was parsed from.
  package let description: String

  /// Parses any of the forms.
  ///
  /// - Throws: `CalendarError` for other forms, for numbers out of range, for days before 1970 or
  ///   after 9999 and for a B that ends before A starts.
  package init(_ text: String) throws {
    let dashes = text.firstRange(of: "--")
    let (start, end) =
      dashes.map { (text[..<$0.lowerBound], text[$0.upperBound...]) }
      ?? (text[...], text[...])
    let days = try CalendarError.reported(in: "period", text) {
      (try Self.days(start), try Self.days(end))
    }
    guard let first = days.0?.lowerBound, let last = days.1?.upperBound else {
      throw CalendarError.wrongForm("period", text, "2026-11")
    }
    guard first <= last else { throw CalendarError.endsBeforeStart(text) }
    self.first = first
    self.last = last
    description = text
  }

  /// The period as times, from midnight to the midnight after the last day.
  ///
  /// Of a period that ends with the year 9999 the upper bound has no text that parses.
  package var times: Range<UTCTime> {
    first.start..<UTCTime(unchecked: last.start.seconds + UTCTime.secondsPerDay)
  }

  /// Whether a time falls into the period.
  package func contains(_ time: UTCTime) -> Bool { times.contains(time) }

  /// The days of a period without `--`, or nil when the text has no such form.
  private static func days(_ text: Substring) throws -> ClosedRange<Day>? {
    if let fields = DigitPattern.day.numbers(text) {
      let day = try Day(year: fields[0], month: fields[1], day: fields[2])
      return day...day
    }
    if let fields = DigitPattern.month.numbers(text) {
      return try months(fields[0], fields[1]...fields[1])
    }
    if let fields = DigitPattern.quarter.numbers(text) {
      let quarter = fields[1]
      guard 1...4 ~= quarter else { throw CalendarError.outOfRange("quarter", quarter, 1...4) }
      return try months(fields[0], 3 * quarter - 2...3 * quarter)
    }
    if let fields = DigitPattern.week.numbers(text) { return try week(fields[0], fields[1]) }
    if let fields = DigitPattern.year.numbers(text) { return try months(fields[0], 1...12) }
    return nil
  }

  private static func months(_ year: Int, _ months: ClosedRange<Int>) throws -> ClosedRange<Day> {
    let first = try Day(year: year, month: months.lowerBound, day: 1)
    let end = months.upperBound
    return first...(try Day(year: year, month: end, day: Day.daysInMonth(end, of: year)))
  }

  /// A week of ISO 8601; those that are not wholly within 1970 to 9999 do not exist here.
  private static func week(_ year: Int, _ week: Int) throws -> ClosedRange<Day> {
    // The first week of a year is the one with 4 January in it, the last with 28 December.
    let early = try Day(year: year, month: 1, day: 4)
    let late = try Day(year: year, month: 12, day: 28)
    let firstMonday = early.number - (early.weekday - 1)
    let latestMonday = min(late.number, Day.last.number - 6)
    let weeks = (firstMonday < 0 ? 2 : 1)...(latestMonday - firstMonday) / 7 + 1
    guard weeks ~= week else { throw CalendarError.outOfRange("week", week, weeks) }
    let monday = Day(unchecked: firstMonday + 7 * (week - 1))
    return monday...Day(unchecked: monday.number + 6)
  }
}
