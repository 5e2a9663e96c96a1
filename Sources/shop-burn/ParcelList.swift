import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Outlets
import ShopServer
import Trade

/// Shows the parcels that are kept.
struct ParcelList {
  private let store: OutletStore
  private let json: Bool

  init(_ store: OutletStore, json: Bool) {
    self.store = store
    self.json = json
  }

  /// Prints a line for each parcel.
  ///
  /// - Throws: `ExitCode` when one is damaged, or `SystemError`.
  func show() throws {
    let now = systemClock()
    var text = ""
    let faults = try store.visit { holding in
      let row = try Row(holding, now)
      text += (json ? row.json.compact : row.line) + "\n"
    }
    for fault in faults {
      Diagnostics(tool: ShopBurn.name).error(fault.description, hint: fault.hint)
    }
    try StandardOutput().write(text)
    if !faults.isEmpty { throw ExitCode(2) }
  }

  /// What is said of a parcel.
  private struct Row {
    let holding: Holding
    let journal: BurnJournal
    let state: String

    init(_ holding: Holding, _ now: UTCTime) throws {
      self.holding = holding
      journal = try BurnJournal(holding)
      let isExpired = holding.order.ordered.expires < now
      state =
        !holding.isHeld
        ? "ending"
        : isExpired
          ? "expired"
          : journal.open != nil ? "writing" : journal.losses.isEmpty ? "waiting" : "spoiled"
    }

    private var ordered: Ordered { holding.order.ordered }
    private var medium: String { ordered.medium?.rawValue ?? "" }
    private var bytes: Int64 { holding.items.reduce(0) { $0 + $1.bytes } }

    var line: String {
      [
        "\(ordered.order)", "\(ordered.user)",
        ordered.contents.map(\.description).joined(separator: ","), state, medium, "\(bytes)",
        "\(holding.since)", "\(ordered.expires)", "\(journal.good.count)",
        "\(journal.losses.count)",
      ].joined(separator: "\t")
    }

    /// The same for programs, and more; members are only ever added.
    var json: JSONValue {
      func text(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }
      return .object([
        ("type", "parcel"), ("order", .string("\(ordered.order)")),
        ("user", .string("\(ordered.user)")), ("state", .string(state)),
        ("medium", .string(medium)), ("bytes", .integer(bytes)),
        ("since", .string("\(holding.since)")), ("expires", .string("\(ordered.expires)")),
        ("good", .integer(Int64(journal.good.count))),
        ("spoiled", .integer(Int64(journal.losses.count))),
        ("reason", text(journal.losses.last?.reason)),
        (
          "items",
          .array(
            holding.items.map { item in
              .object([
                ("content", .string("\(item.content)")), ("title", text(item.title)),
                ("artist", text(item.artist)), ("bytes", .integer(item.bytes)),
              ])
            })
        ),
      ])
    }
  }
}
