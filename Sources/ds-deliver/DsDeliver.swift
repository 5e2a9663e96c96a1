import ArgumentParser
import CommandLineSupport
import Distribution
import Ledger
import LedgerCommandSupport
import Signing
import Trade

/// Delivers marked copies for orders.
@main struct DsDeliver: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ds-deliver",
    abstract: "Deliver marked copies for orders, and record, report and bill them",
    discussion: """
      Each copy's mark is in the ledger before its first byte leaves. An order is delivered and \
      billed once, however often it comes; what was begun and not finished is finished.
      """,
    version: suiteVersion)

  @Argument(help: ArgumentHelp("Orders, one a line; - is standard input.", valueName: "orders"))
  var orders: String?

  @OptionGroup var direct: DirectOptions
  @OptionGroup var masters: MasterOptions

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "The copy or parcel, or with a slash at its end a folder for several; - is standard output.",
      valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Deliver any number of orders into files of these names, such as "
        + "'FOLDER/{order}-{content}.{ext}'; {user} and {serial} are known too.",
      valueName: "template"))
  var batch: String?

  @Option(
    name: .shortAndLong,
    help: """
      The format of copies of sound; film is mp4, a picture what it was published as. (default: \
      what the output's name says, else flac)
      """)
  var format: DeliveryFormat?

  @Option(
    help: ArgumentHelp(
      "Write an HLS playlist of the one film that is delivered.", valueName: "file"))
  var playlist: String?

  @Flag(
    help: """
      Send also what was delivered before: the same copy, not billed again.
      """)
  var again = false

  @Flag(
    help: """
      Finish the given orders that were begun; orders that were not begun are left.
      """)
  var resume = false

  @Option(
    help: ArgumentHelp("Write a receipt of the one copy that is delivered.", valueName: "file"))
  var receipt: String?

  @Option(
    help: ArgumentHelp(
      "The ledger's latest checkpoint, for the receipt.", valueName: "file"))
  var checkpoint: String?

  @Flag(help: "Record the hash of each copy, too; it costs more than the copy.") var hash = false

  @OptionGroup var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if direct.user != nil, orders != nil {
      throw ValidationError("--user and a file of orders exclude each other")
    }
    if batch != nil, output != nil {
      throw ValidationError("--batch and --output exclude each other")
    }
    if receipt != nil, template != nil {
      throw ValidationError("--receipt is for one copy, not for --batch or a folder")
    }
    if playlist != nil, template != nil || output == nil || output == "-" {
      throw ValidationError("--playlist is for one film in a file: -o FILE")
    }
    if checkpoint != nil, receipt == nil {
      throw ValidationError("--checkpoint goes with --receipt")
    }
  }

  /// The names of files, nil for a single output.
  private var template: String? {
    if let batch { return batch }
    guard let output, output.hasSuffix("/") else { return nil }
    return output + "{content}.{ext}"
  }

  private var wantedFormat: DeliveredFormat {
    if let format { return format.format }
    guard let output, let point = output.lastIndex(of: "."), template == nil else {
      return .automatic
    }
    return DeliveredFormat.extensions[output[output.index(after: point)...].lowercased()]
      ?? .automatic
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let author = try writing.author(diagnostics)
    let log = try writing.file.appending()
    let server = try DeliveryServer(
      log, author, masters.cache, lockMilliseconds: writing.lockMilliseconds)
    server.hashesCopies = hash || receipt != nil
    if let template {
      return try Batch(
        server: server, format: wantedFormat, template: template, isAgain: again,
        isResuming: resume, diagnostics: diagnostics
      ).run(requests: requests(server))
    }
    let path = output
    let output = try OutputFile(path, contents: .binary)
    var requests: [DeliveryServer.Request] = []
    let next = try self.requests(server)
    while case let more = try next(64), !more.isEmpty { requests += more }
    if resume { requests = try requests.filter { try server.isBegun($0.order) } }
    let delivered = try server.deliver(
      requests, isAgain: again, as: wantedFormat, to: output)
    for (job, copy) in delivered {
      diagnostics.note(
        "\(quoted("\(job.marking.order)")): \(copy.bytes) bytes, serial \(job.marking.serial)")
    }
    if delivered.isEmpty { diagnostics.note("nothing is left to be delivered") }
    if let playlist, let path, !delivered.isEmpty {
      try PlaylistOutput(path: playlist).write(for: path)
    }
    if let receipt {
      try ReceiptOutput(path: receipt, checkpoint: checkpoint).write(delivered, server)
    }
  }

  private func requests(_ server: DeliveryServer) throws -> (Int) throws
    -> [DeliveryServer.Request]
  {
    if var request = try direct.request(server).map({ [$0] }) {
      return { _ in
        defer { request = [] }
        return request
      }
    }
    let lines = OrderLines(try .reading(orders ?? "-"))
    return { try lines.next($0) }
  }
}
