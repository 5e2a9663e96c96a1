import Glibc
import MarkCode
import MarkKeys

/// Reads segments without knowing any: the message of a few groups that belong to one segment.
final class SegmentAnchors {
  /// A segment that is certain.
  struct Anchor {
    let segment: FilmSegment
    /// The first of the groups it was read from.
    let group: Int
    /// How many these are.
    let count: Int
    let logBound: Double
    /// Part of all soft values that agrees.
    let score: Double
  }

  /// Numbers of groups that are read together: a segment has four at the plain speed.
  private static let windows = [4, 2]
  /// A fit of all groups of a window to the template below this is not worth reading.
  private static let leastFit: Float = 3.6

  private let basis: SegmentBasis
  private let decoder: MessageDecoder
  private let threshold: Double
  /// How often it was tried in this film.
  private var tries = 0

  /// - Parameters:
  ///   - basis: of the key.
  ///   - threshold: a segment is certain when the bound on its being chance is at most this.
  init(basis: SegmentBasis, threshold: Double) {
    self.basis = basis
    self.threshold = threshold
    decoder = MessageDecoder(code: basis.code.code)
  }

  /// The segments that can be read in some groups.
  ///
  /// - Parameters:
  ///   - groups: in their order.
  ///   - range: which of them are looked at.
  /// - Returns: in the order of the groups.
  func find(in groups: [MoveStatistics], _ range: Range<Int>) -> [Anchor] {
    var found: [Anchor] = []
    for count in Self.windows {
      let count = min(count, range.count)
      guard count > 0 else { break }
      var first = range.lowerBound
      while first + count <= range.upperBound {
        if found.contains(where: { $0.group < first + count && first < $0.group + $0.count }) {
          first += 1
          continue
        }
        if let anchor = read(groups, first, count) {
          found.append(anchor)
          first += count
        } else {
          first += 1
        }
      }
    }
    return found.sorted { $0.group < $1.group }
  }

  private func read(_ groups: [MoveStatistics], _ first: Int, _ count: Int) -> Anchor? {
    var move = 0
    var best = -Float.infinity
    for number in 0..<MoveStatistics.moves {
      var fit: Float = 0
      for group in groups[first..<first + count] { fit += group.fits[number] }
      if fit > best { (move, best) = (number, fit) }
    }
    guard best >= Self.leastFit * Float(count).squareRoot() else { return nil }
    let positions = basis.code.code.codedBits
    var soft = [Float](repeating: 0, count: positions)
    for group in groups[first..<first + count] {
      for place in 0..<positions { soft[place] += group.soft[move * positions + place] }
    }
    tries += 1
    let decoded = soft.withUnsafeBufferPointer {
      decoder.decode($0, isConsistent: basis.code.isConsistent)
    }
    guard let decoded = decoded.first, case .short(let message) = basis.code.message(decoded)
    else { return nil }
    // The n-th try has 1 / n (n + 1) of the chance.
    let bound = soft.withUnsafeBufferPointer {
      FalsePositiveBound.overMessages(
        logarithm: FalsePositiveBound.logarithm(
          soft: $0, correlation: Double(decoded.correlation)),
        attempts: tries * (tries + 1), messageBits: 64)
    }
    guard bound <= log(threshold) else { return nil }
    let total = soft.reduce(0.0) { $0 + Double(abs($1)) }
    return Anchor(
      segment: FilmSegment(value: message.bits), group: first, count: count, logBound: bound,
      score: Double(decoded.correlation) / total)
  }
}
