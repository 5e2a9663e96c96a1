import Testing
import _TestSupport

@testable import Trade

/// The calendar, against counting day by day.
@Suite struct DayTests {
  @Test func everyDayFrom1970To2100() throws {
    var (number, weekday) = (0, 4)
    for year in 1970...2100 {
      let february = year % 4 == 0 && year != 2100 ? 29 : 28
      let lengths = [31, february, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      for (month, length) in zip(1..., lengths) {
        for date in 1...length {
          let day = try Day(year: year, month: month, day: date)
          #expect(day.number == number && day.weekday == weekday)
          #expect(day.civil == (year, month, date))
          #expect(try Day(day.description) == day)
          number += 1
          weekday = weekday % 7 + 1
        }
        #expect(throws: CalendarError.self) {
          try Day(year: year, month: month, day: length + 1)
        }
      }
    }
    #expect(number == 47_847)
  }

  @Test func numbersReadBackToTheYear9999() throws {
    var before: (Int, Int, Int) = (1969, 12, 31)
    for number in stride(from: 0, through: Day.last.number, by: 7) {
      let day = try #require(Day(number: number))
      let civil = day.civil
      if civil <= before { Issue.record("day \(number) is not after the one before") }
      if try Day(year: civil.year, month: civil.month, day: civil.day) != day {
        Issue.record("day \(number) does not read back")
      }
      before = civil
    }
    #expect(Day.last.description == "9999-12-31" && Day.first.description == "1970-01-01")
    #expect(Day(number: -1) == nil && Day(number: Day.last.number + 1) == nil)
  }

  @Test(arguments: [
    ("1970-01-01", 4), ("2000-02-29", 2), ("2026-11-24", 2), ("2024-02-29", 4), ("9999-12-31", 5),
    ("2100-03-01", 1),
  ])
  func weekdays(_ text: String, _ weekday: Int) throws {
    #expect(try Day(text).weekday == weekday)
    #expect(try Day(text).description == text)
  }

  @Test(arguments: [
    "", "2026", "2026-11", "2026-11-2", "2026-1-24", "20261124", "2026/11/24", "2026-11-24 ",
    " 2026-11-24", "2026-11-24T", "-026-11-24", "+026-11-24", "2026-11-٢", "2026–11–24", "26-11-24",
    "02026-11-24", "2026-11-+4", "2026-11-24\n",
  ])
  func otherForms(_ text: String) {
    #expect(throws: CalendarError.wrongForm("date", text, "2026-11-24")) { try Day(text) }
  }

  @Test(arguments: [
    ("2026-02-29", "day of 2026-02", 29, 1...28), ("2100-02-29", "day of 2100-02", 29, 1...28),
    ("2024-02-30", "day of 2024-02", 30, 1...29), ("2026-04-31", "day of 2026-04", 31, 1...30),
    ("2026-12-32", "day of 2026-12", 32, 1...31), ("2026-11-00", "day of 2026-11", 0, 1...30),
    ("2026-00-01", "month", 0, 1...12), ("2026-13-01", "month", 13, 1...12),
    ("1969-12-31", "year", 1969, 1970...9999), ("0000-01-01", "year", 0, 1970...9999),
  ])
  func daysThatDoNotExist(
    _ text: String, _ field: String, _ value: Int, _ range: ClosedRange<Int>
  ) {
    #expect(throws: CalendarError.wrongField("date", text, field, value, range)) { try Day(text) }
  }

  @Test func order() throws {
    #expect(try Day("2026-11-24") < Day("2026-11-25"))
    #expect(try Day("2026-12-01") > Day("2026-11-30"))
    #expect(try Day("2026-11-24").start.description == "2026-11-24T00:00:00Z")
  }
}
