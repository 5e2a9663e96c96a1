import AudioMark
import AudioStreams
import CommandLineSupport
import Glibc
import MarkKeys

/// Renders a recording twice, once for each variant, both at the same time, into parts of a master.
struct SoundRendering {
  /// The key whose mark it carries.
  let key: MarkKey
  /// What the copyright slots say.
  let copyright: Message
  /// How strongly it is marked.
  var strength = SymbolMarker.Strength()
  /// Whether a recording that carries a mark of the key already is refused.
  var refusesMarked = false
  /// Whether the samples themselves are kept, beside the FLAC frames.
  var keepsSamples = true
  /// The part that says what each symbol is.
  var indexPart = MasterPart.index

  /// What was rendered.
  struct Rendered {
    /// In the order of their names.
    let parts: [PartRecord]
    let index: MasterIndex
    let frameCount: Int
  }

  /// Symbols in a chunk: 2.56 s.
  private static let chunkSymbols = 128

  /// Renders a recording.
  ///
  /// - Parameters:
  ///   - reader: the recording, from its beginning.
  ///   - format: what is stored.
  ///   - folder: where the parts go.
  ///   - path: of the master, for messages.
  ///   - progress: called now and then with the frames done.
  /// - Returns: what the manifest says of it.
  /// - Throws: `MasterError`, `MarkedRecording`, `MarkingError`, `AudioError` or `SystemError`.
  func render(
    _ reader: AudioReader, as format: AudioFormat, in folder: OutputFolder, _ path: String,
    progress: (Int) -> Void
  ) throws -> Rendered {
    let run = RenderingRun(
      rendering: self, path: path, reader: reader, format: format, folder: folder)
    do {
      return try reader.format.encoding.needsDouble
        ? run.run(Double.self, chunkSymbols: Self.chunkSymbols, progress)
        : run.run(Float.self, chunkSymbols: Self.chunkSymbols, progress)
    } catch let fault as EncoderFault {
      throw MasterError.encoder(path, fault.reason)
    }
  }
}

/// One recording on its way into a master.
private struct RenderingRun {
  let rendering: SoundRendering
  let path: String
  let reader: AudioReader
  let format: AudioFormat
  let folder: OutputFolder

  func run<Sample: RenderedSample>(
    _: Sample.Type, chunkSymbols: Int, _ progress: (Int) -> Void
  ) throws -> SoundRendering.Rendered {
    let schedule = SlotSchedule(key: rendering.key)
    let most = format.firstFrame(ofSymbol: chunkSymbols) + 1
    let renderers = try MarkVariant.allCases.map { variant in
      let bits = SymbolBits(variant, schedule: schedule, copyright: rendering.copyright)
      let stream = MarkingStream(
        schedule: schedule, bits: bits, sampleRate: format.sampleRate,
        channelCount: format.channelCount, integerBits: format.encoding.integerBits,
        strength: rendering.strength)
      return try VariantRenderer<Sample>(
        variant, stream: stream, format: format, mostFrames: most,
        keepsSamples: rendering.keepsSamples, in: folder)
    }
    let source = UnsafeMutableBufferPointer<Sample>.allocate(capacity: most * format.channelCount)
    defer { source.deallocate() }
    var index = MasterIndex(layers: schedule.layer)
    var inspection = MarkInspection(reader, key: rendering.key, schedule: schedule)
    var frames = 0
    var isLast = false
    while !isLast {
      let first = index.symbolCount
      let wanted = format.firstFrame(ofSymbol: first + chunkSymbols) - frames
      let count = try Sample.read(
        reader, into: UnsafeMutableBufferPointer(rebasing: source[..<(wanted * channelCount)]))
      isLast = count < wanted
      let chunk = UnsafeBufferPointer(rebasing: source[..<(count * channelCount)])
      if rendering.refusesMarked { try inspection.inspect(chunk, isLast: isLast) }
      try render(chunk, renderers, isLast: isLast)
      try compare(renderers[0].stored, renderers[1].stored, from: frames, count: count, &index)
      frames += count
      progress(frames)
    }
    if reader.isTruncated { throw MasterError.truncated(reader.name) }
    return try finish(renderers, index, frames: frames)
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
    _ renderers: [VariantRenderer<Sample>], _ final: MasterIndex, frames: Int
  ) throws -> SoundRendering.Rendered {
    var index = final
    let (a, b) = (renderers[0].finish(), renderers[1].finish())
    index.set(frameSizes: a.frameSizes, b.frameSizes)
    var part = try PartWriter(rendering.indexPart, in: folder)
    let bytes = index.bytes
    try bytes.withUnsafeBytes { bytes in
      try part.write(bytes)
      do throws(IndexFault) { _ = try MasterIndex(parsing: bytes) } catch {
        throw MasterError.badIndex(path, error.reason)
      }
    }
    return SoundRendering.Rendered(
      parts: a.records + b.records + [part.finish()], index: index, frameCount: frames)
  }
}
