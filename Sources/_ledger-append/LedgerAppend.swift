import ArgumentParser
import CommandLineSupport
import Glibc
import Ledger
import LedgerCommandSupport

/// Appends entries of any kind, for tests and measurements.
@main struct LedgerAppend: Tool {
  static let configuration = CommandConfiguration(
    commandName: "_ledger-append",
    abstract: "Append entries from lines of canonical JSON (members body, id and kind)",
    version: suiteVersion)

  @OptionGroup var writing: WritingOptions

  @Option(help: "How many lines are appended with one sync.")
  var batch = 1

  @Flag(help: "Write the lines to the ledger file as bare lines, without any of what a ledger is.")
  var bare = false

  @Option(help: "Make the ledger first, under this name.")
  var open: String?

  @Flag(help: "Print no receipts.")
  var silent = false

  @Flag(help: "Read all lines first, and print how many seconds the appends take then.")
  var time = false

  @Argument(help: "The lines; - is standard input.")
  var input = "-"

  func run() throws {
    let diagnostics = Diagnostics(tool: Self.name)
    let source = try LineSource(FileDescriptor.reading(input))
    if bare { return try runBare(source) }
    let author = try writing.author(diagnostics)
    if let open {
      _ = try writing.file.create(
        origin: Origin(open), author: author, id: Handle("open-\(open)"))
    }
    let log = try writing.file.appending()
    let text = CanonicalText()
    let (batch, silent, milliseconds) = (batch, silent, writing.lockMilliseconds)
    let size = time ? .max : batch
    var drafts: [Draft] = []
    var number = 0
    while let line = try source.next() {
      number += 1
      drafts.append(
        try line.withUnsafeBytes { try Draft(line: $0, number: number, with: text) })
      if drafts.count == size { try append(&drafts, log, author, milliseconds, silent) }
    }
    if !time { return try append(&drafts, log, author, milliseconds, silent) }
    let start = ContinuousClock.now
    for first in stride(from: 0, to: drafts.count, by: batch) {
      var piece = Array(drafts[first..<min(first + batch, drafts.count)])
      try append(&piece, log, author, milliseconds, true)
    }
    try say(start)
  }

  private func say(_ start: ContinuousClock.Instant) throws {
    let parts = (ContinuousClock.now - start).components
    let seconds = Double(parts.seconds) + Double(parts.attoseconds) * 1e-18
    try StandardOutput().writeLine(decimal(seconds, digits: 6) ?? "")
  }

  private func append(
    _ drafts: inout [Draft], _ log: LedgerLog, _ author: Author, _ milliseconds: Int,
    _ silent: Bool
  ) throws {
    if drafts.isEmpty { return }
    let receipts = try log.append(drafts, by: author, lockMilliseconds: milliseconds)
    drafts.removeAll(keepingCapacity: true)
    if silent { return }
    var text = ""
    for receipt in receipts {
      text += "\(receipt.index) \(receipt.id)\(receipt.isReplay ? " again" : "")\n"
    }
    try StandardOutput().write(text)
  }

  /// The yardstick: flock, write, fdatasync.
  private func runBare(_ source: LineSource) throws {
    let storage = try FileStorage(writing.ledger.path, .appending)
    let milliseconds = writing.lockMilliseconds
    var lines: [[UInt8]] = []
    while let line = try source.next() { lines.append(line + [UInt8(ascii: "\n")]) }
    let start = ContinuousClock.now
    for line in lines {
      try storage.lock(milliseconds: milliseconds)
      try line.withUnsafeBytes { try storage.append($0) }
      try storage.synchronize()
      storage.unlock()
    }
    if time { try say(start) }
  }
}
