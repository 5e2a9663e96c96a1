/// What a file says beside its samples.
package struct AudioMetadata: Sendable, Equatable {
  /// The texts that every container with tags can carry.
  package enum Tag: String, Sendable, CaseIterable {
    case title, artist, album, trackNumber, date, genre, comment, copyright, license
  }

  /// The texts found.
  package var tags: [Tag: String]
  /// The chunks of a WAVE file, kept byte for byte; nil when the source was none.
  package var wave: WaveChunks?

  package init(tags: [Tag: String] = [:], wave: WaveChunks? = nil) {
    self.tags = tags
    self.wave = wave
  }
}

extension AudioContainer {
  /// Whether a line of text of ours has a place in it.
  package var holdsText: Bool {
    switch self {
    case .wav, .rf64, .aiff, .flac, .ogg, .opus, .mp3, .caf: true
    case .w64, .au, .raw, .other: false
    }
  }
}

extension AudioMetadata {
  /// The chunk of a WAVE file that holds our line of text.
  private static let textChunk = "sktg"

  /// The places where a line of text of ours may stand: the comment and our own chunk.
  package var textPlaces: [[UInt8]] {
    var places = tags[.comment].map { [Array($0.utf8)] } ?? []
    for chunk in wave?.before ?? [] where chunk.has(Self.textChunk) { places.append(chunk.bytes) }
    return places
  }

  /// Puts a line of text in: into a chunk of its own in WAVE files, and elsewhere at the end of the
  /// comment, whose former lines of this kind are taken out.
  ///
  /// - Parameters:
  ///   - line: ASCII.
  ///   - removing: takes such lines out of a text.
  package mutating func put(text line: String, removing: ([UInt8]) -> [UInt8]) {
    if wave != nil {
      wave?.before.removeAll { $0.has(Self.textChunk) }
      wave?.before.append(WaveChunks.Chunk(Self.textChunk, Array(line.utf8)))
    }
    let comment = removing(Array((tags[.comment] ?? "").utf8))
    tags[.comment] =
      String(decoding: comment, as: UTF8.self) + (comment.isEmpty ? "" : "\n") + line
  }
}

/// The chunks of a WAVE file other than its samples.
package struct WaveChunks: Sendable, Equatable {
  /// One chunk: four letters and its contents without the padding byte.
  package struct Chunk: Sendable, Equatable {
    /// Four bytes, usually letters.
    package var identifier: [UInt8]
    /// The contents.
    package var bytes: [UInt8]

    package init(_ identifier: String, _ bytes: [UInt8]) {
      self.identifier = Array(identifier.utf8)
      self.bytes = bytes
    }

    init(identifier: [UInt8], bytes: [UInt8]) {
      self.identifier = identifier
      self.bytes = bytes
    }

    func has(_ name: String) -> Bool { identifier.elementsEqual(name.utf8) }

    /// The bytes in a file with header and padding.
    var serialized: [UInt8] {
      identifier + littleEndian(UInt32(bytes.count)) + bytes
        + (bytes.count % 2 == 1 ? [0] : [])
    }
  }

  /// The format that `fmt ` in `before` describes.
  package var format: AudioFormat
  /// The chunks in front of the samples in their order, `fmt ` and `fact` included.
  package var before: [Chunk]
  /// Every byte behind the samples and their padding, usually chunks.
  package var after: [UInt8]
  /// How many bytes of `after` belong to the RIFF by its size; announced by the header also while
  /// `after` has not been reached on a pipe.
  package var afterInsideRIFF: Int
}

/// The bytes of a number, least significant first.
func littleEndian(_ value: some FixedWidthInteger) -> [UInt8] {
  withUnsafeBytes(of: value.littleEndian, Array.init)
}
