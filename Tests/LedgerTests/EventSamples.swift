import Ledger
import MarkKeys
import Signing
import Trade

/// An event of each kind, with all members and with as few as it can have.
enum EventSamples {
  static func all() throws -> [any EventBody] {
    let key = TestLedger.author("cs").key.publicKey
    let hash = SHA256Hash.of(UnsafeRawBufferPointer(start: nil, count: 0))
    let (order, song) = (try Handle("o1"), try Handle("song"))
    let (alice, cs, ds) = (try PartyName("alice"), try PartyName("cs"), try PartyName("ds"))
    let (hs, shop) = (try PartyName("hs"), try PartyName("shop"))
    let tariff = try Tariff(
      currency: Currency("JPY"), taxRate: TaxRate(basisPoints: 1000),
      prices: [
        .purchase: MinorUnits(400), .view: MinorUnits(50), .day: MinorUnits(10),
        .minute: MinorUnits(1), .medium: MinorUnits(150),
      ])
    let message = Message(high: 1, low: 2)
    var samples: [any EventBody] = [
      Opened(origin: try Origin("ledger.example/cs"), party: cs, key: key),
      Enrolled(party: alice, role: .user, number: 1, key: nil),
      Enrolled(
        party: hs, role: .homeServer, number: 7, key: key, administrator: try PartyName("a")),
      Rekeyed(party: ds, key: key), Revoked(party: ds, reason: "lost"),
      Published(
        content: song, title: "A \"song\" \\ 歌", artist: "é", isrc: try ISRC("JPABC2600001"),
        grid: try GRid("A12425GABC1234002M"), icpn: try ICPN("4006381333931"),
        isni: try ISNI("0000000121032683"), year: 2026, master: hash, tariff: tariff),
      Published(
        content: song, title: "x",
        tariff: try Tariff(currency: Currency("EUR"), prices: [.view: MinorUnits(0)])),
      Withdrawn(content: song, reason: "rights"), Withdrawn(content: song),
      Placed(content: song, deliveryServer: ds, master: hash),
      Evicted(content: song, deliveryServer: ds),
      Ordered(
        order: order, user: alice, contents: [song, try Handle("b")], contentServer: cs,
        deliveryServer: ds, outlet: shop, medium: .compactDisc, use: .purchase,
        expires: try UTCTime("2026-12-01T00:00:00Z")),
      Ordered(
        order: order, user: alice, contents: [song], contentServer: cs, deliveryServer: ds,
        use: .day, expires: try UTCTime("2026-12-01T00:00:00Z")),
    ]
    samples += [
      Marking(
        order: order, content: song, user: alice, contentServer: cs, deliveryServer: ds,
        outlet: hs, serial: 0xFFFF_FFFF, message: message, commitment: hash),
      Marking(
        order: order, content: song, user: alice, contentServer: cs, deliveryServer: ds,
        serial: 0, message: message),
      Delivered(
        order: order, content: song, user: alice, contentServer: cs, serial: 5, bytes: 1_000_000,
        hash: hash),
      Delivered(
        order: order, content: song, user: alice, contentServer: cs, serial: 5, bytes: 0),
      Reported(
        order: order, content: song, user: alice, contentServer: cs, matter: .delivery, fee: 440,
        currency: try Currency("JPY")),
      try TestLedger.bill(), try TestLedger.bill(to: "shop:shop", for: "alice"),
      try TestLedger.bill(net: 10, tax: 1, reverses: "b1"),
      try TestLedger.payment([TestLedger.split(440, "b1")]),
      try TestLedger.payment(
        [TestLedger.split(1, purpose: .usageFee, tax: 1), TestLedger.split(2, purpose: .prepaid)]),
      try TestLedger.payment([TestLedger.split(1, "b", debtor: "shop:shop")], reverses: "p"),
      Stored(order: order, homeServer: hs, user: alice, parcel: hash),
      HandedOver(order: order, homeServer: hs, user: alice, bytes: 1),
      Viewing(
        order: order, homeServer: hs, user: alice, session: try Handle("s/1"), action: .rewind,
        position: 1_500),
      Viewed(order: order, homeServer: hs, user: alice, days: 3, seconds: 181, views: 2),
      Deleted(order: order, place: hs, cause: .viewed),
      Burned(order: order, shop: shop, user: alice, medium: .videoDisc, discs: 2),
      Spoiled(order: order, shop: shop, medium: .dataDisc, reason: "the drive failed"),
      Collected(order: order, shop: shop, user: alice),
      Posted(order: order, shop: shop, user: alice, tracking: try Handle("JP-1")),
    ]
    return samples
  }
}
