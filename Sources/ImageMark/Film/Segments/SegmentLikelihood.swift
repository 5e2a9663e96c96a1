import Glibc

/// The likelihood of what a group shows if a code word is in it, over that if nothing is.
///
/// How strong the mark is in a group is not known, so several strengths are supposed, and no mark at
/// all, and the one that explains the group best counts, with what it costs to suppose it.
enum SegmentLikelihood {
  /// Strengths of the code word, in standard deviations of its fit; the first is none.
  private static let levels: [Float] = [0, 1.5, 3, 4.5, 6.5, 9, 13, 18, 25]
  /// Logarithms of how likely the strengths are beforehand.
  private static let none: Float = log(0.2)
  private static let each: Float = log(0.1)
  /// A template's fit over a code word's, and the most it is.
  private static let templateShare: Float = 0.5
  private static let mostTemplate: Float = 5
  /// A single group speaks no more than this against anything, whatever its fit.
  static let limit: Float = 30

  /// The logarithms of likelihoods for a move, by strength, before the code word is looked at.
  static func strengths(templateFit: Float) -> [(level: Float, constant: Float)] {
    levels.map { level in
      if level == 0 { return (0, none) }
      let template = min(templateShare * level, mostTemplate)
      return (
        level, each - level * level / 2 + template * templateFit - template * template / 2
      )
    }
  }

  /// The logarithm for a code word.
  @inline(__always)
  static func logarithm(
    _ strengths: [(level: Float, constant: Float)], fit: Float
  ) -> Float {
    var best = -Float.infinity
    for (level, constant) in strengths { best = max(best, constant + level * fit) }
    return best
  }

  /// The logarithm if there is a mark of the key, or none, with a code word that is not looked for.
  static func unknown(templateFits: [Float]) -> Float {
    var sum: Float = 0
    for fit in templateFits {
      var best = none
      for level in levels where level > 0 {
        let template = min(templateShare * level, mostTemplate)
        best = max(best, each + template * fit - template * template / 2)
      }
      sum += exp(best)
    }
    return log(sum / Float(templateFits.count))
  }
}
