import ArgumentParser
import CommandLineSupport
import Glibc
import Ledger
import LedgerCommandSupport
import LedgerReports
import Trade

/// The options of all reports.
struct ReportOptions: ParsableArguments {
  @OptionGroup var ledger: LedgerOptions

  @Option(help: ArgumentHelp("How the report is written.", valueName: "format"))
  var format: ReportFormat = .text

  @Option(
    help: ArgumentHelp(
      "What is shown: a day, week, month, quarter, year or A--B.", valueName: "period"),
    transform: Trade.Period.init)
  var period: Period?

  @Option(
    help: ArgumentHelp("The first day that is shown.", valueName: "day"), transform: Day.init)
  var from: Day?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp("The last day that is shown.", valueName: "day"), transform: Day.init)
  var until: Day?

  @Option(
    help: ArgumentHelp(
      "Compute the report from the entries a checkpoint covers, or from so many.",
      valueName: "checkpoint"))
  var asOf: String?

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Where the report goes; - is standard output.", valueName: "file"))
  var output: String?

  @OptionGroup var verbosity: VerbosityOptions

  mutating func validate() throws {
    if let from, let until, until < from { throw ValidationError("--to is before --from") }
  }

  /// The times that are shown.
  var window: ReportWindow { ReportWindow(period, from: from, until: until) }

  /// Makes sure that a report can be written in the format.
  func check(_ formats: ReportFormat...) throws {
    if formats.contains(format) { return }
    let names = formats.map(\.rawValue).joined(separator: ", ")
    throw ValidationError("--format \(format.rawValue) is not for this report; use \(names)")
  }

  /// Opens ledger and output, makes a report, and says what is to be said.
  ///
  /// - Throws: `ExitCode(1)` when the ledger contradicts the checkpoint.
  func report(_ make: (ReportSource, ReportOutput) throws -> Void) throws {
    let diagnostics = verbosity.diagnostics(for: LedgerReport.name)
    let file = try ledger.file
    do {
      let source = ReportSource(file, try asOf.map { try ReportExtent($0) } ?? .all)
      if try file.hasTornTail() {
        diagnostics.note("the last line of \(quoted(file.path)) has no end and is left out")
      }
      try make(
        source, ReportOutput(OutputFile(output, contents: .text, inputs: [file.path])))
    } catch let contradiction as CheckpointContradiction {
      diagnostics.error(contradiction.description)
      throw ExitCode(1)
    }
  }
}

extension ReportFormat: ExpressibleByArgument {}
