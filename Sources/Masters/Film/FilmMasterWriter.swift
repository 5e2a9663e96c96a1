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
  /// What the copyright slots of its sound say.
  package let copyright: Message
  /// Whether a film that carries a mark of the key already is refused.
  package var refusesMarked = false
  /// Whether a film without sound is refused, since nothing else has a place for what `copyright` says.
  package var needsSound = false

  package init(
    content: String, key: MarkKey, copyright: Message, psnr: Double = 44,
    encoding: FilmEncoding = .standard
  ) {
    self.content = content
    self.key = key
    self.copyright = copyright
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
    let reader = try FilmReader(source)
    if needsSound { throw MasterError.noSound(reader.name) }
    let run = FilmEncodingRun(writer: self, path: path, colours: [], sound: .none, source: nil)
    try run.write(reader, progress)
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
    let pictures = try FilmEncoding.pictureFormat(of: file)
    let sound = try sound(of: file)
    let decoder = try FilmEncoding.decoder(of: file, pictures)
    try decoder.decode(orExplain: FilmError.self) { frames in
      let run = FilmEncodingRun(
        writer: self, path: path, colours: pictures.colours, sound: sound, source: source)
      try run.write(FilmReader(ByteSource(frames)), decoder: decoder, progress)
    }
  }

  private func sound(of file: String) throws -> FilmEncodingRun.Sound {
    guard let format = try FilmEncoding.soundFormat(of: file) else {
      if needsSound { throw MasterError.noSound(file) }
      return .none
    }
    if let words = encoding.sound {
      return .shared(try FilmEncoding.soundtrack(of: file, words))
    }
    return .marked { try FilmEncoding.soundDecoder(of: file, format) }
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
    let sound = encoding.sound ?? ["", "\(copyright)"]
    let words = [content, key.name, "\(psnr)"] + encoding.video + [""] + sound
    words.joined(separator: "\n").utf8.forEach { hasher.update($0) }
    key.subKey(.imageCode).withBytes { hasher.update($0) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
    defer { buffer.deallocate() }
    while case let count = try input.read(into: buffer), count > 0 {
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    return hasher.finish()
  }
}
