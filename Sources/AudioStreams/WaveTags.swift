/// The `LIST` chunk of kind `INFO`: texts under four-letter names.
enum WaveTags {
  private static let names: [(AudioMetadata.Tag, String)] = [
    (.title, "INAM"), (.artist, "IART"), (.album, "IPRD"), (.trackNumber, "ITRK"), (.date, "ICRD"),
    (.genre, "IGNR"), (.comment, "ICMT"), (.copyright, "ICOP"),
  ]

  /// The texts in the chunks on either side of the samples.
  static func tags(in wave: WaveChunks) -> [AudioMetadata.Tag: String] {
    var tags: [AudioMetadata.Tag: String] = [:]
    for chunk in wave.before where chunk.has("LIST") { read(chunk.bytes[...], into: &tags) }
    forEachChunk(in: wave.after[...]) { identifier, bytes in
      if identifier.elementsEqual("LIST".utf8) { read(bytes, into: &tags) }
    }
    return tags
  }

  /// The chunk for the given texts, or nil when there are none that it can carry.
  static func chunk(for tags: [AudioMetadata.Tag: String]) -> WaveChunks.Chunk? {
    var bytes = Array("INFO".utf8)
    for (tag, name) in names {
      guard let text = tags[tag], !text.isEmpty else { continue }
      bytes += WaveChunks.Chunk(name, Array(text.utf8) + [0]).serialized
    }
    return bytes.count > 4 ? WaveChunks.Chunk("LIST", bytes) : nil
  }

  private static func read(_ list: ArraySlice<UInt8>, into tags: inout [AudioMetadata.Tag: String])
  {
    guard list.starts(with: "INFO".utf8) else { return }
    forEachChunk(in: list.dropFirst(4)) { identifier, bytes in
      guard let tag = names.first(where: { identifier.elementsEqual($0.1.utf8) })?.0 else { return }
      let text = bytes.prefix { $0 != 0 }
      // Without a stated character set: what is no UTF-8 is read as Latin-1.
      tags[tag] =
        String(validating: text, as: UTF8.self)
        ?? String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) }))
    }
  }

  private static func forEachChunk(
    in bytes: ArraySlice<UInt8>, _ body: (ArraySlice<UInt8>, ArraySlice<UInt8>) -> Void
  ) {
    var rest = bytes
    while rest.count >= 8 {
      let size = rest.dropFirst(4).prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      body(rest.prefix(4), rest.dropFirst(8).prefix(size))
      rest = rest.dropFirst(8 + size + size % 2)
    }
  }
}
