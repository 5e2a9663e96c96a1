import CommandLineSupport

/// Why a text or number is no date, time or period.
package enum CalendarError: ExplainedError, Equatable {
  /// A number that was given by itself is out of its range.
  case outOfRange(String, Int, ClosedRange<Int>)
  /// The text (a `date`, `time` or `period`) is not of the form the example has.
  case wrongForm(String, String, String)
  /// The text has the right form and a number in it is out of its range.
  case wrongField(String, String, String, Int, ClosedRange<Int>)
  /// The last day of the period is before its first.
  case endsBeforeStart(String)
  /// The number of seconds since 1970 is outside 1970 to 9999.
  case secondsOutOfRange(Int64)

  /// What went wrong, for the terminal.
  package var description: String {
    switch self {
    case .outOfRange(let field, let value, let range):
      "\(field) '\(value)' is outside \(Self.text(range))"
    case .wrongForm(let noun, let text, let example):
      "\(noun) \(quoted(text)) is not written like \(example)"
    case .wrongField(let noun, let text, let field, let value, let range):
      "\(noun) \(quoted(text)): \(field) \(value) is outside \(Self.text(range))"
    case .endsBeforeStart(let text): "period \(quoted(text)) ends before it starts"
    case .secondsOutOfRange(let seconds):
      "time '\(seconds)' is outside 0...\(UTCTime.last.seconds) seconds since 1970"
    }
  }

  /// What to do about it, if that can be told.
  package var hint: String? {
    switch self {
    case .wrongForm("time", _, _): "times are UTC: a T, whole seconds and a Z at the end"
    case .wrongForm("period", _, _):
      "a period is a day (2026-11-24), month (2026-11), week (2026-W47), quarter (2026-Q4), "
        + "year (2026), or two of these with -- between, both included"
    case .wrongField(_, _, "second", 60, _): "leap seconds have no place here: write second 59"
    default: nil
    }
  }

  /// Runs what parses a field, so that its error names the whole text.
  static func reported<Result>(
    in noun: String, _ text: String, _ body: () throws -> Result
  ) throws -> Result {
    do {
      return try body()
    } catch CalendarError.outOfRange(let field, let value, let range) {
      throw CalendarError.wrongField(noun, text, field, value, range)
    }
  }

  private static func text(_ range: ClosedRange<Int>) -> String {
    "\(range.lowerBound)...\(range.upperBound)"
  }
}
