import AudioMark
import CommandLineSupport
package import FingerprintCode
package import Signing

/// A master of sound that is open for deliveries.
package final class Master {
  /// The folder.
  package let files: MasterFiles
  /// What it is.
  package let manifest: MasterManifest
  /// What its symbols are.
  package let index: MasterIndex
  /// The path as given.
  package var path: String { files.path }
  /// SHA-256 of the manifest, which vouches for all other bytes: the name of this very master.
  package var identity: SHA256Hash { files.identity }

  /// Opens a master.
  ///
  /// - Parameter path: its folder.
  /// - Throws: `MasterError` or `SystemError`.
  package convenience init(path: String) throws { try self.init(MasterFiles(path: path)) }

  /// Opens a master whose folder is open.
  ///
  /// - Parameter files: the folder.
  /// - Throws: `MasterError` or `SystemError`.
  package init(_ files: MasterFiles) throws {
    self.files = files
    do { manifest = try MasterManifest(parsing: files.manifest) } catch let error
      as any ExplainedError
    {
      throw MasterError.badManifest(files.path, error.description)
    }
    index = try Self.index(files, manifest)
  }

  private static func index(_ files: MasterFiles, _ manifest: MasterManifest) throws -> MasterIndex
  {
    let path = files.path
    let index = try files.contents(of: .index).withUnsafeBytes { bytes in
      do throws(IndexFault) { return try MasterIndex(parsing: bytes) } catch {
        throw MasterError.badIndex(path, error.reason)
      }
    }
    let format = manifest.format
    guard format.firstFrame(ofSymbol: index.symbolCount) <= manifest.frameCount,
      format.firstFrame(ofSymbol: index.symbolCount + 1) > manifest.frameCount
    else { throw MasterError.badIndex(path, "its number of symbols is wrong") }
    let hasTail = format.firstFrame(ofSymbol: index.symbolCount) < manifest.frameCount
    guard let a = manifest[.framesA], let b = manifest[.framesB] else {
      if index.frameSizes.isEmpty { return index }
      throw MasterError.badIndex(path, "it has frames that the manifest does not have")
    }
    let sums = index.frameSizes.reduce(into: (a: Int64(0), b: Int64(0))) { sums, size in
      sums.a += Int64(size.a)
      sums.b += Int64(size.b)
    }
    guard format.symbolFrames != nil,
      index.frameSizes.count == index.symbolCount + (hasTail ? 1 : 0),
      sums == (a.byteCount, b.byteCount)
    else { throw MasterError.badIndex(path, "its frames are not those of the manifest") }
    return index
  }

  /// Reads every byte and compares it with the manifest.
  ///
  /// - Throws: `MasterError.wrongHash`, `.wrongSecret` or `SystemError`.
  package func verify() throws { try files.verify() }

  /// The key of the codewords of this title's copies.
  ///
  /// - Returns: the key, which is the one the manifest was made with.
  /// - Throws: `MasterError.wrongSecret`, or `SystemError` when it cannot be read.
  package func fingerprintKey() throws -> FingerprintKey { try files.fingerprintKey() }

  /// Reads a stretch of a part.
  ///
  /// - Throws: `SystemError`, or `MasterError.wrongSize` when the part has become shorter.
  func read(
    _ part: MasterPart, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws { try files.read(part, at: offset, into: buffer) }
}
