import CommandLineSupport
import Glibc
import ImageMark
import MarkKeys
import VideoStreams

/// What Benchmarks/film/measure cannot do with the tools themselves, on films as YUV4MPEG2 files.
///
///     measure-film trace KEY_FILE IN.y4m HEX,HEX... [N]  the copies named, of those and N made-up ones
///     measure-film wrong-keys N IN.y4m         N random keys: what is read, and who of a list is named
///     measure-film innocents KEY_FILE IN.y4m N made-up copies on at most 20 s, and their bound
///     measure-film embed-segments KEY_FILE TITLE BITS IN.y4m OUT.y4m [PSNR]
///     measure-film read-segments KEY_FILE IN.y4m [BITS [TITLE:SEGMENTS,...]]
///
/// HEX has 32 or 16 digits. BITS is a file of the digits 0 (variant A) and 1 (B), one for each segment,
/// repeated if short.
@main struct MeasureFilm {
  static func main() throws {
    let words = CommandLine.arguments
    guard words.count >= 4 else { throw Usage() }
    let start = cpu()
    switch words[1] {
    case "trace":
      guard words.count >= 5 else { throw Usage() }
      let messages = try words[4].split(separator: ",").map { try message(String($0)) }
      let others = words.count > 5 ? Int(words[5]) ?? 0 : 0
      let (_, accusations) = try look(
        words[3], [try key(file: words[2])], messages + madeUp(others, like: messages[0]))
      for one in accusations[0] {
        print(
          "payload \(one.message) bound \(one.logBound) ratio \(one.logRatio)",
          "period \(one.geometry.period) rotation \(one.geometry.rotation)")
      }
    case "wrong-keys":
      try wrongKeys(Int(words[2]) ?? 10, words[3])
    case "innocents":
      guard words.count >= 5 else { throw Usage() }
      try innocents(words[3], try key(file: words[2]), Int(words[4]) ?? 1000)
    case "embed-segments":
      guard words.count >= 7 else { throw Usage() }
      _ = try SegmentTrials(key: key(file: words[2])).embed(
        title: words[3], bits: SegmentTrials.bits(words[4]), from: words[5], to: words[6],
        psnr: words.count > 7 ? Double(words[7]) ?? 44 : 44)
    case "read-segments":
      _ = try SegmentTrials(key: key(file: words[2])).read(
        words[3], bits: words.count > 4 ? SegmentTrials.bits(words[4]) : nil,
        titles: words.count > 5 ? SegmentTrials.titles(words[5]) : [])
    default: throw Usage()
    }
    say("\(cpu() - start) s CPU")
  }

  struct Usage: Error {}

  /// Reads a film with several keys, and compares it with a list.
  static func look(
    _ path: String, _ keys: [MarkKey], _ candidates: [ImageMessage]
  ) throws -> (readings: [FilmReading], accusations: [[ImageAccusation]]) {
    let reader = try FilmReader(ByteSource(path: path))
    let format = reader.format
    let detectors = keys.map { key in
      FilmDetector(
        key: key, candidates: candidates, width: format.width, height: format.height,
        framesPerSecond: format.framesPerSecond)
    }
    let frame = FilmFrame(format)
    var readings: [FilmReading] = []
    while try reader.read(frame) {
      readings += detectors.compactMap { $0.add { frame.luma(into: $0) } }
    }
    readings += detectors.compactMap { $0.finish() }
    return (readings, detectors.map(\.accusations))
  }

  static func wrongKeys(_ count: Int, _ path: String) throws {
    let keys = (0..<count).map { number in
      var stream = PRFStream(
        key: Secret([UInt8](repeating: 7, count: 32)), domain: 98, index: UInt64(number))
      return MarkKey(name: "wrong", secret: Secret(stream.bytes(32)))
    }
    let list = madeUp(1000, like: .full(Message(high: 0, low: 0)))
    let (readings, accusations) = try look(path, keys, list)
    print("tried \(count), found \(readings.count + accusations.reduce(0) { $0 + $1.count })")
    for one in accusations.joined() { print("NAMED \(one.message) \(one.logBound)") }
    for one in readings { print("READ \(one.reading.message) \(one.reading.logBound)") }
  }

  static func innocents(_ path: String, _ key: MarkKey, _ count: Int) throws {
    let reader = try FilmReader(ByteSource(path: path))
    let format = reader.format
    // Nothing is certain at 0, so all stays gathered.
    let detector = FilmDetector(
      key: key, threshold: 0, width: format.width, height: format.height,
      framesPerSecond: format.framesPerSecond)
    let frame = FilmFrame(format)
    while try reader.read(frame), Double(reader.frameCount) / format.framesPerSecond < 19.5 {
      _ = detector.add { frame.luma(into: $0) }
    }
    let bounds = detector.innocentBounds(madeUp(count, like: .full(Message(high: 0, low: 0))))
    print("claimed  reached of \(bounds.count)")
    for power in 1..<8 {
      let reached = bounds.count { $0 <= -Double(power) / 2 * log(10.0) }
      print("10^-\(Double(power) / 2)  \(Double(reached) / Double(max(bounds.count, 1)))")
    }
  }

  /// Messages of copies that nobody has.
  static func madeUp(_ count: Int, like message: ImageMessage) -> [ImageMessage] {
    (0..<count).map { number in
      let bits = UInt64(number) &* 0x9E37_79B9_7F4A_7C15
      return message.bitCount == 128
        ? .full(Message(high: 1 << 48, low: bits)) : .short(ShortMessage(bits: bits))
    }
  }

  /// A message of 32 or 16 digits.
  static func message(_ text: String) throws -> ImageMessage {
    text.utf8.count == 32
      ? .full(try Message(hexadecimal: text)) : .short(try ShortMessage(hexadecimal: text))
  }

  static func key(file: String) throws -> MarkKey {
    try MarkKeyFile(reading: file).key
  }

  static func say(_ text: String) { _ = (text + "\n").withCString { write(2, $0, strlen($0)) } }

  /// Seconds of CPU that this process has used.
  static func cpu() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
