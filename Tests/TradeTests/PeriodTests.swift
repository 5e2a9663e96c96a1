import Testing

@testable import Trade

/// Periods and the times they cover.
@Suite struct PeriodTests {
  @Test(arguments: [
    ("2026-11-24", "2026-11-24", "2026-11-24"), ("2026-11", "2026-11-01", "2026-11-30"),
    ("2024-02", "2024-02-01", "2024-02-29"), ("2026-12", "2026-12-01", "2026-12-31"),
    ("2026-Q1", "2026-01-01", "2026-03-31"), ("2026-Q4", "2026-10-01", "2026-12-31"),
    ("2026", "2026-01-01", "2026-12-31"), ("2026-W47", "2026-11-16", "2026-11-22"),
    ("2026-W01", "2025-12-29", "2026-01-04"), ("2026-W53", "2026-12-28", "2027-01-03"),
    ("2021-W01", "2021-01-04", "2021-01-10"), ("1970-W02", "1970-01-05", "1970-01-11"),
    ("1970", "1970-01-01", "1970-12-31"), ("9999", "9999-01-01", "9999-12-31"),
    ("9999-W51", "9999-12-20", "9999-12-26"),
    ("2026-11-01--2026-11-24", "2026-11-01", "2026-11-24"),
    ("2026-11-24--2026-11-24", "2026-11-24", "2026-11-24"),
    ("2026-11--2026-12", "2026-11-01", "2026-12-31"), ("2025--2026-Q1", "2025-01-01", "2026-03-31"),
    ("2026-W47--2026-11-24", "2026-11-16", "2026-11-24"),
  ])
  func days(_ text: String, _ first: String, _ last: String) throws {
    let period = try Period(text)
    #expect(period.first.description == first && period.last.description == last)
    #expect(period.description == text)
    #expect(try Period(period.description) == period)
    let times = period.times
    #expect(times.lowerBound.description == first + "T00:00:00Z")
    #expect(try times.upperBound.seconds == UTCTime(last + "T23:59:59Z").seconds + 1)
  }

  @Test func theEndsOfAPeriod() throws {
    let november = try Period("2026-11")
    #expect(try november.contains(UTCTime("2026-11-01T00:00:00Z")))
    #expect(try november.contains(UTCTime("2026-11-30T23:59:59Z")))
    #expect(try !november.contains(UTCTime("2026-10-31T23:59:59Z")))
    #expect(try !november.contains(UTCTime("2026-12-01T00:00:00Z")))
    #expect(try Period("9999").contains(UTCTime.last))
  }

  @Test func weeksFollowEachOther() throws {
    var next = try Day("1970-01-05")
    for year in 1970...2100 {
      for week in 1...53 {
        let number = (week < 10 ? "0" : "") + "\(week)"
        guard let period = try? Period("\(year)-W\(number)") else {
          #expect(week == 53 || (year, week) == (1970, 1))
          continue
        }
        #expect(period.first == next && period.first.weekday == 1)
        next = try #require(Day(number: period.last.number + 1))
      }
    }
  }

  @Test(arguments: [
    "", "2026-", "-", "--", "2026-1", "26-11", "2026-Q", "2026-q4", "2026-Q04", "2026-W7",
    "2026-w47", "2026W47", "2026-W47-1", "2026-11-24T13:00:00Z", "202611", " 2026", "2026 ",
    "2026--",
    "--2026", "2026---2027", "2026--2027--2028", "2026-11-01/2026-11-24", "2026-11-01-2026-11-24",
    "2026–2027", "november",
  ])
  func otherForms(_ text: String) {
    #expect(throws: CalendarError.wrongForm("period", text, "2026-11")) { try Period(text) }
  }

  @Test(arguments: [
    ("2026-13", "month", 13, 1...12), ("2026-00", "month", 0, 1...12),
    ("2026-Q0", "quarter", 0, 1...4), ("2026-Q5", "quarter", 5, 1...4),
    ("2026-W00", "week", 0, 1...53), ("2026-W54", "week", 54, 1...53),
    ("2025-W53", "week", 53, 1...52), ("1970-W01", "week", 1, 2...53),
    ("9999-W52", "week", 52, 1...51), ("1969", "year", 1969, 1970...9999),
    ("2026-02-29", "day of 2026-02", 29, 1...28), ("2026--2026-13", "month", 13, 1...12),
  ])
  func periodsThatDoNotExist(
    _ text: String, _ field: String, _ value: Int, _ range: ClosedRange<Int>
  ) {
    #expect(throws: CalendarError.wrongField("period", text, field, value, range)) {
      try Period(text)
    }
  }

  @Test(arguments: ["2026-11-24--2026-11-23", "2027--2026", "2026-12--2026-11"])
  func endsBeforeStart(_ text: String) {
    #expect(throws: CalendarError.endsBeforeStart(text)) { try Period(text) }
    #expect(
      CalendarError.endsBeforeStart(text).description == "period '\(text)' ends before it starts")
  }
}
