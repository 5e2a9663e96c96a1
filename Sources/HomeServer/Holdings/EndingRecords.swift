import Distribution
import Ledger
import Outlets
import Trade

/// The entries that follow when a holding has ended (signals 14, 9, 10 and 15; 18 before them).
struct EndingRecords {
  private let holding: Holding
  private let ending: Ending
  private let here: Facts.Party
  private let entries: DeliveryIdentifiers

  private var ordered: Ordered { holding.order.ordered }

  /// - Parameters:
  ///   - holding: what has ended.
  ///   - ending: how.
  ///   - here: the home server.
  init(_ holding: Holding, _ ending: Ending, here: Facts.Party) {
    self.holding = holding
    self.ending = ending
    self.here = here
    entries = DeliveryIdentifiers(order: holding.order.ordered.order)
  }

  /// What is written before anything is erased: that the user has the content.
  func before() throws -> [Draft] {
    guard ending.cause == .handedOver else { return [] }
    return [
      Draft(
        id: try entries.entry(.handedOver),
        HandedOver(
          order: ordered.order, homeServer: here.name, user: ordered.user, bytes: ending.bytes))
    ]
  }

  /// What is written when it is erased: the viewing, the deletion, the reports and the bills.
  func after() throws -> [Draft] {
    var drafts: [Draft] = []
    if ordered.use != .purchase {
      drafts.append(
        Draft(
          id: try entries.entry(.viewed),
          Viewed(
            order: ordered.order, homeServer: here.name, user: ordered.user, days: ending.days,
            seconds: ending.totals.seconds, views: ending.totals.views)))
    }
    drafts.append(
      Draft(
        id: try entries.entry(.deleted),
        Deleted(order: ordered.order, place: here.name, cause: ending.cause)))
    let charges = OrderCharges(holding.order, quantities: try quantities())
    drafts += try charges.reports(matter) + charges.bills()
    if let fee = try fee() { drafts.append(fee) }
    return drafts
  }

  private var matter: ReportMatter {
    switch ending.cause {
    case .handedOver: .delivery
    case .viewed: .viewing
    case .burned, .expired, .cancelled: .deletion
    }
  }

  /// How many units of the order's use there were of each title.
  private func quantities() throws -> [Int64] {
    try ending.totals.items.map { item in
      switch ordered.use {
      case .purchase: ending.cause == .handedOver ? 1 : 0
      case .view: item.views
      case .day: ending.days
      case .minute: try PriceUnit.minutes(viewing: [item.seconds])
      case .medium: 0
      }
    }
  }

  /// The bill for the service of the home server, if there is anything to pay.
  private func fee() throws -> Draft? {
    guard let fee = ending.fee, let administrator = here.administrator else { return nil }
    let lines = try HomeFee.units.filter { fee.tariff.prices[$0] != nil }
      .map { unit in try fee.tariff.charge(quantity(of: unit), unit) }
      .filter { $0.gross > .zero }
      .map { charge in try BillLine(.homeServerFee, nil, charge) }
    if lines.isEmpty { return nil }
    let payer = fee.manager.map { PartyReference(.buildingManager, $0) }
    return Draft(
      id: try entries.named("fee"),
      Billed(
        payer: payer ?? PartyReference(.user, ordered.user),
        payee: PartyReference(.administrator, administrator), currency: fee.tariff.currency,
        lines: lines, order: ordered.order, beneficiary: payer == nil ? nil : ordered.user))
  }

  private func quantity(of unit: PriceUnit) throws -> Int64 {
    switch unit {
    case .purchase: ending.cause == .handedOver ? 1 : 0
    case .view: ending.totals.views
    case .day: ending.days
    case .minute: try PriceUnit.minutes(viewing: [ending.totals.seconds])
    case .medium: 0
    }
  }
}
