import CommandLineSupport
import Glibc
import MarkCode
package import MarkKeys

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
    trace(luma, [CopyList(codes: codes, messages: candidates)])
  }

  /// The same for copies of titles, whose messages are coded with their titles' keys.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - candidates: the messages of copies that belong to no title.
  ///   - titles: for each title, its key and the messages of its copies; the template of all keys is
  ///     that of this detector's.
  /// - Returns: the copies that were certainly used, the clearest first.
  package func trace(
    _ luma: LumaPlane, candidates: [ImageMessage], titles: [(key: ImageKey, messages: [Message])]
  ) -> [ImageAccusation] {
    let carriers = lattice.carriers.count
    let lists = ParallelResults<CopyList>(count: titles.count)
    inParallel(titles.count) { number in
      let (key, messages) = titles[number]
      lists.set(number) {
        CopyList(
          codes: [ImageCode(subKey: key.code, messageBits: 128, carriers: carriers)],
          messages: messages.map { .full($0) })
      }
    }
    // Nothing in the pieces throws.
    return trace(
      luma, [CopyList(codes: codes, messages: candidates)] + ((try? lists.values()) ?? []))
  }

  /// Copies that are coded in the same way.
  private struct CopyList: Sendable {
    let codes: [ImageCode]
    let messages: [ImageMessage]
  }

  private func trace(_ luma: LumaPlane, _ lists: [CopyList]) -> [ImageAccusation] {
    let search = PictureSearch(luma, lattice: lattice, leastScore: 4.5)
    var alignments: [PictureSearch.Alignment] = []
    var accusations: [ImageAccusation] = []
    search.alignments { alignment in
      alignments.append(alignment)
      if alignment.fit.score >= Self.certainScore {
        accusations = accused([alignment], search, lists)
      }
      return accusations.isEmpty && alignments.count < Self.alignmentLimit
    }
    return accusations.isEmpty ? accused(alignments, search, lists) : accusations
  }

  /// The copies that fit at one of some alignments beyond doubt.
  private func accused(
    _ alignments: [PictureSearch.Alignment], _ search: PictureSearch, _ lists: [CopyList]
  ) -> [ImageAccusation] {
    let chips = alignments.map { search.chips($0) }
    // Every copy and alignment may accuse, whether looked at or not.
    let count = lists.reduce(0) { $0 + $1.messages.count }
    let trials = log(Double(max(count, 1) * Self.alignmentLimit))
    var accusations: [ImageAccusation] = []
    for (list, code) in lists.flatMap({ list in list.codes.map { (list, $0) } }) {
      let messages = list.messages.filter { $0.bitCount == code.code.messageBits }
      if messages.isEmpty { continue }
      let scoring = CandidateScoring(code: code, chips: chips)
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
