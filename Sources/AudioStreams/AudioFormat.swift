/// What kind of audio a stream is.
package struct AudioFormat: Sendable, Equatable {
  /// Frames a second, 8000...192000.
  package var sampleRate: Int
  /// Samples in a frame, 1...8.
  package var channelCount: Int
  /// The kind of file.
  package var container: AudioContainer
  /// How samples are stored.
  package var encoding: SampleEncoding

  /// The rates that are accepted.
  package static let sampleRates = 8000...192_000
  /// The channel counts that are accepted.
  package static let channelCounts = 1...8

  package init(
    sampleRate: Int, channelCount: Int, container: AudioContainer, encoding: SampleEncoding
  ) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.container = container
    self.encoding = encoding
  }

  /// The same audio in another container, in the nearest encoding it has unless one is named.
  package func written(
    as container: AudioContainer, encoding: SampleEncoding? = nil
  ) -> AudioFormat {
    var format = self
    format.container = container
    format.encoding = (encoding ?? self.encoding).nearest(in: container)
    return format
  }

  /// The bytes of one stored frame; 0 for a codec.
  package var frameByteCount: Int { channelCount * encoding.byteCount }

  /// Checks the limits of rate and channels.
  package func check(name: String) throws(AudioError) {
    guard Self.channelCounts.contains(channelCount) else {
      throw .channels(name, channelCount)
    }
    guard Self.sampleRates.contains(sampleRate) else { throw .sampleRate(name, sampleRate) }
  }
}

/// What must be told about samples without a header.
package struct RawFormat: Sendable, Equatable {
  /// Frames a second.
  package var sampleRate: Int
  /// Samples in a frame.
  package var channelCount: Int
  /// How samples are stored; 8-bit samples are signed.
  package var encoding: SampleEncoding
  /// Whether the most significant byte comes first.
  package var isBigEndian: Bool

  package init(
    sampleRate: Int, channelCount: Int, encoding: SampleEncoding, isBigEndian: Bool = false
  ) {
    self.sampleRate = sampleRate
    self.channelCount = channelCount
    self.encoding = encoding
    self.isBigEndian = isBigEndian
  }
}
