import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys
import _TestSupport

@testable import Masters

/// A folder with recordings, masters and copies, and what marks them.
struct MasterFolder {
  static let key = MarkKey(name: "studio", secret: Secret(Array(7..<39)))
  static let schedule = SlotSchedule(key: key)
  static let copyright = Message(high: 0x0102_0304_0506_0708, low: 0x1112_1314_1516_1718)
  static let identity = Message(high: 0xfedc_ba98_7654_3210, low: 0x0123_4567_89ab_cdef)

  let folder = TemporaryFolder()

  /// Writes a piece of music, of which the first 0.3 s of the second second are silent, and which
  /// does not end with a symbol.
  func recording(
    _ name: String, rate: Int, channels: Int, encoding: SampleEncoding, seconds: Double = 4.013,
    tags: [AudioMetadata.Tag: String] = [:]
  ) throws -> String {
    let music = SyntheticMusic(seconds: seconds * Double(rate) / 44100 + 1, seed: 3).samples
    let frames = Int(seconds * Double(rate))
    var samples: [Float] = []
    for frame in 0..<frames {
      let isSilent = frame >= rate && frame < rate * 13 / 10
      for channel in 0..<channels {
        samples.append(isSilent ? 0 : music[2 * frame + channel % 2] * 1.5)
      }
    }
    let path = folder.path(name)
    let writer = try AudioWriter(
      to: OutputFile(path, contents: .binary),
      format: AudioFormat(
        sampleRate: rate, channelCount: channels, container: .forOutput(option: nil, path: path),
        encoding: encoding), metadata: AudioMetadata(tags: tags))
    try samples.withUnsafeBufferPointer { try writer.write($0) }
    try writer.finish()
    return path
  }

  /// Makes the master of a recording.
  @discardableResult func master(
    _ name: String, of path: String, encoding: SampleEncoding? = nil
  ) throws -> Master {
    let writer = MasterWriter(content: "t1", key: Self.key, copyright: Self.copyright)
    _ = try writer.write(AudioReader(path: path), to: folder.path(name), encoding: encoding)
    return try Master(path: folder.path(name))
  }

  /// A codeword by chance for all of a master.
  static func codeword(_ master: Master, seed: UInt64 = 1) -> [Int8] {
    var random = SeededGenerator(seed: seed)
    return (0..<master.index.count(of: .fingerprint)).map { _ in
      Bool.random(using: &random) ? 1 : -1
    }
  }

  /// Marks a recording directly with all three layers and gives its samples.
  static func direct(
    _ path: String, codeword: [Int8], encoding: SampleEncoding
  ) throws -> [Double] {
    let reader = try AudioReader(path: path)
    let (rate, channels) = (reader.format.sampleRate, reader.format.channelCount)
    let bits = SymbolBits(
      schedule: schedule, plan: .delivery, messages: [.copyright: copyright, .identity: identity],
      fingerprint: codeword)
    let stream = MarkingStream(
      schedule: schedule, bits: bits, sampleRate: rate, channelCount: channels,
      integerBits: encoding.integerBits)
    var all: [Float] = []
    var buffer = [Float](repeating: 0, count: stream.mostFrames * channels)
    try buffer.withUnsafeMutableBufferPointer { buffer in
      guard let first = buffer.baseAddress else { return }
      while true {
        let wanted = stream.nextFrames
        let count = try reader.read(
          into: UnsafeMutableBufferPointer(rebasing: buffer[..<(wanted * channels)]))
        try stream.mark(first, frames: count)
        all += buffer[..<(count * channels)]
        if count < wanted { break }
      }
    }
    return stored(all, encoding)
  }

  /// What samples are when they have been stored and read again.
  private static func stored(_ samples: [Float], _ encoding: SampleEncoding) -> [Double] {
    let scale = Double(1 << ((encoding.integerBits ?? 16) - 1))
    return samples.map { sample in
      let value = (Double(sample) * scale).rounded(.toNearestOrEven)
      return min(max(value, -scale), scale - 1) / scale
    }
  }

  /// The samples of a file.
  static func samples(_ path: String) throws -> [Double] {
    let reader = try AudioReader(path: path)
    let size = 4096 * reader.format.channelCount
    var all: [Double] = []
    var buffer = [Double](repeating: 0, count: size)
    while case let count = try buffer.withUnsafeMutableBufferPointer({ try reader.read(into: $0) }),
      count > 0
    {
      all += buffer[..<(count * reader.format.channelCount)]
    }
    return all
  }

  /// Writes a copy and gives its path.
  func copy(
    _ name: String, of master: Master, _ choice: VariantChoice, tags: CopyTags = CopyTags()
  ) throws -> String {
    let path = folder.path(name)
    let output = try OutputFile(path, contents: .binary)
    let splicer = Splicer(master)
    if name.hasSuffix(".flac") {
      try splicer.writeFLAC(choice, tags: tags, to: output)
    } else {
      try splicer.writeWave(choice, tags: tags, to: output)
    }
    try output.finish()
    return path
  }

  /// Runs lines of shell in the folder.
  func run(_ lines: String) throws -> Subprocess {
    try Subprocess.shell(lines, folder: folder.path, seconds: 120)
  }
}
