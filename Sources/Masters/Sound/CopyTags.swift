package import AudioStreams

/// What a delivered copy says about itself in readable form.
package struct CopyTags: Sendable, Equatable {
  /// The texts that every container can carry; the comment has the notice in its last lines.
  package var tags: [AudioMetadata.Tag: String]
  /// The recording's ISRC, 12 characters.
  package var isrc: String?
  /// The order it was delivered for.
  package var order: String?
  /// Says that the copy is personal.
  package var notice: String?

  /// - Parameters:
  ///   - tags: of the master, see `MasterManifest.tags`.
  ///   - title: instead of the master's.
  ///   - artist: instead of the master's.
  ///   - isrc: the recording's ISRC.
  ///   - order: the order.
  ///   - notice: a line of text.
  package init(
    _ tags: [AudioMetadata.Tag: String] = [:], title: String? = nil, artist: String? = nil,
    isrc: String? = nil, order: String? = nil, notice: String? = nil
  ) {
    self.tags = tags
    if let title { self.tags[.title] = title }
    if let artist { self.tags[.artist] = artist }
    self.isrc = isrc
    self.order = order
    self.notice = notice
  }

  /// As texts for containers without names of their own for ISRC and order: in the comment.
  package var metadata: AudioMetadata {
    var tags = tags
    let lines = [
      tags[.comment], isrc.map { "ISRC: " + $0 }, order.map { "Order: " + $0 }, notice,
    ]
    tags[.comment] = Self.joined(lines)
    return AudioMetadata(tags: tags)
  }

  /// The fields of a Vorbis comment, in a fixed order.
  var vorbisFields: [(name: String, text: String)] {
    let names: [(AudioMetadata.Tag, String)] = [
      (.title, "TITLE"), (.artist, "ARTIST"), (.album, "ALBUM"), (.trackNumber, "TRACKNUMBER"),
      (.date, "DATE"), (.genre, "GENRE"), (.copyright, "COPYRIGHT"), (.license, "LICENSE"),
    ]
    let fields: [(name: String, text: String?)] =
      names.map { ($1, tags[$0]) } + [
        ("ISRC", isrc), ("ORDER", order), ("COMMENT", Self.joined([tags[.comment], notice])),
      ]
    return fields.compactMap { field in
      guard let text = field.text, !text.isEmpty else { return nil }
      return (field.name, text)
    }
  }

  private static func joined(_ lines: [String?]) -> String? {
    let lines = lines.compactMap(\.self).filter { !$0.isEmpty }
    return lines.isEmpty ? nil : lines.joined(separator: "\n")
  }
}
