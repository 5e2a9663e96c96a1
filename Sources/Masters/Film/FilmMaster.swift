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
    let sums = index.segments.reduce(into: (a: Int64(0), b: Int64(0))) { sums, segment in
      sums.a += Int64(segment.a)
      sums.b += Int64(segment.b)
    }
    guard sums.a == files[.segmentsA]?.byteCount, sums.b == files[.segmentsB]?.byteCount else {
      throw MasterError.badIndex(path, "its segments do not have the length of the film")
    }
  }

  /// How many bits the codeword of a copy has.
  package var fingerprintCount: Int {
    FilmSlots.fingerprintCount(segments: index.segments.count)
  }
}
