import Ledger
import LedgerReports
import Testing
import Trade
import _TestSupport

/// hledger and beancount accept every book and come to the same balances.
@Suite struct RefereeTests {
  @Test(arguments: [UInt64](1...3))
  func hledgerAgrees(_ seed: UInt64) throws {
    let trade = try RandomTrade(seed: seed)
    try trade.run(150)
    let balances = try trade.recomputed()
    #expect(balances.count > 30, "seed \(seed)")
    for book in try RandomTrade.books {
      let text = try trade.journal(book, .hledger, as: "book.journal")
      let path = trade.folder.path("book.journal")
      let check = try Subprocess.run(
        "hledger", ["-f", path, "check", "-s", "ordereddates", "payees"])
      #expect(check.status == 0, "seed \(seed), \(book): \(check.errors)")
      let bal = try Subprocess.run(
        "hledger", ["-f", path, "bal", "--flat", "-N", "--layout", "bare", "-O", "csv"])
      let theirs = try RefereeBalances(csv: bal.text, account: 0, currency: 1, number: 2)
      let ours = RefereeBalances(balances, book: book) { $0 }
      #expect(theirs == ours, "seed \(seed), \(book)")
      #expect(text.contains("; tree size \(trade.log.coverage.count) root "))
    }
  }

  @Test(arguments: [UInt64](4...5))
  func beancountAgrees(_ seed: UInt64) throws {
    let trade = try RandomTrade(seed: seed)
    try trade.run(150)
    let balances = try trade.recomputed()
    for book in try RandomTrade.books {
      try trade.journal(book, .beancount, as: "book.beancount")
      let path = trade.folder.path("book.beancount")
      let check = try Subprocess.run("bean-check", [path])
      #expect(
        check.status == 0 && check.text.isEmpty && check.errors.isEmpty,
        "seed \(seed), \(book): \(check.text)\(check.errors)")
      let query = try Subprocess.run(
        "bean-query",
        [
          "-f", "csv", path,
          "SELECT account, currency, sum(position) AS amount GROUP BY account, currency",
        ])
      let theirs = try RefereeBalances(csv: query.text, account: 0, currency: 1, number: 2)
      let ours = RefereeBalances(balances, book: book) { beancountName($0) }
      #expect(theirs == ours, "seed \(seed), \(book)")
    }
  }

  /// The rule of `docs/ledger-reports.md`, written down a second time.
  private func beancountName(_ path: String) -> String {
    let parts = path.split(separator: ":").map(String.init)
    return parts.enumerated().map { number, part in
      if number == 0, part == "revenue" { return "Income" }
      if number < 3 { return part.prefix(1).uppercased() + part.dropFirst() }
      var name = part.flatMap { character -> String in
        guard let code = character.asciiValue else { return "" }
        return character.isLetter || character.isNumber
          ? String(character) : "-" + String(code, radix: 16, uppercase: true)
      }.map(String.init).joined()
      if let first = part.first, first.isLetter, first.isLowercase {
        name = name.prefix(1).uppercased() + name.dropFirst()
      } else if part.first?.isNumber != true {
        name = "0--" + name
      }
      return name
    }.joined(separator: ":")
  }

  @Test(arguments: ["hledger", "beancount"])
  func aPartOfABookStartsWithWhatWasBefore(_ referee: String) throws {
    let trade = try RandomTrade(seed: 6)
    try trade.run(150)
    let book = try PartyReference("content-server:cs")
    let from = try UTCTime(seconds: 1_795_000_000 + 20 * 86_400).day
    let window = ReportWindow(nil, from: from, until: nil)
    let format = try #require(ReportFormat(rawValue: referee))
    let text = try trade.journal(book, format, as: "part", window: window)
    #expect(text.contains("opening balances"))
    let check =
      referee == "hledger"
      ? try Subprocess.run(
        "hledger", ["-f", trade.folder.path("part"), "check", "-s", "ordereddates", "payees"])
      : try Subprocess.run("bean-check", [trade.folder.path("part")])
    #expect(check.status == 0, "\(check.text)\(check.errors)")
  }

  /// What the referees would say if our journals were wrong: one fault at a time, made by sed.
  @Test(arguments: [
    #"0,/^    assets:bank/s/\(bank *\)/\11/"#,
    #"0,/ = /s/ = .*/ = 123456.78 EUR/"#,
    "/^account assets:bank/d",
    "/^payee user:alice/d",
    "/^commodity 1000.00 EUR/d",
    #"$i2020-01-01 * (1) user:alice | late\n    assets:bank  0.00 EUR\n    assets:cash  0.00 EUR"#,
  ])
  func hledgerFindsAFault(_ fault: String) throws {
    let trade = try RandomTrade(seed: 7)
    try trade.run(150)
    try trade.journal(try PartyReference("content-server:cs"), .hledger, as: "good")
    let check = "hledger -f - check -s ordereddates payees"
    let result = try Subprocess.shell(
      "\(check) < good && sed '\(fault)' good > bad && ! cmp -s good bad && ! \(check) < bad",
      folder: trade.folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }

  @Test(arguments: [
    #"0,/^  Assets:Bank/s/\(Bank *\)/\11/"#,
    "/ open Assets:Bank /d",
    #"0,/ balance Assets:Bank /s/\(balance Assets:Bank \).* /\1123456 /"#,
  ])
  func beancountFindsAFault(_ fault: String) throws {
    let trade = try RandomTrade(seed: 7)
    try trade.run(150)
    try trade.journal(try PartyReference("content-server:cs"), .beancount, as: "good")
    let result = try Subprocess.shell(
      "bean-check good && sed '\(fault)' good > bad && ! cmp -s good bad && ! bean-check bad",
      folder: trade.folder.path)
    #expect(result.status == 0, "\(result.text)\(result.errors)")
  }
}
