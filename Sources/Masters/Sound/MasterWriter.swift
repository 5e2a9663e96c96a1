package import AudioMark
package import AudioStreams
import CommandLineSupport
import FingerprintCode
import Glibc
package import MarkKeys

/// Makes masters: renders a recording twice, once for each variant, both at the same time.
///
///     let writer = MasterWriter(content: "t1", key: key, copyright: message)
///     let manifest = try writer.write(AudioReader(path: "song.wav"), to: "masters/t1")
package struct MasterWriter {
  /// What the content is called in the ledger.
  package let content: String
  /// The key whose mark it carries.
  package let key: MarkKey
  /// What the copyright slots say.
  package let copyright: Message
  /// How strongly it is marked.
  package let strength: SymbolMarker.Strength
  /// Whether a recording that carries a mark of the key already is refused.
  package var refusesMarked = false

  /// Symbols in a chunk: 2.56 s.
  private static let chunkSymbols = 128

  package init(
    content: String, key: MarkKey, copyright: Message, strength: SymbolMarker.Strength = .init()
  ) {
    self.content = content
    self.key = key
    self.copyright = copyright
    self.strength = strength
  }

  /// Makes a master of a recording.
  ///
  /// - Parameters:
  ///   - reader: the recording, from its beginning.
  ///   - path: the folder that is made; it must not exist.
  ///   - encoding: how samples are stored, 8, 16 or 24 bits; nil for what FLAC would have.
  ///   - tags: instead of those of the recording.
  ///   - progress: called now and then with the frames done.
  /// - Returns: the manifest.
  /// - Throws: `MasterError`, `MarkedRecording`, `MarkingError`, `AudioError` or `SystemError`; the
  ///   folder does not exist then.
  package func write(
    _ reader: AudioReader, to path: String, encoding: SampleEncoding? = nil,
    tags: [AudioMetadata.Tag: String]? = nil, progress: (Int) -> Void = { _ in }
  ) throws -> MasterManifest {
    let encoding = encoding ?? reader.format.encoding.nearest(in: .flac)
    let format = reader.format.written(as: .wav, encoding: encoding)
    guard format.encoding.isMasterEncoding else {
      throw MasterError.encoding(path, format.encoding)
    }
    if reader.isTruncated { throw MasterError.truncated(reader.name) }
    do {
      let rendering = Rendering(
        writer: self, path: path, reader: reader, format: format, tags: tags)
      return try reader.format.encoding.needsDouble
        ? rendering.run(Double.self, chunkSymbols: Self.chunkSymbols, progress)
        : rendering.run(Float.self, chunkSymbols: Self.chunkSymbols, progress)
    } catch let fault as EncoderFault {
      throw MasterError.encoder(path, fault.reason)
    }
  }
}

/// One recording on its way into a master.
private struct Rendering {
  let writer: MasterWriter
  let path: String
  let reader: AudioReader
  let format: AudioFormat
  let tags: [AudioMetadata.Tag: String]?

  func run<Sample: RenderedSample>(
    _: Sample.Type, chunkSymbols: Int, _ progress: (Int) -> Void
  ) throws -> MasterManifest {
    let schedule = SlotSchedule(key: writer.key)
    let folder = try OutputFolder(path)
    defer { folder.discard() }
    let most = format.firstFrame(ofSymbol: chunkSymbols) + 1
    let renderers = try MarkVariant.allCases.map { variant in
      let bits = SymbolBits(variant, schedule: schedule, copyright: writer.copyright)
      let stream = MarkingStream(
        schedule: schedule, bits: bits, sampleRate: format.sampleRate,
        channelCount: format.channelCount, integerBits: format.encoding.integerBits,
        strength: writer.strength)
      return try VariantRenderer<Sample>(
        variant, stream: stream, format: format, mostFrames: most, in: folder)
    }
    let source = UnsafeMutableBufferPointer<Sample>.allocate(capacity: most * format.channelCount)
    defer { source.deallocate() }
    var index = MasterIndex(layers: schedule.layer)
    var inspection = MarkInspection(reader, key: writer.key, schedule: schedule)
    var frames = 0
    var isLast = false
    while !isLast {
      let first = index.symbolCount
      let wanted = format.firstFrame(ofSymbol: first + chunkSymbols) - frames
      let count = try Sample.read(
        reader, into: UnsafeMutableBufferPointer(rebasing: source[..<(wanted * channelCount)]))
      isLast = count < wanted
      let chunk = UnsafeBufferPointer(rebasing: source[..<(count * channelCount)])
      if writer.refusesMarked { try inspection.inspect(chunk, isLast: isLast) }
      try render(chunk, renderers, isLast: isLast)
      try compare(renderers[0].stored, renderers[1].stored, from: frames, count: count, &index)
      frames += count
      progress(frames)
    }
    if reader.isTruncated { throw MasterError.truncated(reader.name) }
    return try finish(folder, renderers, index, frames: frames)
  }

