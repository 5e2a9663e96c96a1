import CommandLineSupport

/// The name of a ledger, which stands in its first entry and on its checkpoints: 1 to 128 bytes
/// without blanks, control characters and `+`, such as `ledger.example/provider`.
package struct Origin: Sendable, Hashable, CustomStringConvertible {
  /// The text.
  package let description: String

  /// - Throws: `OriginError`.
  package init(_ text: String) throws {
    let isGood =
      (1...128).contains(text.utf8.count)
      && text.unicodeScalars.allSatisfy { scalar in
        !scalar.properties.isWhitespace && scalar != "+"
          && scalar.properties.generalCategory != .control
      }
    guard isGood else { throw OriginError(text: text) }
    description = text
  }
}

/// A text that cannot name a ledger.
package struct OriginError: ExplainedError, Equatable {
  let text: String

  package var description: String { "\(quoted(text)) cannot be the name of a ledger" }
  package var hint: String? {
    "use 1 to 128 bytes without blanks and '+', such as ledger.example/provider"
  }
}
