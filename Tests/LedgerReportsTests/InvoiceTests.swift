import Testing
import _TestSupport

/// Bills for people.
@Suite struct InvoiceTests {
  private func invoice(_ arguments: String) throws -> String {
    let result = try ReportTool().report("invoice alice \(arguments)")
    #expect(result.status == 0 && result.errors.isEmpty, "\(result.errors)")
    return result.text
  }

  @Test func theTextIsFitForMail() throws {
    let text = try invoice("--bill b1")
    let rule = String(repeating: "-", count: 72)
    // Wide characters take two columns each.
    #expect(
      text.split(separator: "\n", omittingEmptySubsequences: false).prefix(18).filter {
        !$0.hasPrefix("Date:")
      }.joined(separator: "\n") == """
        Bill:   b1
        From:   content-server:cs
        To:     user:alice
        Order:  o1

                                                                             EUR
        <script>&"海の歌 – 水野 "M" (t1)
          2 purchase at 10.00, tax 2.00                                    20.00
        Medium
          1 medium at 0.50, tax 0.00                                        0.50
        \(rule)
        Net                                                                20.50
        Tax 10 % on 20.00                                                   2.00
        Tax 0 % on 0.50                                                     0.00
        Total                                                              22.50
        Credited                                                           -5.50
        Paid                                                               -7.00
        """)
    #expect(
      text.contains("\nOpen                                                               10.00\n"))
    #expect(text.contains("\ntree: size 10 root "))
    #expect(!text.contains("\t"))
    #expect(text.split(separator: "\n").allSatisfy { $0.unicodeScalars.count <= 72 })
  }

  @Test func openBillsAndAllBills() throws {
    let tool = try ReportTool()
    let pay =
      #"{"body":{"amount":300,"currency":"JPY","funds":"cash","payee":"content-server:cs","#
      + #""payer":"user:alice","splits":[{"amount":300,"bill":"b2","purpose":"content","tax":0}]},"#
      + #""id":"pay2","kind":"payment"}"#
    try tool.folder.write("more", Array(pay.utf8))
    let paid = try tool.run("_ledger-append --ledger ledger --as cs --signing-key cs.key more")
    #expect(paid.status == 0, "\(paid.errors)")
    let bills = "--format ndjson | jq -r 'select(.type==\"bill\") | .bill' | paste -sd' '"
    #expect(try tool.report("invoice alice \(bills)").text == "b1\n")
    #expect(try tool.report("invoice alice --all \(bills)").text == "b1 b2\n")
    #expect(try tool.report("invoice alice --bill b2 \(bills)").text == "b2\n")
    #expect(try tool.report("invoice bob \(bills)").text == "\n")
    let size = try tool.report("invoice alice --as-of 10 \(bills)").text
    #expect(size == "b1 b2\n")
  }

  @Test func thePageIsWellFormedAndEscaped() throws {
    let page = try invoice("--html")
    #expect(page.contains("&lt;script&gt;&amp;&quot;海の歌"))
    #expect(!page.contains("<script"))
    #expect(!page.contains("http://") || !page.contains("src="))
    for part in [
      "lang=\"en\"", "<caption>Amounts in EUR</caption>", "<th scope=\"col\">Net</th>",
      "<th scope=\"row\"", "@media print", "tree: size 10 root",
    ] {
      #expect(page.contains(part), "\(part)")
    }
    let tool = try ReportTool()
    let check = try tool.report(
      #"""
      invoice alice --html > page && python3 - <<'END'
      import html.parser, xml.dom.minidom
      page = open('page').read()
      texts = []
      class Reader(html.parser.HTMLParser):
          def handle_data(self, data): texts.append(data)
          def handle_starttag(self, tag, attributes):
              assert not {'src', 'href'} & {name for name, _ in attributes}
      Reader().feed(page)
      assert any('<script>&"海の歌' in text for text in texts)
      tables = xml.dom.minidom.parseString(page).getElementsByTagName('table')
      print(len(tables))
      END
      """#)
    #expect(check.text == "2\n", "\(check.errors)")
  }

  @Test func programsGetTheSameBills() throws {
    let rows = try invoice("--format tsv").split(separator: "\n")
    let columns = rows.map { $0.split(separator: "\t", omittingEmptySubsequences: false).count }
    #expect(columns == [28, 28, 28, 28, 1])
    #expect(rows[0].hasPrefix("bill\tentry\ttime\tpayee\tpayer\t"))
    #expect(rows[4].hasPrefix("# tree size 10 root "))
    let tool = try ReportTool()
    let json = try tool.report(
      "invoice alice --format ndjson | jq -c '[.type, .open_minor, .open, (.lines|length), .size]'")
    #expect(
      json.text == """
        ["bill",1000,"10.00",2,null]
        ["bill",300,"300",1,null]
        ["tree",null,null,0,10]

        """)
  }
}