  private var channelCount: Int { format.channelCount }

  private func render<Sample>(
    _ source: UnsafeBufferPointer<Sample>, _ renderers: [VariantRenderer<Sample>], isLast: Bool
  ) throws {
    let results = ParallelResults<Void>(count: renderers.count)
    // Each piece uses its own renderer, and the source is only read.
    nonisolated(unsafe) let (source, renderers) = (source, renderers)
    inParallel(renderers.count) { piece in
      results.set(piece) { try renderers[piece].render(source, isLast: isLast) }
    }
    _ = try results.values()
  }

  /// Adds the symbols of a chunk to the index and makes sure that the variants are equal where they
  /// must be.
  private func compare(
    _ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer, from start: Int, count: Int,
    _ index: inout MasterIndex
  ) throws {
    func isEqual(_ frames: Range<Int>) -> Bool {
      let bytes = frames.lowerBound * format.frameByteCount
      guard !frames.isEmpty, let a = a.baseAddress, let b = b.baseAddress else { return true }
      return memcmp(a + bytes, b + bytes, frames.count * format.frameByteCount) == 0
    }
    while true {
      let symbol = index.symbolCount
      let first = format.firstFrame(ofSymbol: symbol) - start
      let end = format.firstFrame(ofSymbol: symbol + 1) - start
      let isShared = end > count || index.layer(ofSymbol: symbol) == .copyright
      let differs = !isEqual(first..<min(end, count))
      if differs, isShared { throw MasterError.variantsDiffer(path, symbol: symbol) }
      if end > count { break }
      index.append(differs: differs)
    }
  }

  private func finish<Sample>(
    _ folder: OutputFolder, _ renderers: [VariantRenderer<Sample>], _ final: MasterIndex,
    frames: Int
  ) throws -> MasterManifest {
    var index = final
    let (a, b) = (renderers[0].finish(), renderers[1].finish())
    index.set(frameSizes: a.frameSizes, b.frameSizes)
    var indexPart = try PartWriter(.index, in: folder)
    let bytes = index.bytes
    try bytes.withUnsafeBytes { bytes in
      try indexPart.write(bytes)
      do throws(IndexFault) { _ = try MasterIndex(parsing: bytes) } catch {
        throw MasterError.badIndex(path, error.reason)
      }
    }
    let fingerprint = FingerprintKey(key: writer.key, title: writer.content)
    let secret = try folder.create(MasterSecret.Name.fingerprintKey.rawValue, isSecret: true)
    try fingerprint.secret.withBytes { try secret.write($0) }
    let manifest = MasterManifest(
      content: writer.content, key: writer.key.name, copyright: writer.copyright,
      fingerprint: fingerprint.commitment, format: format,
      frameCount: frames, tags: tags ?? reader.metadata.tags,
      parts: a.records + b.records + [indexPart.finish()])
    try manifest.bytes.withUnsafeBytes { try folder.create(MasterOutline.fileName).write($0) }
    try folder.finish()
    return manifest
  }
}
