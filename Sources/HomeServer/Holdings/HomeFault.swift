import CommandLineSupport
package import Ledger
package import Trade

/// Why a home server does not do what is asked of it.
package enum HomeFault: ExplainedError, Equatable {
  /// It takes a fee, and nobody is paid.
  case noAdministrator(PartyName)
  /// What is held to be viewed is not given away.
  case forViewing(Handle, PriceUnit)
  /// What was bought is given away, not viewed here.
  case forKeeping(Handle)
  /// A copy has fewer bytes than the user says he has of it.
  case behindTheEnd(Int64, Int64)

  package var description: String {
    switch self {
    case .noAdministrator(let name):
      "the home server \(quoted("\(name)")) has a fee and no administrator who is paid"
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
    case .noAdministrator: "enrol it with --administrator, or take no fee: hs-store fee --none"
    case .forViewing: "use hs-store play or serve, and hs-store finish"
    case .forKeeping: "use hs-store send"
    case .behindTheEnd: nil
    }
  }
}
