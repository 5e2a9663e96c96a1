import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import LedgerCommandSupport
import MarkKeys

/// Reads the marks of sound and pictures.
@main struct WMDetect: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-detect",
    abstract: "Read the mark of sound or a picture",
    discussion: """
      With a ledger it names the delivery that a copy comes from, from a few seconds or a cutting.

      Exit status: 0 a mark was found (with a ledger: a delivery was named), 1 none was, 2 an
      error.
      """,
    version: suiteVersion)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "A mark key or a folder of them; repeatable. (default: SUKASHI_KEY)", valueName: "key"),
    completion: .file())
  var key: [String] = []

  @OptionGroup var tracing: TracingOptions
  @OptionGroup var receipt: ReceiptOptions

  @Option(help: "By which means the mark was written.")
  var method: MarkMethod = .spectral

  @Option(help: "How far to look for changes of speed and pitch.")
  var search: SearchExtent = .standard

  @Option(help: "The largest bound on a false detection that is accepted.")
  var threshold = 1e-6

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "Read samples without a header: RATE,CHANNELS,ENCODING.", valueName: "format"))
  var raw: String?

  @Option(
    help: ArgumentHelp(
      "Read the names of inputs from a file; - is standard input.", valueName: "list"),
    completion: .file())
  var filesFrom: String?

  @Flag(name: [.customShort("0"), .customLong("null")], help: "Names in the list end with NUL.")
  var null = false

  @OptionGroup var verbosity: VerbosityOptions

  @Argument(
    help: ArgumentHelp("Sound or pictures; - is standard input.", valueName: "in"),
    completion: .file())
  var inputs: [String] = []

  func validate() throws {
    guard threshold > 0, threshold < 1 else {
      throw ValidationError("--threshold \(threshold) is not between 0 and 1")
    }
    if null, filesFrom == nil { throw ValidationError("-0 is for --files-from") }
    if filesFrom == "-", inputs.contains("-") {
      throw ValidationError("standard input cannot be both the list and an input")
    }
    if key.contains("-"), filesFrom == "-" || inputs.contains("-") || inputs.isEmpty {
      throw ValidationError("standard input cannot be both the key and an input")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let examination = Examination(
      keys: try keys(diagnostics), threshold: threshold,
      extent: search, raw: try raw.map { try RawFormat(parsing: $0) },
      titles: try tracing.ledgerFile == nil ? tracing.titles : [],
      report: Report(style: verbosity.quiet ? .silent : json ? .json : .text),
      diagnostics: diagnostics)
    let check = try receipt.receipt.map {
      try ReceiptCheck($0, receipt, ledger: tracing.ledgerFile, diagnostics: diagnostics)
    }
    let trace = method == .spectral && check == nil ? try tracing.trace(threshold: threshold) : nil
    var names = try InputList(operands: inputs, listPath: filesFrom, endsWithNull: null)
    var hasFound = false
    var hasFailed = false
    while let name = try names.nextName() {
      do {
        let isMarked =
          if let check {
            try examination.compare(name, with: check)
          } else if let trace {
            try examination.examine(name, in: trace)
          } else if method == .spectral {
            try examination.examine(name)
          } else {
            try examination.examine(name, for: method)
          }
        if isMarked { hasFound = true }
        if hasFound, verbosity.quiet { return }
      } catch let error as any ExplainedError where !examination.isFatal(error) {
        diagnostics.error(error.description, hint: error.hint)
        hasFailed = true
      }
    }
    if hasFailed || !hasFound { throw ExitCode(hasFailed ? 2 : 1) }
  }
}

extension WMDetect {
  /// The mark keys; none are needed to compare the bytes of a copy with a receipt.
  private func keys(_ diagnostics: Diagnostics) throws -> [MarkKey] {
    if receipt.receipt != nil, key.isEmpty, environment("SUKASHI_KEY") == nil { return [] }
    return try KeyRing(paths: key, diagnostics: diagnostics).keys
  }
}

extension SearchExtent: ExpressibleByArgument {}
