import CommandLineSupport
import Distribution
import Ledger
import Outlets

/// A copy that a stream that has begun cannot go on with.
struct OtherFormat: ExplainedError, Equatable {
  let number: Int

  var description: String { "title \(number) has another sample rate or another format" }
  var hint: String? { "play it by itself with --item \(number)" }
}

extension Player {
  /// Does what the listener wants, records it, and answers.
  func obey(_ command: Result<PlayerCommand, PlayerCommandFault>) throws {
    do {
      let command = try command.get()
      try obey(command)
      if !inputs.hasKeys || command == .status { try answer() }
    } catch let fault as PlayerCommandFault {
      try refuse(fault)
    } catch let fault as OtherFormat {
      try refuse(fault)
    } catch let fault as HoldingFault {
      guard case .noItem = fault else { throw fault }
      try refuse(fault)
    }
  }

  private func obey(_ command: PlayerCommand) throws {
    switch command {
    case .status: break
    case .toggle: try obey(state == .playing ? .pause : .play)
    case .play:
      if state == .playing { break }
      if state == .ended { try move(to: 0, 0) }
      state = .playing
      try note(.start)
    case .pause:
      if state == .playing { try note(.pause) }
      if state != .ended, state != .stopped { state = .paused }
    case .stop:
      if state != .stopped { try note(.stop) }
      state = .stopped
    case .quit: isQuitting = true
    case .rate(let rate): speed.rate = rate
    case .move(let milliseconds):
      try move(to: place.item, max(place.milliseconds + milliseconds, 0))
      try note(milliseconds < 0 ? .rewind : .forward)
    case .seek(let milliseconds):
      try move(to: place.item, milliseconds)
      try note(.seek)
    case .next:
      try move(to: place.item + 1, 0)
      try note(.seek)
    case .previous:
      try move(to: max(place.item - 1, 0), 0)
      try note(.seek)
    }
  }

  private func note(_ action: ViewingAction) throws {
    try log.note(action, in: session, at: place.milliseconds)
  }

  /// Says where the player is, as a line of JSON.
  private func answer() throws {
    try write(
      .object([
        ("type", "status"), ("state", .string(state.rawValue)),
        ("item", .integer(Int64(place.item + 1))),
        ("content", .string("\(holding.items[place.item].content)")),
        ("position", .fixed(Double(place.milliseconds) / 1000, 3)),
        ("duration", title.milliseconds.map { .fixed(Double($0) / 1000, 3) } ?? .null),
        ("rate", .number(speed.rate)), ("viewed", .integer(meter.totals.seconds)),
      ]))
  }

  private func refuse(_ fault: any ExplainedError) throws {
    try write(.object([("type", "error"), ("message", .string(fault.description))]))
  }

  private func write(_ line: JSONValue) throws {
    try Array((line.compact + "\n").utf8).withUnsafeBytes { try answers.write($0) }
  }
}
