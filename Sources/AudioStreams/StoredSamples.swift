/// Samples as WAVE files store them.
package enum StoredSamples {
  /// Encodes little-endian samples, 8-bit ones unsigned, rounded half to even and limited.
  ///
  /// - Parameters:
  ///   - samples: full scale 1.0.
  ///   - count: how many.
  ///   - encoding: any but `lossy`.
  ///   - stored: room for them, aligned to their size, and for one byte more.
  package static func encode(
    _ samples: UnsafePointer<Float>, _ count: Int, as encoding: SampleEncoding,
    into stored: UnsafeMutableRawPointer
  ) {
    AudioStreams.encode(samples, count, encoding, into: stored)
  }

  /// Encodes from `Double`; see the other function.
  package static func encode(
    _ samples: UnsafePointer<Double>, _ count: Int, as encoding: SampleEncoding,
    into stored: UnsafeMutableRawPointer
  ) {
    AudioStreams.encode(samples, count, encoding, into: stored)
  }

  /// Decodes little-endian samples, 8-bit ones unsigned.
  ///
  /// - Parameters:
  ///   - stored: aligned to their size, with a readable byte behind them.
  ///   - encoding: any but `lossy`.
  ///   - count: how many.
  ///   - samples: room for them; full scale 1.0.
  package static func decode(
    _ stored: UnsafeRawPointer, _ encoding: SampleEncoding, _ count: Int,
    into samples: UnsafeMutablePointer<Float>
  ) {
    AudioStreams.decode(stored, encoding, count, into: samples)
  }
}
