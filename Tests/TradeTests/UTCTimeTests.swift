import Testing
import _TestSupport

@testable import Trade

/// Times, against known ones and against date(1).
@Suite struct UTCTimeTests {
  @Test(arguments: [
    ("1970-01-01T00:00:00Z", 0), ("2026-11-24T13:00:00Z", 1_795_525_200),
    ("2001-09-09T01:46:40Z", 1_000_000_000), ("2038-01-19T03:14:08Z", 2_147_483_648),
    ("2000-02-29T23:59:59Z", 951_868_799), ("9999-12-31T23:59:59Z", 253_402_300_799),
  ])
  func knownTimes(_ text: String, _ seconds: Int64) throws {
    #expect(try UTCTime(text).seconds == seconds)
    #expect(try UTCTime(seconds: seconds).description == text)
  }

  @Test(arguments: [UInt64(31), 32])
  func agreesWithDate(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let times = try (0..<500).map { index in
      let limit = index < 250 ? 4_102_444_800 : UTCTime.last.seconds
      return try UTCTime(seconds: .random(in: 0...limit, using: &random))
    }
    let lines = times.map { "@\($0.seconds)\n" }.joined()
    let result = try Subprocess.run(
      "date", ["-u", "-f", "-", "+%Y-%m-%dT%H:%M:%SZ %u %G-W%V"], input: Array(lines.utf8))
    #expect(result.status == 0)
    let answers = result.text.split(separator: "\n")
    #expect(answers.count == times.count)
    for (time, answer) in zip(times, answers) {
      let parts = answer.split(separator: " ").map(String.init)
      #expect(time.description == parts[0], "\(random)")
      #expect(try UTCTime(parts[0]) == time, "\(random)")
      #expect(String(time.day.weekday) == parts[1], "\(random)")
      #expect(try Period(parts[2]).contains(time), "\(random)")
    }
  }

  @Test(arguments: [
    "", "2026-11-24", "2026-11-24T13:00Z", "2026-11-24T13:00:00", "2026-11-24T13:00:00z",
    "2026-11-24t13:00:00Z", "2026-11-24 13:00:00Z", "2026-11-24T13:00:00+00:00",
    "2026-11-24T13:00:00.0Z", "2026-11-24T13:00:00ZZ", " 2026-11-24T13:00:00Z",
    "2026-11-24T13:00:00Z\n", "2026-11-24T1:00:00Z", "2026-11-24T13:00:-1Z", "20261124T130000Z",
    "2026-11-24T+3:00:00Z", "12026-11-24T13:00:00Z", "2026-11-24T１３:00:00Z", "@1795525200",
  ])
  func otherForms(_ text: String) {
    #expect(throws: CalendarError.wrongForm("time", text, "2026-11-24T13:00:00Z")) {
      try UTCTime(text)
    }
  }

  @Test(arguments: [
    ("2026-11-24T24:00:00Z", "hour", 24, 0...23), ("2026-11-24T13:60:00Z", "minute", 60, 0...59),
    ("2026-11-24T13:00:60Z", "second", 60, 0...59), ("2016-12-31T23:59:60Z", "second", 60, 0...59),
    ("2026-02-29T13:00:00Z", "day of 2026-02", 29, 1...28),
    ("2026-13-01T13:00:00Z", "month", 13, 1...12),
    ("1969-12-31T23:59:59Z", "year", 1969, 1970...9999),
  ])
  func timesThatDoNotExist(
    _ text: String, _ field: String, _ value: Int, _ range: ClosedRange<Int>
  ) {
    #expect(throws: CalendarError.wrongField("time", text, field, value, range)) {
      try UTCTime(text)
    }
  }

  @Test(arguments: [-1, 253_402_300_800, .max, .min])
  func secondsOutOfRange(_ seconds: Int64) {
    #expect(throws: CalendarError.secondsOutOfRange(seconds)) { try UTCTime(seconds: seconds) }
  }

  @Test func errorsExplain() {
    let leap = CalendarError.wrongField("time", "2016-12-31T23:59:60Z", "second", 60, 0...59)
    #expect(leap.description == "time '2016-12-31T23:59:60Z': second 60 is outside 0...59")
    #expect(leap.hint == "leap seconds have no place here: write second 59")
    let form = CalendarError.wrongForm("time", "now", "2026-11-24T13:00:00Z")
    #expect(form.description == "time 'now' is not written like 2026-11-24T13:00:00Z")
    #expect(form.hint == "times are UTC: a T, whole seconds and a Z at the end")
    #expect(
      CalendarError.secondsOutOfRange(-1).description
        == "time '-1' is outside 0...253402300799 seconds since 1970")
  }
}
