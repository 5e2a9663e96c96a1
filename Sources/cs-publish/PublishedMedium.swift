import ArgumentParser
import AudioStreams
import CommandLineSupport
import Distribution
import ImageStreams
import Ledger
import Masters

/// What is published: sound, a picture or a film, told by its first bytes.
struct PublishedMedium {
  let path: String
  let raw: RawFormat?
  let film: FilmOptions
  /// Whether rights were named: only the copyright mark of sound has a place for them.
  let namesRights: Bool

  private enum Kind {
    case sound, picture, uncompressedFilm, film
  }

  /// Makes the master.
  ///
  /// - Returns: the master, which is durable.
  /// - Throws: what is wrong with the input, the place or the encoder.
  func master(
    _ rendering: MasterRendering, _ content: Handle, isKnown: Bool, _ shelf: Shelf
  ) throws -> MasterFiles {
    let source = try ByteSource(path: path)
    let kind = try kind(source)
    let hasPlace = kind == .sound || kind == .film && film.encoding.sound == nil
    if namesRights, !hasPlace { throw MediumRefusal.rights(path) }
    if let option = film.given.first, kind == .sound || kind == .picture {
      throw MediumRefusal.option(option, path)
    }
    let place = try MasterPlace(content, in: shelf.store)
    switch kind {
    case .sound: return try sound(source, rendering, place, isKnown: isKnown, shelf.diagnostics)
    case .picture: return try rendering.render(picture: source, at: place, isKnown: isKnown)
    case .film, .uncompressedFilm:
      var progress = Progress("encoding", total: nil, diagnostics: shelf.diagnostics)
      defer { progress.finish() }
      if kind == .film, !source.isSeekable { throw MediumRefusal.pipe(path) }
      return try rendering.render(
        film: kind == .film ? path : nil, source, film.encoding, needsSound: namesRights, at: place,
        isKnown: isKnown
      ) { frames in progress.update(Double(frames), "\(frames) frames") }
    }
  }

  private func sound(
    _ source: ByteSource, _ rendering: MasterRendering, _ place: MasterPlace, isKnown: Bool,
    _ diagnostics: Diagnostics
  ) throws -> MasterFiles {
    let reader = try AudioReader(source, raw: raw)
    var progress = Progress(
      "rendering", total: reader.frameCount.map(Double.init), diagnostics: diagnostics)
    defer { progress.finish() }
    let rate = reader.format.sampleRate
    let master = try rendering.render(reader, at: place, isKnown: isKnown) { frames in
      progress.update(Double(frames), "\(frames / rate) s")
    }
    progress.finish()
    for warning in reader.warnings { diagnostics.warning(warning) }
    return master
  }

  /// Looks at the first bytes of the input, which goes on standing at the first one.
  private func kind(_ source: ByteSource) throws -> Kind {
    if raw != nil { return .sound }
    switch try MediaKind(of: source) {
    case .picture, .otherPicture: return .picture
    case .film: return .uncompressedFilm
    case .sound: break
    }
    let bytes = try source.bytes(MediaKind.byteCount)
    _ = source.seek(to: 0)
    return FilmContainer.isKnown(bytes) ? .film : .sound
  }
}

/// The files that ffmpeg reads films from.
enum FilmContainer {
  /// Whether bytes begin a file that may hold a film and is none of sound.
  ///
  /// - Parameter bytes: the first twelve.
  /// - Returns: whether ffmpeg is asked.
  static func isKnown(_ bytes: [UInt8]) -> Bool {
    func has(_ text: String, at offset: Int = 0) -> Bool {
      bytes.dropFirst(offset).starts(with: text.utf8)
    }
    let starts: [[UInt8]] = [
      // Matroska and WebM, MPEG program streams, ASF, Flash.
      [0x1A, 0x45, 0xDF, 0xA3], [0, 0, 1, 0xBA], [0, 0, 1, 0xB3], [0x30, 0x26, 0xB2, 0x75],
      [0x46, 0x4C, 0x56, 1],
    ]
    return has("ftyp", at: 4) || has("moov", at: 4) || has("RIFF") && has("AVI ", at: 8)
      || starts.contains { bytes.starts(with: $0) }
      // MPEG transport streams.
      || bytes.first == 0x47 && bytes.dropFirst().first.map { $0 & 0x80 == 0 } ?? false
  }
}

/// Why an input is not published.
private enum MediumRefusal: ExplainedError {
  case option(String, String)
  case rights(String)
  case pipe(String)

  var description: String {
    switch self {
    case .option(let option, let name): "\(option) does not go with \(quoted(name))"
    case .rights(let name):
      "\(quoted(name)) has no marked sound, and only its copyright mark has a place for --rights"
    case .pipe: "a film comes from a file, since its sound is read apart from its pictures"
    }
  }

  var hint: String? {
    switch self {
    case .option, .rights: nil
    case .pipe: "YUV4MPEG2, without sound, may come from a pipe"
    }
  }
}
