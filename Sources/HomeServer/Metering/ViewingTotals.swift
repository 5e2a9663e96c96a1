/// What was viewed of a holding.
package struct ViewingTotals: Sendable, Equatable {
  /// What was viewed of a copy.
  package struct Item: Sendable, Equatable {
    /// Milliseconds of the title that were seen, each once.
    package var milliseconds: Int64 = 0
    /// How often it was seen: sessions that watched any of it.
    package var views: Int64 = 0

    /// Whole seconds; the rest of the last one is not counted.
    package var seconds: Int64 { milliseconds / 1000 }

    package init(milliseconds: Int64 = 0, views: Int64 = 0) {
      self.milliseconds = milliseconds
      self.views = views
    }
  }

  /// The copies of the holding, in their order.
  package var items: [Item]

  package init(items: [Item]) { self.items = items }

  /// Seconds of all copies.
  package var seconds: Int64 { items.reduce(0) { $0 + $1.seconds } }
  /// Views of all copies.
  package var views: Int64 { items.reduce(0) { $0 + $1.views } }
}
