import CommandLineSupport

/// Everything in a WAVE file up to its first sample.
///
/// RIFF with any chunks, RF64 and BW64 with `ds64` (EBU Tech 3306). Sizes that a program writing to
/// a pipe could not know are recognised: 0, 0xFFFFFF00 and above, sox's 0x7FFFF000 rounded down to
/// frames, and an empty `ds64`.
struct WaveHeader {
  /// The format; the container is `wav` or `rf64`.
  var format: AudioFormat
  /// The chunks before the samples without `ds64`.
  var chunks: [WaveChunks.Chunk]
  /// The bytes of samples as announced, nil when unknown.
  var dataByteCount: Int64?
  /// The bytes that the RIFF size announces behind samples and padding.
  var announcedAfter: Int64

  /// The most bytes of chunks that are kept on one side of the samples.
  static let largestChunks = 64 << 20

  /// Parses the header; the source then stands at the first sample.
  ///
  /// - Returns: nil when the samples are coded in a way that libsndfile must decode.
  init?(parsing source: ByteSource) throws {
    let name = source.name
    let start = try source.bytes(12)
    guard start.count == 12 else { throw AudioError.cutInHeader(name) }
    let is64 = !start.starts(with: "RIFF".utf8)
    let riffSize = Int64(Self.number(start, 4, UInt32.self))
    var sizes64: (riff: UInt64, data: UInt64)?
    var layout: Layout?
    chunks = []
    var kept = 0
    while true {
      let head = try source.bytes(8)
      guard head.count == 8 else {
        if head.isEmpty, layout != nil { throw AudioError.noSamples(name) }
        throw AudioError.cutInHeader(name)
      }
      let identifier = Array(head[..<4])
      let size = Int(Self.number(head, 4, UInt32.self))
      if identifier.elementsEqual("data".utf8) {
        guard let layout else {
          throw AudioError.badHeader(name, "the data chunk comes before the fmt chunk")
        }
        guard let format = layout.format(is64 ? .rf64 : .wav) else { return nil }
        self.format = format
        try format.check(name: name)
        guard layout.frameByteCount == format.frameByteCount else {
          throw AudioError.badHeader(
            name,
            "frames of \(layout.frameByteCount) bytes do not fit \(layout.channelCount) "
              + "channels of \(layout.bits) bits")
        }
        let end: Int64
        (dataByteCount, end) = Self.dataSize(
          size, riffSize: riffSize, sizes64: is64 ? sizes64 : nil, is64: is64,
          position: source.position, frame: format.frameByteCount)
        let used = source.position + (dataByteCount.map { $0 + $0 % 2 } ?? 0)
        announcedAfter = dataByteCount == nil ? 0 : max(end - used, 0)
        return
      }
      kept += size
      guard kept <= Self.largestChunks else {
        throw AudioError.badHeader(
          name, "the chunk \(Self.text(identifier)) claims \(size) bytes")
      }
      let bytes = try source.bytes(size)
      guard bytes.count == size else { throw AudioError.cutInHeader(name) }
      if size % 2 == 1 { _ = try source.bytes(1) }
      switch Self.text(identifier) {
      case "'ds64'" where is64 && sizes64 == nil:
        guard size >= 24 else { throw AudioError.badHeader(name, "the ds64 chunk is too short") }
        sizes64 = (Self.number(bytes, 0, UInt64.self), Self.number(bytes, 8, UInt64.self))
        continue
      case "'fmt '":
        guard layout == nil else { throw AudioError.badHeader(name, "there are two fmt chunks") }
        guard let parsed = Layout(bytes) else {
          throw AudioError.badHeader(name, "the fmt chunk is too short")
        }
        layout = parsed
      default: break
      }
      chunks.append(WaveChunks.Chunk(identifier: identifier, bytes: bytes))
    }
  }

  /// The size of the samples, and where the RIFF ends.
  private static func dataSize(
    _ size: Int, riffSize: Int64, sizes64: (riff: UInt64, data: UInt64)?, is64: Bool,
    position: Int64, frame: Int
  ) -> (data: Int64?, end: Int64) {
    if is64, size == 0xFFFF_FFFF {
      let largest = UInt64(Int64.max) - 1 << 20
      guard let sizes64, sizes64.data > 0, sizes64.data < largest else { return (nil, 0) }
      return (Int64(sizes64.data), Int64(min(sizes64.riff, largest)) + 8)
    }
    let end = riffSize >= 0xFFFF_FF00 ? 0 : riffSize + 8
    if size >= 0xFFFF_FF00 || size == 0x7FFF_F000 / frame * frame { return (nil, 0) }
    // Nothing announced and nothing said to follow: the sizes were never filled in.
    if size == 0, end <= position { return (nil, 0) }
    return (Int64(size), end)
  }

  private static func text(_ identifier: [UInt8]) -> String {
    let isPrintable = identifier.allSatisfy { (0x20..<0x7F).contains($0) }
    return "'" + (isPrintable ? String(decoding: identifier, as: UTF8.self) : "????") + "'"
  }

  fileprivate static func number<Value: FixedWidthInteger>(
    _ bytes: [UInt8], _ offset: Int, _: Value.Type
  ) -> Value {
    var value: Value = 0
    for index in 0..<Value.bitWidth / 8 {
      value |= Value(truncatingIfNeeded: bytes[offset + index]) << Value(8 * index)
    }
    return value
  }
}

/// The contents of a `fmt ` chunk.
private struct Layout {
  let tag: UInt16
  let channelCount: Int
  let sampleRate: Int
  let frameByteCount: Int
  let bits: Int

  /// The 14 bytes behind the format tag in the sub-format of WAVE_FORMAT_EXTENSIBLE.
  private static let extensibleTail: [UInt8] = [
    0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71,
  ]

  init?(_ bytes: [UInt8]) {
    guard bytes.count >= 16 else { return nil }
    let plain = WaveHeader.number(bytes, 0, UInt16.self)
    channelCount = Int(WaveHeader.number(bytes, 2, UInt16.self))
    sampleRate = Int(WaveHeader.number(bytes, 4, UInt32.self))
    frameByteCount = Int(WaveHeader.number(bytes, 12, UInt16.self))
    bits = Int(WaveHeader.number(bytes, 14, UInt16.self))
    let isExtensible =
      plain == 0xFFFE && bytes.count >= 40
      && bytes[26..<40].elementsEqual(Self.extensibleTail)
    tag = isExtensible ? WaveHeader.number(bytes, 24, UInt16.self) : plain
  }

  /// The format, or nil for codecs.
  ///
  /// Integers of odd widths stand at the top of whole bytes and are read as if they filled them.
  func format(_ container: AudioContainer) -> AudioFormat? {
    let encoding: SampleEncoding
    switch (tag, (bits + 7) / 8) {
    case (1, 1): encoding = .int8
    case (1, 2): encoding = .int16
    case (1, 3): encoding = .int24
    case (1, 4): encoding = .int32
    case (3, 4): encoding = .float32
    case (3, 8): encoding = .float64
    default: return nil
    }
    return AudioFormat(
      sampleRate: sampleRate, channelCount: channelCount, container: container, encoding: encoding)
  }
}
