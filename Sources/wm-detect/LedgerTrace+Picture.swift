import CommandLineSupport
import Glibc
import ImageMark
import LeakTracing
import Ledger
import MarkKeys
import Trade
import TransparencyLog

extension LedgerTrace {
  /// A delivery that was named as the origin of a picture, and why.
  struct PictureSuspect {
    let key: MarkKey
    let delivery: TracedDelivery
    let published: Published?
    /// How the copy's mark was recognised, nil when only its message was read.
    let accusation: ImageAccusation?
    /// The message as it was read, nil when it could not be.
    let mark: PictureMark?

    /// Natural logarithm of the bound on naming somebody innocent.
    let logBound: Double
    /// How the picture lies.
    var pose: PicturePose? { accusation.map { PicturePose($0.geometry) } ?? mark?.pose }
  }

  /// All that was found in one picture.
  struct PictureResult {
    var suspects: [PictureSuspect] = []
    /// Those named by a film's segments, and who fits these best of the others.
    var segmentSuspects: [SegmentSuspect] = []
    var runnerUp: LeakTracer.RunnerUp?
    /// How many copies of how many titles could be named.
    var copies = 0
    var titles = 0
    /// The ledger as it was.
    var head: TreeHead
  }

  /// Traces a picture or a film; of a film only by the messages that were read in it.
  ///
  /// A message that was read and the comparison with all copies have half of the chance each.
  ///
  /// - Parameters:
  ///   - luma: the picture; nil for a film.
  ///   - marks: the messages that were read in it.
  ///   - keys: the keys.
  /// - Returns: the deliveries named, the most certain first.
  /// - Throws: what reading the ledger throws.
  func trace(_ luma: LumaPlane?, _ marks: [PictureMark], keys: [MarkKey]) throws -> PictureResult {
    var result = PictureResult(head: try log.head)
    let copies = zip(register.contents, register.messages).filter { content, _ in
      wanted.isEmpty || wanted.contains(content)
    }
    result.titles = copies.count
    let messages = copies.flatMap(\.1)
    result.copies = messages.count
    let fullOfShort = Dictionary(
      messages.map { (ShortMessage(DeliveryIdentity($0)), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let candidates = messages.map { ImageMessage.full($0) } + fullOfShort.keys.map { .short($0) }
    // Every key has its share of the chance, and each way has half of it.
    let trials = Glibc.log(Double(2 * keys.count))
    for key in keys {
      let accusations =
        luma.map { luma in
          accused(by: luma, key, candidates, copies, threshold * exp(-trials))
        } ?? []
      let read = marks.filter { $0.key == key.name && $0.logBound + M_LN2 <= Glibc.log(threshold) }
      let others = read.map(\.message).filter { message in
        !accusations.contains { $0.message == message }
      }
      for message in accusations.map(\.message) + others {
        let full: Message? =
          switch message {
          case .full(let message): message
          case .short(let message): fullOfShort[message]
          }
        guard let full, let delivery = try TracedDelivery.find(full, in: log.facts),
          wanted.isEmpty || wanted.contains(delivery.marking.content)
        else { continue }
        let accusation = accusations.first { $0.message == message }
        let mark = read.first { $0.message == message }
        result.suspects.append(
          PictureSuspect(
            key: key, delivery: delivery,
            published: try log.facts.title(delivery.marking.content), accusation: accusation,
            mark: mark,
            logBound: min(
              accusation.map { $0.logBound + trials } ?? 0, mark.map { $0.logBound + M_LN2 } ?? 0)))
      }
    }
    result.suspects.sort { $0.logBound < $1.logBound }
    return result
  }

  /// The copies that a picture was certainly made from.
  ///
  /// The copies of a title are marked with its own key; which titles are sound is known where their
  /// masters are.
  private func accused(
    by luma: LumaPlane, _ key: MarkKey, _ candidates: [ImageMessage],
    _ copies: [(Handle, [Message])], _ threshold: Double
  ) -> [ImageAccusation] {
    let titles = copies.filter { isPicture($0.0) }.map { content, messages in
      (key: ImageKey(key, title: "\(content)"), messages: messages)
    }
    return ImageDetector(key: key, threshold: threshold)
      .trace(luma, candidates: candidates, titles: titles)
  }
}
