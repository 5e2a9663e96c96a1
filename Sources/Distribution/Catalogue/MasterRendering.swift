package import AudioStreams
package import CommandLineSupport
package import Ledger
package import MarkKeys
package import Masters

/// Makes the master of a title in a store, or finds that the same one is there.
///
/// The master is rendered anew in any case, since a recording may come through a pipe: the same
/// recording, key and copyright message give the same bytes everywhere, so masters are compared by
/// their identities and nothing else has to be remembered.
package struct MasterRendering {
  /// The title.
  package let content: Handle
  package let key: MarkKey
  /// What the copyright slots say.
  package let copyright: CopyrightInformation
  /// Whether a recording that carries a mark of the key is taken all the same.
  package let takesMarked: Bool
  /// Whether another recording may take the place of one that was published.
  package let replaces: Bool

  /// - Parameters:
  ///   - content: the title.
  ///   - key: the mark key.
  ///   - copyright: what the copyright slots say.
  ///   - takesMarked: whether a recording that carries a mark of the key is taken all the same.
  ///   - replaces: whether another recording may take the place of one that was published.
  package init(
    content: Handle, key: MarkKey, copyright: CopyrightInformation, takesMarked: Bool,
    replaces: Bool
  ) {
    self.content = content
    self.key = key
    self.copyright = copyright
    self.takesMarked = takesMarked
    self.replaces = replaces
  }

  /// Renders a recording, and puts the master in its place.
  ///
  /// - Parameters:
  ///   - reader: the recording.
  ///   - place: where the master will be.
  ///   - isKnown: whether the title was ever published: only then anybody relies on the master.
  ///   - progress: called now and then with the frames done.
  /// - Returns: the master, which is durable.
  /// - Throws: `CatalogueFault`, and as `MasterWriter.write`.
  package func render(
    _ reader: AudioReader, at place: MasterPlace, isKnown: Bool, progress: (Int) -> Void
  ) throws -> MasterFiles {
    try checkPlace(place, isKnown: isKnown)
    var writer = MasterWriter(content: "\(content)", key: key, copyright: copyright.message)
    writer.refusesMarked = !takesMarked
    defer { try? place.removeOther() }
    _ = try writer.write(reader, to: place.newPath, progress: progress)
    guard try Master(path: place.newPath).index.differs.contains(true) else {
      throw CatalogueFault.silent(reader.name)
    }
    return try install(at: place, isKnown: isKnown)
  }

  /// Makes the master of a picture, and puts it in its place.
  ///
  /// - Parameters:
  ///   - source: the file.
  ///   - place: where the master will be.
  ///   - isKnown: whether the title was ever published.
  /// - Returns: the master, which is durable.
  /// - Throws: `CatalogueFault`, and as `PictureMaster.write`.
  package func render(
    picture source: ByteSource, at place: MasterPlace, isKnown: Bool
  ) throws -> MasterFiles {
    try checkPlace(place, isKnown: isKnown)
    defer { try? place.removeOther() }
    try PictureMaster.write(
      source, to: place.newPath, content: "\(content)", key: key, refusesMarked: !takesMarked)
    return try install(at: place, isKnown: isKnown)
  }

  /// Makes the master of a film, and puts it in its place; one that was made of the same file is left.
  ///
  /// - Parameters:
  ///   - file: the film, of any kind that ffmpeg knows; nil for YUV4MPEG2.
  ///   - source: YUV4MPEG2, from its first byte on.
  ///   - encoding: how it is encoded.
  ///   - needsSound: whether its sound has to carry what the copyright slots say.
  ///   - place: where the master will be.
  ///   - isKnown: whether the title was ever published.
  ///   - progress: called now and then with the frames done.
  /// - Returns: the master, which is durable.
  /// - Throws: `CatalogueFault`, and as `FilmMasterWriter.write`.
  package func render(
    film file: String?, _ source: ByteSource, _ encoding: FilmEncoding, needsSound: Bool,
    at place: MasterPlace, isKnown: Bool, progress: (Int) -> Void
  ) throws -> MasterFiles {
    try checkPlace(place, isKnown: isKnown)
    var writer = FilmMasterWriter(
      content: "\(content)", key: key, copyright: copyright.message, encoding: encoding)
    writer.needsSound = needsSound
    writer.refusesMarked = !takesMarked
    let hash = try file.map { try writer.source(of: $0) }
    if let hash, let old = place.master, let film = try? FilmMaster(old),
      film.manifest.source == hash
    {
      return old
    }
    defer { try? place.removeOther() }
    if let file {
      try writer.write(file: file, source: hash, to: place.newPath, progress: progress)
    } else {
      try writer.write(source, to: place.newPath, progress: progress)
    }
    return try install(at: place, isKnown: isKnown)
  }

  private func checkPlace(_ place: MasterPlace, isKnown: Bool) throws {
    if place.isTaken, place.master == nil, isKnown, !replaces {
      throw CatalogueFault.damaged(content, path: place.path)
    }
  }

  private func install(at place: MasterPlace, isKnown: Bool) throws -> MasterFiles {
    let new = try MasterFiles(path: place.newPath)
    if let old = place.master, old.identity == new.identity { return old }
    if place.isTaken, isKnown, !replaces {
      throw CatalogueFault.otherRecording(content, path: place.path)
    }
    try place.install()
    return try MasterFiles(path: place.path)
  }
}
