import Trade

/// The cue sheet of an image: what programs read that burn, mount or rip it.
package struct CueSheet {
  private let disc: AudioDisc
  private let imageName: String

  /// - Parameters:
  ///   - disc: what is in the image.
  ///   - imageName: the name of the image's file, in the same folder.
  package init(_ disc: AudioDisc, imageName: String) {
    self.disc = disc
    self.imageName = imageName
  }

  /// The sheet: texts in ISO 8859-1, which is what programs take for CD-TEXT, the name of the image
  /// as the file system has it.
  package var bytes: [UInt8] {
    var lines: [[UInt8]] = []
    func add(_ word: String, _ text: String?) {
      if let text { lines.append(Array("\(word) ".utf8) + SheetText.cue(text)) }
    }
    if let number = disc.catalogueNumber { lines.append(Array("CATALOG \(number)".utf8)) }
    add("TITLE", disc.title)
    add("PERFORMER", disc.performer)
    lines.append(Array("FILE \"\(imageName.replacing("\"", with: "'"))\" BINARY".utf8))
    for (number, (track, start)) in zip(disc.tracks, disc.starts).enumerated() {
      lines.append(Array("  TRACK \(number < 9 ? "0" : "")\(number + 1) AUDIO".utf8))
      add("    TITLE", track.title)
      add("    PERFORMER", track.performer)
      if let isrc = track.isrc { lines.append(Array("    ISRC \(isrc)".utf8)) }
      lines.append(Array("    INDEX 01 \(RedBook.time(ofSector: start))".utf8))
    }
    return lines.flatMap { $0 + [UInt8(ascii: "\n")] }
  }
}
