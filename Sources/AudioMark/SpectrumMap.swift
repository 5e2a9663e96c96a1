/// Power spectra of a stretch of audio, 300 a second: all that the detector keeps of the sound.
///
/// Lines are about 75 Hz wide whatever the sample rate. The powers of all channels are added.
package final class SpectrumMap {
  private typealias G = MarkGeometry

  /// Lines kept, up to 10.2 kHz: the highest band at a pitch raised by 12 %.
  static let lineCount = 136

  /// Width of a line, Hz.
  let lineWidth: Double
  /// Lines that lie below half the sample rate.
  let usableLines: Int
  /// Most frames it can hold.
  package let capacity: Int
  /// Frames it holds.
  package private(set) var count = 0
  /// The spectrum of frame t begins at `t * lineCount`.
  let powers: UnsafeMutablePointer<Float>

  private let channelCount: Int
  private let sampleRate: Int
  private let length: Int
  private let packs: Int
  private let transform: ComplexTransform
  private let window: UnsafeMutablePointer<Float>
  private let pending: UnsafeMutablePointer<Float>
  private let pendingCapacity: Int
  private var pendingCount = 0
  /// Sample number of the first pending sample, counted as the frames are.
  private var pendingStart = 0
  private var nextFrame = 0

  /// - Parameters:
  ///   - sampleRate: Hz.
  ///   - channelCount: interleaved channels.
  ///   - capacity: most frames to hold.
  package init(sampleRate: Int, channelCount: Int, capacity: Int) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.capacity = capacity
    length = 2 * ((sampleRate + G.hopRate / 2) / G.hopRate)
    lineWidth = Double(sampleRate) / Double(length)
    usableLines = min(Self.lineCount, length / 2)
    packs = (channelCount + 1) / 2
    transform = ComplexTransform(count: length, isInverse: false)
    window = .allocate(capacity: length)
    for i in 0..<length { window[i] = SineWindow.value(at: i, count: length) }
    powers = .allocate(capacity: capacity * Self.lineCount)
    pendingCapacity = 4 * length + 4096
    pending = .allocate(capacity: pendingCapacity * channelCount)
  }

  deinit {
    window.deallocate()
    powers.deallocate()
    pending.deallocate()
  }

  /// Whether no more frames fit.
  package var isFull: Bool { count == capacity }

  /// Drops the first frames and moves the others down, to go on with what follows.
  package func removeFirst(_ frames: Int) {
    precondition(frames <= count)
    powers.update(
      from: powers + frames * Self.lineCount, count: (count - frames) * Self.lineCount)
    count -= frames
  }

  /// Takes in samples until they are used up or the map is full.
  ///
  /// - Parameters:
  ///   - samples: interleaved.
  ///   - frames: how many samples a channel.
  /// - Returns: how many were taken.
  package func append(_ samples: UnsafePointer<Float>, frames: Int) -> Int {
    var taken = 0
    while count < capacity {
      let start = frameStart(nextFrame)
      if pendingStart + pendingCount >= start + length {
        analyse(at: start - pendingStart)
        nextFrame += 1
      } else {
        if taken == frames { break }
        discardUsed(before: start)
        let more = min(frames - taken, pendingCapacity - pendingCount)
        (pending + pendingCount * channelCount).update(
          from: samples + taken * channelCount, count: more * channelCount)
        pendingCount += more
        taken += more
      }
    }
    return taken
  }

  private func frameStart(_ frame: Int) -> Int {
    (frame * sampleRate + G.frameRate / 2) / G.frameRate
  }

  private func discardUsed(before start: Int) {
    let used = min(start - pendingStart, pendingCount)
    guard used > 0, pendingCapacity - pendingCount < length else { return }
    pending.update(
      from: pending + used * channelCount, count: (pendingCount - used) * channelCount)
    pendingCount -= used
    pendingStart += used
  }

  private func analyse(at start: Int) {
    let row = powers + count * Self.lineCount
    let n = length
    for pack in 0..<packs {
      let x = pending + start * channelCount + 2 * pack
      let input = transform.input
      if channelCount == 2 {
        let pairs = UnsafeRawPointer(x)
        for i in 0..<n {
          input[i] = pairs.loadUnaligned(fromByteOffset: 8 * i, as: SIMD2<Float>.self) * window[i]
        }
      } else if 2 * pack + 1 < channelCount {
        for i in 0..<n {
          input[i] = SIMD2(x[i * channelCount], x[i * channelCount + 1]) * window[i]
        }
      } else {
        for i in 0..<n { input[i] = SIMD2(x[i * channelCount] * window[i], 0) }
      }
      transform.execute()
      let z = transform.output
      if pack == 0 {
        row[0] = 0
        for k in 1..<usableLines {
          let a = z[k]
          let b = z[n - k]
          let p = a * a + b * b
          row[k] = p.x + p.y
        }
      } else {
        for k in 1..<usableLines {
          let a = z[k]
          let b = z[n - k]
          let p = a * a + b * b
          row[k] += p.x + p.y
        }
      }
    }
    for k in usableLines..<max(Self.lineCount, usableLines) { row[k] = 0 }
    count += 1
  }
}
