import ArgumentParser
import Ledger
import LedgerCommandSupport
import Trade

/// What is given back, and why.
struct RefundOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Give back a payment, or credit a bill and give back what was paid for it.",
      valueName: "id"))
  var refund: String?

  @Option(help: ArgumentHelp("Why it is given back.", valueName: "text")) var reason: String?

  /// The options of payments that refunds have too.
  static let shared: Set<String> = ["--amount", "--funds", "--reference"]

  /// The options that are given.
  var given: [String] {
    [("--refund", refund != nil), ("--reason", reason != nil)].filter(\.1).map(\.0)
  }

  /// What is asked for; the amount is in the currency of what it is given back of.
  ///
  /// - Throws: `HandleError`, `MoneyError` or `PaymentFault.nothingToRefund`.
  func request(_ payment: PaymentOptions, _ facts: Facts) throws -> RefundRequest {
    let target = try Handle(refund ?? "")
    let currency = try facts.currency(of: target)
    return RefundRequest(
      target: target,
      amount: try payment.amount.map { try MinorUnits(decimal: $0, currency).value },
      funds: payment.funds, reference: payment.reference, reason: reason ?? "")
  }
}
