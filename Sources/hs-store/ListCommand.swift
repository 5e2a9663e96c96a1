import ArgumentParser
import CommandLineSupport
import Distribution
import HomeServer
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets
import Trade

/// Shows what is held.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Show what is held",
    discussion: """
      A line has, between tabs: order, user, titles, state, bytes, when it was stored and when the \
      order expires, what is paid by, days held, seconds viewed, and views.
      """)

  @Flag(help: "Print one JSON object for each holding.") var json = false

  @OptionGroup var folder: StoreOptions

  func run() throws {
    let now = systemClock()
    let store = try folder.outlet
    var text = ""
    let faults = try store.visit { holding in
      let row = try Row(holding, now)
      text += (json ? row.json.compact : row.line) + "\n"
    }
    for fault in faults {
      Diagnostics(tool: HsStore.name).error(fault.description, hint: fault.hint)
    }
    try StandardOutput().write(text)
    if !faults.isEmpty { throw ExitCode(2) }
  }

  /// What is said of a holding.
  private struct Row {
    let holding: Holding
    let state: String
    let totals: ViewingTotals
    let days: Int64

    init(_ holding: Holding, _ now: UTCTime) throws {
      self.holding = holding
      let meter = try ViewingMeter(holding)
      totals = meter.totals
      days = meter.daysHeld(at: now)
      let isExpired = holding.order.ordered.expires < now
      state = !holding.isHeld ? "ending" : isExpired ? "expired" : "held"
    }

    private var ordered: Ordered { holding.order.ordered }
    private var bytes: Int64 { holding.items.reduce(0) { $0 + $1.bytes } }

    var line: String {
      [
        "\(ordered.order)", "\(ordered.user)",
        ordered.contents.map(\.description).joined(separator: ","), state, "\(bytes)",
        "\(holding.since)", "\(ordered.expires)", ordered.use.rawValue, "\(days)",
        "\(totals.seconds)", "\(totals.views)",
      ].joined(separator: "\t")
    }

    /// The same for programs, and more; members are only ever added.
    var json: JSONValue {
      func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
      let items = zip(holding.items, totals.items).map { item, total in
        JSONValue.object([
          ("content", .string("\(item.content)")), ("title", text(item.title)),
          ("artist", text(item.artist)), ("bytes", .integer(item.bytes)),
          ("seconds", .integer(total.seconds)), ("views", .integer(total.views)),
        ])
      }
      return .object([
        ("type", "holding"), ("order", .string("\(ordered.order)")),
        ("user", .string("\(ordered.user)")), ("state", .string(state)),
        ("use", .string(ordered.use.rawValue)), ("bytes", .integer(bytes)),
        ("since", .string("\(holding.since)")), ("expires", .string("\(ordered.expires)")),
        ("days", .integer(days)), ("seconds", .integer(totals.seconds)),
        ("views", .integer(totals.views)), ("items", .array(items)),
        ("path", text((try? ServingToken(holding)).map { "/\($0.text)/" })),
      ])
    }
  }
}
