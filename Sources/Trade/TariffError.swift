import CommandLineSupport

/// Why a use cannot be charged.
package enum TariffError: ExplainedError, Equatable {
  /// The tariff has no price for the unit.
  case notOffered(PriceUnit)
  /// A quantity is negative.
  case negativeQuantity(Int64, PriceUnit)
  /// A viewing took a negative time.
  case negativeSeconds(Int64)
  /// A copy was given back before it was received.
  case endsBeforeStart(UTCTime, UTCTime)
  /// The seconds of an order do not fit 64 bits.
  case tooLong

  /// What went wrong, for the terminal.
  package var description: String {
    switch self {
    case .notOffered(let unit): "the tariff has no price for a '\(unit.rawValue)'"
    case .negativeQuantity(let quantity, let unit):
      "quantity '\(quantity)' of \(unit.rawValue) is negative"
    case .negativeSeconds(let seconds): "a viewing of '\(seconds)' seconds is negative"
    case .endsBeforeStart(let start, let end): "end '\(end)' is before the start '\(start)'"
    case .tooLong: "the seconds viewed add up to more than 2^63"
    }
  }
}
