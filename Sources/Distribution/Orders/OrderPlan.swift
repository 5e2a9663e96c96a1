package import Ledger
import Masters
package import Trade

/// Takes orders: finds the entries that record them, and what is signed and handed out.
///
/// An order that the ledger has already is the same again, at the terms its titles had then.
package struct OrderPlan {
  /// The entries, one for each order.
  package private(set) var drafts: [Draft] = []
  /// The orders in the order in which they were asked for.
  package private(set) var orders: [Order] = []

  /// The most characters of the name of an order.
  package static let longestName = 100

  private let facts: Facts
  private let contentServer: PartyName
  private let now: UTCTime
  private let store: MasterStore?
  private var choice: ServerChoice
  /// Those of this plan, by name.
  private var taken: [Handle: Order] = [:]

  /// - Parameters:
  ///   - facts: what the ledger says.
  ///   - contentServer: who takes the orders.
  ///   - now: the time.
  ///   - loads: the orders that delivery servers were given lately.
  ///   - store: the masters of this host, which tell what is sound; nil where there are none.
  package init(
    _ facts: Facts, by contentServer: PartyName, now: UTCTime, loads: ServerLoads,
    store: MasterStore? = nil
  ) {
    self.facts = facts
    self.contentServer = contentServer
    self.now = now
    self.store = store
    choice = ServerChoice(facts, loads)
  }

  /// The orders that delivery servers were given lately, with those of this plan.
  package var loads: ServerLoads { choice.loads }

  /// The identifier of the entry of an order.
  package static func entry(of order: Handle) throws -> Handle {
    if order.description.utf8.count > longestName { throw OrderFault.longName(order) }
    return try Handle("ordered:\(order)")
  }

  /// Takes an order.
  ///
  /// - Parameters:
  ///   - wish: what is asked for.
  ///   - line: the line of input it comes from, for messages.
  /// - Throws: `OrderFault` or `RuleFault`.
  package mutating func take(_ wish: OrderWish, line: Int? = nil) throws {
    let id = try Self.entry(of: wish.order)
    let order: Order
    if let earlier = taken[wish.order] {
      try wish.check(against: earlier.ordered, from: now)
      order = earlier
    } else if let entry = try facts.entry(id) {
      order = try self.order(of: entry, wish)
    } else {
      order = try new(wish)
      choice.loads.add(order.ordered.deliveryServer)
    }
    taken[wish.order] = order
    orders.append(order)
    drafts.append(Draft(id: id, order.ordered, line: line))
  }

  /// The order of an entry that is there.
  private func order(of entry: Facts.Entry, _ wish: OrderWish) throws -> Order {
    guard let ordered = entry.event.body as? Ordered, ordered.order == wish.order,
      entry.author == contentServer
    else { throw OrderFault.notAnOrder(wish.order) }
    try wish.check(against: ordered, from: entry.time)
    let titles = try ordered.contents.map { content in
      guard let title = try facts.title(content, before: entry.index) else {
        throw OrderFault.notOffered(content)
      }
      return title
    }
    return try Order(ordered, items: items(titles, ordered.use))
  }

  private mutating func new(_ wish: OrderWish) throws -> Order {
    try check(wish.user, .user)
    switch wish.destination {
    case .straight: break
    case .home(let name): try check(name, .homeServer)
    case .shop(let name, _): try check(name, .shop)
    }
    let titles = try wish.contents.map { content in
      guard let title = try facts.title(content) else { throw OrderFault.notOffered(content) }
      return title
    }
    let items = try items(titles, wish.use)
    if wish.medium == .compactDisc {
      for item in items {
        if let kind = kind(item), kind != .sound { throw OrderFault.noSound(item.content, kind) }
      }
    }
    if let server = wish.server { try check(server, .deliveryServer) }
    let expires = try wish.expires(from: now)
    if expires <= now { throw OrderFault.expired(expires) }
    let ordered = Ordered(
      order: wish.order, user: wish.user, contents: wish.contents, contentServer: contentServer,
      deliveryServer: try wish.server ?? choice.server(for: titles), outlet: wish.outlet,
      medium: wish.medium, use: wish.use, expires: expires)
    return try Order(ordered, items: items)
  }

  private func check(_ name: PartyName, _ role: PartyKind) throws {
    guard let party = try facts.party("\(name)") else { throw RuleFault.unknownParty(name) }
    if party.role != role { throw RuleFault.wrongRole(name, party.role, role) }
    if party.isRevoked { throw OrderFault.revoked(name) }
  }

  /// What a title is of, as far as this host has the master it is to be made of.
  private func kind(_ item: Order.Item) -> MasterKind? {
    let files = store.flatMap { try? MasterFiles(path: $0.folder(of: item.content)) }
    return files?.identity == item.master ? files?.outline.kind : nil
  }

  private func items(_ titles: [Published], _ use: PriceUnit) throws -> [Order.Item] {
    try titles.map { title in
      let tariff = title.tariff
      guard let price = tariff.prices[use] else { throw OrderFault.noPrice(title.content, use) }
      guard let master = title.master else { throw OrderFault.noMaster(title.content) }
      if let first = titles.first?.tariff.currency, tariff.currency != first {
        throw OrderFault.currencies(title.content, tariff.currency, first)
      }
      return Order.Item(
        content: title.content, master: master, currency: tariff.currency, price: price,
        taxRate: tariff.taxRate)
    }
  }
}

extension OrderWish {
  /// When the order expires that is taken at a time.
  fileprivate func expires(from time: UTCTime) throws -> UTCTime {
    switch expiry ?? .after(Self.usualSeconds) {
    case .at(let end): end
    case .after(let seconds):
      try UTCTime(seconds: min(time.seconds + seconds, UTCTime.last.seconds))
    }
  }

  /// Makes sure that an order which was taken before is what is asked for now.
  ///
  /// - Parameters:
  ///   - ordered: the order.
  ///   - time: when it was taken.
  /// - Throws: `OrderFault.otherOrder`.
  fileprivate func check(against ordered: Ordered, from time: UTCTime) throws {
    var differences: [String] = []
    if ordered.user != user { differences.append("user") }
    if ordered.contents != contents { differences.append("list of titles") }
    if ordered.outlet != outlet { differences.append("home server or shop") }
    if ordered.medium != medium { differences.append("medium") }
    if ordered.use != use { differences.append("use") }
    if let server, ordered.deliveryServer != server { differences.append("delivery server") }
    switch expiry {
    case nil: break
    case .at(let end): if end != ordered.expires { differences.append("expiry") }
    case .after:
      // The order was taken some moments before its entry was written.
      let difference = try ordered.expires.seconds - expires(from: time).seconds
      if abs(difference) > 5 { differences.append("expiry") }
    }
    if let first = differences.first { throw OrderFault.otherOrder(ordered.order, first) }
  }
}
