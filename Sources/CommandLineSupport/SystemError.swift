import Glibc

/// A failed system call, told as what was tried on which file and why it failed.
package struct SystemError: ExplainedError, Equatable {
  /// The error number as in errno(3).
  package let code: CInt
  /// What was tried, such as `cannot write`.
  package let attempt: String
  /// The file or stream, as the user named it.
  package let subject: String

  /// Takes the error number from `errno` unless one is given.
  package init(_ attempt: String, _ subject: String, code: CInt = errno) {
    self.code = code
    self.attempt = attempt
    self.subject = subject
  }

  package var description: String {
    "\(attempt) \(quoted(subject)): \(Self.reason(code))"
  }

  package var hint: String? {
    switch code {
    case ENOSPC: "free some space or write to another disk"
    case EFBIG: "the limit for file sizes (ulimit -f) or of the file system is reached"
    default: nil
    }
  }

  /// The operating system's words for an error number, in lower case.
  package static func reason(_ code: CInt) -> String {
    guard let text = strerror(code) else { return "error \(code)" }
    return String(cString: text).startingInLowerCase
  }
}

/// A file name or value as it stands in messages: in single quotes, control characters escaped.
///
/// The names of the standard streams are left as they are.
package func quoted(_ text: String) -> String {
  if text == "standard input" || text == "standard output" { return text }
  var result = "'"
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0..<0x20, 0x7F..<0xA0:
      let digits = String(scalar.value, radix: 16)
      result += "\\x" + (digits.count < 2 ? "0" : "") + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "'"
}

extension String {
  /// The text with its first letter in lower case, unless an acronym starts it.
  package var startingInLowerCase: String {
    let second = dropFirst().first
    guard let first, first.isUppercase, second?.isUppercase != true else { return self }
    return first.lowercased() + dropFirst()
  }
}
