package import AudioMark
package import AudioStreams
import CommandLineSupport
import FingerprintCode
package import MarkKeys

/// Makes masters: renders a recording twice, once for each variant, both at the same time.
///
///     let writer = MasterWriter(content: "t1", key: key, copyright: message)
///     let manifest = try writer.write(AudioReader(path: "song.wav"), to: "masters/t1")
package struct MasterWriter {
  /// What the content is called in the ledger.
  package let content: String
  /// The key whose mark it carries.
  package let key: MarkKey
  /// What the copyright slots say.
  package let copyright: Message
  /// How strongly it is marked.
  package let strength: SymbolMarker.Strength
  /// Whether a recording that carries a mark of the key already is refused.
  package var refusesMarked = false

  package init(
    content: String, key: MarkKey, copyright: Message, strength: SymbolMarker.Strength = .init()
  ) {
    self.content = content
    self.key = key
    self.copyright = copyright
    self.strength = strength
  }

  /// Makes a master of a recording.
  ///
  /// - Parameters:
  ///   - reader: the recording, from its beginning.
  ///   - path: the folder that is made; it must not exist.
  ///   - encoding: how samples are stored, 8, 16 or 24 bits; nil for what FLAC would have.
  ///   - tags: instead of those of the recording.
  ///   - progress: called now and then with the frames done.
  /// - Returns: the manifest.
  /// - Throws: `MasterError`, `MarkedRecording`, `MarkingError`, `AudioError` or `SystemError`; the
  ///   folder does not exist then.
  package func write(
    _ reader: AudioReader, to path: String, encoding: SampleEncoding? = nil,
    tags: [AudioMetadata.Tag: String]? = nil, progress: (Int) -> Void = { _ in }
  ) throws -> MasterManifest {
    let encoding = encoding ?? reader.format.encoding.nearest(in: .flac)
    let format = reader.format.written(as: .wav, encoding: encoding)
    guard format.encoding.isMasterEncoding else {
      throw MasterError.encoding(path, format.encoding)
    }
    if reader.isTruncated { throw MasterError.truncated(reader.name) }
    let folder = try OutputFolder(path)
    defer { folder.discard() }
    var rendering = SoundRendering(key: key, copyright: copyright, strength: strength)
    rendering.refusesMarked = refusesMarked
    let rendered = try rendering.render(reader, as: format, in: folder, path, progress: progress)
    let fingerprint = FingerprintKey(key: key, title: content)
    let secret = try folder.create(MasterSecret.Name.fingerprintKey.rawValue, isSecret: true)
    try fingerprint.secret.withBytes { try secret.write($0) }
    let manifest = MasterManifest(
      content: content, key: key.name, copyright: copyright, fingerprint: fingerprint.commitment,
      format: format, frameCount: rendered.frameCount, tags: tags ?? reader.metadata.tags,
      parts: rendered.parts)
    try manifest.bytes.withUnsafeBytes { try folder.create(MasterOutline.fileName).write($0) }
    try folder.finish()
    return manifest
  }
}
