import CommandLineSupport
package import Signing
package import Trade

/// Why a party cannot be enrolled or its key not be changed as asked.
package enum EnrolmentFault: ExplainedError, Equatable {
  case numberOutside(Int64, PartyKind, ClosedRange<Int64>)
  case noNumberLeft(PartyKind)
  case otherNumber(PartyName, Int64, asked: Int64)
  case otherKey(PartyName)
  case otherAdministrator(PartyName, PartyName?)
  case keyUsedBefore(PartyName, PublicKey)
  case revokedOtherwise(PartyName, String)
  /// The ledger exists and was opened under another name, by another party or key.
  case openedOtherwise(String, Origin, PartyName)

  package var description: String {
    switch self {
    case .numberOutside(let number, let role, let range):
      "the number \(number) of \(role.withArticle) is outside "
        + "\(range.lowerBound)...\(range.upperBound)"
    case .noNumberLeft(let role): "no number is left for \(role.withArticle)"
    case .otherNumber(let party, let number, let asked):
      "\(quoted("\(party)")) is enrolled with the number \(number), not \(asked)"
    case .otherKey(let party): "\(quoted("\(party)")) is enrolled with another key or none"
    case .otherAdministrator(let party, let administrator):
      "\(quoted("\(party)")) is enrolled "
        + (administrator.map { "with the administrator \(quoted("\($0)"))" }
          ?? "without an administrator")
    case .keyUsedBefore(let party, let key):
      "\(quoted("\(party)")) has had the key \(quoted(key.text)) before"
    case .revokedOtherwise(let party, let reason):
      "\(quoted("\(party)")) is revoked already, with the reason \(quoted(reason))"
    case .openedOtherwise(let file, let origin, let party):
      "\(quoted(file)) is the ledger \(quoted("\(origin)")) of \(quoted("\(party)")), "
        + "with another key where these are the same"
    }
  }

  package var hint: String? {
    switch self {
    case .otherKey: "ledger-enroll --rekey gives a party another key"
    case .keyUsedBefore: "wm-keygen --signing makes a new one"
    case .openedOtherwise: "ledgers are never overwritten"
    case .numberOutside, .noNumberLeft, .otherNumber, .otherAdministrator, .revokedOtherwise: nil
    }
  }
}
