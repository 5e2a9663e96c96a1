import CommandLineSupport
import Ledger
import MarkKeys
package import Signing

/// What the manifest of a master of any kind says of its folder: enough to fetch, copy and check it.
package struct MasterOutline: Sendable, Equatable {
  /// What it is of.
  package let kind: MasterKind
  /// What the content is called in the ledger.
  package let content: String
  /// The files that only their owner may read, and what vouches for them.
  package let secrets: [MasterSecret]
  /// The parts in the order of their names.
  package let parts: [PartRecord]

  /// The name of the manifest's file.
  package static let fileName = "manifest"
  /// The most bytes it may have.
  package static let largest = 1 << 20

  /// Reads the bytes of a manifest as far as all kinds have it.
  ///
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package init(parsing bytes: [UInt8]) throws {
    self = try Self.read(bytes) { fields in try MasterOutline(&fields) }
  }

  private init(_ fields: inout FieldReader) throws {
    let kind: MasterKind = try fields.word("plan")
    self.kind = kind
    content = try fields.string("content")
    parts = try Self.parts(&fields)
    secrets = try MasterSecret.Name.allCases.compactMap { name in
      guard name.kinds.contains(kind) else { return nil }
      return MasterSecret(name: name, commitment: try name.commitment(&fields))
    }
    guard parts.map(\.part.rawValue) == parts.map(\.part.rawValue).sorted(),
      Set(parts.map(\.part)).count == parts.count
    else { throw FieldFault.bad("parts", "not in the order of their names") }
  }

  /// Opens the one line that a manifest is.
  ///
  /// - Parameters:
  ///   - bytes: of the file.
  ///   - body: reads its members.
  /// - Returns: what the body makes of them.
  /// - Throws: `CanonicalFault`, `FieldFault`, or what the body throws.
  static func read<Value>(
    _ bytes: [UInt8], _ body: (inout FieldReader) throws -> Value
  ) throws -> Value {
    let text = CanonicalText()
    return try bytes.withUnsafeBytes { bytes in
      guard bytes.last == UInt8(ascii: "\n") else {
        throw FieldFault.bad("manifest", "it does not end with a line feed")
      }
      let node = try text.read(UnsafeRawBufferPointer(rebasing: bytes.dropLast()))
      var fields = try FieldReader(node, called: "manifest")
      _ = try fields.integer("version", in: 1...1)
      return try body(&fields)
    }
  }

  /// Reads the member `parts`.
  static func parts(_ fields: inout FieldReader) throws -> [PartRecord] {
    try fields.list("parts") { node, name in
      var fields = try FieldReader(node, called: name)
      let part: MasterPart = try fields.word("name")
      let byteCount = try fields.integer("bytes")
      guard byteCount >= 0 else { throw FieldFault.bad("bytes", "it is negative") }
      guard let hash = PartHash(try fields.string("hash")) else {
        throw FieldFault.bad("hash", "not 64 hexadecimal digits")
      }
      try fields.finish()
      return PartRecord(part: part, byteCount: byteCount, hash: hash)
    }
  }

  /// The member `parts`.
  static func canonical(_ parts: [PartRecord]) -> CanonicalValue {
    .array(
      parts.map { record in
        .object([
          "bytes": .integer(record.byteCount), "hash": .string("\(record.hash)"),
          "name": .string(record.part.rawValue),
        ])
      })
  }
}

/// A file of a master that only its owner may read.
package struct MasterSecret: Sendable, Equatable {
  /// Which one.
  package enum Name: String, Sendable, CaseIterable {
    /// The key of the title's codewords, see `FingerprintKey`.
    case fingerprintKey = "fingerprint-key"
    /// What copies of the picture are marked with, see `PictureKey`.
    case pictureKey = "picture-key"
  }

  package let name: Name
  /// What the manifest says of it: a hash that the key's own type works out.
  package let commitment: SHA256Hash
}

extension MasterSecret.Name {
  /// The masters that have it.
  var kinds: [MasterKind] { self == .pictureKey ? [.picture] : MasterKind.allCases }

  /// How many bytes the file has.
  package var byteCount: Int { self == .pictureKey ? 2 * Secret.byteCount : Secret.byteCount }

  /// Reads the commitment in a manifest.
  func commitment(_ fields: inout FieldReader) throws -> SHA256Hash {
    let text =
      switch self {
      case .fingerprintKey: try fields.string("fingerprint")
      case .pictureKey: try fields.string("picture-key")
      }
    guard let hash = SHA256Hash(base64: text) else {
      throw FieldFault.notOfType(rawValue, "a SHA-256 hash in base64")
    }
    return hash
  }
}
