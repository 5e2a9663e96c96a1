import CommandLineSupport
import Ledger
package import Outlets
import Synchronization

/// All that a home server serves: holdings by their tokens; any number of threads may use it.
package final class ServedStore: Sendable {
  private let store: OutletStore
  private let log: ViewingLog
  private let patience: Int64
  private let state = Mutex(State())

  private struct State {
    var served: [ServedHolding] = []
    /// Tokens of what is ended.
    var gone: [ServingToken] = []
    var lastLook: Int64 = .min
  }

  /// What stands under a token.
  package enum Answer {
    case served(ServedHolding)
    /// It was there and is ended.
    case gone
    case unknown
  }

  /// How often the folder is looked into, in milliseconds.
  private static let interval: Int64 = 1000
  /// The most tokens of ended holdings that are remembered.
  private static let mostGone = 1024

  /// - Parameters:
  ///   - store: the server's folder.
  ///   - log: records what listeners do.
  ///   - patience: how long after its last sign of life a player is taken to listen, in milliseconds.
  package init(_ store: OutletStore, _ log: ViewingLog, patience: Int64) {
    self.store = store
    self.log = log
    self.patience = patience
  }

  /// What is served now.
  package var served: [ServedHolding] { state.withLock(\.served) }

  /// What stands under a token.
  ///
  /// All tokens are compared, each in constant time.
  ///
  /// - Parameters:
  ///   - token: what came in the request.
  ///   - now: the time in milliseconds.
  /// - Returns: what is served, or that it was.
  package func answer(_ token: some StringProtocol, now: Int64) -> Answer {
    let token = String(token)
    guard token.utf8.count == ServingToken.length else { return .unknown }
    if let known = find(token) { return known }
    look(now: now)
    return find(token) ?? .unknown
  }

  private func find(_ token: String) -> Answer? {
    state.withLock { state in
      var found: ServedHolding?
      for served in state.served where served.token.isEqual(to: token) { found = served }
      if let found {
        if found.holding.isHeld { return .served(found) }
        Self.remove(found, &state)
        return .gone
      }
      var isGone = false
      for gone in state.gone where gone.isEqual(to: token) { isGone = true }
      return isGone ? .gone : nil
    }
  }

  private static func remove(_ served: ServedHolding, _ state: inout State) {
    state.served.removeAll { $0 === served }
    state.gone.append(served.token)
    if state.gone.count > mostGone { state.gone.removeFirst() }
  }

  /// Looks what is new in the folder, once in an interval.
  ///
  /// - Parameter now: the time in milliseconds.
  package func look(now: Int64) {
    let known = state.withLock { state -> Set<String>? in
      guard state.lastLook == .min || now - state.lastLook >= Self.interval else { return nil }
      state.lastLook = now
      return Set(state.served.map(\.holding.path))
    }
    guard let known, let holdings = try? store.holdings() else { return }
    for holding in holdings where holding.isHeld && !known.contains(holding.path) {
      guard let served = try? ServedHolding(holding, log, patience: patience) else { continue }
      state.withLock { state in
        if !state.served.contains(where: { $0.holding.path == holding.path }) {
          state.served.append(served)
        }
      }
    }
  }

  /// Counts what was heard up to now of everything, and lets go of what is ended.
  ///
  /// - Parameters:
  ///   - now: the time in milliseconds.
  ///   - isRecorded: whether what listeners did goes into the ledger now.
  ///   - isLast: whether the server is about to end.
  /// - Returns: what went wrong, for the operator.
  package func count(now: Int64, isRecorded: Bool, isLast: Bool = false) -> [any Error] {
    var faults: [any Error] = []
    for served in served {
      do {
        if served.holding.isHeld {
          try served.count(now: now, isLast: isLast)
          continue
        }
      } catch HoldingFault.ended {} catch {
        faults.append(error)
        continue
      }
      state.withLock { Self.remove(served, &$0) }
    }
    if isRecorded { do { try log.flush() } catch { faults.append(error) } }
    return faults
  }
}
