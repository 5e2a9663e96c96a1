import Ledger
import LedgerReports
import Testing
import Trade
import _TestSupport

/// The books of random trade balance, mirror each other, and are the same however they are read.
@Suite struct BookTests {
  @Test(arguments: [UInt64](11...16))
  func everyEntryBalancesInEveryBook(_ seed: UInt64) throws {
    let trade = try RandomTrade(seed: seed)
    try trade.run(200)
    var kinds: Set<String> = []
    _ = try trade.file.scanning().run { head -> Event? in
      head.kind == .billed || head.kind == .payment ? try head.event() : nil
    } gather: { event in
      var sums: [PartyReference: Int64] = [:]
      for posting in postings(of: event) {
        sums[posting.account.book, default: 0] += posting.amount
        #expect(posting.account.book.kind.keepsBook)
        kinds.insert(posting.account.path.description)
      }
      #expect(sums.values.allSatisfy { $0 == 0 }, "seed \(seed)")
    }
    #expect(kinds.count > 25, "seed \(seed)")
  }

  /// What E owes P in E's book is what P is owed in P's book, and the same for what was paid ahead.
  @Test(arguments: [UInt64](21...26))
  func whatIsOwedIsOwedInBothBooks(_ seed: UInt64) throws {
    let trade = try RandomTrade(seed: seed)
    try trade.run(200)
    let books = try RandomTrade.books
    var compared = 0
    for currency in try RandomTrade.currencies.map({ try Currency($0) }) {
      for one in books {
        for other in books where one != other {
          for (asset, liability) in [
            (Account.Path.receivableFrom(other), Account.Path.payableTo(one)),
            (.prepaidTo(other), .prepaidBy(one)),
          ] {
            let owed = try trade.log.balance(Account(book: one, asset), currency)
            let owes = try trade.log.balance(Account(book: other, liability), currency)
            #expect(owed == -owes, "seed \(seed): \(one) \(asset), \(other) \(liability)")
            #expect(owed >= 0, "seed \(seed): \(one) \(asset)")
            compared += owed == 0 ? 0 : 1
          }
        }
      }
    }
    #expect(compared > 5, "seed \(seed)")
  }

  private func balances(_ trade: RandomTrade, _ window: ReportWindow = .always) throws -> Balances {
    try BalanceReport(ReportSource(trade.file), book: nil, party: nil, window: window).balances()
  }

  @Test(arguments: [UInt64](31...33))
  func theIndexAndTheLinesHaveTheSameBalances(_ seed: UInt64) throws {
    let trade = try RandomTrade(seed: seed)
    // The index covers some of it.
    try trade.run(400)
    #expect(trade.folder.entries.contains("ledger.index"))
    let recomputed = try trade.recomputed()
    let warm = try balances(trade)
    #expect(warm.balances == recomputed)
    let always = ReportWindow(try Period("1970--9999"), from: nil, until: nil)
    let cold = try balances(trade, always)
    #expect(cold.balances == recomputed)
    #expect(cold.head == warm.head)
    let own = try trade.log.balances()
    #expect(own?.balances == recomputed)
    try trade.folder.write("ledger.index", Array("no database".utf8))
    #expect(try balances(trade).balances == recomputed)
  }

  /// Periods side by side add up to the whole, each entry in one of them.
  @Test func periodsAddUp() throws {
    let trade = try RandomTrade(seed: 41)
    try trade.run(200)
    let whole = try balances(trade)
    var sums: [String: Int64] = [:]
    let middle = try UTCTime(seconds: 1_795_000_000 + 10 * 86_400).day
    let next = try #require(Day(number: middle.number + 1))
    let parts = [
      ReportWindow(nil, from: nil, until: middle),
      ReportWindow(try Period("\(next)--\(try Day("2026-12-31"))"), from: nil, until: nil),
      ReportWindow(nil, from: try Day("2027-01-01"), until: nil),
    ]
    for part in parts {
      let some = try balances(trade, part)
      #expect(some.head == whole.head)
      for balance in some.balances {
        sums["\(balance.book) \(balance.account) \(balance.currency)", default: 0] += balance.amount
      }
    }
    #expect(
      sums.filter { $0.value != 0 }
        == Dictionary(
          uniqueKeysWithValues: whole.balances.map {
            ("\($0.book) \($0.account) \($0.currency)", $0.amount)
          }))
  }
}
