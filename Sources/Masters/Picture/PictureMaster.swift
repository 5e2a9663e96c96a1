package import CommandLineSupport
import FingerprintCode
import ImageMark
import ImageStreams
package import MarkKeys
import Signing

/// The master of a picture: the file as it came, and the key its copies are marked with.
///
/// The mark of a picture is not put together from two variants: every copy is marked for itself,
/// with a key that is good for this title alone.
package final class PictureMaster {
  /// The folder.
  package let files: MasterFiles
  /// What it is.
  package let manifest: PictureManifest

  /// The quality that the luma of a JPEG is quantised with at least, where nothing is asked for.
  package static let leastQuality = 80

  /// Opens a master whose folder is open.
  ///
  /// - Parameter files: the folder.
  /// - Throws: `MasterError`.
  package init(_ files: MasterFiles) throws {
    self.files = files
    do { manifest = try PictureManifest(parsing: files.manifest) } catch let error
      as any ExplainedError
    {
      throw MasterError.badManifest(files.path, error.description)
    }
  }

  /// Makes the master of a picture.
  ///
  /// - Parameters:
  ///   - source: the file, PNG or JPEG, from its first byte on.
  ///   - path: the folder that is made; it must not exist.
  ///   - content: what the content is called in the ledger.
  ///   - key: the mark key.
  ///   - psnr: of copies, dB, 30...60.
  ///   - refusesMarked: whether a picture that carries a mark of the key is refused.
  /// - Throws: `MarkedRecording`, `MasterError`, `ImageError` or `SystemError`; the folder does not
  ///   exist then.
  package static func write(
    _ source: ByteSource, to path: String, content: String, key: MarkKey, psnr: Double = 42,
    refusesMarked: Bool
  ) throws {
    let file = try source.bytes(StillImage.longest + 1)
    let image = try StillImage(file, name: source.name)
    guard let kind = PictureManifest.Kind(rawValue: image.kind.rawValue) else {
      throw ImageError.notWritten(source.name, image.kind)
    }
    try image.checkWritable()
    let (luma, fault) = try image.luma()
    if let fault { throw fault }
    if refusesMarked {
      let plane = LumaPlane(width: image.width, height: image.height, samples: luma)
      if let found = ImageDetector(key: key).detect(plane, extent: .plain) {
        throw MarkedRecording(name: source.name, message: "\(found.message)", key: key.name)
      }
    }
    let folder = try OutputFolder(path)
    defer { folder.discard() }
    let fingerprint = FingerprintKey(key: key, title: content)
    let pictureKey = ImageKey(key, title: content).bytes
    var part = try PartWriter(.picture, in: folder)
    try file.withUnsafeBytes { try part.write($0) }
    try fingerprint.secret.withBytes { bytes in
      try folder.create(MasterSecret.Name.fingerprintKey.rawValue, isSecret: true).write(bytes)
    }
    try pictureKey.withUnsafeBytes { bytes in
      try folder.create(MasterSecret.Name.pictureKey.rawValue, isSecret: true).write(bytes)
    }
    let manifest = PictureManifest(
      content: content, key: key.name, fingerprint: fingerprint.commitment,
      pictureKey: MasterSecret.Name.pictureKey.commitment(of: pictureKey), kind: kind,
      width: image.width, height: image.height, hundredthsOfPSNR: Int((psnr * 100).rounded()),
      quality: leastQuality, parts: [part.finish()])
    try manifest.bytes.withUnsafeBytes { try folder.create(MasterOutline.fileName).write($0) }
    try folder.finish()
  }

  /// Writes a marked copy.
  ///
  /// - Parameters:
  ///   - message: what its mark says.
  ///   - output: gets a file of the master's kind; making it final is left to the caller.
  /// - Throws: `MasterError`, `ImageError` or `SystemError`.
  package func writeCopy(_ message: Message, to output: OutputFile) throws {
    guard let key = ImageKey(bytes: try files.secret(.pictureKey)) else {
      throw MasterError.wrongSecret(files.path, .pictureKey)
    }
    let marker = try ImageMarker(
      key: key, message: .full(message), psnr: Double(manifest.hundredthsOfPSNR) / 100)
    let name = files.path + "/" + MasterPart.picture.rawValue
    let image = try StillImage(files.contents(of: .picture), name: name)
    let (luma, fault) = try image.luma()
    if let fault { throw fault }
    let host = LumaPlane(width: image.width, height: image.height, samples: luma)
    _ = try image.add(marker.mark(host).samples, quality: manifest.quality)
    try image.write(to: output)
  }
}
