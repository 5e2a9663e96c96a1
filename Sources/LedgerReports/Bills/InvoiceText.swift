import Ledger
import Trade

extension Invoice {
  /// Writes the bills as plain text for a mail: 72 columns at most.
  ///
  /// - Throws: `SystemError`.
  package func writeText(_ output: ReportOutput) throws {
    if bills.isEmpty { try output.writeLine("No bills of \(party).\n") }
    for bill in bills {
      for line in bill.mailLines { try output.writeLine(line) }
      try output.writeLine("")
    }
    if bills.count > 1 {
      for (currency, amount) in openTotals {
        for line in row("Open in all, \(currency)", decimalText(amount, currency)) {
          try output.writeLine(line)
        }
      }
      try output.writeLine("")
    }
    // A root of 44 characters leaves room for its size on a line of its own.
    let tree = ReportFormat.text.treeLine(head)
    try output.writeLine(tree)
    try output.finish()
  }
}

private let mailWidth = 72

/// A label at the left and an amount at the right, on two lines where they do not fit on one.
private func row(_ label: String, _ amount: String) -> [String] {
  let space = mailWidth - label.displayWidth
  if space > amount.displayWidth { return [label + amount.paddedLeft(to: space)] }
  return [label, amount.paddedLeft(to: mailWidth)]
}

extension Invoice.Bill {
  fileprivate var mailLines: [String] {
    var lines = field("Bill", "\(id)")
    lines += field("Date", "\(time.day)")
    lines += field("From", "\(body.payee)")
    lines += field("To", "\(body.payer)")
    if let user = body.beneficiary { lines += field("For", "user:\(user)") }
    if let order = body.order { lines += field("Order", "\(order)") }
    lines.append("")
    lines += row("", currency.code)
    for item in self.lines {
      lines += item.description.wrapped(to: mailWidth)
      let (quantity, unit) = (item.line.quantity, item.line.unit.rawValue)
      lines += row(
        "  \(quantity) \(unit) at \(text(item.line.unitPrice)), tax \(text(item.line.tax))",
        text(item.line.net))
    }
    lines.append(String(repeating: "-", count: mailWidth))
    lines += row("Net", text(net))
    for group in taxes { lines += row("\(group.label) on \(text(group.net))", text(group.tax)) }
    lines += row("Total", text(body.amount))
    if credited != 0 { lines += row("Credited", text(-credited)) }
    if paid != 0 { lines += row("Paid", text(-paid)) }
    lines += row("Open", text(open))
    return lines
  }

  private func field(_ label: String, _ value: String) -> [String] {
    let lines = value.wrapped(to: mailWidth - 8)
    return lines.enumerated().map { number, line in
      (number == 0 ? "\(label):" : "").padded(to: 8) + line
    }
  }
}
