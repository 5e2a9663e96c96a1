import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Signing
import Trade

/// Takes orders and names delivery servers.
@main struct CSOrder: Tool {
  static let configuration = CommandConfiguration(
    commandName: "cs-order",
    abstract: "Take an order, name a delivery server, and print the signed order",
    usage: """
      cs-order [options] --user NAME --content HANDLE ... [--home NAME | --shop NAME --medium WORD]
      cs-order [options] --batch FILE
      """,
    discussion: """
      The same --id makes it the same order, however often the command is given.
      """,
    version: suiteVersion)

  @OptionGroup var wish: WishOptions

  @Option(
    help: ArgumentHelp(
      "Take the orders of a file's lines of JSON; - is standard input.", valueName: "file"))
  var batch: String?

  @Option(
    help: ArgumentHelp("The folder of this server. (default: $SUKASHI_STORE)", valueName: "folder"),
    completion: .directory)
  var store: String?

  @OptionGroup(title: "Ledger") var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if batch != nil {
      if let option = wish.given.first {
        throw ValidationError("--batch and \(option) exclude each other")
      }
    } else {
      try wish.checkComplete()
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let author = try writing.author(diagnostics)
    if let batch { return try take(linesOf: batch, author, diagnostics) }
    let wish = try wish.wish()
    let log = try writing.file.appending()
    var plan = try plan(author, log)
    _ = try writing.append(to: log, by: author, diagnostics) { facts in
      try plan.make(facts) { try $0.take(wish) }
    }
    try plan.printOrders(author)
  }

  private func plan(_ author: Author, _ log: LedgerLog) throws -> Plan {
    Plan(
      author, loads: try ServerLoads(log.storage, now: author.clock()),
      store: (store ?? environment("SUKASHI_STORE")).map { MasterStore($0) })
  }

  private func take(
    linesOf batch: String, _ author: Author, _ diagnostics: Diagnostics
  ) throws {
    let log = try writing.file.appending()
    var plan = try plan(author, log)
    try writing.appendLines(
      of: batch, to: log, by: author, diagnostics,
      parse: { bytes, number in (try OrderWish(line: bytes), number) },
      make: { facts, lines in
        try plan.make(facts) { plan in
          for (wish, number) in lines { try locating(number) { try plan.take(wish, line: number) } }
        }
      },
      afterwards: { _, _ in try plan.printOrders(author) })
  }
}

/// The orders that are being taken, and what delivery servers have to do.
private struct Plan {
  private let author: Author
  private var loads: ServerLoads
  private let store: MasterStore?
  private var orders: [Order] = []

  init(_ author: Author, loads: ServerLoads, store: MasterStore?) {
    self.store = store
    self.author = author
    self.loads = loads
  }

  /// Plans orders on what the ledger says.
  mutating func make(_ facts: Facts, _ take: (inout OrderPlan) throws -> Void) throws -> [Draft] {
    guard let party = try facts.party("\(author.name)") else {
      throw RuleFault.unknownParty(author.name)
    }
    guard party.role == .contentServer else { throw CatalogueFault.notContentServer(party.name) }
    // Orders that the ledger has already are signed without an entry that would tell.
    if party.key != author.key.publicKey { throw LedgerFault.wrongKey("\(author.name)") }
    if party.isRevoked { throw EntryFault.revoked(author.name) }
    var plan = OrderPlan(facts, by: author.name, now: author.clock(), loads: loads, store: store)
    try take(&plan)
    orders = plan.orders
    loads = plan.loads
    return plan.drafts
  }

  /// Prints the orders, which the ledger has by now.
  func printOrders(_ author: Author) throws {
    let lines = orders.signedLines(by: author.name, with: author.key)
    try StandardOutput().write(lines)
  }
}
