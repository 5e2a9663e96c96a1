import Trade

extension Facts.Bill {
  /// A credit note over a part of the bill.
  ///
  /// The amount is shared out over the net amounts and taxes of all lines in proportion to what
  /// earlier credit notes have left of them. Whatever the parts, the last one leaves nothing.
  ///
  /// - Parameters:
  ///   - amount: in minor units, from 1 to what earlier notes have left.
  ///   - notes: the earlier notes.
  ///   - reason: why.
  /// - Returns: the note.
  /// - Throws: `FieldFault`, never for a line of a bill that was read from a ledger.
  func creditNote(_ amount: Int64, after notes: [Billed], reason: String) throws -> Billed {
    let shares = apportion(amount, over: left(after: notes))
    var lines: [BillLine] = []
    for (number, line) in body.lines.enumerated() {
      let (net, tax) = (shares[2 * number], shares[2 * number + 1])
      if net == line.net, tax == line.tax {
        lines.append(line)
      } else if net + tax > 0 {
        lines.append(
          try BillLine(
            purpose: line.purpose, content: line.content, quantity: 1, unit: line.unit,
            unitPrice: net, tax: tax))
      }
    }
    return Billed(
      payer: body.payer, payee: body.payee, currency: body.currency, lines: lines,
      order: body.order, beneficiary: body.beneficiary, reverses: id, reason: reason)
  }

  /// What credit notes have left of the net amount and tax of each line, one after the other.
  private func left(after notes: [Billed]) -> [Int64] {
    var left = body.lines.flatMap { [$0.net, $0.tax] }
    func take(_ amount: inout Int64, from index: Int) {
      let taken = min(amount, left[index])
      left[index] -= taken
      amount -= taken
    }
    for note in notes {
      for line in note.lines {
        var (net, tax) = (line.net, line.tax)
        let same = body.lines.indices.filter { body.lines[$0].isLike(line) }
        for number in same + body.lines.indices.filter({ !same.contains($0) }) {
          take(&net, from: 2 * number)
          take(&tax, from: 2 * number + 1)
        }
        // A note that was made by other means may have split net amount and tax otherwise.
        var rest = net + tax
        for index in left.indices { take(&rest, from: index) }
      }
    }
    return left
  }
}

extension BillLine {
  /// Whether it is about the same thing.
  fileprivate func isLike(_ line: BillLine) -> Bool {
    purpose == line.purpose && content == line.content && unit == line.unit
  }
}
