import ArgumentParser
import CSystemCalls
import CommandLineSupport
import Distribution
import Glibc
import HomeServer
import Ledger
import LedgerCommandSupport
import OutletCommandSupport
import Outlets

/// Plays what is held to standard output.
struct PlayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "play",
    abstract: "Play to standard output, at the pace of what reads it",
    discussion: """
      Commands, one a line: play, pause, stop, quit, status, next, previous, ff SECONDS, rew SECONDS, \
      seek TIME, rate R. At a terminal: space, arrows, [ ] =, n, p, s, q.
      """)

  @Argument(help: ArgumentHelp("Which order.", valueName: "order")) var order: String

  @Option(help: ArgumentHelp("Begin with this title, from 1.", valueName: "number"))
  var item: Int?

  @Option(
    help: ArgumentHelp(
      "Begin here: seconds or [HOURS:]MINUTES:SECONDS. (default: where it was left)",
      valueName: "time"))
  var from: String?

  @Option(help: "Play faster or slower, 0.25 to 4; the pitch follows.") var rate: Double = 1

  @Option(
    help: ArgumentHelp(
      "Take commands from this descriptor, FIFO or file. (default: the terminal's keys)",
      valueName: "descriptor|path"))
  var control: String?

  @Option(
    help: ArgumentHelp(
      "Answer commands here, with lines of JSON. (default: 2, standard error)",
      valueName: "descriptor"))
  var status: Int32 = 2

  @Flag(help: "Write samples without a WAVE header.") var raw = false

  @Flag(help: "Write no faster than it is heard, whatever reads it.") var realTime = false

  @OptionGroup var home: HomeOptions

  func validate() throws {
    if let item, item < 1 { throw ValidationError("--item \(item) is not from 1 on") }
    if let from, mediaMilliseconds(from) == nil {
      throw ValidationError("--from \(quoted(from)) is not a time such as 90 or 1:30")
    }
    guard PlayerCommand.rates.contains(rate) else {
      throw ValidationError("--rate \(rate) is outside 0.25 to 4")
    }
  }

  func run() throws {
    if isatty(1) == 1 { throw OutputError.terminal }
    let holding = try home.folder.outlet.holding(Handle(order))
    guard holding.isHeld else { throw HoldingFault.ended(holding.order.ordered.order) }
    let log = try home.viewingLog()
    let signals = cs_ending_signals()
    guard signals >= 0 else { throw SystemError("cannot wait for", "signals") }
    var settings = Player.Settings()
    settings.isRaw = raw
    settings.isRealTime = realTime
    settings.rate = rate
    if item != nil || from != nil {
      settings.start = PlayPosition(
        item: (item ?? 1) - 1, milliseconds: from.flatMap { mediaMilliseconds($0) } ?? 0)
    }
    let keys = control == nil ? terminal : nil
    let player = try Player(
      holding, ViewingMeter(holding), log,
      output: FileDescriptor(1, name: "standard output", closesAtEnd: false),
      inputs: PlayerInputs(control: controlFile, keys: keys, signals: signals),
      answers: FileDescriptor(status, name: "descriptor \(status)", closesAtEnd: false),
      settings: settings)
    if let keys, cs_keys_begin(keys.number) != 0 { throw SystemError("cannot use", "the terminal") }
    defer { cs_keys_end() }
    try player.run()
  }

  /// The terminal that gives keys, nil when there is none.
  private var terminal: FileDescriptor? {
    isatty(0) == 1 ? FileDescriptor(0, name: "standard input", closesAtEnd: false) : nil
  }

  private var controlFile: FileDescriptor? {
    get throws {
      guard let control else { return nil }
      if let number = Int32(control) {
        return FileDescriptor(number, name: "descriptor \(number)", closesAtEnd: false)
      }
      // A FIFO opened both ways does not end when one of its writers goes.
      let isFIFO = FileStatus(path: control)?.isFIFO == true
      let number = open(control, (isFIFO ? O_RDWR : O_RDONLY) | O_CLOEXEC)
      guard number >= 0 else { throw SystemError("cannot open", control) }
      return FileDescriptor(number, name: control)
    }
  }
}
