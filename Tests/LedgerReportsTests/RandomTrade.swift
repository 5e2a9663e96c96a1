import CommandLineSupport
import Ledger
import LedgerReports
import MarkKeys
import Signing
import Trade
import _TestSupport

/// A ledger in a temporary folder with random bills, payments, credit notes and refunds.
final class RandomTrade {
  let folder = TemporaryFolder()
  var file: LedgerFile { LedgerFile(folder.path("ledger")) }
  let log: LedgerLog
  private(set) var generator: SeededGenerator
  private let key: SigningKey
  private var time: Int64 = 1_795_000_000
  private var count = 0
  private var bills: [Handle] = []
  private var payments: [Handle] = []

  static let parties = [
    "content-server:cs-2.x", "delivery-server:DS_1", "delivery-server:ds+2", "shop:Shop",
    "shop:s@1",
    "administrator:adm", "building-manager:bm", "user:alice", "user:Alice", "user:bob.c",
    "user:9lives", "user:.x",
  ]
  static let currencies = ["EUR", "JPY", "KWD"]

  /// Makes a ledger and enrols everybody.
  init(seed: UInt64, indexed: Bool = true) throws {
    generator = SeededGenerator(seed: seed)
    key = SigningKey(name: "cs", seed: Secret.random())
    let path = folder.path("ledger")
    let author = Author(name: try PartyName("cs"), key: key) { UTCTime.last }
    let first = Author(name: author.name, key: key, clock: Self.clock(1_795_000_000))
    _ = try LedgerFile(path).create(
      origin: Origin("ledger.example/random"), author: first, id: Handle("open"))
    log =
      indexed
      ? try LedgerFile(path).appending()
      : try LedgerLog(FileStorage(path, .appending), indexPath: nil, writesIndex: false)
    for (number, text) in Self.parties.enumerated() {
      let party = try PartyReference(text)
      try append(
        Enrolled(party: party.name, role: party.kind, number: Int64(number + 2), key: nil),
        named: "enrol-\(party.name)")
    }
    for number in 1...3 {
      try append(
        Published(
          content: Handle("t\(number)"), title: "Title <\(number)> & \"more\"",
          tariff: Tariff(
            currency: Currency("EUR"), taxRate: TaxRate(basisPoints: 1000),
            prices: [.purchase: MinorUnits(990)])),
        named: "publish-\(number)")
    }
  }

  private static func clock(_ seconds: Int64) -> @Sendable () -> UTCTime {
    { (try? UTCTime(seconds: seconds)) ?? .last }
  }

  /// Appends one entry; the clock goes forward, and at times backwards.
  @discardableResult
  func append(_ body: any EventBody, named name: String? = nil) throws -> Handle {
    time += Int64.random(in: -100_000...200_000, using: &generator)
    count += 1
    let id = try Handle(name ?? "e,\(count):x")
    let author = Author(name: try PartyName("cs"), key: key, clock: Self.clock(time))
    _ = try log.append([Draft(id: id, body)], by: author, lockMilliseconds: 1000)
    return id
  }

  /// Appends random entries that move money.
  func run(_ steps: Int) throws {
    for _ in 0..<steps {
      switch Int.random(in: 0..<10, using: &generator) {
      case 0...3: bills.append(try append(try bill()))
      case 4: if let note = try creditNote() { try append(note) }
      case 5, 6: if let payment = try billPayment() { payments.append(try append(payment)) }
      case 7, 8: payments.append(try append(try freePayment()))
      default: if let refund = try refund() { try append(refund) }
      }
    }
  }

  private func pick<Element>(_ elements: [Element]) throws -> Element {
    guard let element = elements.randomElement(using: &generator) else {
      throw TestFailure("nothing to pick")
    }
    return element
  }

  private func party(_ kinds: PartyKind...) throws -> PartyReference {
    let all = try (Self.parties + ["content-server:cs"]).map { try PartyReference($0) }
    return try pick(all.filter { kinds.contains($0.kind) })
  }

  private func bill() throws -> Billed {
    let payer: PartyReference
    let payee: PartyReference
    var beneficiary: PartyName?
    let purpose: BillPurpose
    switch Int.random(in: 0..<6, using: &generator) {
    case 0, 1:
      (payer, payee, purpose) = (try party(.user), try party(.contentServer), .content)
    case 2:
      (payer, payee, purpose) = (try party(.shop), try party(.contentServer), .content)
      beneficiary = Bool.random(using: &generator) ? try party(.user).name : nil
    case 3:
      (payer, payee) = (try party(.contentServer), try party(.deliveryServer))
      purpose = .usageFee
    case 4:
      (payer, payee) = (try party(.user, .buildingManager), try party(.administrator))
      purpose = .homeServerFee
      if payer.kind == .buildingManager, Bool.random(using: &generator) {
        beneficiary = try party(.user).name
      }
    default: (payer, payee, purpose) = (try party(.user), try party(.shop), .medium)
    }
    var lines: [BillLine] = []
    for _ in 0...Int.random(in: 0...2, using: &generator) {
      let content = purpose == .content ? try Handle("t\(try pick([1, 2, 3]))") : nil
      lines.append(
        try BillLine(
          purpose: purpose, content: content,
          quantity: Int64.random(in: 1...5, using: &generator),
          unit: pick(BillUnit.allCases), unitPrice: Int64.random(in: 1...2000, using: &generator),
          tax: Int64.random(in: 0...300, using: &generator)))
    }
    return Billed(
      payer: payer, payee: payee, currency: try Currency(pick(Self.currencies)), lines: lines,
      order: try Bool.random(using: &generator) ? Handle("o,\(count)") : nil,
      beneficiary: beneficiary)
  }

