/// The keys of a listener at a terminal.
///
/// Space halts and goes on, the arrows move by ten seconds and by a minute, `[` and `]` change the
/// speed, `n` and `p` the title, `s` stops, `q` ends.
package struct PlayerKeys {
  /// An escape sequence that has begun.
  private var sequence: [UInt8] = []

  package init() {}

  /// Reads what a terminal has given.
  ///
  /// - Parameters:
  ///   - bytes: as they came.
  ///   - rate: the speed now.
  /// - Returns: what it says; keys without a meaning are passed over.
  package mutating func commands(_ bytes: [UInt8], rate: Double) -> [PlayerCommand] {
    bytes.compactMap { byte in
      if !sequence.isEmpty || byte == 0x1B { return arrow(byte) }
      switch byte {
      case UInt8(ascii: " "): return .toggle
      case UInt8(ascii: "s"): return .stop
      case UInt8(ascii: "q"): return .quit
      case UInt8(ascii: "n"): return .next
      case UInt8(ascii: "p"): return .previous
      case UInt8(ascii: "["): return .rate(max(rate / 1.25, PlayerCommand.rates.lowerBound))
      case UInt8(ascii: "]"): return .rate(min(rate * 1.25, PlayerCommand.rates.upperBound))
      case UInt8(ascii: "="): return .rate(1)
      default: return nil
      }
    }
  }

  private mutating func arrow(_ byte: UInt8) -> PlayerCommand? {
    sequence.append(byte)
    if sequence.count < 3 {
      if sequence.count == 2, byte != UInt8(ascii: "["), byte != UInt8(ascii: "O") { sequence = [] }
      return nil
    }
    sequence = []
    switch byte {
    case UInt8(ascii: "A"): return .move(60_000)
    case UInt8(ascii: "B"): return .move(-60_000)
    case UInt8(ascii: "C"): return .move(10_000)
    case UInt8(ascii: "D"): return .move(-10_000)
    default: return nil
    }
  }
}
