import CommandLineSupport

extension RawFormat {
  /// Parses `RATE,CHANNELS,ENCODING`, such as `44100,2,int16`.
  ///
  /// The encodings are int8, int16, int24, int32, float32 and float64; `be` behind one says that the
  /// most significant byte comes first.
  ///
  /// - Throws: `RawFormatError`, which says what is wrong.
  package init(parsing text: String) throws(RawFormatError) {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw RawFormatError(text: text, reason: "has not three parts") }
    guard let rate = Int(parts[0]), AudioFormat.sampleRates.contains(rate) else {
      throw RawFormatError(text: text, reason: "has no sample rate from 8000 to 192000")
    }
    guard let channels = Int(parts[1]), AudioFormat.channelCounts.contains(channels) else {
      throw RawFormatError(text: text, reason: "has no count of channels from 1 to 8")
    }
    let isBigEndian = parts[2].hasSuffix("be")
    let name = isBigEndian ? parts[2].dropLast(2) : parts[2]
    guard let encoding = SampleEncoding(rawValue: String(name)), encoding != .lossy else {
      throw RawFormatError(text: text, reason: "has no known encoding")
    }
    self.init(
      sampleRate: rate, channelCount: channels, encoding: encoding, isBigEndian: isBigEndian)
  }
}

/// A text does not describe samples without a header.
package struct RawFormatError: ExplainedError {
  let text: String
  let reason: String

  package var description: String { "the raw format \(quoted(text)) \(reason)" }
  package var hint: String? {
    "write RATE,CHANNELS,ENCODING, such as 44100,2,int16; encodings are "
      + SampleEncoding.allCases.filter { $0 != .lossy }.map(\.rawValue).joined(separator: ", ")
  }
}
