import Glibc
import MarkCode

extension ImageDetector {
  /// Alignments that are compared with the copies, at most.
  private static let alignmentLimit = 24
  /// An alignment that fits the template this well and names somebody is not followed by others.
  private static let certainScore: Float = 9

  /// Which of the copies that were delivered a picture was made from.
  ///
  /// Reaches further than `detect`, since what was delivered is known: from less of a picture, from
  /// worse ones, and from averages of several copies, all of which are named.
  ///
  /// - Parameters:
  ///   - luma: the picture, turned, mirrored, scaled and cut in any way.
  ///   - candidates: the messages of all copies that come into question.
  /// - Returns: the copies that were certainly used, the clearest first; none when nothing is
  ///   certain.
  package func trace(_ luma: LumaPlane, candidates: [ImageMessage]) -> [ImageAccusation] {
    let search = PictureSearch(FloatMap(luma), lattice: lattice, leastScore: 4.5)
    var alignments: [PictureSearch.Alignment] = []
    var accusations: [ImageAccusation] = []
    search.alignments { alignment in
      alignments.append(alignment)
      if alignment.fit.score >= Self.certainScore {
        accusations = accused([alignment], search, candidates)
      }
      return accusations.isEmpty && alignments.count < Self.alignmentLimit
    }
    return accusations.isEmpty ? accused(alignments, search, candidates) : accusations
  }

  /// The copies that fit at one of some alignments beyond doubt.
  private func accused(
    _ alignments: [PictureSearch.Alignment], _ search: PictureSearch, _ candidates: [ImageMessage]
  ) -> [ImageAccusation] {
    let chips = alignments.map { search.chips($0) }
    // Every copy and alignment may accuse, whether looked at or not.
    let trials = log(Double(max(candidates.count, 1) * Self.alignmentLimit))
    var accusations: [ImageAccusation] = []
    for code in codes {
      let scoring = CandidateScoring(code: code, chips: chips)
      let messages = candidates.filter { $0.bitCount == code.code.messageBits }
      for evidence in scoring.evidence(messages)
      where evidence.logBound + trials <= log(threshold) {
        accusations.append(
          ImageAccusation(
            message: evidence.message, logRatio: evidence.z * evidence.z / 2,
            logBound: evidence.logBound + trials, score: evidence.score,
            geometry: search.geometry(alignments[evidence.alignment])))
      }
    }
    return accusations.sorted { $0.logBound < $1.logBound }
  }
}
