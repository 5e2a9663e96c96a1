extension ChunkDetector {
  /// What each stage of the search finds and costs, for measurements.
  package func survey(_ spectra: SpectrumMap) -> [String] {
    let clock = ContinuousClock()
    var lines: [String] = []
    func note(_ name: String, _ body: () -> [AlignmentSearch.Candidate]) {
      var found: [AlignmentSearch.Candidate] = []
      let time = clock.measure { found = body() }
      let list = found.prefix(6).map { candidate in
        let a = candidate.alignment
        func digits(_ x: Double) -> Double { (x * 10000).rounded() / 10000 }
        return "\((candidate.z * 100).rounded() / 100)@\(digits(a.speed))/\(digits(a.pitch))"
      }
      lines.append("\(name) \(time): \(list.joined(separator: " "))")
    }
    var plain: StatisticMap?
    let time = clock.measure {
      plain = StatisticMap(spectra, 0..<spectra.count, schedule: schedule, pitch: 1, spacing: 2)
    }
    lines.append("map \(time)")
    guard let plain else { return lines }
    note("narrow") { candidates(plain, step: 6, pitch: 1) }
    let speeds = SpeedSearch(spectra: spectra, search: search, extent: .standard)
    for stage in SpeedSearch.Stage.allCases {
      for window in speeds.windows(most: 1) {
        note("\(stage)") { speeds.candidates(stage, window: window, wanted: 6) }
      }
    }
    return lines
  }

  /// How certain a known alignment is, window by window of ten seconds: for measurements.
  package func certainty(_ spectra: SpectrumMap, startSymbolFrame frame: Double) -> [Float] {
    let map = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: 1, spacing: 2)
    let alignment = Alignment(frame: frame, slot: 0, step: 6, pitch: 1)
    return stride(from: 0, to: map.count, by: 3000).map { lower in
      map.z(
        alignment, symbols: map.symbols(alignment, in: lower..<lower + 3000), schedule: schedule)
    }
  }
}
