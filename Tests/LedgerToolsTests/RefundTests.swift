import Ledger
import Testing
import Trade
import _TestSupport

/// Money that is given back, and credit notes.
@Suite struct RefundTests {
  private let pay = "ledger-pay --currency EUR"

  @Test func aPaymentGivenBackOpensItsBillAgain() throws {
    let shell = try LedgerShell()
    try shell.bill([("b1", .of("user:alice", "content-server:cs", [(400, 40)]))])
    try shell.expectSuccess(
      """
      \(pay) --from alice --to cs --amount 5 --id p1
      ledger-pay --refund p1 --amount 1 --reason 'charged twice' --id r1
      """)
    // The last splits first: what was prepaid, then the bill.
    #expect(
      try shell.entries(Payment.self).last?.splits == [
        PaymentSplit(purpose: .content, amount: 40, bill: Handle("b1")),
        PaymentSplit(purpose: .prepaid, amount: 60),
      ])
    try shell.expectSuccess("ledger-pay --refund p1 --reason rest --funds cash --id r2")
    try shell.expectBalances([
      "cs assets:bank": 400, "cs assets:cash": -400, "cs assets:receivable:user:alice": 440,
      "cs revenue:content": -400, "cs liabilities:tax": -40,
    ])
    let before = try shell.ledger
    try shell.expectSuccess(
      """
      ledger-pay --refund p1 --amount 1 --reason 'charged twice' --id r1
      ledger-pay --refund p1 --reason rest --funds cash --id r2
      ledger-pay --refund p1 --reason rest --id r2
      ledger-pay --refund p1 --amount 4.00 --reason rest --id r2
      """)
    #expect(try shell.ledger == before)
    for (rest, error) in [
      ("p1 --id r3", "nothing is left of 'p1' to be given back"),
      ("p1 --id r1", "the identifier 'r1' belongs to entry 8 of 'cs', which says something else"),
      ("p1 --amount 3 --id r2", "the identifier 'r2' belongs to entry 9 of 'cs'"),
      ("b1 --id r2", "the identifier 'r2' belongs to entry 9 of 'cs'"),
      ("r1 --id r3", "'r1' is neither a payment nor a bill"),
      ("none --id r3", "'none' is neither a payment nor a bill"),
    ] {
      let refusal = try shell.expectRefusal("ledger-pay --reason rest --refund \(rest)").first
      #expect(refusal?.hasPrefix("error: " + error) == true, "\(refusal ?? "")")
    }
  }

  @Test func aBillGivenBackLeavesNothing() throws {
    let shell = try LedgerShell()
    try shell.bill([
      ("b1", .of("user:alice", "content-server:cs", [(400, 40)])),
      ("b2", .of("user:alice", "content-server:cs", [(200, 20)])),
    ])
    try shell.expectSuccess(
      """
      \(pay) --from alice --to cs --amount 5 --id p1
      \(pay) --from alice --to cs --amount 1 --id p2
      """)
    let refund = "ledger-pay --refund b2 --reason returned --id r --json"
    let first = try shell.expectSuccess(refund).split(separator: "\n")
    // 1.60 were paid, in two payments; 0.60 were still owed.
    #expect(first.count == 3)
    #expect(first.first?.contains(#""id":"r","#) == true)
    #expect(first.dropFirst().first?.contains(#""id":"r/2","#) == true)
    #expect(first.last?.contains(#""id":"r/credit","#) == true)
    try shell.expectBalances([
      "cs assets:bank": 440, "cs revenue:content": -400, "cs liabilities:tax": -40,
    ])
    let before = try shell.ledger
    let again = try shell.expectSuccess(refund)
    #expect(again.split(separator: "\n").allSatisfy { $0.contains(#""replay":true"#) })
    #expect(try shell.ledger == before)
    try shell.expectRefusal("ledger-pay --refund b2 --reason again --id r2")
    try shell.expectRefusal("ledger-pay --refund b2 --reason returned --amount 1 --id r")
  }

  @Test func anUnpaidBillIsOnlyCredited() throws {
    let shell = try LedgerShell()
    try shell.bill([("b1", .of("shop:shop", "content-server:cs", [(400, 40)], for: "alice"))])
    try shell.expectSuccess(
      """
      ledger-pay --refund b1 --amount 1.40 --reason 'bad disc' --id r1
      ledger-pay --refund b1 --amount 1.40 --reason 'bad disc' --id r1
      ledger-pay --refund b1 --reason 'bad disc' --id r2
      ledger-pay --refund b1 --reason 'bad disc' --id r2
      """)
    #expect(try shell.entries(Billed.self).map(\.amount) == [440, 140, 300])
    #expect(try shell.entries(Payment.self).isEmpty)
    #expect(try shell.balances().isEmpty)
  }

  @Test func creditsOfAnySizeAddUpExactly() throws {
    let shell = try LedgerShell()
    let lines: [(net: Int64, tax: Int64)] = [(333, 33), (1, 0), (1000, 190), (7, 1)]
    try shell.bill([
      ("b1", .of("user:alice", "content-server:cs", lines)),
      ("b2", .of("user:alice", "content-server:cs", lines)),
    ])
    try shell.expectSuccess("\(pay) --from alice --to cs --amount 10 --for b1 --id p1")
    var left: Int64 = 1565
    var random = SeededGenerator(seed: 9)
    var commands: [String] = []
    while left > 0 {
      let amount = min(left, Int64.random(in: 1...300, using: &random))
      left -= amount
      for bill in ["b1", "b2"] {
        commands.append(
          "ledger-pay --refund \(bill) --amount \(money(amount)) --reason r --id \(bill)/\(left)")
      }
    }
    try shell.expectSuccess(commands.joined(separator: "\n"))
    #expect(try shell.balances().isEmpty)
    let notes = try shell.entries(Billed.self).filter { $0.reverses != nil }
    #expect(notes.count == commands.count)
    for (number, line) in lines.enumerated() {
      let title = try Handle("title-\(number)")
      let shares = notes.flatMap(\.lines).filter { $0.content == title }
      #expect(shares.reduce(0) { $0 + $1.net } == 2 * line.net)
      #expect(shares.reduce(0) { $0 + $1.tax } == 2 * line.tax)
    }
  }

  @Test func theTaxOfASaleComesBackExactly() throws {
    let shell = try LedgerShell()
    let base = "\(pay) --from alice --to shop"
    try shell.expectSuccess("\(base) --amount 1.51 --purpose medium --tax-rate 1900 --id p1")
    for number in 1...10 {
      try shell.expectSuccess("ledger-pay --refund p1 --amount 0.15 --reason r --id r\(number)")
    }
    try shell.expectSuccess("ledger-pay --refund p1 --reason r --id last")
    #expect(try shell.balances().isEmpty)
  }

  @Test func whatWasPrepaidAndUsedStays() throws {
    let shell = try LedgerShell()
    try shell.expectSuccess("\(pay) --from alice --to cs --amount 5 --purpose prepaid --id p1")
    try shell.bill([("b1", .of("user:alice", "content-server:cs", [(400, 40)]))])
    try shell.expectSuccess("\(pay) --from alice --to cs --amount 4.40 --funds prepaid --id p2")
    #expect(
      try shell.expectRefusal("ledger-pay --refund p1 --reason r --id r1").first
        == "error: 'user:alice' has paid 60 minor units ahead, not 500")
    try shell.expectSuccess("ledger-pay --refund b1 --reason r --id r2")
    try shell.expectSuccess("ledger-pay --refund p1 --reason r --id r1")
    #expect(try shell.balances().isEmpty)
  }

  private func money(_ amount: Int64) -> String {
    "\(amount / 100)." + (amount % 100 < 10 ? "0" : "") + "\(amount % 100)"
  }
}
