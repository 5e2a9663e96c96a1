import CommandLineSupport
import Distribution
import Ledger
import MarkKeys
package import Outlets
import Signing
import Synchronization
package import Trade

/// A holding that players can get at, and who listens to it; any number of threads may use it.
package final class ServedHolding: Sendable {
  package let holding: Holding
  package let token: ServingToken

  private let meter: ViewingMeter
  private let log: ViewingLog
  private let patience: Int64
  private let listeners = Mutex<[String: ServedListener]>([:])
  private let items: Mutex<[ServedItem?]>

  /// The most players at a time that are told apart.
  private static let mostListeners = 256
  /// How long a player that is gone can come back as the same listening, in milliseconds.
  private static let memory: Int64 = 30 * 60_000

  /// - Parameters:
  ///   - holding: what is served.
  ///   - log: records what listeners do.
  ///   - patience: how long after its last sign of life a player is taken to listen, in milliseconds.
  /// - Throws: `HoldingFault.ended` or `SystemError`.
  package init(_ holding: Holding, _ log: ViewingLog, patience: Int64) throws {
    self.holding = holding
    self.log = log
    self.patience = patience
    token = try ServingToken(holding)
    meter = try ViewingMeter(holding)
    items = Mutex(holding.items.map { _ in nil })
  }

  /// Whether delivery waits for the listener: where he pays by the minute, nothing is given away
  /// that is not about to be heard.
  package var isPaced: Bool { holding.order.ordered.use == .minute }

  /// A copy.
  ///
  /// - Parameter number: which one, from 0.
  /// - Returns: the copy; nil when there is none with that number.
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  package func item(_ number: Int) throws -> ServedItem? {
    guard holding.items.indices.contains(number) else { return nil }
    return try items.withLock { items in
      if let item = items[number] { return item }
      let item = try ServedItem(holding, number)
      items[number] = item
      return item
    }
  }

  /// A player says something about itself.
  package func reported(_ report: CMCD, by player: String, now: Int64) {
    with(player, now) { $0.model.reported(report, now: now) }
  }

  /// A player has been given a part of a copy.
  ///
  /// - Parameters:
  ///   - milliseconds: which part.
  ///   - number: of which copy, from 0.
  ///   - player: what tells it from the others.
  ///   - now: when.
  package func delivered(
    _ milliseconds: Range<Int64>, of number: Int, to player: String, now: Int64
  ) {
    if milliseconds.isEmpty { return }
    with(player, now) { $0.model.delivered(item: number, milliseconds, now: now) }
  }

  /// A player has broken off in the middle of what it was given.
  package func brokeOff(_ player: String, now: Int64) {
    listeners.withLock { $0[player]?.model.brokeOff(now: now) }
  }

  /// How much a player was given and has not heard.
  ///
  /// Who waits for more lives.
  ///
  /// - Parameters:
  ///   - player: what tells it from the others.
  ///   - now: the time, in milliseconds.
  /// - Returns: milliseconds of the title.
  package func ahead(of player: String, now: Int64) -> Int64 {
    listeners.withLock { listeners in
      listeners[player]?.model.waits(now: now)
      return listeners[player]?.model.ahead ?? 0
    }
  }

  private func with(_ player: String, _ now: Int64, _ body: (inout ServedListener) -> Void) {
    listeners.withLock { listeners in
      var listener = listeners[player]
      if listener == nil {
        if listeners.count >= Self.mostListeners {
          let oldest = listeners.min {
            $0.value.model.lastSignOfLife < $1.value.model.lastSignOfLife
          }
          if let oldest { listeners[oldest.key] = nil }
        }
        guard
          let session = try? ViewingLog.Session(
            order: holding.order.ordered.order, user: holding.order.ordered.user)
        else { return }
        listener = ServedListener(session, patience: patience, now: now)
      }
      guard var listener else { return }
      body(&listener)
      listeners[player] = listener
    }
  }

  /// Counts what was heard up to now.
  ///
  /// - Parameters:
  ///   - now: the time.
  ///   - isLast: whether the server is about to end, so that all listening stops.
  /// - Throws: `HoldingFault.ended` when the holding was ended; `SystemError`; `HandleError`.
  package func count(now: Int64, isLast: Bool = false) throws {
    var happenings: [(ViewingLog.Session, ServedListener.Happening)] = []
    listeners.withLock { listeners in
      for (player, var listener) in listeners {
        var happening = listener.advance(to: now)
        let silence = now - listener.model.lastSignOfLife
        if isLast || silence > patience, let stop = listener.stop() {
          happening.actions.append(stop)
        }
        happenings.append((listener.session, happening))
        let isForgotten = silence > (listener.hasBegun ? Self.memory : patience)
        listeners[player] = isForgotten ? nil : listener
        if isForgotten { log.end(listener.session) }
      }
    }
    for (session, happening) in happenings {
      for item in Set(happening.heard.map(\.item)) { try meter.began(session.id, item: item) }
      for part in happening.heard {
        try meter.watched(item: part.item, milliseconds: part.milliseconds)
      }
      for action in happening.actions {
        try log.note(action.action, in: session, at: action.position)
      }
    }
    if isLast { try meter.flush() }
  }

  /// What was viewed and what that costs so far, for people and the page.
  ///
  /// - Parameter time: the time, for what is paid by the day.
  /// - Returns: both.
  /// - Throws: `TariffError` or `MoneyError`.
  package func status(at time: UTCTime) throws -> ServedStatus {
    try ServedStatus(holding, meter.totals, days: meter.daysHeld(at: time))
  }
}

extension ServedHolding {
  /// All copies.
  ///
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  package func allItems() throws -> [ServedItem] { try holding.items.indices.compactMap(item) }

  /// What tells the bytes of a copy from all others: a part of their hash.
  ///
  /// - Parameter number: which copy, from 0.
  /// - Returns: 32 hexadecimal digits.
  package func tag(_ number: Int) -> String {
    Hexadecimal.text(Array(holding.items[number].hash.bytes.prefix(16)))
  }
}
