import ArgumentParser
import CommandLineSupport
import HomeServer

/// Ends what has expired and finishes what was interrupted.
struct CollectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gc",
    abstract: "End what has expired, finish what was interrupted, remove what is left over",
    discussion: "For cron. What is in use is left for the next time.")

  @OptionGroup var home: HomeOptions

  func run() throws {
    let faults = try Housekeeping(home.books()).collect()
    for fault in faults { home.diagnostics.error(fault.description, hint: fault.hint) }
    if !faults.isEmpty { throw ExitCode(2) }
  }
}
