import CommandLineSupport
package import MarkKeys
package import Trade

/// Why an entry contradicts what the ledger says before it.
package enum RuleFault: ExplainedError, Equatable {
  case unknownParty(PartyName)
  case wrongRole(PartyName, PartyKind, PartyKind)
  case foreign(PartyName, PartyName)
  case foreignKey(PartyName, PartyName)
  case enrolledTwice(PartyName, PartyKind)
  case numberTaken(Int64, PartyKind, PartyName)
  case unknownTitle(Handle)
  case mediumWithoutShop
  case serialTaken(PartyName, Int64)
  case notMarked(PartyName, Int64)
  case wrongMessage(Message, Message)
  case foreignMoney(PartyName, PartyReference, PartyReference)
  case noBook(PartyReference)
  case beneficiaryOfUser(PartyReference)
  case advanceOfBook(PartyReference)
  case prepaidTwice
  case unknownBill(Handle)
  case unknownPayment(Handle)
  case otherBill(Handle)
  case otherPayment(Handle)
  case otherCurrency(Handle, Currency, Currency)
  case otherPurpose(Handle, PaymentPurpose)
  case otherDebtor(Handle, PartyReference)
  case twoBooks(Handle, payer: PartyReference, debtor: PartyReference)
  case paidTooMuch(Handle, Int64, Int64)
  case creditedTooMuch(Handle, Int64, Int64)
  case refundedTooMuch(Handle, Int64, Int64)
  case reversedTooMuchTax(Handle, Int64, Int64)
  case prepaidTooLittle(PartyReference, Int64, Int64)

  package var description: String {
    switch self {
    case .unknownParty(let name): "the party \(quoted("\(name)")) is not enrolled"
    case .wrongRole(let name, let role, let expected):
      "\(quoted("\(name)")) is \(role.withArticle), not \(expected.withArticle)"
    case .foreign(let author, let other):
      "\(quoted("\(author)")) may not write what \(quoted("\(other)")) does"
    case .foreignKey(let author, let other):
      "\(quoted("\(author)")) may not change the key of \(quoted("\(other)"))"
    case .enrolledTwice(let name, let role):
      "\(quoted("\(name)")) is already enrolled as \(role.withArticle)"
    case .numberTaken(let number, let role, let holder):
      "\(role.rawValue) number \(number) belongs to \(quoted("\(holder)"))"
    case .unknownTitle(let content): "the title \(quoted("\(content)")) is not published"
    case .mediumWithoutShop: "a medium goes with a shop, and a shop with a medium"
    case .serialTaken(let server, let serial):
      "\(quoted("\(server)")) has used the serial \(serial) before"
    case .notMarked(let server, let serial):
      "no copy with the serial \(serial) of \(quoted("\(server)")) was marked"
    case .wrongMessage(let message, let expected):
      "the message \(message) is not that of these parties, \(expected)"
    case .foreignMoney(let author, let payer, let payee):
      "\(quoted("\(author)")) may not write what \(quoted("\(payer)")) owes or pays "
        + quoted("\(payee)")
    case .noBook(let party):
      party.kind == .homeServer
        ? "the home server \(quoted("\(party.name)")) keeps no book, its administrator does"
        : "\(quoted("\(party)")) keeps no book"
    case .beneficiaryOfUser(let payer):
      "\(quoted("\(payer)")) is billed for itself, not for somebody else"
    case .advanceOfBook(let payer): "only a user pays back an advance, not \(quoted("\(payer)"))"
    case .prepaidTwice: "what was paid ahead cannot be paid ahead again"
    case .unknownBill(let id): "there is no bill \(quoted("\(id)"))"
    case .unknownPayment(let id): "there is no payment \(quoted("\(id)"))"
    case .otherBill(let id): "the bill \(quoted("\(id)")) is between other parties"
    case .otherPayment(let id):
      "the payment \(quoted("\(id)")) was between other parties or for something else"
    case .otherCurrency(let id, let currency, let other):
      "the bill \(quoted("\(id)")) is in \(currency), not in \(other)"
    case .otherPurpose(let id, let purpose):
      "the bill \(quoted("\(id)")) is not about \(quoted(purpose.rawValue))"
    case .otherDebtor(let id, let debtor):
      "the bill \(quoted("\(id)")) is owed by \(quoted("\(debtor)"))"
    case .twoBooks(let id, let payer, let debtor):
      "\(quoted("\(payer)")) cannot pay the bill \(quoted("\(id)")) of \(quoted("\(debtor)"))"
    case .paidTooMuch(let id, let amount, let open):
      "\(amount) is more than the \(open) minor units open of the bill \(quoted("\(id)"))"
    case .creditedTooMuch(let id, let amount, let open):
      "\(amount) is more than the \(open) minor units open of the bill \(quoted("\(id)"))"
    case .refundedTooMuch(let id, let amount, let left):
      "\(amount) is more than the \(left) minor units left of the payment \(quoted("\(id)"))"
    case .reversedTooMuchTax(let id, let tax, let left):
      "a tax of \(tax) is more than the \(left) minor units of tax left of \(quoted("\(id)"))"
    case .prepaidTooLittle(let payer, let held, let needed):
      "\(quoted("\(payer)")) has paid \(held) minor units ahead, not \(needed)"
    }
  }

  package var hint: String? {
    switch self {
    case .unknownParty: "ledger-enroll adds a party"
    case .paidTooMuch: "let the rest be a split of purpose prepaid"
    case .creditedTooMuch: "give back the payment first"
    default: nil
    }
  }
}
