import AudioStreams
import CommandLineSupport
import Dispatch
import FingerprintCode
import ImageMark
import MarkKeys
import MovieFragments
import Signing
import VideoStreams

/// One film on its way into a master.
struct FilmEncodingRun {
  let writer: FilmMasterWriter
  let path: String
  /// How its colours are meant, in words of the encoder.
  let colours: [String]
  let sound: Sound
  /// What the master is known again by.
  let source: SHA256Hash?

  /// Where sound comes from.
  enum Sound {
    case none
    /// MP4 that is the same in all copies.
    case shared(FileDescriptor)
    /// A decoder whose output is marked.
    case marked(() throws -> ChildProcess)

    /// What the encoders of both variants are given.
    var shared: FileDescriptor? {
      if case .shared(let file) = self { file } else { nil }
    }
  }

  /// Renders sound that is to be marked.
  private func renderSound(in folder: OutputFolder) throws -> RenderedSound? {
    guard case .marked(let start) = sound else { return nil }
    let decoder = try start()
    return try decoder.decode(orExplain: AudioError.self) { output in
      let reader = try AudioReader(ByteSource(output))
      let format = reader.format
      var rendering = SoundRendering(key: writer.key, copyright: writer.copyright)
      rendering.refusesMarked = writer.refusesMarked
      rendering.keepsSamples = false
      rendering.indexPart = .soundIndex
      let rendered = try rendering.render(reader, as: format, in: folder, path) { _ in }
      try decoder.finish()
      return RenderedSound(
        parts: rendered.parts, index: rendered.index,
        sound: MarkedFilmSound(
          copyright: writer.copyright, format: format, sampleCount: rendered.frameCount))
    }
  }

  /// Marks and encodes all frames.
  ///
  /// - Parameters:
  ///   - reader: of the frames.
  ///   - decoder: where they come from.
  ///   - progress: called now and then with the frames done.
  /// - Throws: as `FilmMasterWriter.write`.
  func write(
    _ reader: FilmReader, decoder: ChildProcess? = nil, _ progress: (Int) -> Void
  ) throws {
    let format = reader.format
    if format.chroma.hasAlpha { throw MasterError.filmFormat(reader.name) }
    let folder = try OutputFolder(path)
    defer { folder.discard() }
    let rendered = try renderSound(in: folder)
    let encoders = try FilmVariant.allCases.map { _ in
      try writer.encoding.encoder(format, colours: colours, sound: sound.shared)
    }
    let collectors = try zip(FilmVariant.allCases, encoders).map { variant, encoder in
      try FilmCollector(
        PartWriter(variant == .a ? .segmentsA : .segmentsB, in: folder), encoder, path)
    }
    for collector in collectors { collector.begin() }
    let fed = Result { try feed(reader, encoders, progress) }
    for encoder in encoders { encoder.endInput() }
    for collector in collectors { collector.wait() }
    // A full disk ends the encoders, too: that comes first, then why an encoder ended, then what was
    // wrong with the film, then what came of it.
    for collector in collectors { try collector.checkDisk() }
    for encoder in encoders { try encoder.finish() }
    let frames = try fed.get()
    try decoder?.finish()
    let variants = try collectors.map { try $0.result() }
    let index = try FilmIndex(joining: variants, frames: frames, format, path)
    try finish(folder, variants, index, format, frames: frames, rendered)
  }

