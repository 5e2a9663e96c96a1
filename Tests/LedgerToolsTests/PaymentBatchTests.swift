import Ledger
import Testing
import Trade
import _TestSupport

/// Payments from files of lines.
@Suite struct PaymentBatchTests {
  private func line(_ id: String, _ rest: String = "") -> String {
    #"{"amount":100,"currency":"EUR","id":"\#(id)","payee":"content-server:cs","#
      + #""payer":"user:alice"\#(rest)}"# + "\n"
  }

  @Test func linesFindTheirBillsOneAfterTheOther() throws {
    let shell = try LedgerShell()
    try shell.bill([
      ("b1", .of("user:alice", "content-server:cs", [(150, 0)])),
      ("b2", .of("user:alice", "content-server:cs", [(100, 0)])),
    ])
    let split = #","splits":[{"amount":100,"purpose":"prepaid","tax":0}]}"#
    let lines =
      line("p1", #","purpose":"content""#) + line("p2") + line("p1", #","purpose":"content""#)
      + line("p3", #","reference":"77""#)
      + #"{"amount":100,"currency":"EUR","funds":"cash","id":"p4","payee":"content-server:cs","#
      + #""payer":"user:alice""# + split + "\n"
    try shell.folder.write("lines", lines.utf8)
    try shell.expectSuccess("ledger-pay --batch lines")
    #expect(
      try shell.entries(Payment.self).map { $0.splits.map(\.amount) } == [
        [100], [50, 50], [50, 50], [100],
      ])
    let before = try shell.ledger
    let receipts = try shell.expectSuccess("ledger-pay --batch - --json < lines")
    #expect(receipts.split(separator: "\n").count { $0.contains(#""replay":true"#) } == 5)
    #expect(try shell.ledger == before)
    #expect(try shell.expectSuccess("ledger-pay --batch lines -n").isEmpty)
  }

  @Test func aWrongLineIsNamedAndKeepsAllOut() throws {
    let shell = try LedgerShell()
    func of(_ text: String, _ replacement: String) -> String {
      line("p2").replacing(text, with: replacement)
    }
    let long = String(repeating: "x", count: 70_000)
    let splits = { (amount: Int, more: String) in
      #","splits":[{"amount":\#(amount),"purpose":"content","tax":0\#(more)}]"#
    }
    let whole = line("p2").replacing(#""id""#, with: #""funds":"bank","id""#)
    for (line, error) in [
      (of("user:alice", "user:bob"), "the party 'bob' is not enrolled"),
      (of("user:alice", "shop:alice"), "'alice' is a user, not a shop"),
      (of("user:alice", "content-server:cs"), "'payer': nobody pays himself"),
      (of("100", "-100"), "'amount' is -100, outside 1...9007199254740991"),
      (of("100", "0"), "'amount' is 0, outside 1...9007199254740991"),
      (of("100", "1.5"), "unexpected character (byte 12)"),
      (of("EUR", "EUX"), "'currency': currency 'EUX' is unknown"),
      (of("}", #","splits":[]}"#), "the member 'funds' is missing"),
      (
        whole.replacing("}\n", with: splits(99, "") + "}\n"),
        "'splits': they add up to 99 instead of 100"
      ),
      (
        whole.replacing("}\n", with: splits(100, "").replacing("100", with: "-100") + "}\n"),
        "'amount' is -100, outside 1...9007199254740991"
      ),
      (of("p2", "p 2"), "'id': 'p 2' has the character ' '"),
      (of(#""currency""#, #""colour":"red","currency""#), "the member 'colour' is not known"),
      (of("user:alice", "user:\u{1}"), "a control character (byte 84)"),
      (of("user:alice", "user:al\\u0069ce"), "an escape that canonical text does not need"),
      (of("}", #","reference":"\#(long)"}"#), "'reference': 70000 bytes instead of 1 to 400"),
      (
        of("EUR\",", "EUR\",\"funds\":\"prepaid\","),
        "1.00 EUR of the payment is more than there is to settle"
      ),
      ("{}\n", "the member 'id' is missing"), ("\n", "the text ends early (byte 1)"),
      ("[]\n", "unexpected character (byte 1)"),
    ] {
      try shell.folder.write("lines", (self.line("p1") + line).utf8)
      let refusal = try shell.expectRefusal("ledger-pay --batch lines").first
      #expect(refusal?.hasPrefix("error: line 2: " + error) == true, "\(refusal ?? "")")
    }
    let bytes = Array(line("p1").utf8) + Array(of("alice", "a?ice").utf8)
    try shell.folder.write("lines", bytes.map { $0 == UInt8(ascii: "?") ? 0xFF : $0 })
    #expect(
      try shell.expectRefusal("ledger-pay --batch lines").first
        == "error: line 2: not UTF-8 (byte 85)")
    try shell.folder.write("lines", Array(repeating: UInt8(ascii: "x"), count: 2 << 20))
    #expect(
      try shell.expectRefusal("ledger-pay --batch lines").first
        == "error: 'lines' has a line of more than 1 MiB")
  }

  @Test func aLineTooLongForTheLedgerIsNamed() throws {
    let shell = try LedgerShell()
    let splits = (0..<900).map { number in
      #"{"amount":1,"bill":"\#(String(repeating: "b", count: 50))-\#(number)","#
        + #""purpose":"content","tax":0}"#
    }
    let line =
      #"{"amount":900,"currency":"EUR","funds":"bank","id":"p","payee":"content-server:cs","#
      + #""payer":"user:alice","splits":[\#(splits.joined(separator: ","))]}"#
    try shell.folder.write("lines", line.utf8)
    let refusal = try shell.expectRefusal("ledger-pay --batch lines").first
    #expect(refusal?.hasPrefix("error: line 1: the line has ") == true, "\(refusal ?? "")")
    #expect(refusal?.hasSuffix(" bytes, more than 65535") == true)
  }

  @Test func chunksBeforeAWrongLineAreKept() throws {
    let shell = try LedgerShell()
    let lines = (1...4097).map { line("p\($0)", #","purpose":"prepaid""#) }.joined()
    try shell.folder.write("lines", (lines + line("p1", #","reference":"other""#)).utf8)
    let result = try shell.run("ledger-pay --batch lines")
    #expect(result.status == 2)
    #expect(result.errors.contains("line 4098: the identifier 'p1' belongs to entry"))
    #expect(try shell.entries(Payment.self).count == 4096)
    try shell.folder.write("lines", lines.utf8)
    try shell.expectSuccess("ledger-pay --batch lines")
    #expect(try shell.entries(Payment.self).count == 4097)
  }
}
