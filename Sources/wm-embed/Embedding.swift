import AudioMark
import AudioStreams
import CommandLineSupport
import MarkCode
import MarkKeys

/// The work of the tool: from a reader through a mark to an output.
struct Embedding {
  let reader: AudioReader
  let key: MarkKey
  let message: Message
  let mark: MarkOptions
  let isRemarkAllowed: Bool

  private var rate: Int { reader.format.sampleRate }
  private var channelCount: Int { reader.format.channelCount }

  /// Marks everything and completes the output.
  ///
  /// - Returns: what has been done.
  func run(
    to output: OutputFile, as container: AudioContainer, quality: Double?, progress: Progress
  ) throws -> EmbeddingSummary {
    if reader.isTruncated { throw EmbeddingError.truncated(reader.name) }
    let format = reader.format.written(as: container)
    var metadata = reader.metadata
    if mark.method == .lsb, format.encoding.integerBits == nil {
      throw EmbeddingError.noSampleBits(output.name, container, format.encoding)
    }
    if mark.method == .tag {
      guard container.holdsText else { throw EmbeddingError.noTags(output.name, container) }
      try checkTags(metadata)
      metadata.put(text: TagMark.text(message, key: key), removing: TagMark.removed(from:))
    }
    var job = Job(
      embedding: self, output: output, format: format, metadata: metadata, quality: quality,
      progress: progress)
    // Double where Float does not hold every sample, and for the bits of samples.
    if mark.method == .lsb {
      return try job.markBits()
    } else if mark.method == .tag {
      return try job.copy()
    } else if reader.format.encoding.needsDouble {
      return try job.markSymbols(
        Double.self, read: reader.read(into:), mark: { try $0.mark($1, frames: $2) },
        write: { try $0.write($1) })
    }
    return try job.markSymbols(
      Float.self, read: reader.read(into:), mark: { try $0.mark($1, frames: $2) },
      write: { try $0.write($1) })
  }

  /// Refuses what carries a mark that would be written over.
  fileprivate func check(_ found: [Message]) throws {
    if !isRemarkAllowed, let message = found.first {
      throw EmbeddingError.alreadyMarked(reader.name, message, key: key.name)
    }
  }

  private func checkTags(_ metadata: AudioMetadata) throws {
    let found = metadata.textPlaces.flatMap { TagMark.detect(in: $0, key: key) }
    try check(found.filter(\.isGenuine).map(\.message))
  }
}

/// The loops over a recording.
private struct Job {
  let embedding: Embedding
  let output: OutputFile
  let format: AudioFormat
  let metadata: AudioMetadata
  let quality: Double?
  var progress: Progress

  private var reader: AudioReader { embedding.reader }
  private var rate: Int { format.sampleRate }
  private var channelCount: Int { format.channelCount }

  /// The writer is made when the first frames are ready, so that bad input creates nothing.
  private func writer() throws -> AudioWriter {
    try AudioWriter(
      to: output, format: format, metadata: metadata, frameCount: reader.frameCount,
      quality: quality)
  }

  private func finish(_ writer: AudioWriter?) throws {
    guard !reader.isTruncated else { throw EmbeddingError.truncated(reader.name) }
    var last = reader.metadata
    last.wave?.before = metadata.wave?.before ?? []
    try writer?.finish(metadata: last)
  }

  /// Reads, works on and writes frames until there are no more.
  private mutating func loop<Sample: BinaryFloatingPoint>(
    _ source: inout HeldReader<Sample>, most: Int, next: () -> Int,
    work: (UnsafeMutablePointer<Sample>, Int) throws -> Void,
    write: (AudioWriter, UnsafeBufferPointer<Sample>) throws -> Void
  ) throws {
    let buffer = UnsafeMutableBufferPointer<Sample>.allocate(capacity: most * channelCount)
    defer {
      buffer.deallocate()
      progress.finish()
    }
    guard let first = buffer.baseAddress else { return }
    var writer: AudioWriter?
    var frames = 0
    let rate = self.rate
    var isAtEnd = false
    while !isAtEnd {
      let wanted = next()
      let count = try source.read(
        into: UnsafeMutableBufferPointer(rebasing: buffer[..<(wanted * channelCount)]))
      isAtEnd = count < wanted
      try work(first, count)
      if writer == nil { writer = try self.writer() }
      if let writer, count > 0 {
        try write(writer, UnsafeBufferPointer(rebasing: buffer[..<(count * channelCount)]))
      }
      frames += count
      progress.update(Double(frames), "\(frames / rate) s")
    }
    try finish(writer)
  }

