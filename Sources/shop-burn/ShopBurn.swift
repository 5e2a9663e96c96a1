import ArgumentParser
import CommandLineSupport
import DiscLayout
import Distribution
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets
import ShopServer

/// The shop: writes discs of what was delivered, erases it, reports, and is billed.
@main struct ShopBurn: Tool {
  static let configuration = CommandConfiguration(
    commandName: "shop-burn",
    abstract: "Write the disc of an order, read it back, erase the copy, report and bill",
    usage: """
      shop-burn [options] (--image FILE | --device DEVICE | --keep) [PARCEL]
      shop-burn [options] (--image FILE | --device DEVICE) --retry ORDER
      shop-burn [options] --collected ORDER
      shop-burn [options] --posted ORDER --tracking NUMBER
      shop-burn [options] --list [--json]
      shop-burn [options] --gc
      """,
    discussion: """
      A parcel is verified and kept, encrypted, until its disc is written and was read back. When \
      that fails, a medium that was lost is recorded, and --retry writes another one with the same \
      bill.
      """,
    version: suiteVersion)

  @Argument(help: ArgumentHelp("The parcel; - is standard input.", valueName: "parcel"))
  var parcel: String?

  @OptionGroup(title: "Disc") var disc: DiscOptions
  @OptionGroup(title: "Orders") var choice: OrderOptions

  @OptionGroup var shop: ShopOptions

  mutating func validate() throws {
    let acts = choice.acts
    if acts.count > 1 { throw ValidationError("\(acts[0]) and \(acts[1]) exclude each other") }
    if let act = acts.first {
      if parcel != nil { throw ValidationError("\(act) takes no parcel") }
      if act != "--retry", let given = disc.given.first {
        throw ValidationError("\(given) does not go with \(act)")
      }
    }
    if (choice.posted == nil) != (choice.tracking == nil) {
      throw ValidationError("--posted and --tracking go together")
    }
    if choice.json, !choice.list { throw ValidationError("--json goes with --list") }
    if acts.isEmpty || choice.retry != nil { try disc.check(isRetry: choice.retry != nil) }
  }

  func run() throws {
    if choice.list { return try ParcelList(shop.folder.outlet, json: choice.json).show() }
    let books = try shop.books()
    if choice.gc {
      let faults = try ShopHousekeeping(books).collect()
      for fault in faults { shop.diagnostics.error(fault.description, hint: fault.hint) }
      if !faults.isEmpty { throw ExitCode(2) }
    } else if let order = choice.collected {
      try HandingOut(books).collected(Handle(order))
    } else if let order = choice.posted, let tracking = choice.tracking {
      try HandingOut(books).posted(Handle(order), tracking: Handle(tracking))
    } else if let order = choice.retry {
      try burn(Handle(order), books)
    } else {
      let holding = try ParcelIntake(books).store(.reading(parcel ?? "-"))
      try burn(holding.order.ordered.order, books)
    }
  }

  private func burn(_ order: Handle, _ books: OutletBooks) throws {
    guard let settings = disc.settings else { return }
    try Burner(books, settings, shop.diagnostics).burn(order)
  }
}
