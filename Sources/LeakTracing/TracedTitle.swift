package import FingerprintCode
package import Ledger
package import MarkKeys

/// A title whose copies a leak may have been made of.
package struct TracedTitle {
  /// What the ledger calls it.
  package let content: Handle
  /// The key of its copies' codewords.
  package let key: FingerprintKey
  /// How many symbols it has; nil when nobody said.
  package let symbolCount: Int?
  /// The messages of all copies that were to be made of it.
  package let messages: [Message]

  /// - Parameters:
  ///   - content: what the ledger calls it.
  ///   - key: the mark key of its master.
  ///   - symbolCount: how many symbols it has, if known.
  ///   - messages: of all its copies, each once.
  package init(content: Handle, key: MarkKey, symbolCount: Int?, messages: [Message]) {
    self.content = content
    self.key = FingerprintKey(key: key, title: content.description)
    self.symbolCount = symbolCount
    self.messages = messages
  }
}

extension TracedTitle {
  /// How much likelier it is that a copy alone was read than that nobody's was.
  ///
  /// - Parameters:
  ///   - message: of the copy.
  ///   - evidence: what was read of the fingerprint slots.
  ///   - ranking: what was read of the identity slots.
  /// - Returns: the natural logarithm of the ratio.
  func logarithmOfRatio(
    _ message: Message, _ evidence: FingerprintEvidence, _ ranking: IdentityRanking
  ) -> Double {
    let biases = FingerprintBiases(key: key, slots: evidence.slots)
    let terms = ScoreTerms(.likelihood(.oneSource), evidence: evidence, biases: biases)
    return ranking.logarithmOfRatio(message)
      + terms.score(of: FingerprintCodeword(key: key, message: message, biases: biases))
  }
}
