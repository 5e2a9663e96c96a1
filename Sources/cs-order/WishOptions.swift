import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Trade

extension Medium: ExpressibleByArgument {}

/// What is asked for.
struct WishOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who asks.", valueName: "name")) var user: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("A title; may be repeated.", valueName: "handle"))
  var content: [String] = []

  @Option(help: ArgumentHelp("The home server that gets the copy.", valueName: "name"))
  var home: String?

  @Option(help: ArgumentHelp("The shop that gets the copy.", valueName: "name")) var shop: String?

  @Option(
    help: ArgumentHelp(
      "What the shop writes on: " + Medium.allCases.map(\.rawValue).joined(separator: ", ") + ".",
      valueName: "word"))
  var medium: Medium?

  @Option(
    help: ArgumentHelp(
      "What is paid for: purchase, view, day or minute. (default: purchase)", valueName: "word"))
  var use: String?

  @Option(
    help: ArgumentHelp("The delivery server. (default: see the manual)", valueName: "name"))
  var server: String?

  @Option(
    help: ArgumentHelp(
      "The name of the order; the same one is one order. (default: by chance)", valueName: "handle")
  )
  var id: String?

  @Option(
    help: ArgumentHelp(
      "When the order is no longer good: a time, or 30m, 12h, 7d, 2w from now. (default: 7d)",
      valueName: "time"))
  var expires: String?

  /// The options that are given.
  var given: [String] {
    [
      ("--user", user != nil), ("--content", !content.isEmpty), ("--home", home != nil),
      ("--shop", shop != nil), ("--medium", medium != nil), ("--use", use != nil),
      ("--server", server != nil), ("--id", id != nil), ("--expires", expires != nil),
    ].filter(\.1).map(\.0)
  }

  /// Makes sure that what every order has is given.
  func checkComplete() throws {
    if user == nil { throw ValidationError("--user is missing") }
    if content.isEmpty { throw ValidationError("--content is missing") }
    if home != nil, shop != nil { throw ValidationError("--home and --shop exclude each other") }
    if shop != nil, medium == nil { throw ValidationError("--shop needs --medium") }
    if medium != nil, shop == nil { throw ValidationError("--medium needs --shop") }
    if let use, use == PriceUnit.medium.rawValue || PriceUnit(rawValue: use) == nil {
      throw ValidationError("--use \(quoted(use)) is none of purchase, view, day, minute")
    }
  }

  /// What is asked for.
  ///
  /// - Throws: `HandleError`, `PartyError`, `ExpiryError` or `OrderFault`.
  func wish() throws -> OrderWish {
    var destination = OrderWish.Destination.straight
    if let home { destination = .home(try PartyName(home)) }
    if let shop, let medium { destination = .shop(try PartyName(shop), medium) }
    return try OrderWish(
      order: id.map { try Handle($0) } ?? OrderWish.nameByChance(),
      user: PartyName(user ?? ""), contents: content.map { try Handle($0) },
      destination: destination, use: use.flatMap { PriceUnit(rawValue: $0) } ?? .purchase,
      server: server.map { try PartyName($0) }, expiry: expires.map { try OrderWish.Expiry($0) })
  }
}
