/// A score as the sum of one term for each slot that was read.
///
/// Every term has two values, one for each value of the candidate's bit. For an innocent user the
/// bits are independent of the evidence and of each other, and their probabilities are the biases:
/// the distribution of the score is known exactly, whatever the evidence is.
package struct ScoreTerms: Sendable {
  /// The slots with a term, ascending.
  package let slots: [Int]
  /// For each term, the probability of a 1.
  package let biases: [Double]
  /// For each term, its value for a 1.
  package let ones: [Double]
  /// For each term, its value for a 0.
  package let zeros: [Double]

  /// The terms of a decoder for some evidence.
  ///
  /// - Parameters:
  ///   - decoder: the way to score; its model must have more copies than are known.
  ///   - evidence: what was received.
  ///   - biases: of the same slots.
  ///   - known: codewords of the same slots that are taken to be in the leak.
  package init(
    _ decoder: FingerprintDecoder, evidence: FingerprintEvidence, biases: FingerprintBiases,
    known: [FingerprintCodeword] = []
  ) {
    precondition(evidence.slots == biases.slots, "evidence and biases are of different slots")
    precondition(known.allSatisfy { $0.slots == biases.slots })
    var slots: [Int] = []
    var probabilities: [Double] = []
    var ones: [Double] = []
    var zeros: [Double] = []
    for (slot, ratio) in zip(evidence.slots, evidence.ratios) where ratio != 0 {
      let bias = biases[slot]
      let knownOnes = known.reduce(0) { $0 + ($1[slot] ? 1 : 0) }
      let values = decoder.values(
        ratio: Double(ratio), bias: bias, known: known.count, knownOnes: knownOnes)
      slots.append(slot)
      probabilities.append(bias)
      ones.append(values.one)
      zeros.append(values.zero)
    }
    self.slots = slots
    self.biases = probabilities
    self.ones = ones
    self.zeros = zeros
  }

  /// Takes terms that come from elsewhere; all arrays have the same length.
  package init(slots: [Int], biases: [Double], ones: [Double], zeros: [Double]) {
    precondition(
      slots.count == biases.count && slots.count == ones.count && slots.count == zeros.count)
    precondition(biases.allSatisfy { $0 > 0 && $0 < 1 })
    self.slots = slots
    self.biases = biases
    self.ones = ones
    self.zeros = zeros
  }

  /// The score of a codeword that has all the slots.
  package func score(of codeword: FingerprintCodeword) -> Double {
    var sum = 0.0
    for (place, slot) in slots.enumerated() {
      sum += codeword[slot] ? ones[place] : zeros[place]
    }
    return sum
  }
}
