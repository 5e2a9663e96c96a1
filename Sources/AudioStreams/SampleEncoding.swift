/// How a file stores its samples.
package enum SampleEncoding: String, Sendable, CaseIterable {
  /// 8-bit integers, unsigned in WAV and signed elsewhere.
  case int8
  /// 16-bit integers.
  case int16
  /// 24-bit integers in three bytes.
  case int24
  /// 32-bit integers; exact through `Double` only.
  case int32
  /// 32-bit floating point, full scale 1.0.
  case float32
  /// 64-bit floating point; exact through `Double` only.
  case float64
  /// A codec without a fixed sample width, such as Vorbis or mu-law.
  case lossy

  /// The bytes of one stored sample; 0 for a codec.
  package var byteCount: Int {
    switch self {
    case .int8: 1
    case .int16: 2
    case .int24: 3
    case .int32, .float32: 4
    case .float64: 8
    case .lossy: 0
    }
  }

  /// The bits of an integer sample, nil for other encodings.
  package var integerBits: Int? {
    switch self {
    case .int8, .int16, .int24, .int32: byteCount * 8
    case .float32, .float64, .lossy: nil
    }
  }

  /// Whether samples are floating point.
  package var isFloat: Bool { self == .float32 || self == .float64 }

  /// Whether `Float` cannot hold every sample value, so that `Double` must be used.
  package var needsDouble: Bool { self == .int32 || self == .float64 }

  /// The encoding that stands for this one in a container.
  ///
  /// A container that has the encoding keeps it. FLAC stores 32-bit and floating-point samples as 24
  /// bits. What comes from a codec becomes 16 bits. Ogg, Opus and MP3 are codecs themselves.
  package func nearest(in container: AudioContainer) -> SampleEncoding {
    switch container {
    case .ogg, .opus, .mp3: .lossy
    case .flac where self == .int32 || isFloat: .int24
    default: self == .lossy ? .int16 : self
    }
  }
}
