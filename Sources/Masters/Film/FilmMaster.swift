import AudioMark
import CommandLineSupport
import FingerprintCode
import MovieFragments

/// The master of a film: every segment twice, encoded once for good.
///
/// A copy takes each segment from one of the two variants. That is copying bytes: nothing is decoded,
/// marked or encoded for a delivery.
package final class FilmMaster {
  /// The folder.
  package let files: MasterFiles
  /// What it is.
  package let manifest: FilmManifest
  /// What its segments are.
  package let index: FilmIndex
  /// Its sound, where copies have their own.
  package let soundtrack: FilmSoundtrack?
  let header: MovieHeader
  let video: MovieHeader.Track

  /// Opens a master whose folder is open.
  ///
  /// - Parameter files: the folder.
  /// - Throws: `MasterError` or `SystemError`.
  package init(_ files: MasterFiles) throws {
    self.files = files
    let path = files.path
    do { manifest = try FilmManifest(parsing: files.manifest) } catch let error
      as any ExplainedError
    {
      throw MasterError.badManifest(path, error.description)
    }
    do {
      index = try FilmIndex(parsing: files.contents(of: .index))
      header = try MovieHeader(files.contents(of: .header))
    } catch let error as IndexFault {
      throw MasterError.badIndex(path, error.reason)
    } catch let error as MovieFault {
      throw MasterError.badIndex(path, error.reason)
    }
    guard let video = header.video else { throw MasterError.badIndex(path, "it has no pictures") }
    self.video = video
    soundtrack = try manifest.sound.marked.map { [index, header] sound in
      guard header.sound != nil else {
        throw MasterError.badIndex(path, "it has no track of sound")
      }
      return try Self.soundtrack(sound, files, index, video)
    }
    let sums = index.segments.reduce(into: (a: Int64(0), b: Int64(0))) { sums, segment in
      sums.a += Int64(segment.a)
      sums.b += Int64(segment.b)
    }
    guard sums.a == files[.segmentsA]?.byteCount, sums.b == files[.segmentsB]?.byteCount else {
      throw MasterError.badIndex(path, "its segments do not have the length of the film")
    }
  }

  private static func soundtrack(
    _ sound: MarkedFilmSound, _ files: MasterFiles, _ index: FilmIndex, _ video: MovieHeader.Track
  ) throws -> FilmSoundtrack {
    do {
      let symbols = try files.contents(of: .soundIndex).withUnsafeBytes {
        try MasterIndex(parsing: $0)
      }
      let soundtrack = try FilmSoundtrack(sound, symbols, index, timescale: video.timescale)
      for variant in MarkVariant.allCases
      where files[.frames(variant)]?.byteCount != soundtrack.byteCount(variant) {
        throw IndexFault("its frames do not have the length of the sound")
      }
      return soundtrack
    } catch let error as IndexFault {
      throw MasterError.badIndex(files.path, error.reason)
    }
  }

  /// How many bits the codeword of a copy has: both the segments and the sound begin with the first.
  package var fingerprintCount: Int {
    max(
      FilmSlots.fingerprintCount(segments: index.segments.count),
      soundtrack?.index.count(of: .fingerprint) ?? 0)
  }
}
