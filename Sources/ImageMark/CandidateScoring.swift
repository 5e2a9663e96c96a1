import CommandLineSupport
import Glibc
import MarkCode

/// Compares the ways a picture's tiles may lie with copies that were delivered.
struct CandidateScoring {
  /// The best alignment for a copy.
  private struct Best: Sendable {
    var correlation = -Double.infinity
    var z = -Double.infinity
    var alignment = 0
  }

  /// Copies whose correlation is less, in standard deviations, are not looked at more closely.
  private static let least = 5.0
  /// Copies that are compared in one piece of work.
  private static let pieceSize = 256

  private let code: ImageCode
  /// The soft values of each alignment.
  private let blocks: [[Float]]
  /// The roots of the sums of their squares.
  private let sizes: [Double]

  /// - Parameters:
  ///   - code: for messages of one length.
  ///   - chips: those of each alignment.
  init(code: ImageCode, chips: [[Float]]) {
    self.code = code
    blocks = chips.map { code.block($0) }
    sizes = blocks.map { block in
      block.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    }
  }

  /// What speaks for each copy.
  struct Evidence {
    let message: ImageMessage
    let alignment: Int
    let correlation: Double
    /// In standard deviations of what chance gives.
    let z: Double
    /// Part of all soft values that agrees.
    let score: Double
    /// Natural logarithm of the bound for one copy and one alignment.
    let logBound: Double
  }

  /// The copies that stand out, the clearest first.
  func evidence(_ candidates: [ImageMessage]) -> [Evidence] {
    guard !blocks.isEmpty, !candidates.isEmpty else { return [] }
    let pieces = (candidates.count + Self.pieceSize - 1) / Self.pieceSize
    let results = ParallelResults<[Best]>(count: pieces)
    inParallel(pieces) { piece in
      let range =
        piece * Self.pieceSize..<min((piece + 1) * Self.pieceSize, candidates.count)
      results.set(piece) { range.map { best(candidates[$0]) } }
    }
    // Nothing in the pieces throws.
    let all = ((try? results.values()) ?? []).flatMap { $0 }
    let standing = all.indices.filter { all[$0].z >= Self.least }
    var bounds: [Int: CodewordBound] = [:]
    return standing.sorted { all[$0].z > all[$1].z }.map { index in
      let best = all[index]
      let block = blocks[best.alignment]
      let bound = bounds[best.alignment] ?? CodewordBound(soft: block, code: code.code)
      bounds[best.alignment] = bound
      let total = block.reduce(0.0) { $0 + Double(abs($1)) }
      return Evidence(
        message: candidates[index], alignment: best.alignment, correlation: best.correlation,
        z: best.z, score: best.correlation / total,
        logBound: bound.logarithm(correlation: best.correlation))
    }
  }

  /// The sum of products; the length is a multiple of eight.
  private static func product(_ a: [Float], _ b: [Float]) -> Float {
    var sums = SIMD8<Float>.zero
    a.withUnsafeBytes { a in
      b.withUnsafeBytes { b in
        for offset in stride(from: 0, to: a.count, by: 32) {
          sums +=
            a.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
            * b.loadUnaligned(fromByteOffset: offset, as: SIMD8<Float>.self)
        }
      }
    }
    return sums.sum()
  }

  private func best(_ message: ImageMessage) -> Best {
    let signs = code.signs(message).map { Float($0) }
    var best = Best()
    for (index, block) in blocks.enumerated() where sizes[index] > 0 {
      let sum = Self.product(block, signs)
      let z = Double(sum) / sizes[index]
      if z > best.z { best = Best(correlation: Double(sum), z: z, alignment: index) }
    }
    return best
  }
}