  /// Marks all frames and gives them to the encoders.
  ///
  /// - Returns: how many they are.
  private func feed(
    _ reader: FilmReader, _ encoders: [ChildProcess], _ progress: (Int) -> Void
  ) throws -> Int {
    let format = reader.format
    let markers = try FilmVariant.allCases.map { variant in
      try FilmMarker(
        key: writer.key, segmentsOf: writer.content, variant: variant, psnr: writer.psnr,
        width: format.width,
        height: format.height, framesPerSecond: format.framesPerSecond)
    }
    var inspection = writer.refusesMarked ? FilmInspection(reader, key: writer.key) : nil
    let frames = [FilmFrame(format), FilmFrame(format)]
    let line = format.line + [UInt8(ascii: "\n")]
    for encoder in encoders { try line.withUnsafeBytes { try encoder.write($0) } }
    let results = ParallelResults<Void>(count: 2)
    let depth = format.chroma.bitDepth
    // Each piece uses its own frame, marker and encoder.
    nonisolated(unsafe) let work = (frames, markers, encoders)
    while try reader.read(frames[0]) {
      try inspection?.inspect(frames[0])
      frames[1].copy(frames[0])
      inParallel(2) { piece in
        results.set(piece) {
          if let luma = work.0[piece].luma8 { work.1[piece].mark(luma) }
          if let luma = work.0[piece].luma16 { work.1[piece].mark(luma, depth: depth) }
          try work.2[piece].write(frame: work.0[piece])
        }
      }
      _ = try results.values()
      progress(reader.frameCount)
    }
    try inspection?.finish()
    return reader.frameCount
  }

  private func finish(
    _ folder: OutputFolder, _ variants: [FilmCollector.Variant], _ index: FilmIndex,
    _ format: FilmFormat, frames: Int, _ rendered: RenderedSound?
  ) throws {
    func part(_ part: MasterPart, _ bytes: [UInt8]) throws -> PartRecord {
      var writer = try PartWriter(part, in: folder)
      try bytes.withUnsafeBytes { try writer.write($0) }
      return writer.finish()
    }
    let header = try rendered.map { try $0.header(variants[0].header, path) } ?? variants[0].header
    try rendered?.check(index, header, path)
    let fingerprint = FingerprintKey(key: writer.key, title: writer.content)
    let secret = try folder.create(MasterSecret.Name.fingerprintKey.rawValue, isSecret: true)
    try fingerprint.secret.withBytes { try secret.write($0) }
    let parts =
      variants.map(\.record) + (rendered?.parts ?? []) + [
        try part(.header, header.bytes), try part(.index, index.bytes),
      ]
    let manifest = FilmManifest(
      content: writer.content, key: writer.key.name, fingerprint: fingerprint.commitment,
      width: format.width, height: format.height, frameCount: frames,
      rate: FilmMasterWriter.rate(of: format),
      sound: rendered.map { .marked($0.sound) } ?? (sound.shared == nil ? .none : .shared),
      source: source, parts: parts.sorted { $0.part.rawValue < $1.part.rawValue })
    try manifest.bytes.withUnsafeBytes { try folder.create(MasterOutline.fileName).write($0) }
    try folder.finish()
  }
}

/// Sound that was marked.
private struct RenderedSound {
  let parts: [PartRecord]
  let index: MasterIndex
  let sound: MarkedFilmSound

  /// Makes sure that it can be put together with the pictures.
  func check(_ film: FilmIndex, _ header: MovieHeader, _ path: String) throws {
    do throws(IndexFault) {
      _ = try FilmSoundtrack(sound, index, film, timescale: header.video?.timescale ?? 1)
    } catch { throw MasterError.encoder(path, error.reason) }
  }

  /// The header of the pictures with a track for it.
  func header(_ header: MovieHeader, _ path: String) throws -> MovieHeader {
    let format = sound.format
    let information = FLACStreamInformation(
      format, blockLength: sound.symbolFrames, frameCount: sound.sampleCount)
    do throws(MovieFault) {
      return try header.adding(
        MovieSoundTrack(
          id: (header.tracks.map(\.id).max() ?? 0) + 1, sampleRate: format.sampleRate,
          channelCount: format.channelCount, bits: 8 * format.encoding.byteCount,
          frameLength: sound.symbolFrames, streamInformation: information.bytes))
    } catch { throw MasterError.encoder(path, error.reason) }
  }
}

extension ChildProcess {
  /// Writes a frame of YUV4MPEG2 with its line.
  fileprivate func write(frame: FilmFrame) throws {
    try (frame.line + [UInt8(ascii: "\n")]).withUnsafeBytes { try write($0) }
    try write(frame.planes)
  }
}
