package import MarkKeys

/// Scores very many candidates with all decoders at once, to find the few worth a closer look.
///
/// Codewords are made anew each time: nothing is stored for a delivery but its message. Making them
/// costs more than scoring them, 64 bytes of ChaCha20 for 64 slots. Scores are whole numbers here,
/// so their order does not depend on the machine; the closer look computes them again.
package struct CandidateSearch: Sendable {
  /// A candidate among the best ones of a decoder.
  package struct Leader: Sendable, Equatable {
    /// The place of the candidate in the list.
    package let index: Int
    /// The score in the decoder's units, without what it is for a codeword of zeros.
    package let score: Int32
  }

  let key: FingerprintKey
  /// The number of the first block of 64 slots.
  let firstBlock: Int
  /// The steps of the biases from the first block on; 0 where nothing was read.
  let steps: [UInt8]
  /// The groups of eight slots that have terms, counted from the first block.
  let columns: [Int]
  /// For each column, slot in it and decoder, what a 1 adds.
  let weights: [Int32]
  let decoders: Int
  /// Decoders, rounded up to fours, in fours.
  let fours: Int

  /// Prepares the search.
  ///
  /// - Parameters:
  ///   - key: the fingerprint key of the title.
  ///   - biases: of a stretch that has all the slots of the terms.
  ///   - terms: those of each decoder.
  package init(key: FingerprintKey, biases: FingerprintBiases, terms: [ScoreTerms]) {
    self.key = key
    decoders = terms.count
    fours = (terms.count + 3) / 4
    let used = Set(terms.flatMap(\.slots))
    firstBlock = (used.min() ?? 0) / 64
    let origin = 64 * firstBlock
    let end = (used.max() ?? origin - 1) + 1
    var steps = [UInt8](repeating: 0, count: (end - origin + 15) / 16 * 16)
    for slot in used { steps[slot - origin] = biases.steps[slot - biases.slots.lowerBound] }
    self.steps = steps
    let columns = Set(used.map { ($0 - origin) / 8 }).sorted()
    var columnNumber: [Int: Int] = [:]
    for (number, column) in columns.enumerated() { columnNumber[column] = number }
    var weights = [Int32](repeating: 0, count: columns.count * 8 * 4 * fours)
    for (decoder, terms) in terms.enumerated() {
      let unit = Self.unit(terms)
      for (place, slot) in terms.slots.enumerated() {
        guard let column = columnNumber[(slot - origin) / 8] else { continue }
        let difference = terms.ones[place] - terms.zeros[place]
        weights[(column * 8 + slot % 8) * 4 * fours + decoder] =
          Int32((difference * unit).rounded())
      }
    }
    self.columns = columns
    self.weights = weights
  }

  /// The power of two that brings the largest sum near to 2^30.
  private static func unit(_ terms: ScoreTerms) -> Double {
    var sum = 1e-9
    for place in terms.slots.indices { sum += abs(terms.ones[place] - terms.zeros[place]) + 1e-6 }
    return Double(sign: .plus, exponent: 28 - sum.exponent, significand: 1)
  }

  /// The best candidates of each decoder.
  ///
  /// - Parameters:
  ///   - messages: the candidates.
  ///   - count: how many of the best are kept, at least 1.
  /// - Returns: for each decoder at most `count` leaders, the best first, earlier candidates before
  ///   later ones of the same score.
  package func leaders(of messages: [Message], keeping count: Int) -> [[Leader]] {
    precondition(count > 0)
    var tops = [TopScores](repeating: TopScores(count: count), count: decoders)
    guard !columns.isEmpty, decoders > 0 else { return tops.map(\.leaders) }
    let size = max(64, min(1024, (1 << 19) / columns.count))
    _ = FingerprintKey.isPrepared
    var block = CandidateBlock(search: self, size: size)
    var start = 0
    while start < messages.count {
      let end = min(start + size, messages.count)
      block.score(messages[start..<end])
      for candidate in start..<end {
        for decoder in 0..<decoders {
          tops[decoder].add(
            block.score(candidate - start, decoder: decoder), index: candidate)
        }
      }
      start = end
    }
    return tops.map(\.leaders)
  }
}

/// The best scores so far.
private struct TopScores {
  private(set) var leaders: [CandidateSearch.Leader] = []
  private let count: Int
  private var least = Int32.min

  init(count: Int) { self.count = count }

  /// Candidates come in the order of their indices, so an equal score ranks behind.
  @inline(__always)
  mutating func add(_ score: Int32, index: Int) {
    if score > least || leaders.count < count { insert(score, index: index) }
  }

  @inline(never)
  private mutating func insert(_ score: Int32, index: Int) {
    if leaders.count == count { leaders.removeLast() }
    let place = leaders.firstIndex { $0.score < score } ?? leaders.count
    leaders.insert(CandidateSearch.Leader(index: index, score: score), at: place)
    if leaders.count == count, let last = leaders.last { least = last.score }
  }
}
