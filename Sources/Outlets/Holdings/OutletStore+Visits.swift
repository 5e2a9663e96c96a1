package import CommandLineSupport
import Distribution
import Ledger

extension OutletStore {
  /// Looks at all holdings; one that is damaged keeps nobody from the others.
  ///
  /// - Parameter body: is told of each, by the names of their folders.
  /// - Returns: what is wrong with single holdings.
  /// - Throws: `SystemError`, and errors of `body` that are not explained.
  package func visit(_ body: (Holding) throws -> Void) throws -> [any ExplainedError] {
    var faults: [any ExplainedError] = []
    for name in try holdingNames() {
      do {
        if let holding = try holding(named: name) { try body(holding) }
      } catch let error as any ExplainedError {
        faults.append(error)
      }
    }
    return faults
  }

  /// Looks at all holdings that nobody uses, and keeps everybody else from each meanwhile.
  ///
  /// - Parameter body: is told of each.
  /// - Returns: what is wrong with single holdings.
  /// - Throws: as the other one.
  package func visitUnused(_ body: (Holding) throws -> Void) throws -> [any ExplainedError] {
    try visit { found in
      do {
        let id = found.order.ordered.order
        let lock = try lock(id, seconds: 0)
        defer { withExtendedLifetime(lock) {} }
        // It may have been ended while the lock was waited for.
        let name = Self.name(id)
        if let holding = try holding(named: name) { try body(holding) }
      } catch is StoreBusy {}
    }
  }
}
