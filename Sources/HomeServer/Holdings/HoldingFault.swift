import CommandLineSupport
package import Ledger
package import Trade

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
  /// What is held to be viewed is not given away.
  case forViewing(Handle, PriceUnit)
  /// What was bought is given away, not viewed here.
  case forKeeping(Handle)
  /// A copy has fewer bytes than the user says he has of it.
  case behindTheEnd(Int64, Int64)

  package var description: String {
    switch self {
    case .notHeld(let order): "nothing is held for the order \(quoted("\(order)"))"
    case .damaged(let path): "\(quoted(path)) was changed since it was stored"
    case .ended(let order): "the holding of the order \(quoted("\(order)")) is ended"
    case .noItem(let order, let number):
      "the order \(quoted("\(order)")) has no item \(number + 1)"
    case .forViewing(let order, let use):
      "the order \(quoted("\(order)")) is paid by the \(use.rawValue): it is viewed here, not sent"
    case .forKeeping(let order):
      "the order \(quoted("\(order)")) is for a copy to keep: it is sent, not viewed here"
    case .behindTheEnd(let start, let size):
      "byte \(start) is behind the end: the copy has \(size) bytes"
    }
  }

  package var hint: String? {
    switch self {
    case .notHeld: "hs-store list shows what is held"
    case .damaged: "ask the delivery server for the parcel again: ds-deliver --again"
    case .ended: "hs-store gc finishes what was interrupted"
    case .forViewing: "use hs-store play or serve, and hs-store finish"
    case .forKeeping: "use hs-store send"
    case .noItem, .behindTheEnd: nil
    }
  }
}
