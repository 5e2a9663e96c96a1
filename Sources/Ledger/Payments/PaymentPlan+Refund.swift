import Trade

extension PaymentPlan {
  /// Plans a refund.
  ///
  /// Of a payment, money is given back; the bills it was for are open again then. Of a bill, a
  /// credit note is written over the amount, and before it money is given back that is not owed any
  /// more: the last payment first. The entry that is written first has the identifier given; further
  /// refunds have `/2`, `/3` and so on behind it, the credit note after a refund `/credit`.
  ///
  /// - Throws: `PaymentFault`, `RuleFault`, or `LedgerFault.conflict` when the identifier belongs
  ///   to something else.
  package mutating func refund(_ request: RefundRequest, id: Handle) throws {
    if let entry = try facts.entry(id) {
      let known = try written(request, id)
      guard !known.isEmpty else {
        throw LedgerFault.conflict(id: "\(id)", entry: entry.index, author: "\(entry.author)")
      }
      for draft in known { add(draft) }
    } else if let paid = try facts.payment(request.target) {
      let amount = try checked(request, left: paid.left, paid.body.currency)
      add(paid.refund(amount, of: request.target, request), id: id)
    } else if let bill = try facts.bill(request.target) {
      try refund(bill, request, id)
    } else {
      throw PaymentFault.nothingToRefund(request.target)
    }
  }

  private func checked(
    _ request: RefundRequest, left: Int64, _ currency: Currency
  ) throws -> Int64 {
    let amount = request.amount ?? left
    if left == 0 { throw PaymentFault.givenBack(request.target) }
    if amount < 1 { throw PaymentFault.notPositive(amount, currency) }
    if amount > left {
      throw PaymentFault.refundExceeds(request.target, amount, left, currency)
    }
    return amount
  }

  private mutating func refund(
    _ bill: Facts.Bill, _ request: RefundRequest, _ id: Handle
  ) throws {
    let amount = try checked(
      request, left: bill.body.amount - bill.credited, bill.body.currency)
    var back = max(0, amount - bill.open)
    var count = 0
    for payment in try facts.payments(for: bill.id).reversed() where back > 0 {
      guard let paid = try facts.payment(payment) else { continue }
      let left = paid.remaining.reduce(0) { $0 + ($1.key.bill == bill.id ? $1.value : 0) }
      let taken = min(left, back)
      if taken < 1 { continue }
      back -= taken
      count += 1
      add(
        paid.refund(taken, of: payment, request, for: bill.id),
        id: count == 1 ? id : try Handle("\(id)/\(count)"))
    }
    let notes = try facts.creditNotes(of: bill.id).map(\.body)
    add(
      Draft(
        id: count == 0 ? id : try Handle("\(id)/credit"),
        try bill.creditNote(amount, after: notes, reason: request.reason)))
  }

  /// The entries of a refund that was written before; none when it was another one.
  private func written(_ request: RefundRequest, _ id: Handle) throws -> [Draft] {
    var drafts: [Draft] = []
    var number = 1
    while let refund = try facts.entry(number == 1 ? id : Handle("\(id)/\(number)"))?.event.body
      as? Payment
    {
      guard refund.reason == request.reason, refund.reference == request.reference,
        request.funds == nil || refund.funds == request.funds
      else { return [] }
      drafts.append(Draft(id: number == 1 ? id : try Handle("\(id)/\(number)"), refund))
      if refund.reverses == request.target {
        let earlier = try facts.refunds(of: request.target)
        let isAmount = try isAmount(
          request, refund.amount, of: facts.payment(request.target)?.body.amount,
          earlier.map { ($0.id, $0.body.amount) }, id)
        return isAmount ? drafts : []
      }
      number += 1
    }
    let creditID = drafts.isEmpty ? id : try Handle("\(id)/credit")
    guard let note = try facts.entry(creditID)?.event.body as? Billed,
      note.reverses == request.target, note.reason == request.reason,
      try isAmount(
        request, note.amount, of: facts.bill(request.target)?.body.amount,
        facts.creditNotes(of: request.target).map { ($0.id, $0.body.amount) }, creditID)
    else { return [] }
    return drafts + [Draft(id: creditID, note)]
  }

  /// Whether an amount that was given back is the one asked for, which may be all that was left.
  private func isAmount(
    _ request: RefundRequest, _ amount: Int64, of whole: Int64?, _ steps: [(Handle, Int64)],
    _ id: Handle
  ) throws -> Bool {
    if let asked = request.amount { return asked == amount }
    var sum: Int64 = 0
    for (step, amount) in steps {
      sum += amount
      if step == id { break }
    }
    return sum == whole
  }
}
