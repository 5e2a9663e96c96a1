import CommandLineSupport
package import Ledger
package import Masters
package import Trade

/// Why an order is not taken.
package enum OrderFault: ExplainedError, Equatable {
  case noContents
  case contentTwice(Handle)
  /// Only what a home server holds can be viewed.
  case wrongUse(PriceUnit)
  case revoked(PartyName)
  case notOffered(Handle)
  case noPrice(Handle, PriceUnit)
  case noMaster(Handle)
  case currencies(Handle, Currency, Currency)
  /// Only sound goes on an audio disc.
  case noSound(Handle, MasterKind)
  case noServer
  case expired(UTCTime)
  /// The order exists, and says something else here.
  case otherOrder(Handle, String)
  /// Something else than an order has the identifier of its entry.
  case notAnOrder(Handle)
  case longName(Handle)

  package var description: String {
    switch self {
    case .noContents: "an order has at least one title"
    case .contentTwice(let content): "the title \(quoted("\(content)")) is ordered twice"
    case .wrongUse(let use):
      use == .medium
        ? "an order is not for a medium alone"
        : "the use \(quoted(use.rawValue)) needs a home server that holds the copy"
    case .revoked(let name): "the party \(quoted("\(name)")) is revoked"
    case .notOffered(let content): "the title \(quoted("\(content)")) is not offered"
    case .noPrice(let content, let use):
      "the title \(quoted("\(content)")) has no price for the use \(quoted(use.rawValue))"
    case .noMaster(let content): "the title \(quoted("\(content)")) was published without a master"
    case .currencies(let content, let currency, let other):
      "the title \(quoted("\(content)")) costs \(currency), the titles before it \(other)"
    case .noSound(let content, let kind):
      "the title \(quoted("\(content)")) is a \(kind == .film ? "film" : "picture"), "
        + "which does not go on the medium \(quoted(Medium.compactDisc.rawValue)), an audio disc"
    case .noServer: "no delivery server is enrolled"
    case .expired(let time): "the order would have expired at \(time)"
    case .otherOrder(let order, let member):
      "the order \(quoted("\(order)")) was taken before with another \(member)"
    case .notAnOrder(let order): "the ledger has another entry for the order \(quoted("\(order)"))"
    case .longName(let order):
      "the order \(quoted("\(order)")) has more than \(OrderPlan.longestName) characters"
    }
  }

  package var hint: String? {
    switch self {
    case .otherOrder, .notAnOrder: "give another order another --id"
    case .notOffered: "cs-publish --list shows what is offered"
    case .currencies: "make an order for each currency"
    case .noSound: "order it on dvd-r or cd-rom"
    case .noServer: "ledger-enroll adds one"
    default: nil
    }
  }
}
