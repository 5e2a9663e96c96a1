import CommandLineSupport

/// Why bytes are not canonical JSON, and where.
package struct CanonicalFault: ExplainedError, Equatable {
  /// What is wrong.
  package enum Reason: String, Sendable {
    case endsEarly = "the text ends early"
    case textBehind = "there is something behind the value"
    case unexpected = "unexpected character"
    case number = "not a canonical whole number"
    case tooLarge = "the number is outside -(2^53 - 1)...2^53 - 1"
    case control = "a control character"
    case encoding = "not UTF-8"
    case escape = "an escape that canonical text does not need"
    case name = "a member's name is not made of a-z, 0-9 and -"
    case order = "the members are not in the order of their names"
    case depth = "nested too deep"
  }

  /// What is wrong.
  package let reason: Reason
  /// The offset of the first wrong byte.
  package let offset: Int

  package var description: String { "\(reason.rawValue) (byte \(offset + 1))" }
}
