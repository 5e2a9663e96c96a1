import Testing
import _TestSupport

@testable import Trade

/// Amounts: their range, sums, products and decimal texts.
@Suite struct MinorUnitsTests {
  private let largest = MinorUnits.largest

  @Test func range() throws {
    #expect(largest == 9_007_199_254_740_991)
    for value in [0, 1, -1, largest, -largest] { #expect(try MinorUnits(value).value == value) }
    for value in [largest + 1, -largest - 1, .max, .min] {
      #expect(throws: MoneyError.tooLarge("\(value) minor units")) { try MinorUnits(value) }
    }
  }

  @Test func sums() throws {
    let (one, most) = (try MinorUnits(1), try MinorUnits(largest))
    #expect(try one + MinorUnits(-3) == MinorUnits(-2))
    #expect(try one - MinorUnits(3) == MinorUnits(-2))
    #expect(try most + -most == .zero)
    #expect(try [one, one, -one].sum() == one)
    #expect(try [MinorUnits]().sum() == .zero)
    #expect(throws: MoneyError.self) { try most + one }
    #expect(throws: MoneyError.self) { try -most - one }
    #expect(throws: MoneyError.self) { try -most + -most }
    #expect(throws: MoneyError.self) { try [most, one, -one].sum() }
    #expect(-most < -one && -one < .zero && .zero < one && one < most)
  }

  @Test func products() throws {
    #expect(try MinorUnits(150) * 3 == MinorUnits(450))
    #expect(try MinorUnits(150) * -3 == MinorUnits(-450))
    #expect(try MinorUnits(largest) * 0 == .zero)
    #expect(try MinorUnits(largest) * -1 == MinorUnits(-largest))
    // 6361 * 69431 * 20394401 = 2^53 - 1.
    #expect(try MinorUnits(20_394_401) * (6_361 * 69_431) == MinorUnits(largest))
    for (price, quantity) in [
      (largest, 2), (1, .max), (1, .min), (-1, .min), (largest, .max), (1 << 27, 1 << 26),
      (1 << 32, 1 << 32),
    ] as [(Int64, Int64)] {
      #expect(throws: MoneyError.tooLarge("\(quantity) times \(price) minor units")) {
        try MinorUnits(price) * quantity
      }
    }
  }

  @Test(arguments: [
    (123_450, "EUR", "1234.50"), (-5, "EUR", "-0.05"), (400, "JPY", "400"), (0, "EUR", "0.00"),
    (0, "JPY", "0"), (-400, "JPY", "-400"), (5, "KWD", "0.005"), (-12_345, "CLF", "-1.2345"),
    (100, "USD", "1.00"), (MinorUnits.largest, "EUR", "90071992547409.91"),
    (-MinorUnits.largest, "JPY", "-9007199254740991"),
  ])
  func decimalTexts(_ value: Int64, _ code: String, _ text: String) throws {
    let currency = try Currency(code)
    #expect(try MinorUnits(value).decimalText(currency) == text)
    #expect(try MinorUnits(decimal: text, currency).value == value)
  }

  @Test(arguments: [
    ("4", "EUR", 400), ("4.0", "EUR", 400), ("4.00", "EUR", 400), ("0.5", "EUR", 50),
    ("-0.5", "KWD", -500), ("-0.00", "EUR", 0), ("-0", "JPY", 0), ("10", "CLF", 100_000),
  ])
  func shorterTexts(_ text: String, _ code: String, _ value: Int64) throws {
    #expect(try MinorUnits(decimal: text, Currency(code)).value == value)
  }

  @Test(arguments: [
    "", "-", ".", "4.", ".5", "-.5", "+4", "--4", "04", "00", "-01.00", "4,00", "1,234.50", " 4",
    "4 ", "4\n", "4.0.0", "4.-1", "4e2", "0x4", "４", "٤", "4.٠", "NaN", "4.00 EUR", "−4",
  ])
  func otherForms(_ text: String) throws {
    for code in ["EUR", "JPY"] {
      let currency = try Currency(code)
      #expect(throws: MoneyError.notDecimal(text, currency)) {
        try MinorUnits(decimal: text, currency)
      }
    }
  }

  @Test(arguments: [("4.000", "EUR"), ("4.0", "JPY"), ("0.0000", "KWD"), ("1.00000", "UYW")])
  func tooManyDigits(_ text: String, _ code: String) throws {
    let currency = try Currency(code)
    #expect(throws: MoneyError.tooManyDigits(text, currency)) {
      try MinorUnits(decimal: text, currency)
    }
  }

  @Test(arguments: [
    ("9007199254740992", "JPY"), ("90071992547409.92", "EUR"), ("-90071992547409.92", "EUR"),
    ("9007199254740991", "EUR"), ("99999999999999999999999999", "JPY"),
    ("9223372036854775808", "JPY"),
  ])
  func amountsOutOfRange(_ text: String, _ code: String) throws {
    let currency = try Currency(code)
    #expect(throws: MoneyError.tooLarge("\(text) \(code)")) {
      try MinorUnits(decimal: text, currency)
    }
  }

  @Test(arguments: [UInt64(11), 12])
  func everyTextReadsBack(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for currency in Currency.all {
      for bits in 1...53 {
        let limit = min(Int64(1) << Int64(bits), largest)
        let amount = try MinorUnits(.random(in: -limit...limit, using: &random))
        let text = amount.decimalText(currency)
        #expect(try MinorUnits(decimal: text, currency) == amount, "\(random): \(text) \(currency)")
      }
    }
  }

  @Test func errorsExplain() throws {
    let (euro, yen) = (try Currency("EUR"), try Currency("JPY"))
    #expect(
      MoneyError.notDecimal("4,0", euro).description == "amount '4,0' is not a decimal number")
    #expect(
      MoneyError.notDecimal("4,0", euro).hint
        == "write it like 1234.50, without sign +, blanks, leading zeros "
        + "or separators of thousands")
    #expect(
      MoneyError.tooManyDigits("4.000", euro).description
        == "amount '4.000' has more than the 2 digits after the point that EUR has")
    #expect(
      MoneyError.tooManyDigits("4.0", yen).description
        == "amount '4.0' has digits after the point, which JPY does not have")
    #expect(
      MoneyError.tooLarge("2 times 3 minor units").description
        == "amount '2 times 3 minor units' is outside "
        + "-9007199254740991...9007199254740991 minor units")
  }
}
