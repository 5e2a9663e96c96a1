import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Trade

/// Where masters are, and how missing ones come.
struct MasterOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("This server's folder. (default: $SUKASHI_STORE)", valueName: "folder"))
  var store: String?

  @Option(
    help: ArgumentHelp(
      "Fetch a missing master with this line of sh, which prints it as tar; {content} is its name. "
        + "(default: $SUKASHI_FETCH)", valueName: "command"))
  var fetch: String?

  @Option(
    help: ArgumentHelp(
      "How large all masters may be; what was used least lately is removed after a fetch.",
      valueName: "bytes[K|M|G]"))
  var cacheSize: String?

  func validate() throws {
    if let cacheSize, Self.bytes(cacheSize) == nil {
      throw ValidationError("--cache-size \(quoted(cacheSize)) is not a number of bytes")
    }
  }

  /// The masters of this server.
  var cache: MasterCache {
    get throws {
      let path = try setting(
        store, "SUKASHI_STORE", "no folder of masters is named",
        hint: "use --store FOLDER or set SUKASHI_STORE")
      guard FileStatus(path: path)?.isFolder == true else {
        throw MissingSetting(
          description: "the store \(quoted(path)) is not a folder", hint: "make it with mkdir")
      }
      return MasterCache(
        MasterStore(path), fetchingWith: fetch ?? environment("SUKASHI_FETCH"),
        byteLimit: cacheSize.flatMap(Self.bytes))
    }
  }

  private static func bytes(_ text: String) -> Int64? {
    let factors: [Character: Int64] = ["K": 1 << 10, "M": 1 << 20, "G": 1 << 30]
    guard let last = text.last else { return nil }
    let digits = factors[last] == nil ? text[...] : text.dropLast()
    guard digits.allSatisfy(\.isNumber), let number = Int64(digits) else { return nil }
    let (bytes, isOverflow) = number.multipliedReportingOverflow(by: factors[last] ?? 1)
    return isOverflow ? nil : bytes
  }
}

/// A user who comes directly.
struct DirectOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Deliver to this user without an order of a content server."))
  var user: String?

  @Option(help: ArgumentHelp("What the user gets. May be repeated.", valueName: "title"))
  var content: [String] = []

  @Option(
    help: ArgumentHelp(
      "The order's identifier; the same one is delivered and billed once. (default: a new one)",
      valueName: "key"))
  var order: String?

  @Option(
    help: ArgumentHelp("Whose title it is. (default: who opened the ledger)", valueName: "party"))
  var contentServer: String?

  func validate() throws {
    if (user == nil) != content.isEmpty {
      throw ValidationError("--user and --content go together")
    }
    if user == nil, order != nil || contentServer != nil {
      throw ValidationError("--order and --content-server go with --user")
    }
  }

  /// The order, nil when no user is named.
  func request(_ server: DeliveryServer) throws -> DeliveryServer.Request? {
    guard let user else { return nil }
    let random = String(UInt64.random(in: 0...UInt64.max), radix: 36)
    let id = try Handle(order ?? "\(server.author.name):\(server.author.clock()):\(random)")
    return try server.order(
      id, for: PartyName(user), content.map { try Handle($0) },
      from: contentServer.map { try PartyName($0) }, use: .purchase, seconds: 86_400)
  }
}

/// The formats of copies.
enum DeliveryFormat: String, ExpressibleByArgument, CaseIterable {
  case flac, wav, rf64, opus, mp3, ogg, mp4, png, jpg

  var format: DeliveredFormat { DeliveredFormat.extensions[rawValue] ?? .automatic }
}
