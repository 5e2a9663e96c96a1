import Glibc

/// Looks for the alignment over speeds, tempos and pitches on short windows.
struct SpeedSearch {
  private typealias G = MarkGeometry
  typealias Candidate = AlignmentSearch.Candidate

  /// A line or area of the plane of speeds and pitches.
  enum Stage: CaseIterable {
    /// Pitch and tempo change together, as on a tape.
    case speed
    /// Only the tempo changes, or only the pitch.
    case tempoOrPitch
    /// Everything.
    case both
  }

  let spectra: SpectrumMap
  let search: AlignmentSearch
  let extent: SearchExtent

  /// Seconds of the windows, at most.
  static let windowSeconds = 10

  /// The windows to look at: full ones, spread over the range.
  ///
  /// - Parameter most: how many.
  /// - Returns: ranges of frames.
  func windows(most: Int) -> [Range<Int>] {
    let length = min(Self.windowSeconds * G.frameRate, spectra.count)
    let room = spectra.count - length
    if room < length / 2 { return [room / 2..<room / 2 + length] }
    let count = min(most, 1 + room / length)
    return (0..<count).map { index in
      let start = Int(Double(room) * (Double(index) + 0.5) / Double(count))
      return start..<start + length
    }
  }

  /// The best candidates of a stage in one window, counted in frames of all spectra.
  func candidates(_ stage: Stage, window: Range<Int>, wanted: Int) -> [Candidate] {
    let tolerance = 2.0 / Double(window.count)
    let pitchStep = 0.022
    var found: [Candidate] = []
    func look(pitches: ClosedRange<Double>, tempos: (Double) -> ClosedRange<Double>) {
      let last = pitches.upperBound
      var pitch = pitches.lowerBound
      while pitch <= last + 1e-9 {
        let range = tempos(pitch)
        // One map serves tempos within two parts in a hundred: the spacing hardly differs.
        var tempo = range.lowerBound
        while tempo <= range.upperBound + 1e-9 {
          let end = min(tempo * 1.04, range.upperBound)
          let spacing = Double(G.framesPerHop) / ((tempo + end) / 2)
          let map = StatisticMap(
            spectra, window, schedule: search.schedule, pitch: pitch, spacing: spacing)
          let energies = EnergyMap(map, 0..<map.count)
          while tempo <= end + 1e-9 {
            let step = Double(G.framesPerSymbol) / tempo
            for var candidate in search.candidates(
              energies, first: window.lowerBound, step: step, pitch: pitch, wanted: 2)
            {
              candidate.range = window
              AlignmentSearch.insert(candidate, into: &found, wanted: wanted)
            }
            tempo *= 1 + 2 * tolerance
          }
        }
        pitch *= 1 + pitchStep
      }
    }
    let tempo = extent.tempo
    let pitch = extent.pitch
    switch stage {
    case .speed:
      look(pitches: (1 - tempo)...(1 + tempo)) {
        $0 * (1 - pitchStep / 2)...$0 * (1 + pitchStep / 2)
      }
    case .tempoOrPitch:
      look(pitches: 1...1) { _ in (1 - tempo)...(1 + tempo) }
      look(pitches: (1 - pitch)...(1 + pitch)) { _ in 1 - tolerance...1 + tolerance }
    case .both:
      look(pitches: (1 - pitch)...(1 + pitch)) { _ in (1 - tempo)...(1 + tempo) }
    }
    return found
  }
}
