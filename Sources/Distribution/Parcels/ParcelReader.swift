package import CommandLineSupport
import Ledger
package import Signing

/// Unpacks a parcel and verifies it on the way.
///
/// Names of the stream reach nothing: files are created by the caller, under the names he wants.
package struct ParcelReader {
  private let tar: TarReader
  /// What the parcel says it is; its signature is checked by `isSigned(with:)` of the line.
  package let parcel: Parcel
  /// The manifest as it was signed.
  package let line: SignedLine
  /// The hash of the manifest's bytes: what a home server's `stored` names.
  package let identity: SHA256Hash

  /// Reads the manifest.
  ///
  /// - Parameter file: the stream.
  /// - Throws: `TarFault`, `ParcelFault`, `CanonicalFault`, `FieldFault` or `SystemError`.
  package init(_ file: FileDescriptor) throws {
    tar = TarReader(file)
    guard let entry = try tar.next(), entry.name == Parcel.manifestName else {
      throw TarFault.missing(Parcel.manifestName)
    }
    var bytes = try tar.bytes(of: entry, limit: SignedLine.longest)
    identity = bytes.withUnsafeBytes { SHA256Hash.of($0) }
    guard bytes.last == UInt8(ascii: "\n") else { throw TarFault.truncated }
    bytes.removeLast()
    (line, parcel) = try bytes.withUnsafeBytes { try Parcel.read($0) }
  }

  /// Unpacks the files; each is as the manifest says, or this throws.
  ///
  /// - Parameter create: makes the file of a copy, to be made final when all is well.
  /// - Throws: `TarFault`, `ParcelFault` or `SystemError`, and what `create` throws.
  package func unpack(_ create: (Parcel.Item) throws -> FileDescriptor) throws {
    try unpack { item, _ in
      let file = try create(item)
      return { try file.write($0) }
    }
  }

  /// Hands the bytes of the files on; each file is as the manifest says, or this throws.
  ///
  /// - Parameter begin: is told of a file and its number, from 0, before its bytes, and says who takes
  ///   them; what was taken is good when this returns, not before.
  /// - Throws: `TarFault`, `ParcelFault` or `SystemError`, and what `begin` and the taker throw.
  package func unpack(
    to begin: (Parcel.Item, Int) throws -> (UnsafeRawBufferPointer) throws -> Void
  ) throws {
    for (number, item) in parcel.items.enumerated() {
      guard let entry = try tar.next() else { throw TarFault.missing(item.file) }
      guard entry.name == item.file else { throw TarFault.unexpected(entry.name) }
      guard entry.byteCount == item.bytes else {
        throw TarFault.size(entry.name, entry.byteCount, limit: item.bytes)
      }
      let take = try begin(item, number)
      var hasher = SHA256Hasher()
      try tar.read { bytes in
        hasher.update(bytes)
        try take(bytes)
      }
      guard hasher.finish() == item.hash else { throw ParcelFault.wrongHash(item.file) }
    }
    if let entry = try tar.next() { throw TarFault.unexpected(entry.name) }
  }
}

/// Why a parcel is not accepted.
package enum ParcelFault: ExplainedError, Equatable {
  case wrongHash(String)

  package var description: String {
    switch self {
    case .wrongHash(let name):
      "the file \(quoted(name)) of the parcel was changed: its hash is not that of the manifest"
    }
  }
}
