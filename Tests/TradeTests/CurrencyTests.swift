import Testing

@testable import Trade

/// The list of ISO 4217.
@Suite struct CurrencyTests {
  @Test(arguments: [
    (0, "JPY KRW CLP ISK VND XAF XOF XPF PYG RWF UGX UYI VUV BIF DJF GNF KMF"),
    (2, "EUR USD GBP CNY CHF INR XCD XCG MGA MRU HUF IDR SLE VED ZWG STN"),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
  ])
  func minorDigits(_ digits: Int, _ codes: String) throws {
    for code in codes.split(separator: " ").map(String.init) {
      let currency = try Currency(code)
      #expect(currency.code == code && currency.description == code)
      #expect(currency.minorDigits == digits, "\(code)")
    }
  }

  @Test func theList() {
    let counts = Dictionary(grouping: Currency.all, by: \.minorDigits).mapValues(\.count)
    #expect(counts == [0: 17, 2: 139, 3: 7, 4: 2])
    #expect(Currency.all == Currency.all.sorted())
    for currency in Currency.all {
      #expect(currency.code.utf8.count == 3)
      #expect(currency.code.utf8.allSatisfy { UInt8(ascii: "A")...UInt8(ascii: "Z") ~= $0 })
    }
    #expect(Currency.all.map(\.minorUnitsPerUnit).max() == 10_000)
  }

  @Test(arguments: [
    "", "E", "EURO", "eur", "Eur", " EUR", "EUR\n", "XAU", "XAG", "XPT", "XPD", "XTS", "XXX", "XDR",
    "XSU", "XUA", "XBA", "DEM", "HRK", "BGN", "ANG", "ZWL", "SLL", "CUC", "ＥＵＲ", "$",
  ])
  func unknownCodes(_ code: String) {
    #expect(throws: MoneyError.unknownCurrency(code)) { try Currency(code) }
  }

  @Test func errorsExplain() {
    #expect(MoneyError.unknownCurrency("eur").description == "currency 'eur' is unknown")
    #expect(MoneyError.unknownCurrency("eur").hint == "write EUR")
    #expect(
      MoneyError.unknownCurrency("EURO").hint
        == "use a three-letter code of ISO 4217 in capitals, such as EUR, JPY or USD")
  }
}
