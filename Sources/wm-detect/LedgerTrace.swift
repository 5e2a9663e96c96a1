import AudioMark
import CommandLineSupport
import Distribution
import Glibc
import LeakTracing
import Ledger
import MarkKeys
import Masters
import Trade
import TransparencyLog

/// Whose copy it is, by what a ledger says was delivered.
final class LedgerTrace {
  /// A delivery that was named, and why.
  struct Suspect {
    let key: MarkKey
    let delivery: TracedDelivery
    let published: Published?
    /// What its fingerprint says, nil when only its message was read.
    let accusation: LeakTracer.Accusation?
    /// The message as it was read, nil when it could not be.
    let mark: RecordingMark?

    /// Natural logarithm of the bound on naming somebody innocent.
    var logBound: Double {
      min(accusation?.logarithmOfBound ?? 0, mark?.logBound ?? 0)
    }
  }

  /// All that was found in one recording.
  struct Result {
    var suspects: [Suspect] = []
    var runnerUp: LeakTracer.RunnerUp?
    /// How many copies of how many titles could be named.
    var copies = 0
    var titles = 0
    /// The ledger as it was.
    var head: TreeHead
  }

  let log: LedgerLog
  let register: CopyRegister
  let store: MasterStore?
  let wanted: [Handle]
  let threshold: Double
  private var sounds: [Handle: TitleSound?] = [:]
  /// With more titles than these in question none is read beside its master.
  private static let mostMasters = 64

  /// - Parameters:
  ///   - file: the ledger.
  ///   - store: the folder with masters, for the length and the sound of titles; nil without one.
  ///   - contents: the titles in question; all when empty.
  ///   - threshold: the largest bound that is believed.
  /// - Throws: what reading the ledger throws, or `UnknownTitle`.
  init(_ file: LedgerFile, store: MasterStore?, contents: [Handle], threshold: Double) throws {
    log = try file.reading()
    register = try CopyRegister(file, log)
    self.store = store
    wanted = contents
    self.threshold = threshold
    for content in contents where !register.contents.contains(content) {
      throw UnknownTitle(content: content)
    }
  }

  /// Traces a recording.
  ///
  /// - Parameters:
  ///   - searches: what was read with each of the keys.
  ///   - keys: the keys, in the same order.
  /// - Returns: the deliveries named, the most certain first.
  /// - Throws: what reading the ledger throws.
  func trace(_ searches: [ReadingSearch], keys: [MarkKey]) throws -> Result {
    var result = Result(head: try log.head)
    for (key, search) in zip(keys, searches) {
      let titles = try titles(key, search.certainMarks)
      result.titles = titles.count
      result.copies = titles.reduce(0) { $0 + $1.messages.count }
      let tracer = LeakTracer(
        schedule: search.schedule, threshold: threshold / Double(keys.count))
      let outcome = try trace(search, tracer, titles)
      for accusation in outcome.accusations {
        guard let delivery = try TracedDelivery.find(accusation.message, in: log.facts) else {
          continue
        }
        result.suspects.append(
          Suspect(
            key: key, delivery: delivery, published: try log.facts.title(accusation.content),
            accusation: accusation,
            mark: search.certainMarks.first { $0.message == accusation.message }))
      }
      for mark in search.certainMarks where mark.layer == .identity {
        guard !result.suspects.contains(where: { $0.delivery.marking.message == mark.message }),
          let delivery = try TracedDelivery.find(mark.message, in: log.facts),
          wanted.isEmpty || wanted.contains(delivery.marking.content)
        else { continue }
        result.suspects.append(
          Suspect(
            key: key, delivery: delivery,
            published: try log.facts.title(delivery.marking.content), accusation: nil, mark: mark))
      }
      if let other = outcome.runnerUp,
        !result.suspects.contains(where: { $0.delivery.marking.message == other.message }),
        result.runnerUp.map({ $0.logarithmOfRatio < other.logarithmOfRatio }) ?? true
      {
        result.runnerUp = other
      }
    }
    result.suspects.sort { $0.logBound < $1.logBound }
    return result
  }

