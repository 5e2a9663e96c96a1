import MarkCode
package import MarkKeys

/// Where a message stands in the lowest bits of integer samples; `docs/sample-bit-mark.md` has the
/// exact rules.
///
/// A block of 2048 frames has 1520 places in a keyed order, ten for each of the 152 bits of message
/// and CRC, each whitened with a keyed bit of its own. Blocks repeat, alike in every channel. It
/// lives as long as every sample does, and not through any codec, change of level or resampling.
package struct SampleBitMark: Sendable {
  /// Frames of a block.
  package static let blockFrames = 2048
  /// How often a block has each bit.
  static let copies = 10
  /// Places of a block that carry something.
  static let placeCount = copies * MessageCode.informationBits
  /// Frames of zeros from which on they are left alone.
  static let shortestSilence = 16

  /// For each place, the frame of the block; place p carries information bit p modulo 152.
  let frameOfPlace: [Int]
  /// For each place, the bit that is added to what it carries.
  let maskOfPlace: [UInt8]

  /// Derives places and masks of a key.
  package init(key: MarkKey) {
    var stream = PRFStream(key: key.subKey(.code), domain: 2, index: 0)
    frameOfPlace = Array(stream.permutation(Self.blockFrames).prefix(Self.placeCount))
    maskOfPlace = (0..<Self.placeCount).map { _ in UInt8(stream.next(below: 2)) }
  }

  /// The bit of every frame of a block, nil where none is written.
  func bits(of message: Message) -> [UInt8?] {
    let information = Information(high: message.high, low: message.low)
    var bits = [UInt8?](repeating: nil, count: Self.blockFrames)
    for place in 0..<Self.placeCount {
      bits[frameOfPlace[place]] =
        information[place % MessageCode.informationBits] ^ maskOfPlace[place]
    }
    return bits
  }

  /// Calls the body for every frame that is not part of digital silence.
  @inline(__always)
  static func eachSoundingFrame(
    _ samples: UnsafePointer<Double>, frames: Int, channelCount: Int, _ body: (Int) -> Void
  ) {
    var frame = 0
    while frame < frames {
      var end = frame
      while end < frames, isZero(samples + end * channelCount, channelCount) { end += 1 }
      if end - frame < shortestSilence { for quiet in frame..<end { body(quiet) } }
      if end < frames { body(end) }
      frame = end + 1
    }
  }

  private static func isZero(_ frame: UnsafePointer<Double>, _ channelCount: Int) -> Bool {
    for channel in 0..<channelCount where frame[channel] != 0 { return false }
    return true
  }
}

/// Writes the message into the lowest bits.
package final class SampleBitWriter {
  /// Frames seen so far; the first one begins a block.
  package private(set) var frames = 0
  /// Frames left alone as digital silence.
  package private(set) var silentFrames = 0
  private let bits: [UInt8?]
  private let scale: Double
  private let channelCount: Int

  /// - Parameters:
  ///   - mark: of the key.
  ///   - message: what to write.
  ///   - integerBits: the width of the samples as written, 8...32.
  ///   - channelCount: interleaved channels.
  package init(mark: SampleBitMark, message: Message, integerBits: Int, channelCount: Int) {
    bits = mark.bits(of: message)
    scale = Double(1 << (integerBits - 1))
    self.channelCount = channelCount
  }

  /// Marks frames in place: a whole block, or fewer at the end of the recording.
  ///
  /// - Throws: `MarkingError`.
  package func mark(_ samples: UnsafeMutablePointer<Double>, frames count: Int, sampleRate: Int)
    throws
  {
    precondition(count <= SampleBitMark.blockFrames)
    if frames == 0, count < SampleBitMark.blockFrames {
      throw MarkingError.tooShort(
        frames: count, least: SampleBitMark.blockFrames, sampleRate: sampleRate)
    }
    for i in 0..<count * channelCount where !(abs(samples[i]) <= 1e9) {
      throw MarkingError.notASample(
        value: Float(samples[i]), channel: i % channelCount + 1,
        seconds: Double(frames + i / channelCount) / Double(sampleRate))
    }
    var sounding = 0
    SampleBitMark.eachSoundingFrame(
      UnsafePointer(samples), frames: count, channelCount: channelCount
    ) { frame in
      sounding += 1
      guard let bit = bits[frame] else { return }
      for i in frame * channelCount..<(frame + 1) * channelCount {
        let value = (samples[i] * scale).rounded(.toNearestOrEven)
        let level = Int64(min(max(value, -scale), scale - 1))
        samples[i] = Double(level & ~1 | Int64(bit)) / scale
      }
    }
    silentFrames += count - sounding
    frames += count
  }
}

