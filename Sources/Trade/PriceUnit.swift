/// What a price is for; the raw values are the words of catalogues and bills.
package enum PriceUnit: String, Sendable, CaseIterable {
  /// A copy to keep.
  case purchase
  /// One viewing, however long.
  case view
  /// A day that a copy is held.
  case day
  /// A minute of viewing.
  case minute
  /// The medium a shop hands a copy out on.
  case medium

  /// How many days a copy was held, a started day counting as a whole one.
  ///
  /// Days are the periods of 24 hours that follow each other from the start. The end is not part
  /// of what was held: exactly 24 hours are one day, a second more is two, no time at all is none.
  ///
  /// - Throws: `TariffError.endsBeforeStart`.
  package static func days(from start: UTCTime, until end: UTCTime) throws -> Int64 {
    guard start <= end else { throw TariffError.endsBeforeStart(start, end) }
    return started(end.seconds - start.seconds, periodsOf: UTCTime.secondsPerDay)
  }

  /// How many minutes of an order were viewed, a started minute counting as a whole one.
  ///
  /// The seconds of all viewings are added up before they are rounded, once: three viewings of 20
  /// seconds are one minute, not three. No seconds are no minute.
  ///
  /// - Parameter seconds: how long each viewing took.
  /// - Returns: the number of minutes.
  /// - Throws: `TariffError.negativeSeconds`, `TariffError.tooLong`.
  package static func minutes(viewing seconds: some Sequence<Int64>) throws -> Int64 {
    var total: Int64 = 0
    for part in seconds {
      guard part >= 0 else { throw TariffError.negativeSeconds(part) }
      let (sum, isOverflow) = total.addingReportingOverflow(part)
      guard !isOverflow else { throw TariffError.tooLong }
      total = sum
    }
    return started(total, periodsOf: 60)
  }

  private static func started(_ seconds: Int64, periodsOf length: Int64) -> Int64 {
    let (whole, rest) = seconds.quotientAndRemainder(dividingBy: length)
    return rest > 0 ? whole + 1 : whole
  }
}
