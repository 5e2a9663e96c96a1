package import Ledger
package import MarkKeys
package import Trade
import TransparencyLog

/// What was marked for whom, and what became of it: a row for each copy.
package struct DeliveryReport {
  private let source: ReportSource
  private let filter: Filter
  private let window: ReportWindow

  /// Which copies are wanted; nil for any.
  package struct Filter: Sendable {
    let user: PartyName?
    let content: Handle?
    let order: Handle?
    let serial: Int64?
    let message: Message?
    let party: PartySelector?

    /// - Parameters:
    ///   - user: for whom.
    ///   - content: of which title.
    ///   - order: of which order.
    ///   - serial: with which serial, of any content server.
    ///   - message: with which message in the mark.
    ///   - party: in which a party had a part.
    package init(
      user: PartyName?, content: Handle?, order: Handle?, serial: Int64?, message: Message?,
      party: PartySelector?
    ) {
      self.user = user
      self.content = content
      self.order = order
      self.serial = serial
      self.message = message
      self.party = party
    }

    func matches(_ marking: Marking) -> Bool {
      if let user, user != marking.user { return false }
      if let content, content != marking.content { return false }
      if let order, order != marking.order { return false }
      if let serial, serial != marking.serial { return false }
      if let message, message != marking.message { return false }
      guard let name = party?.name else { return true }
      return name == marking.user || name == marking.contentServer
        || name == marking.deliveryServer || name == marking.outlet
    }
  }

  /// - Parameters:
  ///   - source: the entries.
  ///   - filter: which copies.
  ///   - window: when they were marked; what follows counts whenever it happened.
  package init(_ source: ReportSource, _ filter: Filter, window: ReportWindow) {
    self.source = source
    self.filter = filter
    self.window = window
  }

  /// Writes the report as text, TSV or NDJSON.
  ///
  /// - Throws: what reading throws, and `SystemError`.
  package func write(_ format: ReportFormat, _ output: ReportOutput) throws {
    var copies = DeliveredCopies()
    let (filter, window) = (filter, window)
    let choose = filter.isOpen ? nil : filter.choose
    let head = try source.scan(choosing: choose) { head -> DeliveredCopies.Step? in
      switch head.kind {
      case .marking, .delivered, .stored, .handedOver, .viewed, .deleted, .burned, .collected,
        .posted:
        break
      default: return nil
      }
      if let order = filter.order, head.body["order"]?.string != order.description { return nil }
      let event = try head.event()
      if let marking = event.body as? Marking {
        guard window.contains(head.time), filter.matches(marking) else { return nil }
      }
      return DeliveredCopies.Step(index: head.index, time: head.time, event: event)
    } gather: {
      copies.add($0)
    }
    let table = try ReportTable("delivery", Self.columns, format, output)
    for copy in copies.all { try table.add(Self.cells(copy)) }
    try table.finish(head)
  }

  private static let columns = [
    Column("entry", .integer), Column("order"), Column("content"), Column("user"),
    Column("content_server", isForPeople: false), Column("delivery_server"), Column("outlet"),
    Column("serial", .integer), Column("message", isForPeople: false), Column("marked", .time),
    Column("delivered", .time), Column("bytes", .integer, isForPeople: false),
    Column("stored", .time, isForPeople: false), Column("handed_over", .time, isForPeople: false),
    Column("viewed", .time, isForPeople: false), Column("burned", .time, isForPeople: false),
    Column("collected", .time, isForPeople: false), Column("posted", .time, isForPeople: false),
    Column("deleted", .time), Column("state"),
  ]

  private static func cells(_ copy: DeliveredCopies.Copy) -> [Cell] {
    let (marking, times) = (copy.marking, copy.times)
    return [
      .integer(copy.entry), .text("\(marking.order)"), .text("\(marking.content)"),
      .text("\(marking.user)"), .text("\(marking.contentServer)"),
      .text("\(marking.deliveryServer)"), .text(marking.outlet?.description),
      .integer(marking.serial), .text("\(marking.message)"), .time(copy.marked),
      .time(copy.delivered), .integer(copy.bytes), .time(times.stored), .time(times.handedOver),
      .time(times.viewed), .time(times.burned), .time(times.collected), .time(times.posted),
      .time(times.deleted), .text(copy.state),
    ]
  }
}
