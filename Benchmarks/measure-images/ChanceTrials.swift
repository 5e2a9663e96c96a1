import Glibc
import ImageMark
import MarkKeys

/// How often chance alone looks like a mark.
struct ChanceTrials {
  private let paths: [String]

  init(_ paths: [String]) { self.paths = paths }

  /// Looks for marks of random keys, and compares how well a fixed message fits with its bound.
  func wrongKeys(_ trials: Range<Int>) throws {
    var found = 0
    var reached = [Int](repeating: 0, count: 8)
    var compared = 0
    for trial in trials {
      var stream = PRFStream(
        key: Secret([UInt8](repeating: 7, count: 32)), domain: 99, index: UInt64(trial))
      let key = MarkKey(name: "wrong", secret: Secret(stream.bytes(32)))
      let luma = try PortablePixmap(path: paths[trial % paths.count]).luma
      let detector = ImageDetector(key: key)
      if let reading = detector.detect(luma) {
        found += 1
        print("FOUND", paths[trial % paths.count], reading.message, reading.logBound)
      }
      let message =
        trial % 2 == 0
        ? ImageMessage.full(Message(bytes: stream.bytes(16)))
        : .short(ShortMessage(bits: UInt64(stream.nextUInt32())))
      for fit in detector.survey(luma, message: message, most: 8) {
        compared += 1
        Self.count(fit.logBound, &reached)
      }
    }
    print("tried \(trials.count), found \(found)")
    Self.table(reached, of: compared)
  }

  /// Compares pictures that are marked with a key with made-up messages.
  func innocents(_ messages: Int, key: MarkKey) throws {
    var reached = [Int](repeating: 0, count: 8)
    var compared = 0
    for (number, path) in paths.enumerated() {
      var stream = PRFStream(
        key: Secret([UInt8](repeating: 8, count: 32)), domain: 99, index: UInt64(number))
      let luma = try PortablePixmap(path: path).luma
      let made: [ImageMessage] = (0..<messages).map { serial in
        number % 2 == 0
          ? .full(Message(high: 1 << 48 | UInt64(stream.nextUInt32()), low: UInt64(serial)))
          : .short(ShortMessage(bits: 1 << 48 | UInt64(serial) << 16))
      }
      for bound in ImageDetector(key: key).innocentBounds(luma, messages: made) {
        compared += 1
        Self.count(bound, &reached)
      }
    }
    Self.table(reached, of: compared)
  }

  private static func count(_ bound: Double, _ reached: inout [Int]) {
    for power in 1..<8 where bound <= -Double(power) / 2 * log(10.0) { reached[power] += 1 }
  }

  private static func table(_ reached: [Int], of count: Int) {
    print("claimed  reached of \(count)")
    for power in 1..<8 {
      print("10^-\(Double(power) / 2)  \(Double(reached[power]) / Double(max(count, 1)))")
    }
  }
}
