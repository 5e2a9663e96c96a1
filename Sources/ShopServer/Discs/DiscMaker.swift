package import DiscLayout
import Distribution
package import Ledger
package import Outlets

/// Lays the discs of an order out.
package struct DiscMaker {
  let holding: Holding
  let facts: Facts
  let capacity: DiscCapacity

  /// - Parameters:
  ///   - holding: the order's parcel.
  ///   - facts: the ledger, which has the codes of recordings and products.
  ///   - capacity: what a disc holds.
  package init(_ holding: Holding, _ facts: Facts, capacity: DiscCapacity) {
    self.holding = holding
    self.facts = facts
    self.capacity = capacity
  }

  /// All discs of the order, in their order; nothing is written yet.
  ///
  /// - Returns: one disc, or several where one does not hold everything.
  /// - Throws: `LayoutFault`, `HoldingFault`, `AudioError`, `ChildFault`, `SystemError`, or what the
  ///   ledger throws.
  package func discs() throws -> [LaidDisc] {
    switch holding.order.ordered.medium {
    case .compactDisc: try audioDiscs()
    case .dataDisc, .videoDisc: try dataDiscs()
    case nil: throw BurnFault.noMedium(holding.order.ordered.order)
    }
  }

  /// A name of several discs: `TITLE`, or `TITLE (2/3)`.
  func numbered(_ title: String, _ number: Int, of count: Int) -> String {
    count == 1 ? title : "\(title) (\(number + 1)/\(count))"
  }
}
