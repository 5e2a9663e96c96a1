/// How much a medium holds.
package struct DiscCapacity: Sendable, Hashable {
  /// Sectors, without lead-in, the first pause and lead-out.
  package let sectors: Int
  /// What it is called in messages, such as `80 minutes`.
  package let name: String

  package init(sectors: Int, name: String) {
    self.sectors = sectors
    self.name = name
  }

  /// A compact disc of so many minutes.
  ///
  /// - Parameter minutes: 74, 80 and 90 are made, and 21 on 8 cm.
  /// - Returns: what it holds.
  package static func minutes(_ minutes: Int) -> DiscCapacity {
    DiscCapacity(sectors: minutes * 60 * RedBook.sectorsPerSecond, name: "\(minutes) minutes")
  }

  /// A DVD-R: 2,298,496 sectors of 2,048 bytes.
  package static let dvd = DiscCapacity(sectors: 2_298_496, name: "4.7 GB")

  /// The minutes of compact discs that are made.
  package static let minutesMade = [21, 74, 80, 90]
}
