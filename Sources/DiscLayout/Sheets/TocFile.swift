import Trade

/// The toc file of a disc, for cdrdao.
///
/// The samples are little-endian: cdrdao is called with `--swap`.
package struct TocFile {
  private let disc: AudioDisc
  private let imageName: String

  /// - Parameters:
  ///   - disc: what is written.
  ///   - imageName: the file of the samples; `-` is cdrdao's standard input.
  package init(_ disc: AudioDisc, imageName: String) {
    self.disc = disc
    self.imageName = imageName
  }

  /// The file: ASCII.
  package var text: String {
    var lines = ["// cdrdao --swap", "CD_DA"]
    if let number = disc.catalogueNumber { lines.append("CATALOG \"\(number)\"") }
    lines += ["CD_TEXT {", "  LANGUAGE_MAP { 0 : EN }", "  LANGUAGE 0 {"]
    lines += items(disc.title, disc.performer) + ["  }", "}"]
    let hasCodes = disc.tracks.contains { $0.isrc != nil }
    for (track, start) in zip(disc.tracks, disc.starts) {
      lines += ["", "TRACK AUDIO", "NO COPY", "TWO_CHANNEL_AUDIO"]
      if let isrc = track.isrc { lines.append("ISRC \"\(isrc)\"") }
      lines += ["CD_TEXT {", "  LANGUAGE 0 {"] + items(track.title, track.performer)
      if hasCodes { lines.append("    ISRC \"\(track.isrc?.printed ?? "")\"") }
      lines += ["  }", "}"]
      // Standard input is read on and on; a file has a place.
      let place = imageName == "-" ? "0" : RedBook.time(ofSector: start)
      lines.append(
        "FILE \(SheetText.toc(imageName)) \(place) \(RedBook.time(ofSector: track.sectors))")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// An item that stands anywhere must stand everywhere.
  private func items(_ title: String, _ performer: String?) -> [String] {
    [
      "    TITLE \(SheetText.toc(title))", "    PERFORMER \(SheetText.toc(performer ?? ""))",
    ]
  }
}
