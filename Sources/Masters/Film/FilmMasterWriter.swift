package import CommandLineSupport
import Dispatch
import FingerprintCode
import ImageMark
package import MarkKeys
import MovieFragments
package import Signing
import VideoStreams

/// Makes masters of films: marks every frame twice, has both variants encoded in segments of two
/// seconds, and keeps them.
package struct FilmMasterWriter {
  /// What the content is called in the ledger.
  package let content: String
  /// The key whose mark it carries.
  package let key: MarkKey
  /// Peak signal-to-noise ratio of the luma of marked frames before they are encoded, dB.
  package let psnr: Double
  /// How it is encoded.
  package let encoding: FilmEncoding
  /// Whether a film that carries a mark of the key already is refused.
  package var refusesMarked = false

  package init(
    content: String, key: MarkKey, psnr: Double = 44, encoding: FilmEncoding = .standard
  ) {
    self.content = content
    self.key = key
    self.psnr = psnr
    self.encoding = encoding
  }

  /// Frames a second as a fraction; 25 where a stream does not say it.
  static func rate(of format: FilmFormat) -> (numerator: Int, denominator: Int) {
    format.rate ?? (25, 1)
  }

  /// Units of a second in which a frame has a whole number, and sound is cut finely enough.
  static func timescale(of format: FilmFormat) -> Int {
    let numerator = rate(of: format).numerator
    return numerator >= 10_000 ? numerator : numerator * (10_000 / numerator + 1)
  }

  /// Makes a master of YUV4MPEG2 without sound.
  ///
  /// - Parameters:
  ///   - source: stands at its first byte.
  ///   - path: the folder that is made; it must not exist.
  ///   - progress: called now and then with the frames done.
  /// - Throws: `MasterError`, `MarkedRecording`, `FilmError`, `ChildFault` or `SystemError`; the folder
  ///   does not exist then.
  package func write(
    _ source: ByteSource, to path: String, progress: (Int) -> Void = { _ in }
  ) throws {
    try write(FilmReader(source), colours: [], sound: nil, source: nil, to: path, progress)
  }

  /// Makes a master of a film of any kind that ffmpeg knows.
  ///
  /// - Parameters:
  ///   - file: the film.
  ///   - source: as `source(of:)` says.
  ///   - path: the folder that is made; it must not exist.
  ///   - progress: called now and then with the frames done.
  /// - Throws: as for YUV4MPEG2.
  package func write(
    file: String, source: SHA256Hash?, to path: String, progress: (Int) -> Void = { _ in }
  ) throws {
    let colours = try FilmEncoding.colours(of: file)
    let sound = try encoding.soundtrack(of: file)
    let decoder = try FilmEncoding.decoder(of: file)
    guard let frames = decoder.output else { return }
    do {
      let reader = try FilmReader(ByteSource(frames))
      try write(
        reader, colours: colours, sound: sound, source: source, to: path, decoder: decoder, progress
      )
    } catch let error as FilmError {
      // What the decoder says is closer to the cause.
      try decoder.finish()
      throw error
    } catch {
      // It may wait for somebody to read what it has decoded.
      decoder.abandon()
      throw error
    }
  }

  /// What a master is known again by: the bytes of a file, the key's and title's names, and how it is
  /// encoded.
  ///
  /// - Parameter file: a file that is read to its end.
  /// - Returns: a hash of all that.
  /// - Throws: `SystemError`.
  package func source(of file: String) throws -> SHA256Hash {
    let input = try FileDescriptor.reading(file)
    var hasher = SHA256Hasher()
    let words = [content, key.name, "\(psnr)"] + encoding.video + [""] + encoding.sound
    words.joined(separator: "\n").utf8.forEach { hasher.update($0) }
    key.subKey(.imageCode).withBytes { hasher.update($0) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    while case let count = try input.read(into: buffer), count > 0 {
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return hasher.finish()
  }

  private func write(
    _ reader: FilmReader, colours: [String], sound: FileDescriptor?, source: SHA256Hash?,
    to path: String, decoder: ChildProcess? = nil, _ progress: (Int) -> Void
  ) throws {
    let format = reader.format
    guard format.chroma.bitDepth == 8, !format.chroma.hasAlpha else {
      throw MasterError.filmFormat(reader.name)
    }
    let folder = try OutputFolder(path)
    defer { folder.discard() }
    let encoders = try FilmVariant.allCases.map { _ in
      try encoding.encoder(format, colours: colours, sound: sound)
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
    try finish(folder, variants, index, format, frames: frames, sound != nil, source)
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
        key: key, segmentsOf: content, variant: variant, psnr: psnr, width: format.width,
        height: format.height, framesPerSecond: format.framesPerSecond)
    }
    var inspection = refusesMarked ? FilmInspection(reader, key: key) : nil
    let frames = [FilmFrame(format), FilmFrame(format)]
    let line = format.line + [UInt8(ascii: "\n")]
    for encoder in encoders { try line.withUnsafeBytes { try encoder.write($0) } }
    let results = ParallelResults<Void>(count: 2)
    // Each piece uses its own frame, marker and encoder.
    nonisolated(unsafe) let work = (frames, markers, encoders)
    while try reader.read(frames[0]) {
      try inspection?.inspect(frames[0])
      frames[1].copy(frames[0])
      inParallel(2) { piece in
        results.set(piece) {
          if let luma = work.0[piece].luma8 { work.1[piece].mark(luma) }
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
    _ format: FilmFormat, frames: Int, _ hasSound: Bool, _ source: SHA256Hash?
  ) throws {
    func part(_ part: MasterPart, _ bytes: [UInt8]) throws -> PartRecord {
      var writer = try PartWriter(part, in: folder)
      try bytes.withUnsafeBytes { try writer.write($0) }
      return writer.finish()
    }
    let fingerprint = FingerprintKey(key: key, title: content)
    let secret = try folder.create(MasterSecret.Name.fingerprintKey.rawValue, isSecret: true)
    try fingerprint.secret.withBytes { try secret.write($0) }
    let manifest = FilmManifest(
      content: content, key: key.name, fingerprint: fingerprint.commitment, width: format.width,
      height: format.height, frameCount: frames, rate: Self.rate(of: format), hasSound: hasSound,
      source: source,
      parts: variants.map(\.record) + [
        try part(.header, variants[0].header.bytes), try part(.index, index.bytes),
      ])
    try manifest.bytes.withUnsafeBytes { try folder.create(MasterOutline.fileName).write($0) }
    try folder.finish()
  }
}

extension ChildProcess {
  /// Writes a frame of YUV4MPEG2 with its line.
  fileprivate func write(frame: FilmFrame) throws {
    try (frame.line + [UInt8(ascii: "\n")]).withUnsafeBytes { try write($0) }
    try write(frame.planes)
  }
}
