import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Trade

/// A line of a batch: the members of a payment's body and `id`, in canonical form.
///
/// Without `splits` the bills that are settled are found, of one `purpose` and one `debtor` where
/// these members are there.
struct PaymentLine {
  private enum Content {
    case payment(Payment)
    case request(PaymentRequest)
  }

  private let number: Int
  private let id: Handle
  private let content: Content

  /// - Parameters:
  ///   - bytes: the line.
  ///   - number: its number, from 1.
  /// - Throws: `CanonicalFault`, `FieldFault` or `PaymentFault`.
  init(_ bytes: UnsafeRawBufferPointer, _ number: Int) throws {
    self.number = number
    var fields = try FieldReader(CanonicalText().read(bytes), called: "line")
    id = try fields.value("id", Handle.init)
    if fields.optionalIsPresent("splits") {
      content = .payment(try Payment(&fields))
    } else {
      content = .request(try PaymentRequest(&fields))
    }
    try fields.finish()
  }

  /// Adds what the line asks for to a plan.
  ///
  /// - Throws: `DraftFault` that names the line.
  func add(to plan: inout PaymentPlan) throws {
    try locating(number) {
      switch content {
      case .payment(let payment): plan.add(payment, id: id, line: number)
      case .request(let request): try plan.pay(request, id: id, line: number)
      }
    }
  }
}

extension PaymentRequest {
  /// Takes the members of a line without splits.
  fileprivate init(_ fields: inout FieldReader) throws {
    let purpose =
      fields.optionalIsPresent("purpose")
      ? try fields.word("purpose", as: PaymentPurpose.self) : nil
    try self.init(
      payer: fields.value("payer", PartyReference.init),
      payee: fields.value("payee", PartyReference.init),
      amount: fields.integer("amount", in: 1...CanonicalValue.largestInteger),
      currency: fields.value("currency", Currency.init),
      funds: fields.optionalIsPresent("funds") ? fields.word("funds") : .bank,
      reference: fields.optionalWords("reference"),
      parts: purpose.map { [Part(.purpose($0))] } ?? [],
      debtor: fields.optionalValue("debtor", PartyReference.init))
  }
}
