import CommandLineSupport
package import FingerprintCode
import Glibc
import MarkKeys
package import Signing

/// The folder of a master of any kind: a manifest, secret files, and parts.
///
/// Opening reads the manifest and looks at the length of every part, which takes a millisecond;
/// `verify()` reads everything.
package final class MasterFiles {
  /// The path as given.
  package let path: String
  /// What the manifest says of the folder.
  package let outline: MasterOutline
  /// The bytes of the manifest.
  package let manifest: [UInt8]
  /// SHA-256 of the manifest, which vouches for all other bytes: the name of this very master.
  package let identity: SHA256Hash

  private let files: [MasterPart: FileDescriptor]

  /// Opens a master.
  ///
  /// - Parameter path: its folder.
  /// - Throws: `MasterError` or `SystemError`.
  package init(path: String) throws {
    self.path = path
    let manifest = path + "/" + MasterOutline.fileName
    guard FileStatus(path: path)?.isFolder == true, FileStatus(path: manifest) != nil else {
      throw MasterError.notAMaster(path)
    }
    let bytes = try Self.bytes(manifest, most: MasterOutline.largest)
    self.manifest = bytes
    identity = bytes.withUnsafeBytes { SHA256Hash.of($0) }
    do { outline = try MasterOutline(parsing: bytes) } catch let error as any ExplainedError {
      throw MasterError.badManifest(path, error.description)
    }
    var files: [MasterPart: FileDescriptor] = [:]
    for record in outline.parts {
      let part = path + "/" + record.part.rawValue
      let size = FileStatus(path: part)?.size
      guard size == record.byteCount else {
        throw MasterError.wrongSize(path, record.part, found: size, expected: record.byteCount)
      }
      files[record.part] = try .reading(part)
    }
    self.files = files
  }

  private static func bytes(_ path: String, most: Int) throws -> [UInt8] {
    let file = try FileDescriptor.reading(path)
    return try [UInt8](unsafeUninitializedCapacity: most) { buffer, count in
      count = try file.read(into: UnsafeMutableRawBufferPointer(buffer))
    }
  }

  /// What the manifest says of a part; nil when the master has none of this kind.
  package subscript(part: MasterPart) -> PartRecord? { outline.parts.first { $0.part == part } }

  /// The size of all parts, bytes.
  package var byteCount: Int64 { outline.parts.reduce(0) { $0 + $1.byteCount } }

  /// Reads every byte and compares it with the manifest, and the secret files as well.
  ///
  /// - Throws: `MasterError.wrongHash`, `.wrongSecret` or `SystemError`.
  package func verify() throws {
    let results = ParallelResults<Void>(count: outline.parts.count)
    let (path, parts) = (path, outline.parts)
    inParallel(parts.count) { piece in
      results.set(piece) { try Self.verify(parts[piece], of: path) }
    }
    _ = try results.values()
    for secret in outline.secrets { _ = try self.secret(secret.name) }
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

  /// The names of all files of the master, and whether only the owner may read them.
  package var fileNames: [(name: String, isSecret: Bool)] {
    [(MasterOutline.fileName, false)] + outline.secrets.map { ($0.name.rawValue, true) }
      + outline.parts.map { ($0.part.rawValue, false) }
  }

  /// Reads a secret file.
  ///
  /// - Returns: its bytes, which are those the manifest was made with.
  /// - Throws: `MasterError.wrongSecret`, or `SystemError` when it cannot be read.
  func secret(_ name: MasterSecret.Name) throws -> [UInt8] {
    let bytes = try Self.bytes(path + "/" + name.rawValue, most: name.byteCount + 1)
    guard bytes.count == name.byteCount,
      let known = outline.secrets.first(where: { $0.name == name }),
      name.commitment(of: bytes) == known.commitment
    else { throw MasterError.wrongSecret(path, name) }
    return bytes
  }

  /// The key of the codewords of this title's copies.
  ///
  /// - Returns: the key, which is the one the manifest was made with.
  /// - Throws: `MasterError.wrongSecret`, or `SystemError` when it cannot be read.
  package func fingerprintKey() throws -> FingerprintKey {
    FingerprintKey(secret: Secret(try secret(.fingerprintKey)))
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
        path, part, found: try file.status().size, expected: self[part]?.byteCount ?? 0)
    }
  }

  /// Reads a whole part and compares it with the manifest.
  ///
  /// - Parameter part: a small one.
  /// - Returns: its bytes.
  /// - Throws: `MasterError` or `SystemError`.
  func contents(of part: MasterPart) throws -> [UInt8] {
    guard let record = self[part] else { throw MasterError.notAMaster(path) }
    let bytes = try [UInt8](unsafeUninitializedCapacity: Int(record.byteCount)) { buffer, count in
      try read(part, at: 0, into: UnsafeMutableRawBufferPointer(buffer))
      count = buffer.count
    }
    let hasher = PartHasher()
    bytes.withUnsafeBytes { hasher.update($0) }
    guard hasher.finish() == record.hash else { throw MasterError.wrongHash(path, part) }
    return bytes
  }
}

extension MasterSecret.Name {
  /// What a manifest says of a file with these bytes.
  func commitment(of bytes: [UInt8]) -> SHA256Hash {
    switch self {
    case .fingerprintKey: return FingerprintKey(secret: Secret(bytes)).commitment
    case .pictureKey:
      var hasher = SHA256Hasher()
      "sukashi/1/picture-key\n".utf8.forEach { hasher.update($0) }
      bytes.withUnsafeBytes { hasher.update($0) }
      return hasher.finish()
    }
  }
}
