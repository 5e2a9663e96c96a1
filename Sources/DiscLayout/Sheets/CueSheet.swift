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

  /// The sheet in UTF-8.
  package var text: String {
    var lines: [String] = []
    if let number = disc.catalogueNumber { lines.append("CATALOG \(number)") }
    lines.append("TITLE \(SheetText.cue(disc.title))")
    if let performer = disc.performer { lines.append("PERFORMER \(SheetText.cue(performer))") }
    lines.append("FILE \(SheetText.cue(imageName)) BINARY")
    for (number, (track, start)) in zip(disc.tracks, disc.starts).enumerated() {
      lines.append("  TRACK \(number < 9 ? "0" : "")\(number + 1) AUDIO")
      lines.append("    TITLE \(SheetText.cue(track.title))")
      if let performer = track.performer {
        lines.append("    PERFORMER \(SheetText.cue(performer))")
      }
      if let isrc = track.isrc { lines.append("    ISRC \(isrc)") }
      lines.append("    INDEX 01 \(RedBook.time(ofSector: start))")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
