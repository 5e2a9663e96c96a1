/// Tells viewing a title from a look into it: what a session has heard of a title counts, from its
/// beginning, once it is a second.
package struct ViewingStarts: Sendable {
  /// The titles that count, from 0.
  package private(set) var begun: Set<Int> = []
  private var waiting: [Int: [Range<Int64>]] = [:]

  /// How much of a title must be heard, in milliseconds.
  package static let least: Int64 = 1000

  package init() {}

  /// Takes what was heard.
  ///
  /// - Parameters:
  ///   - item: the title, from 0.
  ///   - milliseconds: which part of it.
  /// - Returns: what counts now: nothing before the first second, then all from the first
  ///   part on.
  package mutating func heard(_ item: Int, _ milliseconds: Range<Int64>) -> [Range<Int64>] {
    if begun.contains(item) { return [milliseconds] }
    waiting[item, default: []].append(milliseconds)
    let parts = waiting[item] ?? []
    guard parts.reduce(0, { $0 + $1.upperBound - $1.lowerBound }) >= Self.least else { return [] }
    waiting[item] = nil
    begun.insert(item)
    return parts
  }
}
