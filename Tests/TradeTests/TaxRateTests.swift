import Testing
import Trade

/// The tax in amounts that include it.
@Suite struct TaxRateTests {
  @Test(arguments: [
    (110, 1000, 10), (150, 1000, 14), (151, 1900, 24), (0, 1900, 0), (1, 10_000, 1),
    (3, 10_000, 2), (100, 0, 0), (-150, 1000, -14), (105, 1000, 10),
    (MinorUnits.largest, 10_000, 4_503_599_627_370_496), (MinorUnits.largest, 0, 0),
  ])
  func taxIncluded(_ gross: Int64, _ basisPoints: Int, _ tax: Int64) throws {
    let rate = try TaxRate(basisPoints: basisPoints)
    #expect(try rate.tax(in: MinorUnits(gross)).value == tax)
  }

  @Test(arguments: [0, 1, 250, 800, 1000, 1900, 10_000])
  func taxOnTheRestIsTheSame(_ basisPoints: Int) throws {
    let rate = try TaxRate(basisPoints: basisPoints)
    for net in Int64(0)...2000 {
      let net = try MinorUnits(net)
      #expect(try rate.tax(in: net + rate.tax(on: net)) == rate.tax(on: net))
    }
  }
}
