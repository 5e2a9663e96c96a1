import ArgumentParser
import CommandLineSupport
import HomeServer
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets
import Trade

/// Sets what the home server's administrator takes (signal 15).
struct FeeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fee", abstract: "Set, show or give up the home server's own fee",
    discussion: """
      Each price counts by itself: --price once for an order that is handed over, --view, --day and \
      --minute for what a holding was used. Without options the fee is shown.
      """)

  @OptionGroup(title: "Fee") var prices: PriceOptions

  @Option(
    help: ArgumentHelp(
      "The building manager who pays instead of the user.", valueName: "party"))
  var manager: String?

  @Flag(help: "Take no fee from now on.") var none = false

  @OptionGroup var home: HomeOptions

  private var isShowing: Bool { prices.given.isEmpty && manager == nil && !none }

  func validate() throws {
    if isShowing { return }
    if none {
      if !prices.given.isEmpty || manager != nil {
        throw ValidationError("--none goes with no other option of the fee")
      }
      return
    }
    try prices.checkComplete()
  }

  func run() throws {
    let store = try home.folder.outlet
    if isShowing { return try show(store.fee()) }
    if none { return try store.set(nil) }
    let books = try home.books()
    guard try books.outlet.here().administrator != nil else {
      throw HomeFault.noAdministrator(books.author.name)
    }
    let manager = try manager.map { try PartyName($0) }
    if let manager {
      guard let party = try books.log.facts.party("\(manager)") else {
        throw RuleFault.unknownParty(manager)
      }
      guard party.role == .buildingManager else {
        throw RuleFault.wrongRole(manager, party.role, .buildingManager)
      }
    }
    try store.set(HomeFee(tariff: prices.tariff(), manager: manager))
  }

  private func show(_ fee: HomeFee?) throws {
    guard let fee else { return }
    var text = ""
    for unit in HomeFee.units {
      guard let price = fee.tariff.prices[unit] else { continue }
      text += "\(unit.rawValue)\t\(price.decimalText(fee.tariff.currency)) \(fee.tariff.currency)\n"
    }
    let rate = fee.tariff.taxRate.basisPoints
    text += "tax\t\(rate / 100).\(rate % 100 < 10 ? "0" : "")\(rate % 100) %\n"
    text += "payer\t" + (fee.manager.map { "building-manager:\($0)" } ?? "user") + "\n"
    try StandardOutput().write(text)
  }
}
