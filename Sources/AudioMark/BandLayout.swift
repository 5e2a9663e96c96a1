/// Which spectral lines make up each band, for one length of analysis, sample rate and pitch.
struct BandLayout {
  /// First line of each band, and behind the last band the end: 33 numbers.
  let edges: [Int]
  /// Bands that lie below half the sample rate; those above are left alone.
  let validCount: Int

  /// - Parameters:
  ///   - lineWidth: distance of spectral lines in Hz.
  ///   - lineCount: lines there are, half the frame at most.
  ///   - pitch: factor on all frequencies.
  init(lineWidth: Double, lineCount: Int, pitch: Double = 1) {
    var result: [Int] = []
    let factor = MarkGeometry.lineWidth / lineWidth * pitch
    for edge in MarkGeometry.bandEdges {
      var line = Int((Double(edge) * factor).rounded())
      if let last = result.last { line = max(line, last + 1) }
      result.append(line)
    }
    let whole = result.dropFirst().prefix { $0 <= lineCount }.count
    validCount = whole
    edges = result.map { min($0, lineCount) }
  }
}
