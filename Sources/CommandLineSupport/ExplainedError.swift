/// An error whose text is written for the terminal and may carry a hint on what to do next.
///
/// The text starts in lower case, names the file, option or value at fault and has no full stop.
package protocol ExplainedError: Error, CustomStringConvertible {
  /// What the user can do about it, one line, or nil when nothing useful can be said.
  var hint: String? { get }
}

extension ExplainedError {
  package var hint: String? { nil }
}
