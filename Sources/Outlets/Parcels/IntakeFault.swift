import CommandLineSupport
package import Ledger
package import Trade

/// Why a home server or shop does not take a parcel, or cannot work at all.
package enum IntakeFault: ExplainedError, Equatable {
  case notEnrolled(PartyName, PartyKind)
  case unknownAuthor(PartyName)
  case forged(Handle, PartyName)
  case otherOutlet(Handle, PartyName, PartyName)
  case otherMarking(Handle, Handle)
  case otherPrice(Handle, Handle)
  case notDelivered(Handle, Handle)
  case expired(Handle, UTCTime)
  case gone(Handle, DeletionCause)
  case otherParcel(Handle)

  package var description: String {
    switch self {
    case .notEnrolled(let name, let role):
      "\(quoted("\(name)")) is not enrolled as a "
        + role.rawValue.replacing("-", with: " ")
    case .unknownAuthor(let name):
      "the parcel is signed by \(quoted("\(name)")), who is no delivery server with a valid key"
    case .forged(let order, let name):
      "the parcel for \(quoted("\(order)")) is not signed with the key of \(quoted("\(name)"))"
    case .otherOutlet(let order, let outlet, let here):
      "the parcel for \(quoted("\(order)")) is for \(quoted("\(outlet)")), not \(quoted("\(here)"))"
    case .otherMarking(let order, let content):
      "the ledger has no marking of \(quoted("\(content)")) for \(quoted("\(order)")) "
        + "like that of the parcel"
    case .otherPrice(let order, let content):
      "the price of \(quoted("\(content)")) for \(quoted("\(order)")) was another one "
        + "when it was ordered"
    case .notDelivered(let order, let content):
      "the ledger does not say that this copy of \(quoted("\(content)")) was delivered "
        + "for \(quoted("\(order)"))"
    case .expired(let order, let time): "the order \(quoted("\(order)")) has expired at \(time)"
    case .gone(let order, let cause):
      "what was held for \(quoted("\(order)")) is erased: \(Self.words(cause))"
    case .otherParcel(let order):
      "another parcel was stored for the order \(quoted("\(order)"))"
    }
  }

  private static func words(_ cause: DeletionCause) -> String {
    switch cause {
    case .handedOver: "it was handed over"
    case .viewed: "it was viewed"
    case .burned: "it was burned"
    case .expired: "the order has expired"
    case .cancelled: "the order was cancelled"
    }
  }

  package var hint: String? {
    switch self {
    case .notEnrolled(_, let role): "ledger-enroll \(role.rawValue) NAME --key-file KEY adds one"
    case .notDelivered: "deliver it again: ds-deliver --resume"
    case .expired: "order again with cs-order"
    default: nil
    }
  }
}
