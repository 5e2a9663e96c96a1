import Glibc

/// A line on the terminal that says how far the work is, renewed at most ten times a second.
///
/// Nothing is shown with -q or where standard error is not a terminal.
package struct Progress {
  private let diagnostics: Diagnostics
  private let label: String
  private let total: Double?
  private let isShown: Bool
  private var nextTime: Int64 = 0
  private var hasLine = false

  /// Prepares the line; nothing is shown yet.
  ///
  /// - Parameters:
  ///   - label: what is being done, such as `marking`.
  ///   - total: the amount of work in any unit, or nil when it is not known.
  ///   - diagnostics: the voice of the tool, which also decides whether progress is shown.
  package init(_ label: String, total: Double?, diagnostics: Diagnostics) {
    self.label = label
    self.total = total
    self.diagnostics = diagnostics
    isShown = diagnostics.showsProgress
  }

  /// Shows the work done so far.
  ///
  /// - Parameters:
  ///   - done: in the unit of `total`.
  ///   - text: the amount in words, shown when the total is not known.
  package mutating func update(_ done: Double, _ text: @autoclosure () -> String) {
    guard isShown else { return }
    var now = timespec()
    clock_gettime(CLOCK_MONOTONIC, &now)
    let time = Int64(now.tv_sec) * 1000 + Int64(now.tv_nsec) / 1_000_000
    guard time >= nextTime else { return }
    nextTime = time + 100
    hasLine = true
    if let total, total > 0 {
      let percent = Int((min(max(done / total, 0), 1) * 100).rounded(.down))
      diagnostics.progress("\(diagnostics.tool): \(label) \(percent) %")
    } else {
      diagnostics.progress("\(diagnostics.tool): \(label) \(text())")
    }
  }

  /// Clears the line.
  package mutating func finish() {
    if hasLine { diagnostics.progress("") }
    hasLine = false
  }
}
