/// What a listener wants of the player: a line on its control input, or a key.
///
///     play   pause   stop   quit   status   next   previous
///     ff SECONDS   rew SECONDS   seek TIME   rate R
///
/// TIME is in seconds or `[HOURS:]MINUTES:SECONDS`, with a fraction where that is wanted.
package enum PlayerCommand: Sendable, Equatable {
  case play, pause, stop, quit, status, next, previous
  /// Plays on, or halts.
  case toggle
  /// Moves by so many milliseconds, forward or back.
  case move(Int64)
  /// Moves to a place, in milliseconds.
  case seek(Int64)
  /// Plays faster or slower, the pitch following as on a tape.
  case rate(Double)

  /// The speeds that are taken.
  package static let rates = 0.25...4.0

  /// Reads a line.
  ///
  /// - Parameter line: the words, without the line's end.
  /// - Throws: `PlayerCommandFault`.
  package init(_ line: String) throws(PlayerCommandFault) {
    let words = line.split(whereSeparator: \.isWhitespace)
    switch (words.first, words.count) {
    case ("play", 1): self = .play
    case ("pause", 1): self = .pause
    case ("stop", 1): self = .stop
    case ("quit", 1): self = .quit
    case ("status", 1): self = .status
    case ("next", 1): self = .next
    case ("previous", 1): self = .previous
    case ("ff", 2): self = .move(try Self.milliseconds(words[1], line))
    case ("rew", 2): self = .move(-(try Self.milliseconds(words[1], line)))
    case ("seek", 2): self = .seek(try Self.milliseconds(words[1], line))
    case ("rate", 2):
      guard let rate = Double(words[1]), Self.rates.contains(rate) else {
        throw PlayerCommandFault(line: line)
      }
      self = .rate(rate)
    default: throw PlayerCommandFault(line: line)
    }
  }

  private static func milliseconds(
    _ text: Substring, _ line: String
  ) throws(PlayerCommandFault) -> Int64 {
    guard let time = mediaMilliseconds(text) else { throw PlayerCommandFault(line: line) }
    return time
  }
}

/// Reads a time of a title.
///
/// - Parameter text: seconds, or minutes or hours and minutes in front of them with colons between.
/// - Returns: milliseconds, less than 1000 hours; nil for what is no time.
package func mediaMilliseconds(_ text: some StringProtocol) -> Int64? {
  let parts = text.split(separator: ":", omittingEmptySubsequences: false)
  guard (1...3).contains(parts.count), let seconds = parts.last,
    seconds.utf8.allSatisfy({ (48...57).contains($0) || $0 == UInt8(ascii: ".") }),
    let number = Double(seconds), number < 3_600_000, parts.count == 1 || number < 60
  else { return nil }
  var total = number
  var unit = 60.0
  for part in parts.dropLast().reversed() {
    guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) }),
      let number = Int(part)
    else { return nil }
    total += Double(number) * unit
    unit *= 60
  }
  return total < 3_600_000 ? Int64((total * 1000).rounded()) : nil
}
