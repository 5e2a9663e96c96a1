import CSndfile

/// The texts libsndfile carries between files.
///
/// Its "software" text is left out: it names the encoder, and the output has another one.
enum SndfileTags {
  private static let numbers: [(AudioMetadata.Tag, CInt)] = [
    (.title, CInt(SF_STR_TITLE)), (.copyright, CInt(SF_STR_COPYRIGHT)),
    (.artist, CInt(SF_STR_ARTIST)), (.comment, CInt(SF_STR_COMMENT)),
    (.date, CInt(SF_STR_DATE)), (.album, CInt(SF_STR_ALBUM)), (.license, CInt(SF_STR_LICENSE)),
    (.trackNumber, CInt(SF_STR_TRACKNUMBER)), (.genre, CInt(SF_STR_GENRE)),
  ]

  /// The texts of an open file.
  static func read(_ handle: OpaquePointer) -> [AudioMetadata.Tag: String] {
    var tags: [AudioMetadata.Tag: String] = [:]
    for (tag, number) in numbers {
      guard let text = sf_get_string(handle, number) else { continue }
      let value = String(cString: text)
      if !value.isEmpty { tags[tag] = value }
    }
    return tags
  }

  /// Sets the texts of a file being written, as far as its container has room for them.
  static func write(_ tags: [AudioMetadata.Tag: String], _ handle: OpaquePointer) {
    for (tag, number) in numbers {
      guard let text = tags[tag] else { continue }
      _ = sf_set_string(handle, number, text)
    }
  }
}
