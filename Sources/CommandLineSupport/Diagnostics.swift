// The rules of what is said on standard error. This is the only file that writes there.
//
// - A line is `TOOL: error: TEXT`, `TOOL: warning: TEXT` or `TOOL: note: TEXT`.
// - TEXT starts in lower case, names the file, option or value at fault, has no full stop.
// - What to do next stands on a line of its own, `TOOL: hint: TEXT`.
// - -q removes warnings and progress; -v adds notes; errors are always said.
// - A tool that succeeds without -v says nothing but warnings.
// - Data that was asked for goes here, as it is, only while standard output carries other data.
// - No colour. Progress only on a terminal, and it leaves no trace.

import Glibc

/// What a tool tells its user beside its data.
package struct Diagnostics: Sendable {
  /// How much is said.
  package enum Verbosity: Sendable {
    /// Errors only.
    case quiet
    /// Errors and warnings.
    case normal
    /// Errors, warnings and notes.
    case verbose
  }

  /// The name in front of every line.
  package let tool: String
  /// How much is said.
  package let verbosity: Verbosity

  package init(tool: String, verbosity: Verbosity = .normal) {
    self.tool = tool
    self.verbosity = verbosity
  }

  /// Says why the tool fails.
  package func error(_ text: String, hint: String? = nil) {
    say("error", text)
    if let hint { say("hint", hint) }
  }

  /// Says what may be wrong although the tool goes on; silent with -q.
  package func warning(_ text: String, hint: String? = nil) {
    if verbosity == .quiet { return }
    say("warning", text)
    if let hint { say("hint", hint) }
  }

  /// Says what may interest; only with -v.
  package func note(_ text: String) {
    if verbosity == .verbose { say("note", text) }
  }

  /// Writes a line of data that has no other place, since standard output carries other data.
  package func data(_ line: String) {
    Self.write(line + "\n")
  }

  /// Whether progress may be shown.
  var showsProgress: Bool { verbosity != .quiet && isatty(2) == 1 }

  /// Replaces the line of progress; an empty text clears it.
  func progress(_ text: String) {
    Self.write("\r\u{1B}[K" + text)
  }

  private func say(_ kind: String, _ text: String) {
    // One write for each message keeps the lines of a pipeline's stages apart.
    var lines = ""
    for line in text.split(separator: "\n") { lines += "\(tool): \(kind): \(line)\n" }
    Self.write(lines)
  }

  private static func write(_ text: String) {
    // Nowhere is left to report a failure to.
    try? Array(text.utf8).withUnsafeBytes { bytes in
      try FileDescriptor(2, name: "standard error", closesAtEnd: false).write(bytes)
    }
  }
}
