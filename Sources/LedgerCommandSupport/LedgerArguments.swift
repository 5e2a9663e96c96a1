package import ArgumentParser
import CommandLineSupport
package import Ledger
import Signing
package import Trade

extension PartyKind: ExpressibleByArgument {}
extension PaymentPurpose: ExpressibleByArgument {}
extension Funds: ExpressibleByArgument {}

/// A public key from an option: its text, or a file that holds it or a signing key.
package struct PublicKeyOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("The party's public key, as wm-keygen --public prints.", valueName: "text"))
  package var key: String?

  @Option(
    help: ArgumentHelp(
      "A file with the party's public key, or its signing key, whose secret is not used.",
      valueName: "file"))
  package var keyFile: String?

  package init() {}

  package mutating func validate() throws {
    if key != nil, keyFile != nil {
      throw ValidationError("--key and --key-file exclude each other")
    }
  }

  /// Whether one of the options is given.
  package var isGiven: Bool { key != nil || keyFile != nil }
}

/// Makes sure that a text for people can stand in a ledger.
///
/// - Throws: `UnsuitableText`.
package func checkWords(_ text: String?, _ option: String) throws {
  guard let text else { return }
  let isGood =
    (1...longestWords).contains(text.utf8.count)
    && text.unicodeScalars.allSatisfy { scalar in
      scalar != "\u{FFFD}" && scalar.properties.generalCategory != .control
    }
  if !isGood { throw UnsuitableText(option: option, text: text) }
}

/// A text for people that cannot stand in a ledger.
package struct UnsuitableText: ExplainedError, Equatable {
  let option: String
  let text: String

  package var description: String { "\(option) \(quoted(text)) cannot stand in a ledger" }
  package var hint: String? {
    "use 1 to \(longestWords) bytes of UTF-8 without control characters"
  }
}
