import CommandLineSupport
import Distribution
package import Ledger
package import Outlets
import Synchronization
package import Trade

/// Counts what is viewed of a holding, and keeps it on the disk; any number of threads may use it, and
/// several processes one each.
///
/// A second of a title is counted once, however often it is watched. What was watched is on the disk
/// when it adds up to five seconds that are new, or with `flush()`: a crash loses less than ten
/// seconds of viewing, and the user need not pay for them.
package final class ViewingMeter: Sendable {
  private let holding: Holding
  private let journal: ViewingJournal
  private let state: Mutex<State>

  private struct State {
    var items: [MediaIntervals]
    var sessions: [Set<String>]
    /// What is not yet on the disk, by item.
    var pending: [Int: MediaIntervals] = [:]
    var pendingMilliseconds: Int64 = 0
  }

  /// How much may be watched before it is written.
  private static let mostPending: Int64 = 5000

  /// Starts with what was viewed before.
  ///
  /// - Throws: `SystemError`.
  package init(_ holding: Holding) throws {
    self.holding = holding
    journal = ViewingJournal(path: holding.path + "/" + ViewingJournal.name)
    var start = State(
      items: holding.items.map { _ in MediaIntervals() }, sessions: holding.items.map { _ in [] })
    for line in try journal.lines() {
      switch line {
      case .view(let item, let session) where start.items.indices.contains(item):
        start.sessions[item].insert(session)
      case .watched(let item, let range) where start.items.indices.contains(item):
        start.items[item].insert(range)
      default: break
      }
    }
    state = Mutex(start)
  }

  /// A session begins to watch a copy: one view, however often this is said of the same session.
  ///
  /// - Parameters:
  ///   - session: the session.
  ///   - item: the copy, from 0.
  /// - Throws: `HoldingFault.ended`, `HoldingFault.noItem` or `SystemError`.
  package func began(_ session: Handle, item: Int) throws {
    try check(item)
    try state.withLock { state in
      guard state.sessions[item].insert("\(session)").inserted else { return }
      do { try journal.append([ViewingJournal.Line(view: "\(session)", item: item)]) } catch {
        state.sessions[item].remove("\(session)")
        throw error
      }
    }
  }

  /// A part of a copy was watched.
  ///
  /// - Parameters:
  ///   - item: the copy, from 0.
  ///   - milliseconds: which part, in the time of the title.
  /// - Throws: `HoldingFault.ended` when it is to be written and the holding is ended,
  ///   `HoldingFault.noItem` or `SystemError`.
  package func watched(item: Int, milliseconds: Range<Int64>) throws {
    guard holding.items.indices.contains(item), milliseconds.lowerBound >= 0 else {
      throw HoldingFault.noItem(holding.order.ordered.order, item)
    }
    try state.withLock { state in
      let new = state.items[item].insert(milliseconds)
      if new == 0 { return }
      state.pending[item, default: MediaIntervals()].insert(milliseconds)
      state.pendingMilliseconds += new
      if state.pendingMilliseconds >= Self.mostPending { try write(&state) }
    }
  }

  /// Puts on the disk what is not there yet.
  ///
  /// - Throws: `HoldingFault.ended` or `SystemError`.
  package func flush() throws { try state.withLock { try write(&$0) } }

  /// What was viewed so far, as far as this object knows.
  package var totals: ViewingTotals {
    state.withLock { state in
      ViewingTotals(
        items: zip(state.items, state.sessions).map { intervals, sessions in
          ViewingTotals.Item(milliseconds: intervals.milliseconds, views: Int64(sessions.count))
        })
    }
  }

  /// The parts of a copy that were watched.
  ///
  /// - Parameter item: the copy, from 0.
  /// - Returns: the ranges in milliseconds.
  package func intervals(of item: Int) -> MediaIntervals {
    state.withLock { $0.items.indices.contains(item) ? $0.items[item] : MediaIntervals() }
  }

  /// How many days the holding was held at a time, a started one counting as a whole one.
  ///
  /// - Parameter time: not before it was stored; before, there are none.
  /// - Returns: the periods of 24 hours that have begun.
  package func daysHeld(at time: UTCTime) -> Int64 {
    (try? PriceUnit.days(from: holding.since, until: time)) ?? 0
  }

  private func check(_ item: Int) throws {
    let id = holding.order.ordered.order
    guard holding.items.indices.contains(item) else { throw HoldingFault.noItem(id, item) }
    guard holding.isHeld else { throw HoldingFault.ended(id) }
  }

  private func write(_ state: inout State) throws {
    if state.pending.isEmpty { return }
    guard holding.isHeld else { throw HoldingFault.ended(holding.order.ordered.order) }
    let lines = state.pending.sorted { $0.key < $1.key }.flatMap { item, intervals in
      intervals.ranges.map { ViewingJournal.Line.watched(item: item, $0) }
    }
    try journal.append(lines)
    state.pending = [:]
    state.pendingMilliseconds = 0
  }
}
