import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Masters
import Signing
import Trade

extension Shelf {
  /// Prints all titles.
  func list(asJSON: Bool) throws {
    var text = ""
    for row in try CatalogueListing(writing.ledger.file).rows {
      let master = try? MasterFiles(path: store.folder(of: row.title.content))
      let size = master.flatMap { $0.identity == row.title.master ? $0.byteCount : nil }
      text += (asJSON ? row.json(size).compact : row.line(size)) + "\n"
    }
    try StandardOutput().write(text)
  }

  /// Reads every byte of every master.
  ///
  /// - Throws: `ExitCode(1)` when something is wrong with one.
  func verify() throws {
    let listing = try CatalogueListing(writing.ledger.file)
    var isGood = true
    for row in listing.rows where !row.isWithdrawn && row.title.master != nil {
      let content = row.title.content
      let path = store.folder(of: content)
      do {
        if FileStatus(path: path) == nil {
          throw CatalogueFault.noMaster(content, store: store.path)
        }
        let master = try MasterFiles(path: path)
        guard master.identity == row.title.master else {
          throw CatalogueFault.otherMaster(content, path: path)
        }
        try master.verify()
        diagnostics.note("\(quoted(path)) is whole")
      } catch let error as any ExplainedError {
        diagnostics.error(error.description, hint: error.hint)
        isGood = false
      }
    }
    if !isGood { throw ExitCode(1) }
  }
}

extension CatalogueListing.Row {
  private static let units: [(PriceUnit, String)] = [
    (.purchase, "purchase"), (.view, "view"), (.day, "day"), (.minute, "minute"),
    (.medium, "medium"),
  ]

  /// Handle, title, artist, prices, bytes of the master and delivery servers, between tabs.
  fileprivate func line(_ size: Int64?) -> String {
    let tariff = title.tariff
    let prices = Self.units.compactMap { unit, word in
      tariff.prices[unit].map { "\(word) \($0.decimalText(tariff.currency)) \(tariff.currency)" }
    }
    return [
      "\(title.content)", title.title, title.artist ?? "-", prices.joined(separator: ", "),
      isWithdrawn ? "withdrawn" : size.map { "\($0)" } ?? "no master",
      servers.isEmpty ? "-" : servers.map(\.description).joined(separator: ","),
    ].joined(separator: "\t")
  }

  /// The same for programs, and more; members are only ever added.
  fileprivate func json(_ size: Int64?) -> JSONValue {
    let tariff = title.tariff
    func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
    return .object([
      ("type", "title"), ("content", .string("\(title.content)")), ("title", .string(title.title)),
      ("artist", text(title.artist)), ("isrc", text(title.isrc?.description)),
      ("year", title.year.map { .integer($0) } ?? .null),
      ("currency", .string("\(tariff.currency)")),
      ("tax_rate", .integer(Int64(tariff.taxRate.basisPoints))),
      (
        "prices_minor",
        .object(
          Self.units.compactMap { unit, word in
            tariff.prices[unit].map { (name: word, value: .integer($0.value)) }
          })
      ), ("withdrawn", .bool(isWithdrawn)), ("master", text(title.master?.base64)),
      ("bytes", size.map { .integer($0) } ?? .null),
      ("placed", .array(servers.map { .string("\($0)") })),
    ])
  }
}
