import Trade

/// Makes the entries of payments and refunds, from what the ledger says.
///
/// A plan is made under the lock of the ledger. What was written before under the same identifier
/// is drafted again as it was, so that the log finds it and answers with its receipt.
package struct PaymentPlan {
  /// The entries to be written or found again.
  package private(set) var drafts: [Draft] = []

  let facts: Facts
  private var payments: [Handle: Payment] = [:]
  private var planned: [Handle: Int64] = [:]

  package init(_ facts: Facts) { self.facts = facts }

  /// Plans a payment whose bills are to be found.
  ///
  /// - Parameters:
  ///   - request: what is paid.
  ///   - id: its identifier.
  ///   - line: the line of input that asks for it.
  /// - Returns: the payment, which is what was asked for.
  /// - Throws: `PaymentFault`, `RuleFault`, or `LedgerFault.conflict` when the identifier belongs
  ///   to something else.
  @discardableResult
  package mutating func pay(
    _ request: PaymentRequest, id: Handle, line: Int? = nil
  ) throws -> Payment {
    if let earlier = payments[id] {
      guard request.isAnswered(by: earlier) else { throw PaymentFault.identifierTwice(id) }
      add(earlier, id, line)
      return earlier
    }
    if let entry = try facts.entry(id) {
      guard let known = entry.event.body as? Payment, request.isAnswered(by: known) else {
        throw LedgerFault.conflict(id: "\(id)", entry: entry.index, author: "\(entry.author)")
      }
      drafts.append(Draft(id: id, known, line: line))
      return known
    }
    var matching = PaymentMatching(request, facts, planned: planned)
    let payment = try matching.payment()
    add(payment, id, line)
    return payment
  }

  /// Plans a payment or refund as it is.
  package mutating func add(_ payment: Payment, id: Handle, line: Int? = nil) {
    add(payment, id, line)
  }

  private mutating func add(_ payment: Payment, _ id: Handle, _ line: Int?) {
    drafts.append(Draft(id: id, payment, line: line))
    guard payments.updateValue(payment, forKey: id) == nil else { return }
    for split in payment.splits {
      guard let bill = split.bill else { continue }
      planned[bill, default: 0] += payment.reverses == nil ? split.amount : -split.amount
    }
  }

  /// Plans entries that were made elsewhere.
  mutating func add(_ draft: Draft) { drafts.append(draft) }
}
