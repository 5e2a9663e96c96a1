package import Ledger
import Signing
import Synchronization
package import Trade

/// Puts what listeners do into the ledger as `viewing` entries, a few at a time.
///
/// Any number of threads may note something; whoever calls `flush()` writes all of it with one
/// append. An entry's identifier is `ORDER/viewing/SESSION/NUMBER`.
package final class ViewingLog: Sendable {
  /// A listening: who hears what.
  package struct Session: Sendable {
    package let order: Handle
    package let user: PartyName
    /// What tells it from the others.
    package let id: Handle

    /// A new listening of an order.
    package init(order: Handle, user: PartyName) throws {
      self.order = order
      self.user = user
      let number = String(UInt64.random(in: 0..<1 << 48), radix: 16)
      id = try Handle(String(repeating: "0", count: 12 - number.utf8.count) + number)
    }
  }

  private let ledger: LedgerFile
  private let author: Author
  private let lockMilliseconds: Int
  private let state = Mutex(State())
  private let writing = Mutex(())

  private struct State {
    var drafts: [Draft] = []
    var counts: [Handle: Int] = [:]
  }

  /// - Parameters:
  ///   - ledger: where entries go.
  ///   - author: the home server.
  ///   - lockMilliseconds: how long an append waits for the ledger's lock.
  package init(_ ledger: LedgerFile, _ author: Author, lockMilliseconds: Int) {
    self.ledger = ledger
    self.author = author
    self.lockMilliseconds = lockMilliseconds
  }

  /// Notes what a listener does.
  ///
  /// - Parameters:
  ///   - action: what.
  ///   - session: in which listening.
  ///   - position: where in the title, in milliseconds.
  /// - Throws: `HandleError` for an order whose name is too long for its entries.
  package func note(_ action: ViewingAction, in session: Session, at position: Int64) throws {
    try state.withLock { state in
      let number = state.counts[session.id, default: 0] + 1
      let id = try Handle("\(session.order)/viewing/\(session.id)/\(number)")
      state.counts[session.id] = number
      state.drafts.append(
        Draft(
          id: id,
          Viewing(
            order: session.order, homeServer: author.name, user: session.user,
            session: session.id, action: action, position: max(position, 0))))
    }
  }

  /// Whether something is still to be written.
  package var isPending: Bool { state.withLock { !$0.drafts.isEmpty } }

  /// Forgets a listening that has ended.
  package func end(_ session: Session) {
    state.withLock { $0.counts[session.id] = nil }
  }

  /// Writes what was noted; it is kept for the next time when that fails.
  ///
  /// What the ledger's rules refuse, such as the viewing of an order that was cancelled, is dropped,
  /// so that it does not hold up the rest.
  ///
  /// - Throws: as `LedgerLog.append`.
  package func flush() throws {
    try writing.withLock { _ in
      let drafts = state.withLock(\.drafts)
      if drafts.isEmpty { return }
      let log = try ledger.appending()
      do {
        _ = try log.append(drafts, by: author, lockMilliseconds: lockMilliseconds)
      } catch is RuleFault {
        var refusal: RuleFault?
        for draft in drafts {
          do {
            _ = try log.append([draft], by: author, lockMilliseconds: lockMilliseconds)
          } catch let fault as RuleFault { refusal = fault }
        }
        state.withLock { $0.drafts.removeFirst(drafts.count) }
        if let refusal { throw refusal }
        return
      }
      state.withLock { $0.drafts.removeFirst(drafts.count) }
    }
  }
}
