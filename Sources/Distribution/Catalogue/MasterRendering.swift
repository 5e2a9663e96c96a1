package import AudioStreams
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
  ) throws -> Master {
    if place.isTaken, place.master == nil, isKnown, !replaces {
      throw CatalogueFault.damaged(content, path: place.path)
    }
    var writer = MasterWriter(content: "\(content)", key: key, copyright: copyright.message)
    writer.refusesMarked = !takesMarked
    defer { try? place.removeOther() }
    _ = try writer.write(reader, to: place.newPath, progress: progress)
    let new = try Master(path: place.newPath)
    guard new.index.differs.contains(true) else { throw CatalogueFault.silent(reader.name) }
    if let old = place.master, old.identity == new.identity { return old }
    if place.isTaken, isKnown, !replaces {
      throw CatalogueFault.otherRecording(content, path: place.path)
    }
    try place.install()
    return try Master(path: place.path)
  }
}