  /// Compares what was read with all titles, and if that names nobody, reads it once more beside the
  /// masters that are at hand; each way has half of the chance.
  private func trace(
    _ search: ReadingSearch, _ tracer: LeakTracer, _ titles: [TracedTitle]
  ) throws -> LeakTracer.Outcome {
    let masters = titles.compactMap { title in
      sound(title.content).map { (title: title, host: $0.host) }
    }
    guard !masters.isEmpty, masters.count <= Self.mostMasters, let reader = InformedReader(search)
    else { return tracer.trace(search.readings, titles: titles) }
    let blind = tracer.trace(search.readings, titles: titles, otherTrials: 2)
    if !blind.accusations.isEmpty { return blind }
    var best = blind
    for (title, host) in masters {
      let readings = try reader.readings(beside: host)
      let outcome = tracer.trace(
        readings, titles: [title], otherTrials: 2 * Double(masters.count))
      best.accusations += outcome.accusations
      if let other = outcome.runnerUp,
        best.runnerUp.map({ $0.logarithmOfRatio < other.logarithmOfRatio }) ?? true
      {
        best.runnerUp = other
      }
    }
    let accused = best.accusations.map(\.message)
    if let other = best.runnerUp, accused.contains(other.message) { best.runnerUp = nil }
    return best
  }

  /// The titles in question: those asked for, else those that a copyright mark names, else all.
  private func titles(_ key: MarkKey, _ marks: [RecordingMark]) throws -> [TracedTitle] {
    let marked = Set(
      marks.filter { $0.layer == .copyright }.map { CopyrightInformation($0.message).content })
    var named: Set<Handle> = []
    if wanted.isEmpty, !marked.isEmpty {
      for content in register.contents {
        let isrc = try log.facts.title(content)?.isrc
        let numbers = [
          isrc.map { ContentNumber(packedISRC: $0.packed) },
          ContentNumber(hashOf: content.description),
        ]
        if numbers.contains(where: { $0.map(marked.contains) ?? false }) { named.insert(content) }
      }
    }
    return zip(register.contents, register.messages).compactMap { content, messages in
      guard wanted.isEmpty || wanted.contains(content),
        named.isEmpty || named.contains(content)
      else { return nil }
      return TracedTitle(
        content: content, key: key, symbolCount: sound(content)?.symbolCount, messages: messages)
    }
  }

  /// Whether a title may be a picture: it is one, or its master is not at hand.
  func isPicture(_ content: Handle) -> Bool {
    let files = store.flatMap { try? MasterFiles(path: $0.folder(of: content)) }
    return files.map { $0.outline.kind == .picture } ?? true
  }

  /// The sound of a title's master, nil where that is not at hand or has none of its own.
  private func sound(_ content: Handle) -> TitleSound? {
    if let known = sounds[content] { return known }
    let files = store.flatMap { try? MasterFiles(path: $0.folder(of: content)) }
    let sound = files.flatMap { files -> TitleSound? in
      switch files.outline.kind {
      case .sound: (try? Master(files)).map(TitleSound.recording)
      case .film: (try? FilmMaster(files)).flatMap(TitleSound.init)
      case .picture: nil
      }
    }
    sounds[content] = .some(sound)
    return sound
  }
}

/// What a leak's sound is compared with.
private struct TitleSound {
  /// How many symbols it has.
  let symbolCount: Int
  let host: MarkedHost

  static func recording(_ master: Master) -> TitleSound {
    TitleSound(symbolCount: master.index.symbolCount, host: MarkedHost(master))
  }

  private init(symbolCount: Int, host: MarkedHost) {
    self.symbolCount = symbolCount
    self.host = host
  }

  init?(_ film: FilmMaster) {
    guard let soundtrack = film.soundtrack, let host = MarkedHost(film) else { return nil }
    self.init(symbolCount: soundtrack.index.symbolCount, host: host)
  }
}

/// No copy of a title was ever marked.
private struct UnknownTitle: ExplainedError {
  let content: Handle

  var description: String { "the ledger has no delivery of \(quoted(content.description))" }
  var hint: String? { "ledger-report deliveries lists what was delivered" }
}
