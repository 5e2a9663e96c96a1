import Glibc

/// The clock of a player: what is due when.
struct PlayClock {
  /// Whether the music is held back to the pace at which it is heard.
  private let isRunning: Bool
  /// Until when what was written lasts, in nanoseconds.
  private var lasts: Int64
  private var nextDue: Int64

  /// How far ahead is written, in nanoseconds.
  private static let lead: Int64 = 500_000_000
  /// How often something is looked after, in nanoseconds.
  private static let interval: Int64 = 2_000_000_000

  init(isRunning: Bool) {
    self.isRunning = isRunning
    lasts = Self.now
    nextDue = Self.now + Self.interval
  }

  /// Nanoseconds of a clock that is never set.
  static var now: Int64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }

  /// Notes that so many seconds were written.
  mutating func played(_ seconds: Double) {
    lasts = max(lasts, Self.now) + Int64(seconds * 1e9)
  }

  /// How long to wait until more is wanted.
  var milliseconds: Int64 {
    isRunning ? max((lasts - Self.now - Self.lead) / 1_000_000, 0) : 0
  }

  /// Whether an interval has passed since this was last true.
  var isDue: Bool {
    mutating get {
      guard Self.now >= nextDue else { return false }
      nextDue = Self.now + Self.interval
      return true
    }
  }
}
