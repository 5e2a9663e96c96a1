package import ArgumentParser
import CSystemCalls
import Glibc

/// A command of the suite: a parsable command with the suite's exit status and error texts.
///
/// Exit status: 0 yes or done, 1 a clean negative answer (thrown as `ExitCode(1)`), 2 any error.
/// Help and version go to standard output with status 0. A closed pipe ends the tool quietly.
package protocol Tool: ParsableCommand {}

/// The version that every tool prints.
package let suiteVersion = "0.1.0"

extension Tool {
  /// Parses the arguments of the process, runs the command and ends the process.
  package static func main() {
    cs_prepare_process()
    let status = exitStatus()
    cs_temporary_remove_all()
    Glibc.exit(status)
  }

  /// The one place where the exit status is decided.
  private static func exitStatus() -> CInt {
    let diagnostics = Diagnostics(tool: name)
    do {
      do {
        var command = try parseAsRoot()
        try command.run()
      } catch let error where exitCode(for: error) == .success && !(error is ExitCode) {
        try StandardOutput().write(fullMessage(for: error) + "\n")
      }
      if fflush(nil) != 0 { throw SystemError("cannot write", "standard output") }
      return 0
    } catch let code as ExitCode {
      return code.rawValue
    } catch let error as SystemError where error.code == EPIPE {
      cs_temporary_remove_all()
      cs_die_of_closed_pipe()
    } catch let error as any ExplainedError {
      diagnostics.error(error.description, hint: error.hint)
    } catch {
      let isUsage = exitCode(for: error) == .validationFailure
      diagnostics.error(
        Self.usageText(message(for: error)), hint: isUsage ? "see \(name) --help" : nil)
    }
    return 2
  }

  /// The name of the command as users type it.
  package static var name: String { _commandName }

  /// The parser's message without the usage lines that follow a blank line.
  private static func usageText(_ message: String) -> String {
    var lines: [Substring] = []
    for line in message.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty { break }
      lines.append(line)
    }
    var text = lines.joined(separator: " ")
    if text.hasPrefix("Error: ") { text.removeFirst("Error: ".count) }
    if text.hasSuffix(".") { text.removeLast() }
    return text.startingInLowerCase
  }
}
