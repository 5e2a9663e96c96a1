package import Trade

/// What is to be given back, and why.
package struct RefundRequest: Sendable {
  /// A payment or a bill.
  package let target: Handle
  /// In minor units, from 1; nil for all that is left.
  package let amount: Int64?
  /// Where the money comes from; nil for where it went to.
  package let funds: Funds?
  package let reference: String?
  package let reason: String

  package init(
    target: Handle, amount: Int64?, funds: Funds?, reference: String?, reason: String
  ) {
    self.target = target
    self.amount = amount
    self.funds = funds
    self.reference = reference
    self.reason = reason
  }
}

extension Facts {
  /// The currency of a payment or bill.
  ///
  /// - Throws: `PaymentFault.nothingToRefund` when it is neither.
  package func currency(of id: Handle) throws -> Currency {
    if let payment = try payment(id) { return payment.body.currency }
    if let bill = try bill(id) { return bill.body.currency }
    throw PaymentFault.nothingToRefund(id)
  }

  /// The credit notes of a bill, oldest first.
  func creditNotes(of bill: Handle) throws -> [(id: Handle, body: Billed)] {
    var notes: [(id: Handle, body: Billed)] = []
    try visit(Term(.bill, "\(bill)"), kinds: [.billed]) { id, event in
      if let note = event.body as? Billed, note.reverses == bill { notes.append((id, note)) }
    }
    return notes
  }

  /// The refunds of a payment, oldest first.
  func refunds(of payment: Handle) throws -> [(id: Handle, body: Payment)] {
    var refunds: [(id: Handle, body: Payment)] = []
    try visit(Term(.refund, "\(payment)")) { id, event in
      if let refund = event.body as? Payment, refund.reverses == payment {
        refunds.append((id, refund))
      }
    }
    return refunds
  }

  /// The payments for a bill, oldest first, without refunds.
  func payments(for bill: Handle) throws -> [Handle] {
    var payments: [Handle] = []
    try visit(Term(.bill, "\(bill)"), kinds: [.payment]) { id, event in
      if let payment = event.body as? Payment, payment.reverses == nil,
        payment.splits.contains(where: { $0.bill == bill })
      {
        payments.append(id)
      }
    }
    return payments
  }
}

extension Facts.Paid {
  /// What has not been given back, in minor units.
  var left: Int64 { remaining.values.reduce(0, +) }

  /// The refund of a part: the last splits are given back first.
  ///
  /// The tax given back in all is the share of the amount given back in all, rounded half up.
  ///
  /// - Parameters:
  ///   - amount: in minor units, from 1.
  ///   - id: the payment.
  ///   - request: where it goes, and why.
  ///   - bill: the bill whose splits alone are given back.
  /// - Returns: the refund.
  func refund(
    _ amount: Int64, of id: Handle, _ request: RefundRequest, for bill: Handle? = nil
  ) -> Payment {
    var rest = amount
    var splits: [PaymentSplit] = []
    for split in body.splits.reversed() where bill == nil || split.bill == bill {
      let left = remaining[split.target] ?? 0
      let taken = min(rest, left)
      if taken < 1 { continue }
      rest -= taken
      let before = split.amount - left
      splits.append(
        PaymentSplit(
          purpose: split.purpose, amount: taken,
          tax: share(of: split.tax, before + taken, outOf: split.amount)
            - share(of: split.tax, before, outOf: split.amount),
          bill: split.bill, debtor: split.debtor))
    }
    return Payment(
      payer: body.payer, payee: body.payee, currency: body.currency,
      funds: request.funds ?? body.funds, splits: splits.reversed(),
      reference: request.reference, reverses: id, reason: request.reason)
  }
}
