package import Signing
package import Trade

/// A title is offered, with its terms (signal 2).
package struct Published: EventBody {
  package static let kind = EventKind.published

  package let content: Handle
  package let title: String
  package let artist: String?
  package let isrc: ISRC?
  package let grid: GRid?
  package let icpn: ICPN?
  /// The ISNI of the artist.
  package let isni: ISNI?
  /// The year of the rights, 1000 to 9999.
  package let year: Int64?
  /// The hash of the master.
  package let master: SHA256Hash?
  /// What it costs.
  package let tariff: Tariff

  package init(
    content: Handle, title: String, artist: String? = nil, isrc: ISRC? = nil, grid: GRid? = nil,
    icpn: ICPN? = nil, isni: ISNI? = nil, year: Int64? = nil, master: SHA256Hash? = nil,
    tariff: Tariff
  ) {
    self.content = content
    self.title = title
    self.artist = artist
    self.isrc = isrc
    self.grid = grid
    self.icpn = icpn
    self.isni = isni
    self.year = year
    self.master = master
    self.tariff = tariff
  }

  package init(_ fields: inout FieldReader) throws {
    artist = try fields.optionalWords("artist")
    content = try fields.handle("content")
    let currency = try fields.value("currency", Currency.init)
    grid = try fields.optionalValue("grid", GRid.init)
    icpn = try fields.optionalValue("icpn", ICPN.init)
    isni = try fields.optionalValue("isni", ISNI.init)
    isrc = try fields.optionalValue("isrc", ISRC.init)
    master = try fields.optionalHash("master")
    var list = try FieldReader(fields.required("prices"), called: "prices")
    var prices: [PriceUnit: MinorUnits] = [:]
    for (unit, name) in Self.priceNames {
      prices[unit] = try list.optionalInteger(name).map { try MinorUnits($0) }
    }
    try list.finish()
    if prices.isEmpty { throw FieldFault.bad("prices", "a title has at least one price") }
    let taxRate = try fields.integer("tax-rate", in: 0...Int64(TaxRate.largest))
    tariff = try Tariff(
      currency: currency, taxRate: TaxRate(basisPoints: Int(taxRate)), prices: prices)
    title = try fields.words("title")
    year = try fields.optionalInteger("year", in: 1000...9999)
  }

  private static let priceNames: [(PriceUnit, StaticString)] = [
    (.purchase, "purchase"), (.view, "view"), (.day, "day"), (.minute, "minute"),
    (.medium, "medium"),
  ]

  private func price(_ unit: PriceUnit) -> CanonicalValue? {
    tariff.prices[unit].map { .integer($0.value) }
  }

  package var canonical: CanonicalValue {
    .object([
      "artist": .text(artist), "content": .string("\(content)"),
      "currency": .string("\(tariff.currency)"),
      "grid": .text(grid?.description), "icpn": .text(icpn?.description),
      "isni": .text(isni?.description), "isrc": .text(isrc?.description),
      "master": .text(master?.base64),
      "prices": .object([
        "day": price(.day), "medium": price(.medium), "minute": price(.minute),
        "purchase": price(.purchase), "view": price(.view),
      ]), "tax-rate": .integer(Int64(tariff.taxRate.basisPoints)), "title": .string(title),
      "year": year.map { .integer($0) },
    ])
  }

  package var terms: [Term] { [Term(.content, "\(content)"), Term(.title, "\(content)")] }
}
