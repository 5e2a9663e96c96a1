/// An amount of money in minor units of some currency, such as cents or yen.
///
/// The range, ±(2^53 - 1), is that of the integers every JSON reader keeps exact (RFC 8785).
package struct MinorUnits: Sendable, Hashable, Comparable {
  /// The largest amount, 2^53 - 1 = 9007199254740991.
  package static let largest: Int64 = (1 << 53) - 1
  /// No money.
  package static let zero = MinorUnits(unchecked: 0)

  /// The number of minor units.
  package let value: Int64

  /// Takes a number of minor units.
  ///
  /// - Throws: `MoneyError.tooLarge` outside ±(2^53 - 1).
  package init(_ value: Int64) throws {
    guard -Self.largest...Self.largest ~= value else {
      throw MoneyError.tooLarge("\(value) minor units")
    }
    self.value = value
  }

  /// Takes a number that is known to be in range.
  init(unchecked value: Int64) {
    assert(-Self.largest...Self.largest ~= value)
    self.value = value
  }

  /// Orders amounts of the same currency.
  package static func < (one: MinorUnits, other: MinorUnits) -> Bool { one.value < other.value }

  /// The same amount in the other direction.
  package static prefix func - (amount: MinorUnits) -> MinorUnits {
    MinorUnits(unchecked: -amount.value)
  }

  /// Adds two amounts of the same currency.
  ///
  /// - Throws: `MoneyError.tooLarge`.
  package static func + (one: MinorUnits, other: MinorUnits) throws -> MinorUnits {
    // Two numbers of 53 bits cannot overflow 64.
    let sum = one.value + other.value
    guard -largest...largest ~= sum else {
      throw MoneyError.tooLarge("\(one.value) + \(other.value) minor units")
    }
    return MinorUnits(unchecked: sum)
  }

  /// Subtracts an amount of the same currency.
  ///
  /// - Throws: `MoneyError.tooLarge`.
  package static func - (one: MinorUnits, other: MinorUnits) throws -> MinorUnits {
    try one + -other
  }

  /// Multiplies a unit price by a quantity.
  ///
  /// - Throws: `MoneyError.tooLarge`.
  package static func * (price: MinorUnits, quantity: Int64) throws -> MinorUnits {
    let (product, isOverflow) = price.value.multipliedReportingOverflow(by: quantity)
    guard !isOverflow, -largest...largest ~= product else {
      throw MoneyError.tooLarge("\(quantity) times \(price.value) minor units")
    }
    return MinorUnits(unchecked: product)
  }
}

extension Sequence<MinorUnits> {
  /// The sum of amounts of the same currency.
  ///
  /// - Throws: `MoneyError.tooLarge` when it is out of range on the way.
  package func sum() throws -> MinorUnits {
    try reduce(.zero) { try $0 + $1 }
  }
}
