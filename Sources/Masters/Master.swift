import AudioMark
import CommandLineSupport
package import FingerprintCode
import Glibc
import MarkKeys
package import Signing

/// A master that is open for deliveries.
///
/// Opening reads manifest and index and looks at the length of every part, which takes a
/// millisecond; `verify()` reads everything.
package final class Master {
  /// The path as given.
  package let path: String
  /// What it is.
  package let manifest: MasterManifest
  /// What its symbols are.
  package let index: MasterIndex
  /// SHA-256 of the manifest, which vouches for all other bytes: the name of this very master.
  package let identity: SHA256Hash

  private let files: [MasterPart: FileDescriptor]

  /// Opens a master.
  ///
  /// - Parameter path: its folder.
  /// - Throws: `MasterError` or `SystemError`.
  package init(path: String) throws {
    self.path = path
    guard FileStatus(path: path)?.isFolder == true,
      FileStatus(path: path + "/" + MasterManifest.fileName) != nil
    else { throw MasterError.notAMaster(path) }
    let bytes = try Self.contents(of: path + "/" + MasterManifest.fileName)
    identity = bytes.withUnsafeBytes { SHA256Hash.of($0) }
    do { manifest = try MasterManifest(parsing: bytes) } catch let error as any ExplainedError {
      throw MasterError.badManifest(path, error.description)
    }
    var files: [MasterPart: FileDescriptor] = [:]
    for record in manifest.parts {
      let part = path + "/" + record.part.rawValue
      let size = FileStatus(path: part)?.size
      guard size == record.byteCount else {
        throw MasterError.wrongSize(path, record.part, found: size, expected: record.byteCount)
      }
      files[record.part] = try .reading(part)
    }
    self.files = files
    index = try Self.index(path, manifest)
  }

  private static func contents(of path: String) throws -> [UInt8] {
    let file = try FileDescriptor.reading(path)
    return try [UInt8](unsafeUninitializedCapacity: MasterManifest.largest) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  private static func index(_ path: String, _ manifest: MasterManifest) throws -> MasterIndex {
    guard let record = manifest[.index] else { throw MasterError.notAMaster(path) }
    let file = try FileDescriptor.reading(path + "/" + MasterPart.index.rawValue)
    let bytes = try [UInt8](unsafeUninitializedCapacity: Int(record.byteCount)) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
    let index = try bytes.withUnsafeBytes { bytes in
      let hasher = PartHasher()
      hasher.update(bytes)
      guard hasher.finish() == record.hash else { throw MasterError.wrongHash(path, .index) }
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
  /// - Throws: `MasterError.wrongHash` or `SystemError`.
  package func verify() throws {
    let results = ParallelResults<Void>(count: manifest.parts.count)
    let (path, parts) = (path, manifest.parts)
    inParallel(parts.count) { piece in
      results.set(piece) { try Self.verify(parts[piece], of: path) }
    }
    _ = try results.values()
  }

  private static func verify(_ record: PartRecord, of path: String) throws {
    let file = try FileDescriptor.reading(path + "/" + record.part.rawValue)
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 4096)
    defer { buffer.deallocate() }
    let hasher = PartHasher()
    while case let count = try file.read(into: buffer), count > 0 {
      hasher.update(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    guard hasher.finish() == record.hash else { throw MasterError.wrongHash(path, record.part) }
  }

  /// The file with the fingerprint key.
  package static let fingerprintFile = "fingerprint-key"

  /// The names of all files of the master, and whether only the owner may read them.
  package var fileNames: [(name: String, isSecret: Bool)] {
    [(MasterManifest.fileName, false), (Self.fingerprintFile, true)]
      + manifest.parts.map { ($0.part.rawValue, false) }
  }

  /// The key of the codewords of this title's copies.
  ///
  /// - Returns: the key, which is the one the manifest was made with.
  /// - Throws: `MasterError.wrongFingerprintKey`, or `SystemError` when it cannot be read.
  package func fingerprintKey() throws -> FingerprintKey {
    let file = try FileDescriptor.reading(path + "/" + Self.fingerprintFile)
    var bytes = [UInt8](repeating: 0, count: Secret.byteCount + 1)
    let count = try bytes.withUnsafeMutableBytes { try file.read(into: $0) }
    guard count == Secret.byteCount else { throw MasterError.wrongFingerprintKey(path) }
    let key = FingerprintKey(secret: Secret(bytes.dropLast()))
    guard key.commitment == manifest.fingerprint else {
      throw MasterError.wrongFingerprintKey(path)
    }
    return key
  }

  /// Reads a stretch of a part.
  ///
  /// - Throws: `SystemError`, or `MasterError.wrongSize` when the part has become shorter.
  func read(
    _ part: MasterPart, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer
  ) throws {
    guard let file = files[part] else { throw MasterError.notAMaster(path) }
    guard try file.read(into: buffer, at: offset) == buffer.count else {
      throw MasterError.wrongSize(
        path, part, found: try file.status().size, expected: manifest[part]?.byteCount ?? 0)
    }
  }
}
