import ArgumentParser
import CommandLineSupport
import Ledger
import LedgerCommandSupport
import Trade

/// Records payments and refunds in a ledger.
@main struct LedgerPay: Tool {
  static let configuration = CommandConfiguration(
    commandName: "ledger-pay",
    abstract: "Record a payment or refund in a ledger",
    discussion: """
      The same identifier makes it the same payment, however often the command is given.
      """,
    version: suiteVersion)

  @OptionGroup var payment: PaymentOptions
  @OptionGroup var refund: RefundOptions

  @Option(
    help: ArgumentHelp(
      "The identifier of the payment; the same one is recorded once.", valueName: "key"))
  var id: String?

  @Option(
    help: ArgumentHelp("Record the payments of a file's lines of JSON.", valueName: "file"))
  var batch: String?

  @Flag(
    name: [.customShort("n"), .long], help: "Print what would be recorded, and record nothing.")
  var dryRun = false

  @Flag(help: "Print the receipts as JSON, one object a line.") var json = false

  @OptionGroup var writing: WritingOptions
  @OptionGroup var verbosity: VerbosityOptions

  func validate() throws {
    if dryRun, json { throw ValidationError("--dry-run and --json exclude each other") }
    if batch != nil {
      if id != nil { throw ValidationError("--batch and --id exclude each other") }
      if let option = payment.given.first ?? refund.given.first {
        throw ValidationError("--batch and \(option) exclude each other")
      }
      return
    }
    if id == nil { throw ValidationError("--id is missing") }
    if refund.refund == nil {
      if let option = refund.given.first {
        throw ValidationError("\(option) goes with --refund")
      }
      try payment.checkComplete()
    } else {
      if refund.reason == nil { throw ValidationError("--refund needs --reason") }
      if let option = payment.given.first(where: { !RefundOptions.shared.contains($0) }) {
        throw ValidationError("--refund and \(option) exclude each other")
      }
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    try checkWords(payment.reference, "--reference")
    try checkWords(refund.reason, "--reason")
    let author = try writing.author(diagnostics)
    let log = try dryRun ? writing.file.reading() : writing.file.appending()
    if let batch { return try record(linesOf: batch, log, author, diagnostics) }
    let id = try Handle(id ?? "")
    var drafts: [Draft] = []
    let make = { (facts: Facts) in
      var plan = PaymentPlan(facts)
      if refund.refund == nil {
        try plan.pay(payment.request(facts), id: id)
      } else {
        try plan.refund(refund.request(payment, facts), id: id)
      }
      drafts = plan.drafts
      return drafts
    }
    if dryRun { return try printDrafts(log.rehearse(by: author, make)) }
    let receipts = try writing.append(to: log, by: author, diagnostics, make)
    try report(drafts, receipts, diagnostics)
  }

  private func record(
    linesOf batch: String, _ log: LedgerLog, _ author: Author, _ diagnostics: Diagnostics
  ) throws {
    var drafts: [Draft] = []
    let rehearsed = dryRun ? { (drafts: [Draft]) in try printDrafts(drafts) } : nil
    try writing.appendLines(
      of: batch, to: log, by: author, diagnostics, rehearsed: rehearsed,
      parse: PaymentLine.init,
      make: { facts, lines in
        var plan = PaymentPlan(facts)
        for line in lines { try line.add(to: &plan) }
        drafts = plan.drafts
        return drafts
      },
      afterwards: { _, receipts in try report(drafts, receipts, diagnostics) })
  }

  private func printDrafts(_ drafts: [Draft]) throws {
    let lines = drafts.map { String(decoding: $0.canonical.bytes, as: UTF8.self) + "\n" }
    try StandardOutput().write(lines.joined())
  }

  private func report(
    _ drafts: [Draft], _ receipts: [Receipt], _ diagnostics: Diagnostics
  ) throws {
    if json {
      let lines = zip(drafts, receipts).map { $0.report($1).compact + "\n" }
      try StandardOutput().write(lines.joined())
    }
    guard diagnostics.verbosity == .verbose else { return }
    for (draft, receipt) in zip(drafts, receipts) {
      for note in draft.notes(receipt) { diagnostics.note(note) }
    }
  }
}
