import Ledger
import MarkKeys
import Signing
import Trade
import TransparencyLog
import _TestSupport

/// Random orders, markings, deliveries and what outlets do, among random trade.
///
/// Orders have several users, serials several content servers, and some entries name another order
/// than they should, which no rule forbids.
final class RandomDeliveries {
  let trade: RandomTrade
  private var generator: SeededGenerator
  private let authors: [Author]
  private var markings: [Marking] = []
  private var count = 0

  static let users = ["alice", "Alice", "bob.c", "9lives", ".x"]
  static let contentServers = ["cs", "cs-2.x"]
  static let orders = 1...25

  /// Enrols three servers and a shop that sign for themselves.
  init(seed: UInt64) throws {
    trade = try RandomTrade(seed: seed)
    generator = SeededGenerator(seed: seed ^ 0x5EED)
    var authors: [Author] = []
    for (number, text) in ["delivery-server:ds-k", "home-server:home", "shop:kiosk"].enumerated() {
      let party = try PartyReference(text)
      let key = SigningKey(name: "\(party.name)", seed: Secret.random())
      try trade.append(
        Enrolled(
          party: party.name, role: party.kind, number: Int64(100 + number), key: key.publicKey),
        named: "enrol-\(party.name)")
      authors.append(
        Author(name: party.name, key: key) {
          (try? UTCTime(seconds: 1_795_000_000 + 3_000_000)) ?? .last
        })
    }
    self.authors = authors
  }

  /// Appends random entries.
  func run(_ steps: Int) throws {
    for _ in 0..<steps {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0: try trade.append(try ordered())
      case 1...3: try append(try marking(), by: 0)
      case 4, 5: if let delivered = try delivered() { try append(delivered, by: 0) }
      case 6, 7:
        let (body, author) = try outlet()
        try append(body, by: author)
      default: try trade.run(1)
      }
    }
  }

  func pick<Element>(_ elements: some Collection<Element>) throws -> Element {
    guard let element = elements.randomElement(using: &generator) else {
      throw TestFailure("nothing to pick")
    }
    return element
  }

  private func append(_ body: any EventBody, by author: Int) throws {
    count += 1
    _ = try trade.log.append(
      [Draft(id: Handle("d-\(count)"), body)], by: authors[author], lockMilliseconds: 1000)
  }

  /// Appends many entries about one order at once.
  func delete(_ order: Handle, times: Int) throws {
    let deleted = Deleted(order: order, place: authors[0].name, cause: .cancelled)
    let drafts = try (1...times).map { Draft(id: try Handle("w-\($0)"), deleted) }
    _ = try trade.log.append(drafts, by: authors[0], lockMilliseconds: 1000)
  }

  private func order() throws -> Handle { try Handle("o,\(pick(Self.orders))") }
  private func user() throws -> PartyName { try PartyName(pick(Self.users)) }
  private func content() throws -> Handle { try Handle("t\(pick(1...3))") }

  private func ordered() throws -> Ordered {
    try Ordered(
      order: order(), user: user(), contents: [content()], contentServer: PartyName("cs"),
      deliveryServer: authors[0].name, use: .purchase, expires: .last)
  }

  private func marking() throws -> Marking {
    let facts = trade.log.facts
    let (user, contentServer) = (try user(), try PartyName(pick(Self.contentServers)))
    let outlet = try pick([nil, authors[1].name, authors[2].name])
    guard let server = try facts.party("\(contentServer)"),
      let deliverer = try facts.party("\(authors[0].name)"),
      let receiver = try facts.party("\(user)")
    else { throw TestFailure("not enrolled") }
    let serial = try facts.nextSerial(of: contentServer)
    let message = try MarkedParties(
      contentServer: server, deliveryServer: deliverer,
      outlet: outlet.flatMap { try facts.party("\($0)") }, user: receiver
    ).message(serial: serial)
    let marking = try Marking(
      order: order(), content: content(), user: user, contentServer: contentServer,
      deliveryServer: authors[0].name, outlet: outlet, serial: serial, message: message)
    markings.append(marking)
    return marking
  }

  /// The message of a copy, or of none.
  func message() throws -> Message {
    markings.randomElement(using: &generator)?.message ?? Message(high: 1, low: 2)
  }

  private func delivered() throws -> Delivered? {
    guard let marking = markings.randomElement(using: &generator) else { return nil }
    return try Delivered(
      order: Bool.random(using: &generator) ? marking.order : order(), content: marking.content,
      user: marking.user, contentServer: marking.contentServer, serial: marking.serial,
      bytes: Int64.random(in: 1...1_000_000, using: &generator))
  }

  private func outlet() throws -> (any EventBody, author: Int) {
    let (order, user) = (try order(), try user())
    let (home, shop) = (authors[1].name, authors[2].name)
    switch Int.random(in: 0..<7, using: &generator) {
    case 0:
      return (
        Stored(order: order, homeServer: home, user: user, parcel: MerkleTree.emptyRoot), 1
      )
    case 1: return (HandedOver(order: order, homeServer: home, user: user, bytes: 5), 1)
    case 2:
      return (
        Viewed(order: order, homeServer: home, user: user, days: 1, seconds: 2, views: 3), 1
      )
    case 3: return (Burned(order: order, shop: shop, user: user, medium: .compactDisc, discs: 1), 2)
    case 4: return (Collected(order: order, shop: shop, user: user), 2)
    case 5: return (Posted(order: order, shop: shop, user: user, tracking: try Handle("x")), 2)
    default:
      let author = try pick(0...2)
      return (Deleted(order: order, place: authors[author].name, cause: .cancelled), author)
    }
  }
}
