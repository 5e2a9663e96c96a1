import Ledger
import MarkKeys
import Signing
import Trade
import _TestSupport

/// A ledger in a temporary folder, with a party of each kind.
final class TestLedger {
  let folder = TemporaryFolder()
  let file: LedgerFile
  let log: LedgerLog
  private var number = 0

  init() throws {
    file = LedgerFile(folder.path("ledger"))
    _ = try file.create(
      origin: Origin("ledger.example/cs"), author: Self.author("cs"), id: Handle("open"))
    log = try file.appending()
    for (role, name, number) in Self.parties {
      try append(
        Enrolled(
          party: PartyName(name), role: role, number: number,
          key: role == .user ? nil : Self.author(name).key.publicKey))
    }
    try append(
      Published(
        content: Handle("song"), title: "Song",
        tariff: Tariff(
          currency: Currency("JPY"), taxRate: TaxRate(basisPoints: 1000),
          prices: [.purchase: MinorUnits(400)])))
  }

  static let parties: [(PartyKind, String, Int64)] = [
    (.deliveryServer, "ds", 1), (.homeServer, "hs", 1), (.shop, "shop", 2),
    (.administrator, "adm", 1), (.buildingManager, "bm", 1), (.user, "alice", 1),
    (.user, "bob", 2),
  ]

  /// The author of a name; its key follows from the name.
  static func author(_ name: String, time: Int64 = 1_800_000_000) -> Author {
    var seed = [UInt8](repeating: 0, count: 32)
    for (index, unit) in name.utf8.enumerated() { seed[index % 32] ^= unit }
    guard let party = try? PartyName(name), let now = try? UTCTime(seconds: time) else {
      fatalError("a value of the tests is malformed")
    }
    return Author(name: party, key: SigningKey(name: name, seed: Secret(seed))) { now }
  }

  /// Appends one entry.
  @discardableResult
  func append(
    _ body: any EventBody, as name: String = "cs", id: String? = nil
  ) throws -> Receipt {
    number += 1
    let draft = try Draft(id: Handle(id ?? "entry-\(number)"), body)
    let receipts = try log.append([draft], by: Self.author(name), lockMilliseconds: 1000)
    return receipts[0]
  }

  /// The bytes of the ledger.
  var bytes: [UInt8] { get throws { try folder.read("ledger") } }

  /// What verification says, nil when all is well.
  func fault() throws -> VerificationFault? {
    do {
      _ = try LedgerVerifier(FileStorage(file.path, .reading), audit: IndexAudit(of: file)).verify()
      return nil
    } catch let fault as VerificationFault { return fault }
  }
}

extension TestLedger {
  /// A bill of the content server for one copy of the song.
  static func bill(
    to payer: String = "user:alice", for user: String? = nil, net: Int64 = 400, tax: Int64 = 40,
    currency: String = "JPY", reverses: String? = nil
  ) throws -> Billed {
    try Billed(
      payer: PartyReference(payer), payee: PartyReference("content-server:cs"),
      currency: Currency(currency),
      lines: [
        BillLine(
          purpose: .content, content: Handle("song"), quantity: 1, unit: .purchase, unitPrice: net,
          tax: tax)
      ], order: Handle("o1"), beneficiary: user.map { try PartyName($0) },
      reverses: reverses.map { try Handle($0) }, reason: reverses == nil ? nil : "a test")
  }

  /// A payment to the content server.
  static func payment(
    from payer: String = "user:alice", _ splits: [PaymentSplit], currency: String = "JPY",
    funds: Funds = .bank, to payee: String = "content-server:cs", reverses: String? = nil
  ) throws -> Payment {
    try Payment(
      payer: PartyReference(payer), payee: PartyReference(payee), currency: Currency(currency),
      funds: funds, splits: splits, reverses: reverses.map { try Handle($0) },
      reason: reverses == nil ? nil : "a test")
  }

  static func split(
    _ amount: Int64, _ bill: String? = nil, purpose: PaymentPurpose = .content,
    debtor: String? = nil, tax: Int64 = 0
  ) throws -> PaymentSplit {
    try PaymentSplit(
      purpose: purpose, amount: amount, tax: tax, bill: bill.map { try Handle($0) },
      debtor: debtor.map { try PartyReference($0) })
  }
}
