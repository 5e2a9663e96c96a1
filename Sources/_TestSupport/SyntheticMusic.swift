import Glibc

/// Notes, drums and a little noise, for tests that need something like music.
///
/// The same seed gives the same samples.
package struct SyntheticMusic {
  /// Interleaved, two channels.
  package let samples: [Float]
  package let sampleRate = 44100

  /// - Parameters:
  ///   - seconds: how long it plays.
  ///   - seed: which piece it is.
  package init(seconds: Double, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let frames = Int(seconds * 44100)
    var samples = [Float](repeating: 0, count: 2 * frames)
    samples.withUnsafeMutableBufferPointer { buffer in
      var beat = 0
      while beat < frames {
        // A chord of three notes out of a minor scale, each with its overtones.
        for voice in 0..<3 {
          let scale = [0, 2, 3, 5, 7, 8, 10]
          let step = scale[Int.random(in: 0..<7, using: &random)] + 12 * voice
          let pitch = 110 * pow(2, Double(step) / 12)
          let pan = Float.random(in: 0.2...0.8, using: &random)
          for overtone in 1...8 where pitch * Double(overtone) < 16000 {
            let level = 0.12 / Float(overtone) * Float.random(in: 0.5...1, using: &random)
            Self.ring(
              buffer, at: beat, frequency: pitch * Double(overtone), decay: 0.6 / Double(overtone),
              left: level * pan, right: level * (1 - pan))
          }
        }
        Self.burst(
          buffer, at: beat, decay: Double.random(in: 0.02...0.08, using: &random), level: 0.15,
          random: &random)
        beat += Int(Double.random(in: 0.2...0.3, using: &random) * 44100)
      }
      for index in buffer.indices { buffer[index] += Self.noise(&random) * 0.002 }
    }
    self.samples = samples
  }

  /// A WAVE file of 16-bit samples.
  package var wave: [UInt8] {
    func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
      withUnsafeBytes(of: value.littleEndian, Array.init)
    }
    let data = samples.flatMap { bytes(Int16(max(-32767, min(32767, ($0 * 32767).rounded())))) }
    return Array("RIFF".utf8) + bytes(UInt32(36 + data.count)) + Array("WAVEfmt ".utf8)
      + bytes(UInt32(16)) + bytes(UInt16(1)) + bytes(UInt16(2)) + bytes(UInt32(sampleRate))
      + bytes(UInt32(sampleRate * 4)) + bytes(UInt16(4)) + bytes(UInt16(16))
      + Array("data".utf8) + bytes(UInt32(data.count)) + data
  }

  /// Adds a decaying sine, by the recurrence y(n) = 2 r cos(w) y(n-1) - r^2 y(n-2).
  private static func ring(
    _ buffer: UnsafeMutableBufferPointer<Float>, at start: Int, frequency: Double, decay: Double,
    left: Float, right: Float
  ) {
    let w = 2 * Double.pi * frequency / 44100
    let r = exp(-1 / (decay * 44100))
    let a = Float(2 * r * cos(w))
    let b = Float(-r * r)
    var y1 = Float(sin(w))
    var y2: Float = 0
    let end = min(start + Int(4 * decay * 44100), buffer.count / 2)
    for frame in start..<max(end, start) {
      buffer[2 * frame] += left * y1
      buffer[2 * frame + 1] += right * y1
      (y1, y2) = (a * y1 + b * y2, y1)
    }
  }

  /// Adds a drum: noise that decays.
  private static func burst(
    _ buffer: UnsafeMutableBufferPointer<Float>, at start: Int, decay: Double, level: Float,
    random: inout SeededGenerator
  ) {
    let r = Float(exp(-1 / (decay * 44100)))
    var gain = level
    let end = min(start + Int(4 * decay * 44100), buffer.count / 2)
    for frame in start..<max(end, start) {
      let value = noise(&random) * gain
      buffer[2 * frame] += value
      buffer[2 * frame + 1] += value
      gain *= r
    }
  }

  /// A number from -1 to 1.
  private static func noise(_ random: inout SeededGenerator) -> Float {
    Float(Int32(truncatingIfNeeded: random.next())) * 0x1p-31
  }
}
