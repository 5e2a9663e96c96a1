import AudioMark
import AudioStreams
import CommandLineSupport
import FingerprintCode
import Glibc
import LeakTracing
import Ledger
import MarkKeys
import Masters

/// Makes masters and copies of them, and traces leaks among very many made-up deliveries.
///
///     measure-tracing master KEY RECORDING FOLDER
///     measure-tracing copy KEY MASTER SERIAL OUT.wav
///     measure-tracing trace KEY MASTER COPIES LEAK...
///     measure-tracing innocents KEY MASTER TRIALS LEAK...
///     measure-tracing beside KEY MASTER TRIALS LEAK...
///     measure-tracing strangers KEY MASTER TRIALS RECORDING...
///     measure-tracing films KEY TRIALS COPIES [UNREAD WRONG]
///
/// `innocents` compares leaks with a thousand copies that they were not made of, of the same title
/// and of others in turn; `beside` does so with leaks of copies of MASTER that are read beside it;
/// `strangers` looks for marks of random keys in five seconds of recordings. All print how often
/// somebody was accused at thresholds that are far too high, and at 1e-6. `films` makes readings of
/// a film's segments up, for more and more minutes and copies mixed.
/// Copy number n has a made-up user and serial n. For each leak `trace` prints the file, the serials
/// named with the logarithms (to 10) of their bounds, and seconds of CPU.
@main struct MeasureTracing {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count >= 5 else { throw Usage() }
    let key = try MarkKeyFile(reading: words[2]).key
    switch words[1] {
    case "master":
      _ = try MasterWriter(content: "t1", key: key, copyright: Message(high: 7, low: 7))
        .write(AudioReader(path: words[3]), to: words[4])
    case "copy":
      guard words.count == 6, let serial = Int(words[4]) else { throw Usage() }
      try copy(Master(path: words[3]), serial: serial, to: words[5])
    case "trace":
      guard let count = Int(words[4]) else { throw Usage() }
      try trace(key, Master(path: words[3]), copies: count, Array(words[5...]))
    case "films":
      guard let trials = Int(words[3]), let copies = Int(words[4]) else { throw Usage() }
      try FilmTrials(
        key: key, trials: trials, copies: copies,
        unread: words.count > 5 ? Double(words[5]) ?? 0 : 0.3,
        wrong: words.count > 6 ? Double(words[6]) ?? 0 : 0.05
      ).run()
    case "innocents", "beside", "strangers":
      guard let trials = Int(words[4]) else { throw Usage() }
      try InnocentTrials(key: key, master: Master(path: words[3]), trials: trials)
        .run(
          words[1] == "beside" ? .beside : words[1] == "innocents" ? .innocents : .strangers,
          Array(words[5...]))
    default: throw Usage()
    }
  }

  struct Usage: Error {}

  static func message(_ serial: Int) -> Message {
    let user = (serial &* 2_654_435_761) % 200_000 + 1
    guard
      let identity = try? DeliveryIdentity(
        contentServer: 1, deliveryServer: 2 + serial % 3, outlet: 0, user: user, serial: serial)
    else { preconditionFailure("a serial of 32 bits") }
    return identity.message
  }

  static func copy(_ master: Master, serial: Int, to path: String) throws {
    let key = try master.fingerprintKey()
    let slots = 0..<master.index.count(of: .fingerprint)
    let codeword = FingerprintCodeword(
      key: key, message: message(serial), biases: FingerprintBiases(key: key, slots: slots))
    let output = try OutputFile(path, contents: .binary)
    try Splicer(master).writeWave(
      VariantChoice(master, identity: message(serial), codeword: codeword), to: output)
    try output.finish()
  }

  static func trace(_ key: MarkKey, _ master: Master, copies: Int, _ leaks: [String]) throws {
    let title = TracedTitle(
      content: try Handle("t1"), key: key, symbolCount: master.index.symbolCount,
      messages: (1...copies).map(message))
    for leak in leaks {
      let start = cpu()
      let search = try read(leak, key)
      let read = cpu()
      let tracer = LeakTracer(schedule: search.schedule, threshold: 1e-6)
      var outcome = tracer.trace(search.readings, titles: [title], otherTrials: 2)
      let isBlind = !outcome.accusations.isEmpty
      let traced = cpu()
      if !isBlind, let reader = InformedReader(search) {
        let readings = try reader.readings(beside: MarkedHost(master))
        let informed = tracer.trace(readings, titles: [title], otherTrials: 2)
        if !informed.accusations.isEmpty { outcome = informed }
      }
      let named = outcome.accusations.map { one in
        "\(DeliveryIdentity(one.message).serial):"
          + (decimal(one.logarithmOfBound / M_LN10, digits: 1) ?? "-")
          + ":\(one.reading.rank):\(one.identityRank ?? -1)"
      }
      let messages = search.certainMarks.map { detection in
        detection.layer == .identity ? "\(DeliveryIdentity(detection.message).serial)" : "c"
      }
      let best = search.readings.map { decimal($0.z, digits: 1) ?? "-" }.prefix(3)
      print(
        leak, "named", named.isEmpty ? "nobody" : named.joined(separator: ","), "read",
        messages.isEmpty ? "-" : messages.joined(separator: ","), "z", best.joined(separator: ","),
        "runner-up",
        outcome.runnerUp.map {
          "\(DeliveryIdentity($0.message).serial):\(Int($0.logarithmOfRatio))"
        } ?? "-",
        isBlind ? "blind" : "informed",
        "cpu", decimal(read - start, digits: 2) ?? "-", decimal(traced - read, digits: 2) ?? "-",
        decimal(cpu() - traced, digits: 2) ?? "-")
    }
  }

  /// Reads the marks of a key in a recording.
  static func read(
    _ path: String, _ key: MarkKey
  ) throws -> ReadingSearch {
    let reader = try AudioReader(path: path)
    let (channels, rate) = (reader.format.channelCount, reader.format.sampleRate)
    let search = ReadingSearch(
      key: key, threshold: 1e-6, extent: .standard, sampleRate: rate, channelCount: channels)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096 * channels)
    defer { buffer.deallocate() }
    while case let count = try reader.read(into: buffer), count > 0 {
      search.append(UnsafeBufferPointer(rebasing: buffer[..<(count * channels)]))
    }
    search.finish()
    return search
  }

  /// Seconds of CPU that this process has used.
  static func cpu() -> Double {
    var usage = rusage()
    getrusage(0, &usage)
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }
}
