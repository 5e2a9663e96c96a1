import DiscLayout
import Distribution
import Ledger
import Outlets

/// The page for the case of a data disc, to be printed: what is on it, and for whom it was made.
struct InsertPage {
  private let maker: DiscMaker
  private let items: Range<Int>
  private let number: Int
  private let count: Int

  /// - Parameters:
  ///   - maker: what is laid out.
  ///   - items: the copies on this disc.
  ///   - number: which disc, from 0.
  ///   - count: of how many.
  init(_ maker: DiscMaker, _ items: Range<Int>, disc number: Int, of count: Int) {
    self.maker = maker
    self.items = items
    self.number = number
    self.count = count
  }

  /// The page: 120 mm square.
  var html: String {
    let ordered = maker.holding.order.ordered
    let rows = items.map { item -> String in
      let copy = maker.holding.items[item]
      let title = copy.title ?? "\(copy.content)"
      let artist = copy.artist.map { " <i>\(Self.escaped($0))</i>" } ?? ""
      return "<tr><td>\(Self.escaped(title))\(artist)<td>\(maker.fileName(item))"
    }
    let disc = count == 1 ? "" : "<p>Disc \(number + 1) of \(count)"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <meta charset="utf-8">
      <title>Order \(Self.escaped("\(ordered.order)"))</title>
      <style>
      @page { size: 120mm 120mm; margin: 0 }
      body { width: 108mm; margin: 6mm; font: 9pt serif }
      table { width: 100%; border-collapse: collapse }
      td { border-bottom: 0.2mm solid; padding: 1mm 0; vertical-align: top }
      td + td { text-align: right; font-family: monospace }
      </style>
      <h1>Order \(Self.escaped("\(ordered.order)"))</h1>
      \(disc)
      <table>
      \(rows.joined(separator: "\n"))
      </table>
      <p>Made for \(Self.escaped("\(ordered.user)")) by \(ordered.contentServer),
      delivered by \(ordered.deliveryServer). The copies are personal and carry a mark.
      RECEIPT has their hashes, signed by \(ordered.deliveryServer).

      """
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }
}
