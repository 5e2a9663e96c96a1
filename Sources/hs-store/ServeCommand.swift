import ArgumentParser
import CommandLineSupport
import Distribution
import Glibc
import HomeServer
import HomeServing
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets

/// Serves what is held to players on the network.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Let players and browsers on the network play what is held",
    discussion: """
      Each order has a URL that nobody can guess. What is heard is counted; what is only fetched is \
      not. SIGTERM ends it.
      """)

  @Option(
    help: ArgumentHelp("Where clients are taken; port 0 is a free one.", valueName: "address:port"))
  var listen = "127.0.0.1:8642"

  @Flag(
    name: .customLong("print-urls"), help: "Print the URL of each order that is held, then serve.")
  var printURLs = false

  @Option(
    help: ArgumentHelp(
      "How much a player is given before it is heard, where minutes are paid for.",
      valueName: "seconds"))
  var readAhead = 30

  @Option(help: ArgumentHelp("Requests a second of one address.", valueName: "number"))
  var rate = 50

  @OptionGroup var home: HomeOptions

  func validate() throws {
    guard address != nil else {
      throw ValidationError("--listen \(quoted(listen)) is not ADDRESS:PORT")
    }
    guard (5...600).contains(readAhead) else {
      throw ValidationError("--read-ahead is outside 5 to 600 seconds")
    }
    guard (1...1_000_000).contains(rate) else {
      throw ValidationError("--rate is outside 1 to 1000000")
    }
  }

  /// The parts of `--listen`; an IPv6 address stands in brackets.
  private var address: (host: String, port: Int)? {
    guard let colon = listen.lastIndex(of: ":"),
      let port = UInt16(listen[listen.index(after: colon)...])
    else { return nil }
    var host = listen[..<colon]
    if host.hasPrefix("["), host.hasSuffix("]") {
      host = host.dropFirst().dropLast()
    } else if host.contains(":") {
      return nil
    }
    return host.isEmpty ? nil : (String(host), Int(port))
  }

  func run() throws {
    guard let (host, port) = address else { return }
    let log = try home.viewingLog()
    let store = ServedStore(
      try home.folder.outlet, log, patience: Int64(readAhead + 2) * 1000)
    store.look(now: monotonicMilliseconds())
    let limits = ServingLimits(rate: Double(rate))
    let server = PlayerServer(
      store, host: host, port: port, readAhead: Int64(readAhead), limits: limits,
      clock: systemClock, diagnostics: home.diagnostics)
    let name = host.contains(":") ? "[\(host)]" : host
    let printsURLs = printURLs
    try waitingFor {
      try await server.run { port in
        guard printsURLs else { return }
        for served in store.served {
          let order = served.holding.order.ordered.order
          try? StandardOutput().writeLine("\(order)\thttp://\(name):\(port)/\(served.token.text)/")
        }
      }
    }
  }
}
