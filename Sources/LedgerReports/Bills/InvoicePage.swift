import Ledger
import Trade

extension Invoice {
  /// Writes the bills as one page of HTML that an XML parser accepts and that needs nothing else.
  ///
  /// - Throws: `SystemError`.
  package func writePage(_ output: ReportOutput) throws {
    let title = bills.count == 1 ? "Bill \(bills[0].id)" : "Bills of \(party)"
    try output.write(
      """
      <!DOCTYPE html>
      <html xmlns="http://www.w3.org/1999/xhtml" lang="en" xml:lang="en">
      <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>\(escaped(title))</title>
      <style>
      \(style)
      </style>
      </head>
      <body>
      <main>
      <h1>\(escaped(title))</h1>

      """)
    if bills.isEmpty { try output.writeLine("<p>No bills of \(escaped("\(party)")).</p>") }
    for bill in bills { try output.write(bill.section) }
    if bills.count > 1 {
      for (currency, amount) in openTotals {
        try output.writeLine(
          "<p class=\"total\">Open in all: \(decimalText(amount, currency)) \(currency)</p>")
      }
    }
    try output.write(
      """
      </main>
      <footer>
      <p>\(escaped(ReportFormat.text.treeLine(head)))</p>
      </footer>
      </body>
      </html>

      """)
    try output.finish()
  }
}

/// Neither `<` nor `&` may stand here.
private let style = """
  body { font: 1rem/1.4 sans-serif; color: #111; background: #fff; margin: 2rem auto;
    max-width: 50rem; padding: 0 1rem; }
  section { margin: 0 0 3rem; }
  dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 1rem; }
  dd { margin: 0; overflow-wrap: anywhere; }
  table { border-collapse: collapse; width: 100%; }
  caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
  th, td { padding: 0.25rem 0.5rem; border-bottom: 1px solid #767676; text-align: right;
    vertical-align: top; font-variant-numeric: tabular-nums; }
  th[scope="row"], th:first-child { text-align: left; font-weight: normal; }
  tr.open th, tr.open td, p.total { font-weight: bold; }
  footer { font-size: 0.8rem; overflow-wrap: anywhere; }
  @media print {
    body { margin: 0; max-width: none; padding: 0; }
    section { break-after: page; }
    section:last-of-type { break-after: auto; }
    tr { break-inside: avoid; }
    thead { display: table-header-group; }
  }
  """

/// A text for HTML: what could be taken for markup is written as an entity.
func escaped(_ text: String) -> String {
  text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    .replacing("\"", with: "&quot;").replacing("'", with: "&#39;")
}

extension Invoice.Bill {
  fileprivate var section: String {
    var html = "<section>\n<h2>Bill \(escaped("\(id)"))</h2>\n<dl>\n"
    html += term("Date", "\(time.day)")
    html += term("From", "\(body.payee)")
    html += term("To", "\(body.payer)")
    if let user = body.beneficiary { html += term("For", "user:\(user)") }
    if let order = body.order { html += term("Order", "\(order)") }
    html += "</dl>\n<table>\n<caption>Amounts in \(currency)</caption>\n<thead>\n<tr>"
    for heading in ["Item", "Quantity", "Unit", "Price", "Tax", "Net"] {
      html += "<th scope=\"col\">\(heading)</th>"
    }
    html += "</tr>\n</thead>\n<tbody>\n"
    for item in lines {
      html += "<tr><th scope=\"row\">\(escaped(item.description))</th>"
      let cells = [
        "\(item.line.quantity)", item.line.unit.rawValue, text(item.line.unitPrice),
        text(item.line.tax), text(item.line.net),
      ]
      html += cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
    }
    html += "</tbody>\n<tbody>\n" + sum("Net", net)
    for group in taxes { html += sum("\(group.label) on \(text(group.net))", group.tax) }
    html += sum("Total", body.amount)
    if credited != 0 { html += sum("Credited", -credited) }
    if paid != 0 { html += sum("Paid", -paid) }
    html += sum("Open", open, class: "open")
    return html + "</tbody>\n</table>\n</section>\n"
  }

  private func term(_ name: String, _ value: String) -> String {
    "<dt>\(name)</dt><dd>\(escaped(value))</dd>\n"
  }

  private func sum(_ label: String, _ amount: Int64, class name: String = "sum") -> String {
    "<tr class=\"\(name)\"><th scope=\"row\" colspan=\"5\">\(label)</th>"
      + "<td>\(text(amount))</td></tr>\n"
  }
}
