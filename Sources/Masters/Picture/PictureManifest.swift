import CommandLineSupport
import Ledger
import MarkKeys
package import Signing

/// What the master of a picture is.
package struct PictureManifest: Sendable, Equatable {
  /// The kinds of file whose copies are marked.
  package enum Kind: String, Sendable, CaseIterable {
    case jpeg, png
  }

  /// What the content is called in the ledger.
  package let content: String
  /// The name of the mark key.
  package let key: String
  /// The commitment to the fingerprint key, see `FingerprintKey.commitment`; it opens nothing but the
  /// commitments of copies.
  package let fingerprint: SHA256Hash
  /// The commitment to the picture key.
  package let pictureKey: SHA256Hash
  /// Of which kind the file is.
  package let kind: Kind
  /// Pixels of a row.
  package let width: Int
  /// Rows.
  package let height: Int
  /// Peak signal-to-noise ratio of copies, hundredths of a dB: 3000 to 6000.
  package let hundredthsOfPSNR: Int
  /// The quality that the luma of a JPEG is quantised with at least, 1...100.
  package let quality: Int
  /// The one part.
  package let parts: [PartRecord]

  /// The bytes of the file: a line of canonical JSON.
  package var bytes: [UInt8] {
    let value = CanonicalValue.object([
      "content": .string(content), "fingerprint": .string(fingerprint.base64),
      "height": .integer(Int64(height)), "key": .string(key), "kind": .string(kind.rawValue),
      "parts": MasterOutline.canonical(parts), "picture-key": .string(pictureKey.base64),
      "plan": .string(MasterKind.picture.rawValue), "psnr": .integer(Int64(hundredthsOfPSNR)),
      "quality": .integer(Int64(quality)), "version": .integer(1),
      "width": .integer(Int64(width)),
    ])
    return value.bytes + [UInt8(ascii: "\n")]
  }
}

extension PictureManifest {
  /// Reads the bytes of the file.
  ///
  /// - Throws: `CanonicalFault` or `FieldFault`.
  package init(parsing bytes: [UInt8]) throws {
    self = try MasterOutline.read(bytes) { fields in try PictureManifest(&fields) }
  }

  private init(_ fields: inout FieldReader) throws {
    guard try fields.string("plan") == MasterKind.picture.rawValue else {
      throw FieldFault.bad("plan", "it is not of a picture")
    }
    content = try fields.string("content")
    key = try fields.string("key")
    fingerprint = try MasterSecret.Name.fingerprintKey.commitment(&fields)
    pictureKey = try MasterSecret.Name.pictureKey.commitment(&fields)
    kind = try fields.word("kind")
    width = Int(try fields.integer("width", in: 1...1 << 30))
    height = Int(try fields.integer("height", in: 1...1 << 30))
    hundredthsOfPSNR = Int(try fields.integer("psnr", in: 3000...6000))
    quality = Int(try fields.integer("quality", in: 1...100))
    parts = try MasterOutline.parts(&fields)
    try fields.finish()
    guard parts.map(\.part) == [.picture] else {
      throw FieldFault.bad("parts", "not the one of a picture")
    }
  }
}
