import CommandLineSupport
import Ledger
import MarkKeys
import Signing
import Testing
import Trade
import _TestSupport

/// What contradicts the ledger is refused, and leaves it as it was.
@Suite struct RulesTests {
  private let ledger: TestLedger

  init() throws {
    ledger = try TestLedger()
    try ledger.append(TestLedger.bill(), id: "b1")
    try ledger.append(TestLedger.bill(to: "shop:shop", for: "alice"), id: "b2")
    try ledger.append(
      TestLedger.payment([TestLedger.split(100, "b1"), TestLedger.split(60, purpose: .prepaid)]),
      id: "p1")
  }

  private func refuse(
    _ body: any EventBody, as name: String = "cs", id: String? = nil, _ explanations: String...,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let before = try ledger.bytes
    let error = explained { try ledger.append(body, as: name, id: id) }
    #expect(
      explanations.contains { error?.contains($0) == true }, "\(error ?? "nothing")",
      sourceLocation: location)
    #expect(try ledger.bytes == before, sourceLocation: location)
  }

  @Test func partiesAreEnrolledOnce() throws {
    let (alice, carol) = (try PartyName("alice"), try PartyName("carol"))
    try refuse(Enrolled(party: alice, role: .user, number: 9, key: nil), "already enrolled")
    try refuse(
      Enrolled(party: carol, role: .user, number: 2, key: nil), "number 2 belongs to 'bob'")
    // Home servers and shops share their numbers, since a mark has one field for both.
    try refuse(
      Enrolled(party: carol, role: .shop, number: 1, key: nil), "number 1 belongs to 'hs'")
    try refuse(
      Enrolled(
        party: carol, role: .homeServer, number: 9, key: nil, administrator: PartyName("nobody")),
      "'nobody' is not enrolled")
    try ledger.append(Enrolled(party: carol, role: .user, number: 3, key: nil))
  }

  @Test func onlyWhoMayWritesAKind() throws {
    let ds = try PartyName("ds")
    try refuse(
      Enrolled(party: PartyName("x"), role: .user, number: 9, key: nil), as: "ds",
      "'ds' is a delivery-server and may not write entries of kind 'enrolled'")
    try refuse(Withdrawn(content: Handle("song")), as: "nobody", "'nobody' is not enrolled")
    try refuse(Withdrawn(content: Handle("song")), as: "alice", "enrolled without a key")
    try refuse(
      Evicted(content: Handle("song"), deliveryServer: ds), as: "cs", "may not write entries")
    try refuse(
      Deleted(order: Handle("o"), place: PartyName("shop"), cause: .burned), as: "hs",
      "'hs' may not write what 'shop' does")
  }

  @Test func keysRotateAndAreRevoked() throws {
    let (hs, ds) = (try PartyName("hs"), try PartyName("ds"))
    let deleted = Deleted(order: try Handle("o"), place: hs, cause: .expired)
    try ledger.append(deleted, as: "hs")
    try refuse(
      Rekeyed(party: ds, key: TestLedger.author("new").key.publicKey), as: "hs",
      "may not change the key of 'ds'")
    try ledger.append(Rekeyed(party: hs, key: TestLedger.author("new").key.publicKey), as: "hs")
    try refuse(deleted, as: "hs", "not the one 'hs' is enrolled with")
    try ledger.append(Rekeyed(party: hs, key: TestLedger.author("hs").key.publicKey))
    try ledger.append(deleted, as: "hs")
    try ledger.append(Revoked(party: hs, reason: "stolen"))
    try refuse(deleted, as: "hs", "the key of 'hs' is revoked")
    try ledger.append(Rekeyed(party: hs, key: TestLedger.author("hs").key.publicKey))
    try ledger.append(deleted, as: "hs")
    #expect(try ledger.fault() == nil)
  }

  @Test func markingsAreTrue() throws {
    let (alice, cs, ds) = (try PartyName("alice"), try PartyName("cs"), try PartyName("ds"))
    func marking(
      _ content: String = "song", serial: Int64 = 1, outlet: String? = "hs", number: Int = 1
    ) throws -> Marking {
      let identity = try DeliveryIdentity(
        contentServer: 1, deliveryServer: 1, outlet: number, user: 1, serial: Int(serial))
      return Marking(
        order: try Handle("o1"), content: try Handle(content), user: alice, contentServer: cs,
        deliveryServer: ds, outlet: try outlet.map { try PartyName($0) }, serial: serial,
        message: identity.message)
    }
    try refuse(marking("other"), as: "ds", "'other' is not published")
    try refuse(marking(number: 2), as: "ds", "is not that of these parties")
    try refuse(marking(outlet: "adm"), as: "ds", "'adm' is an administrator, not a home-server")
    try refuse(marking(outlet: nil), as: "ds", "is not that of these parties")
    try ledger.append(marking(), as: "ds")
    try refuse(marking(), as: "ds", "has used the serial 1 before")
    try ledger.append(marking(serial: 2, outlet: nil, number: 0), as: "ds")
    #expect(try ledger.log.facts.nextSerial(of: cs) == 3)
    try refuse(
      Delivered(
        order: Handle("o1"), content: Handle("song"), user: alice, contentServer: cs, serial: 3,
        bytes: 1), as: "ds", "no copy with the serial 3")
    try ledger.append(Withdrawn(content: Handle("song")))
    try refuse(marking(serial: 4), as: "ds", "'song' is not published")
  }

  @Test func billsAreBetweenBooks() throws {
    try refuse(TestLedger.bill(to: "user:carol"), "'carol' is not enrolled")
    try refuse(TestLedger.bill(to: "shop:alice"), "'alice' is a user, not a shop")
    try refuse(TestLedger.bill(to: "home-server:hs"), "its administrator does")
    try refuse(TestLedger.bill(for: "bob"), "is billed for itself")
    try refuse(TestLedger.bill(reverses: "b9"), "there is no bill 'b9'")
    try refuse(TestLedger.bill(to: "user:bob", reverses: "b1"), "between other parties")
    try refuse(TestLedger.bill(net: 1, currency: "EUR", reverses: "b1"), "between other parties")
    try refuse(TestLedger.bill(reverses: "b1"), "more than the 340 minor units open")
    try ledger.append(TestLedger.bill(net: 340, tax: 0, reverses: "b1"))
    try refuse(TestLedger.bill(net: 1, tax: 0, reverses: "b1"), "more than the 0 minor units open")
  }

  @Test func paymentsFitTheirBills() throws {
    func pay(_ amount: Int64, _ bill: String?, _ purpose: PaymentPurpose = .content) throws
      -> Payment
    {
      try TestLedger.payment([TestLedger.split(amount, bill, purpose: purpose)])
    }
    try refuse(pay(1, "b9"), "there is no bill 'b9'")
    try refuse(pay(1, "p1"), "there is no bill 'p1'")
    try refuse(pay(341, "b1"), "more than the 340 minor units open")
    try refuse(pay(1, "b2"), "is owed by 'shop:shop'")
    try refuse(pay(1, "b1", .medium), "is not about 'medium'")
    try refuse(
      TestLedger.payment([TestLedger.split(1, "b1")], currency: "EUR"), "is in JPY, not in EUR")
    try refuse(
      TestLedger.payment([TestLedger.split(1, "b1")], to: "administrator:adm"), "other parties")
    try refuse(
      TestLedger.payment([TestLedger.split(61, "b1")], funds: .prepaid),
      "has paid 60 minor units ahead, not 61")
    try refuse(
      TestLedger.payment(
        from: "shop:shop", [TestLedger.split(1, purpose: .onBehalf)]), "only a user pays back")
    try refuse(
      TestLedger.payment(
        from: "administrator:adm", [TestLedger.split(1, "b2", debtor: "shop:shop")]),
      "cannot pay the bill")
    try ledger.append(TestLedger.payment([TestLedger.split(60, "b1")], funds: .prepaid))
    try ledger.append(TestLedger.payment([TestLedger.split(1, "b2", debtor: "shop:shop")]))
    try ledger.append(pay(280, "b1"))
    #expect(try ledger.log.facts.bill(Handle("b1"))?.open == 0)
    try refuse(pay(1, "b1"), "more than the 0 minor units open")
    #expect(try ledger.fault() == nil)
  }

  /// Who neither owes nor is owed, and serves nobody who is, has no say in what others pay.
  @Test func onlyWhoIsConcernedWritesOfMoney() throws {
    let payment = try TestLedger.payment([TestLedger.split(1, "b1")])
    for author in ["hs", "shop", "adm", "bm"] {
      try refuse(payment, as: author, "may not write entries", "may not write what")
    }
    for author in ["shop", "adm", "bm"] {
      try refuse(TestLedger.bill(), as: author, "may not write entries", "may not write what")
    }
    try ledger.append(TestLedger.bill(), as: "ds")
    try ledger.append(TestLedger.bill(to: "shop:shop", for: "bob"), as: "shop", id: "b3")
    try ledger.append(
      TestLedger.payment(from: "shop:shop", [TestLedger.split(440, "b3")]), as: "shop")
    #expect(try ledger.fault() == nil)
  }

  @Test func refundsFitTheirPayments() throws {
    func refund(_ splits: [PaymentSplit], of id: String = "p1") throws -> Payment {
      try TestLedger.payment(splits, reverses: id)
    }
    try refuse(refund([TestLedger.split(1, "b1")], of: "b1"), "there is no payment 'b1'")
    try refuse(refund([TestLedger.split(101, "b1")]), "more than the 100 minor units left")
    try refuse(refund([TestLedger.split(1, purpose: .medium)]), "for something else")
    try refuse(
      TestLedger.payment(from: "user:bob", [TestLedger.split(1, "b1")], reverses: "p1"),
      "between other parties")
    try ledger.append(TestLedger.payment([TestLedger.split(50, "b1")], funds: .prepaid))
    try refuse(
      refund([TestLedger.split(60, purpose: .prepaid)]), "has paid 10 minor units ahead, not 60")
    try ledger.append(
      refund([TestLedger.split(40, "b1"), TestLedger.split(10, purpose: .prepaid)]))
    #expect(try ledger.log.facts.bill(Handle("b1"))?.open == 330)
    try refuse(refund([TestLedger.split(61, "b1")]), "more than the 60 minor units left")
    try ledger.append(refund([TestLedger.split(60, "b1")]))
    #expect(try ledger.log.facts.bill(Handle("b1"))?.open == 390)
    #expect(try ledger.fault() == nil)
  }
}
