import CommandLineSupport
import Ledger
import Trade

extension Invoice {
  /// Writes the bills for programs: TSV with a row a line, or NDJSON with an object a bill.
  ///
  /// - Throws: `SystemError`.
  package func writeRecords(_ format: ReportFormat, _ output: ReportOutput) throws {
    if format == .tsv { return try writeRows(output) }
    for bill in bills { try output.writeLine(bill.json.compact) }
    try output.writeLine(format.treeLine(head))
    try output.finish()
  }

  private func writeRows(_ output: ReportOutput) throws {
    let table = try ReportTable(
      "line",
      [
        Column("bill"), Column("entry", .integer), Column("time", .time), Column("payee"),
        Column("payer"), Column("beneficiary"), Column("order"), Column("line", .integer),
        Column("purpose"), Column("content"), Column("title"), Column("quantity", .integer),
        Column("unit"), Column("unit_price", .money), Column("net", .money), Column("tax", .money),
        Column("bill_total", .money), Column("bill_credited", .money), Column("bill_paid", .money),
        Column("bill_open", .money), Column("currency"),
      ], .tsv, output)
    for bill in bills {
      for (number, item) in bill.lines.enumerated() {
        try table.add(
          [
            .text("\(bill.id)"), .integer(bill.entry), .time(bill.time),
            .text("\(bill.body.payee)"), .text("\(bill.body.payer)"),
            .text(bill.body.beneficiary?.description), .text(bill.body.order?.description),
            .integer(Int64(number + 1)), .text(item.line.purpose.rawValue),
            .text(item.line.content?.description), .text(item.title),
            .integer(item.line.quantity), .text(item.line.unit.rawValue),
          ]
            + [
              item.line.unitPrice, item.line.net, item.line.tax, bill.body.amount, bill.credited,
              bill.paid, bill.open,
            ].map { .money($0, bill.currency) } + [.text("\(bill.currency)")])
      }
    }
    try table.finish(head)
  }
}

extension Invoice.Bill {
  fileprivate var json: JSONValue {
    var members: [(name: String, value: JSONValue)] = [
      ("type", "bill"), ("bill", .string("\(id)")), ("entry", .integer(entry)),
      ("time", .string("\(time)")), ("payee", .string("\(body.payee)")),
      ("payer", .string("\(body.payer)")),
      ("beneficiary", body.beneficiary.map { .string("\($0)") } ?? .null),
      ("order", body.order.map { .string("\($0)") } ?? .null),
      ("currency", .string("\(currency)")),
    ]
    for (name, amount) in [
      ("net", net), ("total", body.amount), ("credited", credited), ("paid", paid), ("open", open),
    ] {
      members += money(name, amount)
    }
    members.append(("taxes", .array(taxes.map(json))))
    members.append(("lines", .array(lines.map(json))))
    return .object(members)
  }

  private func json(_ group: TaxGroup) -> JSONValue {
    let rate = group.rate.map { JSONValue.integer(Int64($0.basisPoints)) } ?? .null
    return .object(
      [("rate_basis_points", rate)] + money("net", group.net) + money("tax", group.tax))
  }

  private func json(_ item: Invoice.Line) -> JSONValue {
    .object(
      [
        ("purpose", .string(item.line.purpose.rawValue)),
        ("content", item.line.content.map { .string("\($0)") } ?? .null),
        ("title", item.title.map { .string($0) } ?? .null),
        ("quantity", .integer(item.line.quantity)), ("unit", .string(item.line.unit.rawValue)),
      ] + money("unit_price", item.line.unitPrice) + money("net", item.line.net)
        + money("tax", item.line.tax))
  }

  private func money(_ name: String, _ amount: Int64) -> [(name: String, value: JSONValue)] {
    [(name: name + "_minor", value: .integer(amount)), (name: name, value: .string(text(amount)))]
  }
}
