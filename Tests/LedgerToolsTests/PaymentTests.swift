import Ledger
import Testing
import Trade
import _TestSupport

/// Payments and the bills they settle.
@Suite struct PaymentTests {
  private let pay = "ledger-pay --currency EUR"

  @Test func theOldestBillsAreSettledFirst() throws {
    let shell = try LedgerShell()
    try shell.bill([
      ("b1", .of("user:alice", "content-server:cs", [(400, 40)])),
      ("b2", .of("user:alice", "content-server:cs", [(200, 20)])),
      ("yen", .of("user:alice", "content-server:cs", [(200, 20)], currency: "JPY")),
      ("fee", .of("user:alice", "content-server:cs", [(50, 0)], purpose: .medium)),
    ])
    try shell.expectSuccess("\(pay) --from alice --to cs --amount 5.00 --purpose content --id p1")
    #expect(
      try shell.entries(Payment.self).last?.splits == [
        PaymentSplit(purpose: .content, amount: 440, bill: Handle("b1")),
        PaymentSplit(purpose: .content, amount: 60, bill: Handle("b2")),
      ])
    // Without a purpose all bills; what is left over is kept for later ones.
    try shell.expectSuccess("\(pay) --from user:alice --to cs --amount 3 --id p2")
    #expect(
      try shell.entries(Payment.self).last?.splits == [
        PaymentSplit(purpose: .content, amount: 160, bill: Handle("b2")),
        PaymentSplit(purpose: .medium, amount: 50, bill: Handle("fee")),
        PaymentSplit(purpose: .prepaid, amount: 90),
      ])
    try shell.bill([("b3", .of("user:alice", "content-server:cs", [(100, 10)]))])
    try shell.expectSuccess("\(pay) --from alice --to cs --amount 0.9 --funds prepaid --id p3")
    try shell.expectBalances([
      "cs assets:bank": 800, "cs assets:receivable:user:alice": 240,
      "cs revenue:content": -900, "cs revenue:media": -50,
      "cs liabilities:tax": -90,
    ])
  }

  @Test func namedBillsAloneArePaid() throws {
    let shell = try LedgerShell()
    try shell.bill([
      ("b1", .of("user:alice", "content-server:cs", [(400, 40)])),
      ("b2", .of("user:alice", "content-server:cs", [(200, 20)])),
      ("x=y", .of("user:alice", "content-server:cs", [(100, 0)])),
    ])
    let base = "\(pay) --from alice --to cs"
    try shell.expectSuccess("\(base) --amount 3.30 --for x=y=0.10 --for b2=1 --for b1 --id p1")
    #expect(try shell.entries(Payment.self).last?.splits.map(\.amount) == [10, 100, 220])
    try shell.expectSuccess("\(base) --amount 4 --for b2 --for b1 --purpose prepaid --id p2")
    #expect(try shell.entries(Payment.self).last?.splits.map(\.amount) == [120, 220, 60])
    for (rest, error) in [
      ("--amount 1 --for b1", "nothing is left to be paid for the bill 'b1'"),
      ("--amount 1 --for none", "there is no bill 'none'"),
      ("--amount 1 --for x=y", "0.10 EUR of the payment is more than there is to settle"),
      ("--amount 2 --for x=y=0.91", "1.09 EUR of the payment is more than there is to settle"),
      ("--amount 0.91 --for x=y=0.91", "91 is more than the 90 minor units open of the bill 'x=y'"),
      ("--amount 1 --for x=y --for x=y", "a bill or purpose is named twice"),
      ("--amount 1 --for x=y=2", "the parts of the payment are more than its amount of 1.00 EUR"),
    ] {
      let refusal = try shell.expectRefusal("\(base) \(rest) --id q")
      #expect(refusal.first == "error: " + error)
    }
  }

  @Test func theSamePaymentTwiceIsOnePayment() throws {
    let shell = try LedgerShell()
    try shell.bill([("b1", .of("user:alice", "content-server:cs", [(400, 40)]))])
    let commands = [
      "--from alice --to cs --amount 5 --id p1",
      "--from alice --to cs --amount 1.50 --purpose medium --tax-rate 1900 --id p2",
      "--from alice --to shop --amount 5.50 --purpose on-behalf=4 --purpose medium --id p3",
      "--from alice --to cs --amount 1 --purpose prepaid --reference 'bank 77' --id p4",
      "--from cs --to ds --amount 10 --purpose usage-fee --tax 0.91 --funds cash --id p5",
    ]
    for command in commands { try shell.expectSuccess("\(pay) \(command)") }
    let before = try shell.ledger
    for command in commands { try shell.expectSuccess("\(pay) \(command)") }
    #expect(try shell.ledger == before)
    for command in [
      "--from alice --to cs --amount 5.01 --id p1", "--from alice --to shop --amount 5 --id p1",
      "--from alice --to cs --amount 5 --for b1=4 --purpose prepaid --id p1",
      "--from alice --to cs --amount 5 --funds cash --id p1",
      "--from alice --to cs --amount 1.50 --purpose medium --tax-rate 1000 --id p2",
      "--from alice --to cs --amount 1.50 --purpose usage-fee --tax-rate 1900 --id p2",
      "--from alice --to shop --amount 5.50 --purpose on-behalf=3.99 --purpose medium --id p3",
      "--from alice --to cs --amount 1 --purpose prepaid --reference 'bank 78' --id p4",
      "--from cs --to ds --amount 10 --purpose usage-fee --tax 0.9 --funds cash --id p5",
      "--from alice --to cs --amount 1 --purpose prepaid --id b1",
    ] {
      let refusal = try shell.expectRefusal("\(pay) \(command)")
      #expect(refusal.first?.hasSuffix("which says something else") == true, "\(refusal)")
    }
  }

  @Test func theShopPaysForTheUser() throws {
    let shell = try LedgerShell()
    // Signals 21 and 23, then 24.
    try shell.bill([("b1", .of("shop:shop", "content-server:cs", [(400, 40)], for: "alice"))])
    try shell.expectSuccess(
      """
      \(pay) --from shop --to cs --amount 4.40 --purpose content --id s23
      \(pay) --from alice --to shop --amount 5.90 --purpose on-behalf=4.40 --purpose medium \\
        --tax-rate 1000 --funds cash --id s24 --as shop --signing-key shop.key
      """)
    try shell.expectBalances([
      "cs assets:bank": 440, "cs revenue:content": -400, "cs liabilities:tax": -40,
      "shop assets:bank": -440, "shop assets:cash": 590, "shop revenue:media": -136,
      "shop liabilities:tax": -14,
    ])
  }

  @Test func theUserPaysTheShopsBill() throws {
    let shell = try LedgerShell()
    // Paragraph 51: the provider is paid directly.
    try shell.bill([("b1", .of("shop:shop", "content-server:cs", [(400, 40)], for: "alice"))])
    try shell.expectSuccess(
      """
      \(pay) --from alice --to cs --amount 4.40 --on-behalf-of shop --id p51
      \(pay) --from alice --to cs --amount 4.40 --on-behalf-of shop --id p51
      """)
    try shell.expectBalances([
      "cs assets:bank": 440, "cs revenue:content": -400, "cs liabilities:tax": -40,
    ])
    try shell.expectRefusal("\(pay) --from alice --to cs --amount 1 --on-behalf-of shop --id more")
  }

  @Test func theAdministratorPaysForTheUser() throws {
    let shell = try LedgerShell()
    // Paragraph 36: content through the administrator, the fee by the building's manager.
    try shell.bill([
      ("b1", .of("user:alice", "content-server:cs", [(400, 40)])),
      (
        "fee", .of("user:alice", "administrator:home-admin", [(100, 10)], purpose: .homeServerFee)
      ),
    ])
    try shell.expectSuccess(
      """
      \(pay) --from home-admin --to cs --amount 4.40 --on-behalf-of alice --id p36
      \(pay) --from alice --to home-admin --amount 4.40 --purpose on-behalf --id back
      \(pay) --from manager --to home-admin --amount 1.10 --on-behalf-of alice --id p15
      """)
    try shell.expectBalances([
      "cs assets:bank": 440, "cs revenue:content": -400, "cs liabilities:tax": -40,
      "home-admin assets:bank": 110, "home-admin revenue:home-server-fee": -100,
      "home-admin liabilities:tax": -10, "manager assets:bank": -110,
      "manager assets:advance:user:alice": 110,
    ])
  }

  @Test func salesNeedNoBill() throws {
    let shell = try LedgerShell()
    // Signal 1, and signal 15 without a bill.
    try shell.expectSuccess(
      """
      \(pay) --from cs --to ds --amount 11 --purpose usage-fee --tax-rate 1000 --id s1
      \(pay) --from alice --to home-admin --amount 2 --purpose home-server-fee --sale --id s15
      """)
    try shell.expectBalances([
      "cs assets:bank": -1100, "cs expenses:usage-fee:delivery-server:ds": 1000,
      "cs assets:input-tax": 100, "ds assets:bank": 1100, "ds revenue:server-fee": -1000,
      "ds liabilities:tax": -100, "home-admin assets:bank": 200,
      "home-admin revenue:home-server-fee": -200,
    ])
    let sale = "\(pay) --from alice --to shop --amount 2"
    for (rest, error) in [
      ("--purpose medium --tax 2.01", "the tax 2.01 EUR is outside 0...2.00 EUR"),
      ("--purpose medium --tax=-1", "the tax -1.00 EUR is outside 0...2.00 EUR"),
      ("--purpose medium --tax-rate 10001", "tax rate '10001' is outside 0...10000 basis points"),
      ("--purpose content --tax 1", "no part of the payment is a sale that could have a tax"),
      ("--purpose medium=1 --purpose usage-fee --tax 1", "the tax is that of two sales"),
      ("--purpose medium --purpose content", "two purposes have no amount"),
      (
        "--purpose medium=2 --purpose content",
        "nothing is left to be paid for the purpose 'content'"
      ),
      ("--purpose meal", "purpose 'meal' is unknown"),
      ("--sale", "--sale needs --purpose"),
    ] {
      #expect(try shell.expectRefusal("\(sale) \(rest) --id q").first == "error: " + error)
    }
  }

  @Test func aDryRunWritesNothing() throws {
    let shell = try LedgerShell()
    try shell.bill([("b1", .of("user:alice", "content-server:cs", [(400, 40)]))])
    let before = try shell.ledger
    let lines = try shell.expectSuccess("\(pay) --from alice --to cs --amount 5 --id p1 -n")
    #expect(try shell.ledger == before)
    try shell.folder.write("lines", lines.utf8)
    try shell.expectSuccess("_ledger-append --silent lines")
    // The real one finds that it is there already.
    let receipt = try shell.expectSuccess("\(pay) --from alice --to cs --amount 5 --id p1 --json")
    #expect(receipt.hasPrefix(#"{"type":"receipt","id":"p1","index":7,"#))
    #expect(
      receipt.hasSuffix(
        #""replay":true,"kind":"payment","splits":[{"purpose":"content","amount":440,"bill":"b1"},"#
          + #"{"purpose":"prepaid","amount":60}]}"# + "\n"))
    try shell.expectRefusal("\(pay) --from alice --to cs --amount 5 --for b1 --id p2 -n")
  }
}
