import CommandLineSupport

/// Shares the items of an order out over discs, in their order.
package enum DiscPlan {
  /// Puts as many items on each disc as it holds.
  ///
  /// - Parameters:
  ///   - sectors: what each item takes.
  ///   - overhead: what each disc needs besides.
  ///   - mostItems: how many items a disc may have.
  ///   - capacity: what a disc holds.
  /// - Returns: for each disc, its items.
  /// - Throws: `LayoutFault.tooLong` for an item that no disc holds.
  package static func split(
    _ sectors: [Int], overhead: Int = 0, mostItems: Int = .max, capacity: DiscCapacity
  ) throws -> [Range<Int>] {
    var discs: [Range<Int>] = []
    var start = 0
    var used = overhead
    for (number, size) in sectors.enumerated() {
      if overhead + size > capacity.sectors {
        throw LayoutFault.tooLong(
          item: number, sectors: overhead + size, of: capacity)
      }
      if used + size > capacity.sectors || number - start == mostItems {
        discs.append(start..<number)
        start = number
        used = overhead
      }
      used += size
    }
    if start < sectors.count { discs.append(start..<sectors.count) }
    return discs
  }
}

/// Why a disc cannot be laid out.
package enum LayoutFault: ExplainedError, Equatable {
  /// No disc holds the item with this number, from 0.
  case tooLong(item: Int, sectors: Int, of: DiscCapacity)
  /// A copy has a number of channels that a compact disc has not.
  case channels(String, Int)
  /// A copy has fewer frames than it announced.
  case short(String)

  package var description: String {
    switch self {
    case .tooLong(let item, let sectors, let capacity):
      "title \(item + 1) of the order takes \(sectors) sectors, and a disc of \(capacity.name) "
        + "holds \(capacity.sectors)"
    case .channels(let name, let count):
      "\(quoted(name)) has \(count) channels, and a compact disc has two"
    case .short(let name): "\(quoted(name)) has fewer samples than it says"
    }
  }

  package var hint: String? {
    switch self {
    case .tooLong: "longer media are named with --capacity 90"
    case .channels: "order such titles on a data disc: cs-order --medium dvd-r"
    case .short: nil
    }
  }
}
