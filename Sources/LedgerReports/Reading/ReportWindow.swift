package import Trade

/// The times whose entries a report shows, by the clocks of those who wrote them.
package struct ReportWindow: Sendable, Equatable {
  /// The first second; nil for no beginning.
  package let start: UTCTime?
  /// The second after the last; nil for no end.
  package let end: UTCTime?

  /// All times.
  package static let always = ReportWindow(start: nil, end: nil)

  private init(start: UTCTime?, end: UTCTime?) {
    self.start = start
    self.end = end
  }

  /// What lies both in a period and between two days, each of which may be missing.
  ///
  /// - Parameters:
  ///   - period: the period.
  ///   - from: the first day.
  ///   - until: the last day.
  package init(_ period: Period?, from: Day?, until: Day?) {
    start = [period?.times.lowerBound, from?.start].compactMap { $0 }.max()
    // The last day of all times has no day behind it, and nothing to leave out.
    let next = until.flatMap { Day(number: $0.number + 1)?.start }
    end = [period?.times.upperBound, next].compactMap { $0 }.min()
  }

  /// Whether the window shows a time.
  package func contains(_ time: UTCTime) -> Bool { !isAfter(time) && !isBefore(time) }

  /// Whether a time lies before the window.
  func isAfter(_ time: UTCTime) -> Bool { start.map { time < $0 } ?? false }

  private func isBefore(_ time: UTCTime) -> Bool { end.map { time >= $0 } ?? false }
}