  private func creditNote() throws -> Billed? {
    guard let id = bills.randomElement(using: &generator), let bill = try log.facts.bill(id),
      bill.open > 1
    else { return nil }
    let amount = Int64.random(in: 1...bill.open, using: &generator)
    let tax = Int64.random(in: 0...min(amount, bill.remainingTax), using: &generator)
    let line = try BillLine(
      purpose: bill.body.lines[0].purpose, quantity: 1, unit: .purchase, unitPrice: amount - tax,
      tax: tax)
    return Billed(
      payer: bill.body.payer, payee: bill.body.payee, currency: bill.body.currency, lines: [line],
      beneficiary: bill.body.beneficiary, reverses: id, reason: "wrong \"price\"")
  }

  private func billPayment() throws -> Payment? {
    guard let id = bills.randomElement(using: &generator), let bill = try log.facts.bill(id),
      bill.open > 0, let purpose = PaymentPurpose(rawValue: bill.body.lines[0].purpose.rawValue)
    else { return nil }
    let part = try pick([bill.open, Int64.random(in: 1...bill.open, using: &generator)])
    var payer = bill.body.payer
    var debtor: PartyReference?
    if Int.random(in: 0..<4, using: &generator) == 0 {
      debtor = payer
      payer = payer.kind.keepsBook ? try party(.user) : try party(.buildingManager, .shop)
      if payer == bill.body.payee { return nil }
    }
    var splits = [PaymentSplit(purpose: purpose, amount: part, bill: id, debtor: debtor)]
    let held = try log.facts.prepaid(by: payer, to: bill.body.payee, bill.body.currency)
    var funds = try pick([Funds.bank, .cash])
    if held >= part {
      funds = .prepaid
    } else if Bool.random(using: &generator) {
      splits.append(PaymentSplit(purpose: .prepaid, amount: 500))
    }
    return Payment(
      payer: payer, payee: bill.body.payee, currency: bill.body.currency, funds: funds,
      splits: splits, reference: "till 1")
  }

  private func freePayment() throws -> Payment {
    let amount = Int64.random(in: 10...3000, using: &generator)
    let (payer, payee, splits): (PartyReference, PartyReference, [PaymentSplit])
    switch Int.random(in: 0..<4, using: &generator) {
    case 0:
      (payer, payee) = (try party(.user), try party(.shop, .buildingManager))
      splits = [
        PaymentSplit(purpose: .onBehalf, amount: amount),
        PaymentSplit(purpose: .medium, amount: 150, tax: 14),
      ]
    case 1:
      (payer, payee) = (try party(.contentServer), try party(.deliveryServer))
      splits = [PaymentSplit(purpose: .usageFee, amount: amount, tax: 5)]
    case 2:
      (payer, payee) = (try party(.user, .buildingManager), try party(.administrator))
      splits = [PaymentSplit(purpose: .homeServerFee, amount: amount)]
    default:
      (payer, payee) = (try party(.user, .shop), try party(.contentServer))
      splits = [PaymentSplit(purpose: .prepaid, amount: amount)]
    }
    return Payment(
      payer: payer, payee: payee, currency: try Currency(pick(Self.currencies)),
      funds: try pick([.bank, .cash]), splits: splits)
  }

  private func refund() throws -> Payment? {
    guard let id = payments.randomElement(using: &generator), let paid = try log.facts.payment(id)
    else { return nil }
    let split = try pick(paid.body.splits)
    var left = paid.remaining[split.target] ?? 0
    if split.purpose == .prepaid {
      left = min(
        left,
        try log.facts.prepaid(by: paid.body.payer, to: paid.body.payee, paid.body.currency))
    }
    if left < 1 { return nil }
    let amount = Int64.random(in: 1...left, using: &generator)
    let part = PaymentSplit(
      purpose: split.purpose, amount: amount,
      tax: min(amount, paid.remainingTax[split.target] ?? 0), bill: split.bill,
      debtor: split.debtor)
    return Payment(
      payer: paid.body.payer, payee: paid.body.payee, currency: paid.body.currency,
      funds: paid.body.funds, splits: [part], reverses: id, reason: "returned")
  }
}
