package import CommandLineSupport

/// Why something of a log is not accepted: a text for the terminal, and a word for test vectors.
package protocol LogFault: ExplainedError {
  /// The word for the fault in `Tests/Vectors/log`.
  var word: String { get }
}
