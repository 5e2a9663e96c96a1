import Testing
import _TestSupport

/// The tool as a shell sees it.
@Suite struct ReportCommandTests {
  let tool: ReportTool

  init() throws { tool = try ReportTool() }

  @Test(arguments: [
    ("", "no report is named; there are "),
    ("balance", "unexpected argument 'balance'"),
    ("balances --format hledger", "--format hledger is not for this report; use text, tsv, ndjson"),
    ("balances --format xml", "the value 'xml' is invalid for '--format <format>'"),
    ("balances --period 2026-13", "the value '2026-13' is invalid for '--period <period>'"),
    ("balances --from 2026-02-02 --to 2026-02-01", "--to is before --from"),
    ("balances -q -v", "-q and -v exclude each other"),
    ("journal", "missing expected argument '--book <party>'"),
    ("invoice", "missing expected argument '<party>'"),
    ("invoice alice --all --bill b1", "--all and --bill exclude each other"),
    ("invoice alice --html --format tsv", "--html and --format exclude each other"),
    ("invoice 'a b'", "the value 'a b' is invalid for '<party>'"),
    ("deliveries --serial -1", "missing value for '--serial <number>'"),
    ("deliveries --message 12", "the value '12' is invalid for '--message <hex>'"),
    ("sales --territory Japan", "the value 'Japan' is invalid for '--territory <code>'"),
  ])
  func usageErrorsEndWith2(_ arguments: String, _ text: String) throws {
    let result = try tool.report(arguments)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("ledger-report: error: \(text)"), "\(result.errors)")
    #expect(result.errors.hasSuffix("ledger-report: hint: see ledger-report --help\n"))
    #expect(result.output.isEmpty)
  }

  @Test(arguments: [
    ("ledger-report balances", "error: no ledger is named\nledger-report: hint: use --ledger FILE"),
    ("ledger-report sales --ledger none", "error: cannot open ledger 'none': no such file"),
    (
      "ledger-report sales --ledger ledger.lines",
      "error: 'ledger.lines' is not a ledger\nledger-report: hint: "
    ),
    ("ledger-report invoice --ledger ledger zoe", "error: the party 'zoe' is not enrolled"),
    (
      "ledger-report invoice --ledger ledger shop:bob",
      "error: 'shop:bob' is enrolled as 'user:bob'"
    ),
    ("ledger-report invoice --ledger ledger bob --bill b1", "error: 'user:bob' has no bill 'b1'"),
    ("ledger-report journal --ledger ledger --book bob", "error: 'user:bob' keeps no book"),
    ("ledger-report balances --ledger ledger --book bob", "error: 'user:bob' keeps no book"),
    ("ledger-report sales --ledger ledger --as-of 11", "error: 'ledger' has 10 entries, not 11"),
    ("ledger-report sales --ledger ledger --as-of 0", "error: '0' is not a number of entries"),
    ("ledger-report sales --ledger ledger --as-of ledger.lines", "error: 'ledger.lines': the "),
    ("ledger-report sales --ledger ledger -o ledger", "error: 'ledger' is both input and output"),
    (
      "ledger-report sales --ledger ledger > /dev/full",
      "error: cannot write standard output: no sp"
    ),
  ])
  func otherErrorsEndWith2(_ line: String, _ text: String) throws {
    let result = try tool.run(line)
    #expect(result.status == 2)
    #expect(result.errors.hasPrefix("ledger-report: \(text)"), "\(result.errors)")
    #expect(result.output.isEmpty)
  }

  @Test(arguments: ["", "trap '' PIPE; "])
  func aClosedPipeEndsQuietly(_ prefix: String) throws {
    let result = try tool.run(
      "\(prefix) { sleep 0.2; ledger-report sales --ledger ledger; } | true; echo ${PIPESTATUS[0]}")
    #expect(result.text == "141\n")
    #expect(result.errors.isEmpty)
  }

  @Test func anInterruptedLastLineIsLeftOut() throws {
    let whole = try tool.report("sales --format tsv").text
    let result = try tool.run(
      "printf '{\"author\":\"cs\"' >> ledger; ledger-report sales --format tsv --ledger ledger")
    #expect(result.text == whole)
    #expect(result.errors.isEmpty)
    let noted = try tool.report("balances -v")
    #expect(
      noted.errors
        == "ledger-report: note: the last line of 'ledger' has no end and is left out\n")
  }

  @Test(arguments: ["balances", "statement alice", "deliveries", "sales", "journal --book cs"])
  func everyFormatEndsWithTheTree(_ report: String) throws {
    let tree = try tool.report("\(report) | tail -1").text
    #expect(tree.hasPrefix("tree: size 10 root "))
    let tsv = try tool.report("\(report) --format tsv").text.split(separator: "\n")
    #expect(tsv.last.map { "\($0)\n" } == tree.replacing("tree:", with: "# tree"))
    let widths = Set(
      tsv.dropLast().map { $0.split(separator: "\t", omittingEmptySubsequences: false).count })
    #expect(widths.count == 1)
    let json = try tool.report(
      "\(report) --format ndjson | jq -r 'to_entries | .[0].key' | sort -u"
    ).text
    #expect(json == "type\n")
    let last = try tool.report(
      "\(report) --format ndjson | tail -1 | jq -r '\"tree: size \\(.size) root \\(.root)\"'"
    ).text
    #expect(last == tree)
  }

  @Test func salesHaveNegativeRowsForCreditNotes() throws {
    let result = try tool.report(
      "sales --territory JP --format ndjson | jq -c "
        + "'[.event,.line,.isrc,.user,.delivery_server,.territory,.use_type,.quantity,.net,.tax]'")
    #expect(
      result.text.split(separator: "\n").dropLast().joined(separator: "\n") == """
        ["bill",1,"JPZ012600042","alice","ds","JP","PermanentDownload",2,"20.00","2.00"]
        ["bill",2,null,"alice","ds","JP",null,1,"0.50","0.00"]
        ["credit-note",1,"JPZ012600042","alice",null,"JP","PermanentDownload",-1,"-5.00","-0.50"]
        ["bill",1,"JPZ012600042","alice",null,"JP","Stream",1,"300","0"]
        """, "\(result.errors)")
    let nothing = try tool.report("sales --period 1999 --format tsv").text.split(separator: "\n")
    #expect(nothing.count == 2)
    #expect(nothing[0].split(separator: "\t").count == 38)
  }

  @Test func aStatementRuns() throws {
    let result = try tool.report(
      "statement alice --format ndjson | jq -r '[.id,.amount,.balance,.currency]|join(\" \")'")
    #expect(
      result.text.split(separator: "\n").dropLast().joined(separator: "\n") == """
        b1 22.50 22.50 EUR
        c1 -5.50 17.00 EUR
        pay1 -7.00 10.00 EUR
        b2 300 300 JPY
        """, "\(result.errors)")
    let later = try tool.report("statement alice --from 2999-01-01 --format tsv | cut -f 6,9,10")
    #expect(
      later.text.split(separator: "\n").dropLast().joined(separator: "\n") == """
        title\tbalance_minor\tbalance
        carried forward\t1000\t10.00
        carried forward\t300\t300
        """)
  }
}
