import Trade

extension PaymentRequest {
  /// Whether a payment that was written before is what is asked for.
  ///
  /// Which bills it settled does not count unless they were asked for: they are settled now, and
  /// matching would find others.
  func isAnswered(by payment: Payment) -> Bool {
    guard payment.reverses == nil, payment.payer == payer, payment.payee == payee,
      payment.amount == amount, payment.currency == currency, payment.funds == funds,
      payment.reference == reference
    else { return false }
    let debtors = Set(payment.splits.filter { $0.bill != nil }.map(\.debtor))
    return debtors.isSubset(of: [debtor]) && hasParts(payment.splits) && hasTax(payment.splits)
  }

  private func hasParts(_ splits: [PaymentSplit]) -> Bool {
    if parts.isEmpty { return splits.allSatisfy { $0.bill != nil || $0.purpose == .prepaid } }
    var splits = splits
    for part in parts {
      guard case .bill(let id) = part.target else { continue }
      guard let index = splits.firstIndex(where: { $0.bill == id }) else { return false }
      let split = splits.remove(at: index)
      if let amount = part.amount, amount != split.amount { return false }
    }
    // What is left are purposes, and what was paid too much for them.
    let left = splits.reduce(0) { $0 + $1.amount }
    let named: Int64 = parts.reduce(0) { sum, part in
      if case .purpose = part.target { sum + (part.amount ?? 0) } else { sum }
    }
    var surplus: Int64 = 0
    for part in parts {
      guard case .purpose(let purpose) = part.target, purpose != .prepaid else { continue }
      let wanted = part.amount ?? left - named
      let matched = splits.filter { $0.purpose == purpose }
      let sum = matched.reduce(0) { $0 + $1.amount }
      if sum > wanted || (isSale && matched.contains { $0.bill != nil }) { return false }
      surplus += wanted - sum
      splits.removeAll { $0.purpose == purpose }
    }
    let asked = parts.filter { $0.target == .purpose(.prepaid) }
      .reduce(0) { $0 + ($1.amount ?? left - named) }
    return splits.allSatisfy { $0.purpose == .prepaid }
      && splits.reduce(0) { $0 + $1.amount } == surplus + asked
  }

  private func hasTax(_ splits: [PaymentSplit]) -> Bool {
    splits.allSatisfy { split in
      if split.bill != nil || split.purpose.isPlacing { return true }
      return switch tax {
      case nil: split.tax == 0
      case .amount(let tax): split.tax == tax
      case .rate(let rate): split.tax == (try? rate.tax(in: MinorUnits(split.amount)))?.value
      }
    }
  }
}
