import CommandLineSupport
package import Ledger
import Signing
package import Trade

/// Why a delivery server does not carry out an order.
package enum DeliveryFault: ExplainedError, Equatable {
  case unknownAuthor(PartyName)
  case forged(Handle, PartyName)
  case foreignAuthor(Handle, PartyName, PartyName)
  case otherServer(Handle, PartyName, PartyName)
  case expired(Handle, UTCTime)
  case notInLedger(Handle)
  case otherTerms(Handle)
  case needsHomeServer(Handle, PriceUnit)
  case noMaster(Handle)
  case otherMaster(Handle, String)
  case otherMarking(Handle)
  case fetchFailed(Handle, Int)
  case noPrice(Handle, PriceUnit)
  case unpublished(Handle)
  case severalCopies
  /// A title in a format that it cannot be had in, and the one it has.
  case otherFormat(String, DeliveredFormat, DeliveredFormat)

  package var description: String {
    switch self {
    case .unknownAuthor(let name):
      "the order is signed by \(quoted("\(name)")), who is no content server with a valid key"
    case .forged(let order, let name):
      "the order \(quoted("\(order)")) is not signed with the key of \(quoted("\(name)"))"
    case .foreignAuthor(let order, let name, let server):
      "the order \(quoted("\(order)")) of \(quoted("\(server)")) is signed by \(quoted("\(name)"))"
    case .otherServer(let order, let server, let here):
      "the order \(quoted("\(order)")) is for \(quoted("\(server)")), not \(quoted("\(here)"))"
    case .expired(let order, let time): "the order \(quoted("\(order)")) has expired at \(time)"
    case .notInLedger(let order): "the order \(quoted("\(order)")) is not in the ledger"
    case .otherTerms(let order):
      "the order \(quoted("\(order)")) has other terms in the ledger"
    case .needsHomeServer(let order, let use):
      "the order \(quoted("\(order)")) is paid by the \(use.rawValue), which takes a home server"
    case .noMaster(let content): "there is no master of \(quoted("\(content)")) here"
    case .otherMaster(let content, let path):
      "the master \(quoted(path)) is not the one that the order of \(quoted("\(content)")) names"
    case .otherMarking(let order):
      "the copy for \(quoted("\(order)")) was begun with another master"
    case .fetchFailed(let content, let status):
      "the master of \(quoted("\(content)")) cannot be fetched: the command ended with \(status)"
    case .noPrice(let content, let use):
      "\(quoted("\(content)")) is not offered by the \(use.rawValue)"
    case .unpublished(let content):
      "\(quoted("\(content)")) is not published with a master"
    case .otherFormat(let content, let wanted, let own):
      "\(quoted(content)) is delivered as \(own.name), not as \(wanted.name)"
    case .severalCopies: "several copies cannot go to one file or stream"
    }
  }

  package var hint: String? {
    switch self {
    case .noMaster: "name a command that fetches it: --fetch 'ssh cs cs-publish --send {content}'"
    case .otherMaster: "fetch it anew with --fetch"
    case .severalCopies: "use --batch 'FOLDER/{order}-{content}.{ext}' or -o FOLDER/"
    case .expired: "order again with cs-order"
    default: nil
    }
  }
}
