import CommandLineSupport
package import Ledger

/// What is wrong with a holding, or with what is asked of it.
package enum HoldingFault: ExplainedError, Equatable {
  /// There is nothing of the order here.
  case notHeld(Handle)
  /// A file is not what was stored.
  case damaged(String)
  /// The holding is ended; its key is gone or about to go.
  case ended(Handle)
  /// An order has no such item.
  case noItem(Handle, Int)

  package var description: String {
    switch self {
    case .notHeld(let order): "nothing is held for the order \(quoted("\(order)"))"
    case .damaged(let path): "\(quoted(path)) was changed since it was stored"
    case .ended(let order): "the holding of the order \(quoted("\(order)")) is ended"
    case .noItem(let order, let number):
      "the order \(quoted("\(order)")) has no item \(number + 1)"
    }
  }

  package var hint: String? {
    switch self {
    case .notHeld: "hs-store list and shop-burn --list show what is held"
    case .damaged: "ask the delivery server for the parcel again: ds-deliver --again"
    case .ended: "hs-store gc and shop-burn --gc finish what was interrupted"
    case .noItem: nil
    }
  }
}
