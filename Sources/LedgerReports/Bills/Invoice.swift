package import Ledger
import Trade
import TransparencyLog

/// The bills that a party has to pay, and what became of them.
package struct Invoice: Sendable {
  /// Who has to pay.
  let party: PartyReference
  /// The bills, oldest first.
  let bills: [Bill]
  let head: TreeHead

  /// A bill.
  struct Bill: Sendable {
    /// The identifier of its entry: the number of the bill.
    let id: Handle
    /// The entry, counted from 0.
    let entry: Int64
    let time: UTCTime
    let body: Billed
    let lines: [Line]
    /// What credit notes have taken off, in minor units.
    var credited: Int64 = 0
    /// What has been paid and not given back, in minor units.
    var paid: Int64 = 0

    /// Before tax, in minor units.
    var net: Int64 { lines.reduce(0) { $0 + $1.line.net } }
    /// What is still owed, in minor units.
    var open: Int64 { body.amount - credited - paid }
    var currency: Currency { body.currency }
  }

  /// A line of a bill and what is known of its title.
  struct Line: Sendable {
    let line: BillLine
    let title: String?
    let rate: TaxRate?
  }

  /// Which bills of a party are wanted.
  package enum Choice: Sendable {
    /// Those of which something is owed.
    case open
    case all
    case one(Handle)
  }

  /// Reads the bills of a party.
  ///
  /// - Parameters:
  ///   - source: the entries.
  ///   - selector: who has to pay.
  ///   - wanted: which bills.
  ///   - window: when they were written; payments count whenever they were made.
  /// - Throws: what reading throws, and `ReportFault`.
  package init(
    _ source: ReportSource, for selector: PartySelector, _ wanted: Choice, window: ReportWindow
  ) throws {
    var folder = Folder(window: window)
    let (head, party) = try source.scan(for: selector) { party, choice in
      try choice.add(wanted, of: party)
      return true
    } take: { head -> Item? in
      switch head.kind {
      case .published: return (try head.event().body as? Published).map { .published($0) }
      case .billed, .payment:
        return try MoneyEntry(head).flatMap { $0.concerns(selector) ? .money($0) : nil }
      default: return nil
      }
    } gather: {
      folder.add($0)
    }
    self.head = head
    self.party = party
    switch wanted {
    case .all: bills = folder.bills
    case .open: bills = folder.bills.filter { $0.open > 0 }
    case .one(let id):
      bills = folder.bills.filter { $0.id == id }
      if bills.isEmpty { throw ReportFault.unknownBill("\(id)", "\(party)") }
    }
  }

  private enum Item: Sendable {
    case published(Published)
    case money(MoneyEntry)
  }

  /// Folds entries into bills.
  private struct Folder {
    let window: ReportWindow
    private(set) var bills: [Bill] = []
    private var places: [Handle: Int] = [:]
    private var catalogue = Catalogue()

    init(window: ReportWindow) { self.window = window }

    mutating func add(_ item: Item) {
      switch item {
      case .published(let published): catalogue.add(published)
      case .money(let entry):
        if let bill = entry.billed { add(bill, entry) }
        if let payment = entry.payment { add(payment) }
      }
    }

    private mutating func add(_ bill: Billed, _ entry: MoneyEntry) {
      if let reversed = bill.reverses {
        if let place = places[reversed] { bills[place].credited += bill.amount }
        return
      }
      guard window.contains(entry.time) else { return }
      places[entry.id] = bills.count
      bills.append(
        Bill(
          id: entry.id, entry: entry.index, time: entry.time, body: bill,
          lines: bill.lines.map { line in
            Line(
              line: line, title: catalogue[line.content]?.words, rate: catalogue.rate(of: line))
          }))
    }

    private mutating func add(_ payment: Payment) {
      for split in payment.splits {
        guard let bill = split.bill, let place = places[bill] else { continue }
        bills[place].paid += payment.reverses == nil ? split.amount : -split.amount
      }
    }
  }
}

extension Published {
  /// Title and artist.
  fileprivate var words: String { artist.map { "\(title) \u{2013} \($0)" } ?? title }
}

extension EntryChoice {
  /// Chooses the bills of a party, what became of them, and the titles they are about.
  fileprivate mutating func add(_ wanted: Invoice.Choice, of party: PartyReference) throws {
    let term: Term
    switch wanted {
    case .one(let id):
      term = Term(.id, "\(id)")
      try add(Term(.bill, "\(id)"))
    case .open, .all: term = Term(.account, "\(party)")
    }
    try add(term)
    for event in try events(.billed, with: term) {
      guard let bill = event.body as? Billed, bill.payer == party else { continue }
      for content in bill.lines.compactMap(\.content) { try add(Term(.title, "\(content)")) }
    }
  }
}

extension MoneyEntry {
  /// Whether it bills a party or pays one of its bills.
  fileprivate func concerns(_ selector: PartySelector) -> Bool {
    if let billed { return selector.matches(billed.payer) }
    guard let payment else { return false }
    return payment.splits.contains {
      $0.bill != nil && selector.matches($0.debtor ?? payment.payer)
    }
  }
}

extension Invoice.Bill {
  /// What was taxed alike.
  struct TaxGroup {
    /// The rate, nil where it is not known.
    let rate: TaxRate?
    /// Before tax, in minor units.
    var net: Int64
    /// In minor units.
    var tax: Int64

    /// What it is called on a bill.
    var label: String { rate.map { "Tax \($0.text)" } ?? "Tax" }
  }

  /// The totals by rate of tax, in the order of the lines.
  var taxes: [TaxGroup] {
    var groups: [TaxGroup] = []
    for item in lines {
      if let place = groups.firstIndex(where: { $0.rate == item.rate }) {
        groups[place].net += item.line.net
        groups[place].tax += item.line.tax
      } else {
        groups.append(TaxGroup(rate: item.rate, net: item.line.net, tax: item.line.tax))
      }
    }
    return groups
  }

  /// An amount in units of the bill's currency.
  func text(_ amount: Int64) -> String { decimalText(amount, currency) }
}

extension Invoice.Line {
  /// What is sold, for people.
  var description: String {
    let purpose =
      switch line.purpose {
      case .content: "Content"
      case .usageFee: "Usage of the delivery server"
      case .homeServerFee: "Usage of the home server"
      case .medium: "Medium"
      }
    let content = line.content.map { " (\($0))" } ?? ""
    return title.map { line.purpose == .content ? $0 : "\(purpose): \($0)" }.map { $0 + content }
      ?? purpose + content
  }
}

extension Invoice {
  /// What is owed in all, by currency.
  var openTotals: [(currency: Currency, amount: Int64)] {
    bills.reduce(into: [Currency: Int64]()) { $0[$1.currency, default: 0] += $1.open }
      .sorted { $0.key < $1.key }.map { (currency: $0.key, amount: $0.value) }
  }
}