/// Reads messages from the lowest bits, wherever the recording was cut.
///
/// For audio without the mark the masks are fair coins whatever the samples are, so that
/// `FalsePositiveBound` holds: over all messages, the 2048 places at which a block may begin, and
/// the stretches looked at, some message is reported with a probability of at most `bound`.
package final class SampleBitReader {
  /// A stretch that carries a message.
  package struct Detection: Sendable {
    package var message: Message
    /// The frames that were looked at, in stretches of 262144.
    package var frames: Range<Int>
    /// The part of all places that agree with the message, 0...1.
    package var agreement: Double
    /// Natural logarithm of the bound on a detection by chance.
    package var logBound: Double
  }

  /// What was found in the stretches that are complete.
  package private(set) var detections: [Detection] = []

  private static let stretchFrames = 128 * SampleBitMark.blockFrames
  private let mark: SampleBitMark
  private let scale: Double
  private let channelCount: Int
  private let logThreshold: Double
  private var balance = [Float](repeating: 0, count: SampleBitMark.blockFrames)
  private var frames = 0
  private var stretchStart = 0
  private var attempts = 0

  /// - Parameters:
  ///   - mark: of the key.
  ///   - integerBits: the width of the samples as stored.
  ///   - channelCount: interleaved channels.
  ///   - logThreshold: natural logarithm of the largest bound that counts as a detection.
  package init(mark: SampleBitMark, integerBits: Int, channelCount: Int, logThreshold: Double) {
    self.mark = mark
    scale = Double(1 << (integerBits - 1))
    self.channelCount = channelCount
    self.logThreshold = logThreshold
  }

  /// Takes in any number of frames.
  package func append(_ samples: UnsafePointer<Double>, frames count: Int) {
    var done = 0
    while done < count {
      let part = min(count - done, stretchStart + Self.stretchFrames - frames)
      let first = samples + done * channelCount
      SampleBitMark.eachSoundingFrame(first, frames: part, channelCount: channelCount) { frame in
        let place = (frames + frame) % SampleBitMark.blockFrames
        for channel in 0..<channelCount {
          let value = first[frame * channelCount + channel] * scale
          guard abs(value) <= scale else { continue }
          balance[place] += Int64(value) & 1 == 0 ? 1 : -1
        }
      }
      frames += part
      done += part
      if frames == stretchStart + Self.stretchFrames { finishStretch() }
    }
  }

  /// Looks at what is left; nothing more can be appended.
  package func finish() {
    if frames > stretchStart { finishStretch() }
  }

  private func finishStretch() {
    for start in 0..<SampleBitMark.blockFrames { look(at: start) }
    for index in balance.indices { balance[index] = 0 }
    stretchStart = frames
  }

  /// Reads a block that begins `start` frames behind the beginning of the blocks counted here.
  private func look(at start: Int) {
    attempts += 1
    var sums = [Float](repeating: 0, count: MessageCode.informationBits)
    var bit = 0
    for place in 0..<SampleBitMark.placeCount {
      let value = balance[(start + mark.frameOfPlace[place]) % SampleBitMark.blockFrames]
      sums[bit] += mark.maskOfPlace[place] == 0 ? value : -value
      bit = bit == MessageCode.informationBits - 1 ? 0 : bit + 1
    }
    var words: (high: UInt64, low: UInt64, check: UInt32) = (0, 0, 0)
    for bit in 0..<MessageCode.informationBits where sums[bit] < 0 {
      if bit < 64 {
        words.high |= 1 << UInt64(63 - bit)
      } else if bit < 128 {
        words.low |= 1 << UInt64(127 - bit)
      } else {
        words.check |= 1 << UInt32(151 - bit)
      }
    }
    let information = Information(high: words.high, low: words.low, check: words.check)
    guard information.isConsistent else { return }
    report(start: start, information)
  }

  private func report(start: Int, _ information: Information) {
    var soft: [Float] = []
    var correlation = 0.0
    var agreeing = 0
    var counted = 0
    for place in 0..<SampleBitMark.placeCount {
      let value = balance[(start + mark.frameOfPlace[place]) % SampleBitMark.blockFrames]
      let bit = information[place % MessageCode.informationBits] ^ mark.maskOfPlace[place]
      let signed = bit == 0 ? value : -value
      soft.append(value)
      correlation += Double(signed)
      if value != 0 { counted += 1 }
      if signed > 0 { agreeing += 1 }
    }
    let one = soft.withUnsafeBufferPointer {
      FalsePositiveBound.logarithm(soft: $0, correlation: correlation)
    }
    let bound = FalsePositiveBound.overMessages(logarithm: one, attempts: attempts)
    guard bound < logThreshold else { return }
    detections.append(
      Detection(
        message: Message(high: information.high, low: information.low),
        frames: stretchStart..<frames, agreement: Double(agreeing) / Double(max(counted, 1)),
        logBound: bound))
  }
}
