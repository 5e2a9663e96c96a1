import Ledger
import Trade
import TransparencyLog

/// What was sold: a row for each line of a bill, negative for credit notes.
///
/// The columns map to cells of the digital sales reports of DDEX, see `docs/ledger-reports.md`.
package struct SalesReport {
  private let source: ReportSource
  private let party: PartySelector?
  private let territory: Territory?
  private let window: ReportWindow

  /// - Parameters:
  ///   - source: the entries.
  ///   - party: only bills with a party as payer, payee or user; nil for all.
  ///   - territory: where was sold, which the ledger does not say.
  ///   - window: when the bills were written; payments count whenever they were made.
  package init(
    _ source: ReportSource, party: PartySelector?, territory: Territory?, window: ReportWindow
  ) {
    self.source = source
    self.party = party
    self.territory = territory
    self.window = window
  }

  /// Writes the report as text, TSV or NDJSON.
  ///
  /// - Throws: what reading throws, and `SystemError`.
  package func write(_ format: ReportFormat, _ output: ReportOutput) throws {
    var sales = Sales(window: window, party: party)
    let head = try source.scan { head -> Sales.Item? in
      switch head.kind {
      case .published: return (try head.event().body as? Published).map { .published($0) }
      case .ordered:
        return (try head.event().body as? Ordered).map { .ordered(.init($0), $0.order) }
      case .billed, .payment: return try MoneyEntry(head).map { .money($0) }
      default: return nil
      }
    } gather: {
      sales.add($0)
    }
    let table = try ReportTable("sale", Self.columns, format, output)
    for sale in sales.sales {
      for (number, line) in sale.bill.lines.enumerated() {
        try table.add(
          cells(
            sale, number + 1, line, sale.titles[number],
            sales.settled[sale.bill.reverses ?? sale.id], head))
      }
    }
    try table.finish(head)
  }

  private static let columns = [
    Column("entry", .integer), Column("time", .time), Column("event"), Column("bill"),
    Column("line", .integer, isForPeople: false), Column("reverses", isForPeople: false),
    Column("order", isForPeople: false), Column("content"), Column("isrc", isForPeople: false),
    Column("grid", isForPeople: false), Column("icpn", isForPeople: false),
    Column("isni", isForPeople: false), Column("title", isForPeople: false),
    Column("artist", isForPeople: false), Column("payer"), Column("payee", isForPeople: false),
    Column("user", isForPeople: false), Column("content_server", isForPeople: false),
    Column("delivery_server", isForPeople: false), Column("outlet", isForPeople: false),
    Column("territory", isForPeople: false), Column("commercial_model", isForPeople: false),
    Column("use_type", isForPeople: false), Column("royalty_bearing", isForPeople: false),
    Column("purpose"), Column("quantity", .integer), Column("unit"),
    Column("unit_price", .money, isForPeople: false), Column("net", .money), Column("tax", .money),
    Column("gross", .money, isForPeople: false), Column("currency"),
    Column("paid_entry", .integer, isForPeople: false),
    Column("tree_size", .integer, isForPeople: false),
  ]

  private func cells(
    _ sale: Sales.Sale, _ number: Int, _ line: BillLine, _ title: Published?, _ settled: Int64?,
    _ head: TreeHead
  ) -> [Cell] {
    let (bill, currency) = (sale.bill, sale.bill.currency)
    let sign: Int64 = bill.reverses == nil ? 1 : -1
    let user = bill.payer.kind == .user ? bill.payer.name : bill.beneficiary ?? sale.order?.user
    var cells: [Cell] = [
      .integer(sale.entry), .time(sale.time), .text(sign > 0 ? "bill" : "credit-note"),
      .text("\(sale.id)"), .integer(Int64(number)), .text(bill.reverses?.description),
      .text(bill.order?.description), .text(line.content?.description),
      .text(title?.isrc?.description), .text(title?.grid?.description),
      .text(title?.icpn?.description), .text(title?.isni?.description), .text(title?.title),
      .text(title?.artist), .text("\(bill.payer)"), .text("\(bill.payee)"),
    ]
    cells += [
      .text(user?.description), .text(sale.order?.contentServer.description),
      .text(sale.order?.deliveryServer.description), .text(sale.order?.outlet?.description),
      .text(territory?.code), .text(line.purpose == .content ? "PayAsYouGoModel" : nil),
      .text(line.useType), .text(line.purpose == .content ? "true" : "false"),
      .text(line.purpose.rawValue), .integer(sign * line.quantity), .text(line.unit.rawValue),
      .money(line.unitPrice, currency), .money(sign * line.net, currency),
      .money(sign * line.tax, currency), .money(sign * line.gross, currency),
      .text("\(currency)"), .integer(settled), .integer(Int64(head.size)),
    ]
    return cells
  }
}

extension BillLine {
  /// What a user does with content; nothing for what is no content or comes on a disc alone.
  fileprivate var useType: String? {
    guard purpose == .content else { return nil }
    return switch unit {
    case .purchase: "PermanentDownload"
    case .view, .day, .minute: "Stream"
    case .medium, .month: nil
    }
  }
}

/// A country by the two capitals of ISO 3166-1.
package struct Territory: Sendable {
  /// The code.
  package let code: String

  /// - Throws: `TerritoryError`; whether there is such a country is not looked up.
  package init(_ code: String) throws {
    guard code.utf8.count == 2,
      code.utf8.allSatisfy({ UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 })
    else { throw TerritoryError(code: code) }
    self.code = code
  }
}
