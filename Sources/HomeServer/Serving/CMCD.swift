/// What a player says about itself (CTA-5004, Common Media Client Data), as far as it is used.
package struct CMCD: Sendable, Equatable {
  /// `sid`: the player's session.
  package var session: String?
  /// `bl`: how much it has ahead of what it plays, in milliseconds.
  package var buffer: Int64?
  /// `pr`: how fast it plays; 0 is a pause.
  package var rate: Double?

  /// The longest session name that is taken, as in the standard.
  private static let longestSession = 64

  package init(session: String? = nil, buffer: Int64? = nil, rate: Double? = nil) {
    self.session = session
    self.buffer = buffer
    self.rate = rate
  }

  /// Reads keys, separated by commas; what is not understood is passed over.
  ///
  /// - Parameter text: the value of a `CMCD` query parameter with its escapes removed, or of the
  ///   `CMCD-` header fields with commas between them.
  package init(_ text: String) {
    for pair in Self.pairs(text) {
      let parts = pair.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = parts[1]
      switch parts[0] {
      case "sid":
        guard value.count >= 2, value.first == "\"", value.last == "\"" else { continue }
        let name = value.dropFirst().dropLast()
        if (1...Self.longestSession).contains(name.utf8.count) { session = String(name) }
      case "bl":
        if let number = Int64(value), (0...86_400_000).contains(number) { buffer = number }
      case "pr":
        if let number = Double(value), (0...16).contains(number) { rate = number }
      default: break
      }
    }
  }

  /// Splits at commas outside quotes.
  private static func pairs(_ text: String) -> [Substring] {
    var isQuoted = false
    return text.split { character in
      if character == "\"" { isQuoted.toggle() }
      return character == "," && !isQuoted
    }
  }
}
