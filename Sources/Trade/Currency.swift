/// A currency: its ISO 4217 alphabetic code and how its unit is divided.
package struct Currency: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// Three capital letters.
  package let code: String
  /// How many decimal digits the minor unit has: 0, 2, 3 or 4.
  package let minorDigits: Int

  /// Takes a code in capitals.
  ///
  /// - Throws: `MoneyError.unknownCurrency` when ISO 4217 has no such code in use.
  package init(_ code: String) throws {
    guard let known = Self.byCode[code] else { throw MoneyError.unknownCurrency(code) }
    self = known
  }

  /// All currencies in alphabetical order.
  package static let all: [Currency] = byCode.values.sorted()

  /// The code.
  package var description: String { code }

  /// How many minor units one unit has: 1, 100, 1000 or 10000.
  package var minorUnitsPerUnit: UInt64 { (0..<minorDigits).reduce(1) { power, _ in power * 10 } }

  /// Orders alphabetically.
  package static func < (one: Currency, other: Currency) -> Bool { one.code < other.code }

  private init(known code: String, minorDigits: Int) {
    self.code = code
    self.minorDigits = minorDigits
  }

  private static let byCode: [String: Currency] = {
    var all: [String: Currency] = [:]
    for (minorDigits, codes) in codesByMinorDigits {
      for code in codes.split(whereSeparator: \.isWhitespace).map(String.init) {
        all[code] = Currency(known: code, minorDigits: minorDigits)
      }
    }
    return all
  }()

  /// List one of ISO 4217 up to amendment 180, in force since January 2026.
  ///
  /// Precious metals, bond units, the test code, the code for no currency and units of account
  /// without a minor unit (XDR, XSU, XUA) are left out.
  private static let codesByMinorDigits: [(minorDigits: Int, codes: String)] = [
    (
      0,
      """
      BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF
      """
    ),
    (
      2,
      """
      AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
      CDF CHE CHF CHW CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
      GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD
      LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB
      PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP
      SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW
      ZWG
      """
    ),
    (3, "BHD IQD JOD KWD LYD OMR TND"),
    (4, "CLF UYW"),
  ]
}
