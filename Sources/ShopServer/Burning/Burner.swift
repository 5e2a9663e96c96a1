package import CommandLineSupport
import DiscLayout
import Distribution
package import Ledger
import MarkKeys
package import Outlets
import Trade

/// Makes the discs of orders, then erases, reports and bills (signals 20 and 21).
package struct Burner {
  private let books: OutletBooks
  private let settings: BurnSettings
  private let diagnostics: Diagnostics

  /// - Parameters:
  ///   - books: of the shop.
  ///   - settings: how discs are made.
  ///   - diagnostics: the voice of the tool.
  package init(_ books: OutletBooks, _ settings: BurnSettings, _ diagnostics: Diagnostics) {
    self.books = books
    self.settings = settings
    self.diagnostics = diagnostics
  }

  /// Makes the discs of an order whose parcel is held.
  ///
  /// When anything goes wrong the parcel stays, nothing is billed, and a medium that was lost is in
  /// the ledger. An order whose end was interrupted behind the last disc is ended, and nothing is
  /// written.
  ///
  /// - Parameter order: the order.
  /// - Throws: `BurnFault`, `LayoutFault`, `HoldingFault`, `IntakeFault.gone`, `ChildFault`,
  ///   `StoreBusy`, `SystemError`, or what the ledger throws.
  package func burn(_ order: Handle) throws {
    let lock = try books.store.lock(order)
    defer { withExtendedLifetime(lock) {} }
    try books.log.refresh()
    let holding: Holding
    do { holding = try books.store.holding(order) } catch HoldingFault.notHeld {
      if let cause = try books.deletion(of: order) { throw IntakeFault.gone(order, cause) }
      throw HoldingFault.notHeld(order)
    }
    let end = BurnEnd(books)
    if try holding.burnEnding() != nil {
      diagnostics.note("\(quoted("\(order)")) is burned already: its end is finished")
      try end.finish(holding)
      lock.remove()
      return
    }
    try books.store.removeLeavings(of: order)
    try end.recordLosses(of: holding)
    let discs = try write(holding)
    if settings.isDummy { return }
    try end.end(holding, .burned, discs: discs)
    lock.remove()
  }

  /// Writes all discs that are not there yet.
  ///
  /// - Returns: how many discs the order has.
  private func write(_ holding: Holding) throws -> Int {
    let ordered = holding.order.ordered
    guard let medium = ordered.medium else { throw BurnFault.noMedium(ordered.order) }
    switch settings.target {
    case .image(let path):
      guard ImageWriter.isName(path, forAudio: medium == .compactDisc) else {
        throw BurnFault.wrongImage(path, medium)
      }
      let discs = try lay(holding, .of(medium, minutes: settings.minutes))
      try show("writing", discs) { report in
        if settings.isDummy {
          for disc in discs { try disc.send { report(Int64($0.count)) } }
        } else {
          try ImageWriter(path, diagnostics).write(discs, report: report)
        }
      }
      return discs.count
    case .drive(let device):
      let drive = Drive(device: device, settings: settings)
      let sectors =
        medium == .compactDisc ? try drive.audioCapacity() : try drive.dataCapacity(medium)
      let usual = DiscCapacity.of(medium, minutes: settings.minutes)
      // What a file that stands for a drive could hold says nothing of a disc.
      let capacity = sectors.map { $0 < usual.sectors ? usual.limited(to: $0) : usual } ?? usual
      let discs = try lay(holding, capacity)
      try write(discs, of: holding, on: drive, medium)
      return discs.count
    }
  }

  private func lay(_ holding: Holding, _ capacity: DiscCapacity) throws -> [LaidDisc] {
    try DiscMaker(holding, books.log.facts, capacity: capacity).discs()
  }

  /// Writes one disc after the other; after each, another medium is wanted.
  private func write(
    _ discs: [LaidDisc], of holding: Holding, on drive: Drive, _ medium: Medium
  ) throws {
    let order = holding.order.ordered.order
    var journal = try BurnJournal(holding)
    for part in journal.good
    where !discs.indices.contains(part.disc - 1) || discs[part.disc - 1].items != part.items {
      throw BurnFault.otherPlan(order)
    }
    let waiting = discs.indices.filter { number in !journal.good.contains { $0.disc == number + 1 }
    }
    for (place, number) in waiting.enumerated() {
      let disc = discs[number]
      if place > 0 {
        // One medium a call: the next one has to be put in first.
        if drive.settings.ejects, !settings.isDummy { try drive.eject() }
        throw BurnFault.nextDisc(order, number + 1, of: discs.count)
      }
      if !settings.isDummy { try journal.begin(number + 1, disc.items) }
      do {
        try write(disc, number, of: discs.count, on: drive)
      } catch let error as any ExplainedError {
        if settings.isDummy { throw error }
        try journal.spoil(error.description)
        try BurnEnd(books).recordLosses(of: holding)
        throw BurnFault.spoiled(order, disc: number + 1, error.description)
      }
      if !settings.isDummy { try journal.finish() }
    }
    if drive.settings.ejects, !settings.isDummy { try drive.eject() }
  }

  private func write(_ disc: LaidDisc, _ number: Int, of count: Int, on drive: Drive) throws {
    let name = count == 1 ? "" : " disc \(number + 1) of \(count)"
    switch disc.kind {
    case .audio(let audio):
      try show("writing\(name)", [disc]) { try drive.write(disc, audio, report: $0) }
      if !settings.isDummy { try drive.compareAudio(disc) }
    case .data:
      let key = Secret.random()
      let tag = try show("writing\(name)", [disc]) { try drive.write(disc, key, report: $0) }
      if !settings.isDummy { try drive.compareData(disc, tag, key) }
    }
  }

  /// Shows how far the writing of discs is.
  private func show<Result>(
    _ label: String, _ discs: [LaidDisc], _ body: ((Int64) -> Void) throws -> Result
  ) throws -> Result {
    let total = discs.reduce(0) { $0 + $1.byteCount }
    var progress = Progress(label, total: Double(total), diagnostics: diagnostics)
    var done: Int64 = 0
    defer { progress.finish() }
    return try body { count in
      done += count
      progress.update(Double(done), "\(done >> 20) MiB")
    }
  }
}

extension DiscCapacity {
  /// What a medium usually holds.
  fileprivate static func of(_ medium: Medium, minutes: Int) -> DiscCapacity {
    medium == .videoDisc ? .dvd : .minutes(minutes)
  }

  /// The same medium where less is left.
  fileprivate func limited(to sectors: Int) -> DiscCapacity {
    DiscCapacity(sectors: sectors, name: "\(sectors) sectors")
  }
}
