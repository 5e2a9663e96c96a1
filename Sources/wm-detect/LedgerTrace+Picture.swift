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

  /// The copies that pictures and films are compared with.
  struct PictureCopies {
    /// How many titles they are of.
    let titles: Int
    /// Their messages, in the order of the ledger.
    let messages: [Message]
    /// For short messages, the first copy that has it.
    let fullOfShort: [ShortMessage: Message]
    /// Titles that may be pictures, whose copies are marked with keys of their own.
    let pictures: [(content: Handle, messages: [Message])]

    /// What may stand in a picture.
    var candidates: [ImageMessage] {
      messages.map { .full($0) } + fullOfShort.keys.map { .short($0) }
    }
  }

  /// The copies of the titles in question.
  var pictureCopies: PictureCopies {
    let copies = zip(register.contents, register.messages).filter { content, _ in
      wanted.isEmpty || wanted.contains(content)
    }
    let messages = copies.flatMap(\.1)
    return PictureCopies(
      titles: copies.count, messages: messages,
      fullOfShort: Dictionary(
        messages.map { (ShortMessage(DeliveryIdentity($0)), $0) },
        uniquingKeysWith: { first, _ in first }),
      pictures: copies.filter { isPicture($0.0) }.map { ($0.0, $0.1) })
  }

  /// Traces a picture.
  ///
  /// - Parameters:
  ///   - luma: the picture.
  ///   - marks: the messages that were read in it.
  ///   - keys: the keys.
  /// - Returns: the deliveries named, the most certain first.
  /// - Throws: what reading the ledger throws.
  func trace(_ luma: LumaPlane, _ marks: [PictureMark], keys: [MarkKey]) throws -> PictureResult {
    let copies = pictureCopies
    let candidates = copies.candidates
    let accusations = keys.map { key in
      ImageDetector(key: key, threshold: threshold / Double(2 * keys.count))
        .trace(
          luma, candidates: candidates,
          titles: copies.pictures.map { (ImageKey(key, title: "\($0.content)"), $0.messages) })
    }
    return try named(accusations, marks, of: copies, keys: keys)
  }

  /// Looks up who had the copies that a picture or a film was made of.
  ///
  /// A message that was read and the comparison with all copies have half of the chance each.
  ///
  /// - Parameters:
  ///   - accused: the copies that were recognised with each of the keys, at half of its threshold.
  ///   - marks: the messages that were read.
  ///   - copies: those in question.
  ///   - keys: the keys.
  ///   - kinds: how many kinds of marks were looked for.
  /// - Returns: the deliveries named, the most certain first.
  /// - Throws: what reading the ledger throws.
  func named(
    _ accused: [[ImageAccusation]], _ marks: [PictureMark], of copies: PictureCopies,
    keys: [MarkKey], kinds: Int = 1
  ) throws -> PictureResult {
    var result = PictureResult(head: try log.head)
    result.titles = copies.titles
    result.copies = copies.messages.count
    // Every key has its share of the chance, and each way has half of it.
    let trials = Glibc.log(Double(2 * kinds * keys.count))
    for (key, accusations) in zip(keys, accused) {
      let read = marks.filter { $0.key == key.name && $0.logBound + M_LN2 <= Glibc.log(threshold) }
      let others = read.map(\.message).filter { message in
        !accusations.contains { $0.message == message }
      }
      for message in accusations.map(\.message) + others {
        let full: Message? =
          switch message {
          case .full(let message): message
          case .short(let message): copies.fullOfShort[message]
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
}