  /// The watermark.
  mutating func markSymbols<Sample: BinaryFloatingPoint>(
    _: Sample.Type, read: @escaping (UnsafeMutableBufferPointer<Sample>) throws -> Int,
    mark: (MarkingStream, UnsafeMutablePointer<Sample>, Int) throws -> Void,
    write: (AudioWriter, UnsafeBufferPointer<Sample>) throws -> Void
  ) throws -> EmbeddingSummary {
    let options = embedding.mark
    let schedule = SlotSchedule(key: embedding.key)
    var source = HeldReader(channelCount: channelCount, source: read)
    if !embedding.isRemarkAllowed { try look(at: &source, schedule) }
    let layers = options.layers
    let messages = Dictionary(uniqueKeysWithValues: layers.map { ($0, embedding.message) })
    let stream = MarkingStream(
      schedule: schedule,
      bits: SymbolBits(schedule: schedule, plan: options.markPlan, messages: messages),
      sampleRate: rate, channelCount: channelCount, integerBits: format.encoding.fullScaleBits,
      strength: .init(factor: options.strength ?? 1))
    try loop(
      &source, most: stream.mostFrames, next: { stream.nextFrames },
      work: { try mark(stream, $0, $1) }, write: write)
    return EmbeddingSummary(
      embedding, frames: stream.frames,
      symbols: EmbeddingSummary.Symbols(
        stream.summary, plan: options.markPlan, layers: layers,
        period: options.markPlan.blockSymbols))
  }

  /// Looks for a mark in the first seconds.
  private func look<Sample: BinaryFloatingPoint>(
    at source: inout HeldReader<Sample>, _ schedule: SlotSchedule
  ) throws {
    let found = try source.hold(frames: MarkCheck.seconds * rate) { samples in
      if let same = samples as? UnsafeBufferPointer<Float> { return marks(in: same, schedule) }
      return samples.map { Float($0) }.withUnsafeBufferPointer { marks(in: $0, schedule) }
    }
    let options = embedding.mark
    let written = found.filter { $0.collides(with: options.layers, of: options.markPlan) }
    try embedding.check(written.map(\.message))
  }

  private func marks(
    in samples: UnsafeBufferPointer<Float>, _ schedule: SlotSchedule
  ) -> [MarkDetection] {
    guard let first = samples.baseAddress else { return [] }
    return MarkCheck.marks(
      in: first, frames: samples.count / channelCount, sampleRate: rate,
      channelCount: channelCount, key: embedding.key, schedule: schedule)
  }

  /// The lowest bits of samples.
  mutating func markBits() throws -> EmbeddingSummary {
    let bits = format.encoding.integerBits ?? 16
    let mark = SampleBitMark(key: embedding.key)
    let writer = SampleBitWriter(
      mark: mark, message: embedding.message, integerBits: bits, channelCount: channelCount)
    var source = HeldReader<Double>(channelCount: channelCount, source: reader.read(into:))
    if !embedding.isRemarkAllowed {
      let search = SampleBitReader(
        mark: mark, integerBits: bits, channelCount: channelCount, logThreshold: -13.8)
      try source.hold(frames: 32 * SampleBitMark.blockFrames) { samples in
        if let first = samples.baseAddress {
          search.append(first, frames: samples.count / channelCount)
        }
      }
      search.finish()
      try embedding.check(search.detections.map(\.message))
    }
    let rate = self.rate
    try loop(
      &source, most: SampleBitMark.blockFrames, next: { SampleBitMark.blockFrames },
      work: { try writer.mark($0, frames: $1, sampleRate: rate) }, write: { try $0.write($1) })
    return EmbeddingSummary(
      embedding, frames: writer.frames, blocks: writer.frames / SampleBitMark.blockFrames)
  }

  /// Nothing but the tag changes.
  mutating func copy() throws -> EmbeddingSummary {
    var source = HeldReader<Double>(channelCount: channelCount, source: reader.read(into:))
    var frames = 0
    try loop(
      &source, most: 4096, next: { 4096 }, work: { frames += $1 }, write: { try $0.write($1) })
    return EmbeddingSummary(embedding, frames: frames)
  }
}

extension SampleEncoding {
  /// The width of samples whose full scale is to be kept; decoders of lossy files give 16 bits.
  fileprivate var fullScaleBits: Int? { self == .lossy ? 16 : integerBits }
}

extension MarkPlan {
  /// The symbols after which a layer's message has been written whole.
  fileprivate var blockSymbols: Int {
    switch self {
    case .direct: MessageCode(outputs: 12).codedBits / MarkGeometry.groupCount
    case .delivery: MarkGeometry.period
    }
  }
}

/// Why audio is not marked.
enum EmbeddingError: ExplainedError {
  case truncated(String)
  case alreadyMarked(String, Message, key: String)
  case noSampleBits(String, AudioContainer, SampleEncoding)
  case noTags(String, AudioContainer)

  var description: String {
    switch self {
    case .truncated(let name): "\(quoted(name)) is cut short"
    case .alreadyMarked(let name, let message, let key):
      "\(quoted(name)) already carries the message \(message) of the key \(quoted(key))"
    case .noSampleBits(let name, let container, let encoding):
      "\(quoted(name)): --method lsb needs integer samples, and \(container.rawValue) here has "
        + (encoding.isFloat ? "floating-point ones" : "none")
    case .noTags(let name, let container):
      "\(quoted(name)): --method tag has no place in \(container.rawValue)"
    }
  }

  var hint: String? {
    switch self {
    case .truncated: "repair it first, for instance with ffmpeg -i IN -c copy OUT"
    case .alreadyMarked: "--remark writes a second mark over it, after which neither may be found"
    case .noSampleBits: "write flac, or make the input an integer format first"
    case .noTags: "choose another format, such as wav or flac"
    }
  }
}
