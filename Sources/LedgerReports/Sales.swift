import CommandLineSupport
import Ledger
import Trade

/// Bills and what a sales report tells of them, folded from the entries.
struct Sales {
  /// An entry that matters.
  enum Item: Sendable {
    case published(Published)
    case ordered(OrderParties, Handle)
    case money(MoneyEntry)
  }

  /// Who has a part in an order.
  struct OrderParties: Sendable {
    let user: PartyName
    let contentServer: PartyName
    let deliveryServer: PartyName
    let outlet: PartyName?

    init(_ ordered: Ordered) {
      user = ordered.user
      contentServer = ordered.contentServer
      deliveryServer = ordered.deliveryServer
      outlet = ordered.outlet
    }
  }

  /// A bill or credit note.
  struct Sale {
    let entry: Int64
    let time: UTCTime
    let id: Handle
    let bill: Billed
    let order: OrderParties?
    /// The title of each line, nil where it has none.
    let titles: [Published?]
  }

  private let window: ReportWindow
  private let party: PartySelector?
  /// In the order of the entries.
  private(set) var sales: [Sale] = []
  /// The entry by which a bill was settled.
  private(set) var settled: [Handle: Int64] = [:]
  private var open: [Handle: Int64] = [:]
  private var orders: [Handle: OrderParties] = [:]
  private var catalogue = Catalogue()

  init(window: ReportWindow, party: PartySelector?) {
    self.window = window
    self.party = party
  }

  /// Takes the next entry.
  mutating func add(_ item: Item) {
    switch item {
    case .published(let published): catalogue.add(published)
    case .ordered(let parties, let order): orders[order] = parties
    case .money(let entry):
      if let bill = entry.billed { add(bill, entry) }
      if let payment = entry.payment {
        let sign: Int64 = payment.reverses == nil ? -1 : 1
        for split in payment.splits {
          if let bill = split.bill { change(bill, by: sign * split.amount, in: entry) }
        }
      }
    }
  }

  private mutating func add(_ bill: Billed, _ entry: MoneyEntry) {
    if let reversed = bill.reverses {
      change(reversed, by: -bill.amount, in: entry)
    } else {
      open[entry.id] = bill.amount
    }
    guard window.contains(entry.time) else { return }
    let order = bill.order.flatMap { orders[$0] }
    guard isWanted(bill, order) else { return }
    sales.append(
      Sale(
        entry: entry.index, time: entry.time, id: entry.id, bill: bill, order: order,
        titles: bill.lines.map { catalogue[$0.content] }))
  }

  private func isWanted(_ bill: Billed, _ order: OrderParties?) -> Bool {
    guard let party else { return true }
    let users = [bill.beneficiary, order?.user].compactMap { $0 }
    return party.matches(bill.payer) || party.matches(bill.payee)
      || users.contains { party.matches(PartyReference(.user, $0)) }
  }

  private mutating func change(_ bill: Handle, by amount: Int64, in entry: MoneyEntry) {
    guard let left = open[bill] else { return }
    open[bill] = left + amount
    settled[bill] = left + amount == 0 ? entry.index : nil
  }
}

/// A text that is no country.
package struct TerritoryError: ExplainedError, Equatable {
  let code: String

  package var description: String { "territory \(quoted(code)) is not two capitals" }
  package var hint: String? { "use a code of ISO 3166-1, such as JP" }
}
