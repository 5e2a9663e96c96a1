import CommandLineSupport
import DiscLayout
import Distribution
import Ledger
import Outlets

extension DiscMaker {
  /// Data discs: the files as they were delivered, a page for the case, and the signed manifest.
  func dataDiscs() throws -> [LaidDisc] {
    let parts = try DiscPlan.split(
      holding.items.map { DataDisc.sectors(ofBytes: $0.bytes) }, overhead: DataDisc.overhead,
      capacity: capacity)
    return try parts.enumerated().map { number, items in
      let tree = try DataTree(self, items, number, of: parts.count)
      let sectors = try tree.sectors()
      guard sectors <= capacity.sectors else {
        throw LayoutFault.tooLong(item: items.lowerBound, sectors: sectors, of: capacity)
      }
      return LaidDisc(kind: .data, items: items, sectors: sectors) {
        try tree.parts(sectors: sectors)
      }
    }
  }

  /// The name of a copy's file on a disc: its number in the order, and its title's.
  func fileName(_ number: Int) -> String {
    let item = holding.items[number]
    let kind = item.file.split(separator: ".").last.map(String.init) ?? "audio"
    return "\(number < 9 ? "0" : "")\(number + 1)-\(MasterStore.name(item.content)).\(kind)"
  }
}
