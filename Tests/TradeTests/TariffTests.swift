import Testing
import _TestSupport

@testable import Trade

/// Rates of tax, and what uses of a title cost.
@Suite struct TariffTests {
  private func tariff(_ prices: [PriceUnit: Int64], tax: Int = 1000) throws -> Tariff {
    try Tariff(
      currency: Currency("JPY"), taxRate: TaxRate(basisPoints: tax),
      prices: prices.mapValues { try MinorUnits($0) })
  }

  private func time(_ text: String) throws -> UTCTime { try UTCTime(text) }

  @Test(arguments: [
    (400, 1000, 40), (404, 1000, 40), (405, 1000, 41), (-404, 1000, -40), (-405, 1000, -41),
    (4, 1000, 0), (5, 1000, 1), (-4, 1000, 0), (-5, 1000, -1), (0, 1000, 0), (1, 4999, 0),
    (1, 5000, 1), (-1, 4999, 0), (-1, 5000, -1), (1000, 825, 83), (999, 825, 82), (123, 0, 0),
    (MinorUnits.largest, 10_000, MinorUnits.largest),
    (-MinorUnits.largest, 10_000, -MinorUnits.largest),
    (MinorUnits.largest, 1, 900_719_925_474),
  ])
  func tax(_ net: Int64, _ rate: Int, _ tax: Int64) throws {
    #expect(try TaxRate(basisPoints: rate).tax(on: MinorUnits(net)).value == tax)
  }

  @Test(arguments: [UInt64(21), 22])
  func taxIsWithinHalfAUnit(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2000 {
      let net = try MinorUnits(.random(in: 0...1_000_000_000_000, using: &random))
      let rate = Int.random(in: 0...10_000, using: &random)
      let tax = try TaxRate(basisPoints: rate).tax(on: net)
      let error = 2 * (tax.value * 10_000 - net.value * Int64(rate))
      #expect(-10_000 < error && error <= 10_000, "\(random): \(net.value) at \(rate)")
      #expect(try TaxRate(basisPoints: rate).tax(on: -net) == -tax, "\(random)")
    }
  }

  @Test(arguments: [-1, 10_001, .max, .min])
  func ratesOutOfRange(_ rate: Int) {
    #expect(throws: MoneyError.rateOutOfRange(rate)) { try TaxRate(basisPoints: rate) }
    #expect(
      MoneyError.rateOutOfRange(-1).description == "tax rate '-1' is outside 0...10000 basis points"
    )
  }

  @Test func lines() throws {
    let tariff = try tariff([.purchase: 400, .view: 0, .medium: 150])
    let line = try tariff.charge(1, .purchase)
    #expect(line.unit == .purchase && line.quantity == 1 && line.unitPrice.value == 400)
    #expect(line.net.value == 400 && line.tax.value == 40 && line.gross.value == 440)
    #expect(try tariff.charge(7, .view).gross == .zero)
    #expect(try tariff.charge(3, .medium).net.value == 450)
    #expect(try tariff.charge(0, .medium).gross == .zero)
  }

  @Test func taxIsRoundedOnceForTheLine() throws {
    #expect(try tariff([.view: 4]).charge(3, .view).tax.value == 1)
  }

  @Test func reversalsCancel() throws {
    let line = try tariff([.minute: 5]).charge(3, .minute)
    let reversal = line.reversal
    #expect(reversal.quantity == -3 && reversal.unitPrice == line.unitPrice)
    #expect(try reversal.unitPrice * reversal.quantity == reversal.net)
    #expect(try line.net + reversal.net == .zero && line.tax + reversal.tax == .zero)
    #expect(try line.gross + reversal.gross == .zero)
    #expect(try TaxRate(basisPoints: 1000).tax(on: reversal.net) == reversal.tax)
    #expect(reversal.reversal == line)
  }

  @Test func whatHasNoPriceIsNotOffered() throws {
    let tariff = try tariff([.purchase: 400])
    for unit in PriceUnit.allCases where unit != .purchase {
      #expect(throws: TariffError.notOffered(unit)) { try tariff.charge(1, unit) }
    }
    #expect(TariffError.notOffered(.day).description == "the tariff has no price for a 'day'")
    #expect(throws: TariffError.negativeQuantity(-1, .purchase)) {
      try tariff.charge(-1, .purchase)
    }
    #expect(throws: MoneyError.negativePrice(try MinorUnits(-1), .day)) {
      try self.tariff([.day: -1])
    }
  }

  @Test func sumsOutOfRange() throws {
    #expect(throws: MoneyError.self) {
      try tariff([.view: MinorUnits.largest], tax: 0).charge(2, .view)
    }
    #expect(throws: MoneyError.self) {
      try tariff([.view: MinorUnits.largest], tax: 1).charge(1, .view)
    }
    #expect(
      try tariff([.view: MinorUnits.largest], tax: 0).charge(1, .view).gross.value
        == MinorUnits.largest)
  }

  @Test(arguments: [
    ("2026-11-24T13:00:00Z", 0), ("2026-11-24T13:00:01Z", 1), ("2026-11-24T23:59:59Z", 1),
    ("2026-11-25T00:00:01Z", 1), ("2026-11-25T13:00:00Z", 1), ("2026-11-25T13:00:01Z", 2),
    ("2026-11-26T13:00:00Z", 2), ("2027-11-24T13:00:00Z", 365), ("2027-11-24T13:00:01Z", 366),
  ])
  func daysHeld(_ end: String, _ days: Int64) throws {
    let line = try tariff([.day: 30]).charge(
      heldFrom: time("2026-11-24T13:00:00Z"), until: time(end))
    #expect(line.unit == .day && line.quantity == days && line.net.value == 30 * days)
  }

  @Test func aCopyIsNotGivenBackBeforeItIsReceived() throws {
    let (early, late) = (try time("2026-11-24T13:00:00Z"), try time("2026-11-24T13:00:01Z"))
    #expect(throws: TariffError.endsBeforeStart(late, early)) {
      try PriceUnit.days(from: late, until: early)
    }
    #expect(
      TariffError.endsBeforeStart(late, early).description
        == "end '2026-11-24T13:00:00Z' is before the start '2026-11-24T13:00:01Z'")
  }

  @Test(
    arguments: [
      ([], 0), ([0], 0), ([1], 1), ([59], 1), ([60], 1), ([61], 2), ([20, 20, 20], 1),
      ([20, 20, 21], 2), ([0, 0, 1], 1), ([3600, 1], 61),
    ] as [([Int64], Int64)])
  func minutesViewed(_ seconds: [Int64], _ minutes: Int64) throws {
    let line = try tariff([.minute: 5]).charge(viewing: seconds)
    #expect(line.unit == .minute && line.quantity == minutes && line.net.value == 5 * minutes)
  }

  @Test func impossibleViewings() throws {
    #expect(throws: TariffError.negativeSeconds(-1)) { try PriceUnit.minutes(viewing: [5, -1]) }
    #expect(throws: TariffError.tooLong) { try PriceUnit.minutes(viewing: [.max, 1]) }
    #expect(try PriceUnit.minutes(viewing: [.max]) == .max / 60 + 1)
  }
}
