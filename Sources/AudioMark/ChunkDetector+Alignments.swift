extension ChunkDetector {
  /// An alignment and the statistics it is to be read from.
  struct ReadableAlignment {
    let map: StatisticMap
    let candidate: Candidate
  }

  /// Where the symbols of a mark lie, known by a message or because it cannot be chance.
  ///
  /// - Parameters:
  ///   - spectra: what to look at.
  ///   - decoded: messages that were found in it: they say where symbols lie.
  ///   - extent: how far to look for changes of speed and pitch.
  /// - Returns: the alignments in the order of their places, nil where nothing is certain.
  func alignments(
    _ spectra: SpectrumMap, decoded: [MarkDetection], extent: SearchExtent
  ) -> [ReadableAlignment]? {
    if let first = decoded.min(by: { $0.logBound < $1.logBound }) {
      let map = StatisticMap(
        spectra, 0..<spectra.count, schedule: schedule, pitch: first.alignment.pitch,
        spacing: first.alignment.spacing)
      let range = 0..<map.count
      var candidate = Candidate(alignment: first.alignment, range: range, z: 0)
      candidate.z = map.z(
        first.alignment, symbols: map.symbols(first.alignment, in: range), schedule: schedule)
      return everywhere(map, candidate)
    }
    guard extent != .narrow, let other = otherSpeed(spectra, extent: extent) else { return nil }
    return everywhere(other.map, other.candidate)
  }

  /// Where symbols may lie at the plain speed.
  ///
  /// - Parameters:
  ///   - spectra: what to look at.
  ///   - certainZ: standard deviations from which an alignment is followed everywhere and no other
  ///     one is tried.
  ///   - most: how many are given where none is certain.
  /// - Returns: the alignments, the likeliest first.
  func plainAlignments(
    _ spectra: SpectrumMap, certainZ: Float, most: Int
  ) -> [ReadableAlignment] {
    let plain = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: 1,
      spacing: Double(MarkGeometry.framesPerHop))
    guard plain.activity > 0 else { return [] }
    let list = refined(
      plain, candidates(plain, step: Double(MarkGeometry.framesPerSymbol), pitch: 1), most: most)
    if let best = list.first, best.z > certainZ { return everywhere(plain, best) }
    return list.map { ReadableAlignment(map: plain, candidate: $0) }
  }

  /// Candidates sharpened within the stretch, the likeliest first.
  private func refined(
    _ map: StatisticMap, _ list: [Candidate], most: Int
  ) -> [Candidate] {
    let seconds = map.count / MarkGeometry.frameRate
    return list.prefix(most).map { candidate in
      // Short pieces are read whole: no part of them stands out by itself.
      guard seconds < 12 else { return search.refine(map, candidate, limit: 0..<map.count) }
      var whole = candidate
      whole.range = 0..<map.count
      return search.refine(map, whole, limit: 0..<map.count)
    }.sorted { $0.z > $1.z }
  }

  /// An alignment that cannot be chance, and what of the stretch it does not reach.
  private func everywhere(_ map: StatisticMap, _ first: Candidate) -> [ReadableAlignment] {
    lock(map, first).sorted { $0.range.lowerBound < $1.range.lowerBound }
      .map { ReadableAlignment(map: map, candidate: $0) }
  }

  /// An alignment at another speed or pitch that cannot be chance.
  private func otherSpeed(
    _ spectra: SpectrumMap, extent: SearchExtent
  ) -> ReadableAlignment? {
    let speeds = SpeedSearch(spectra: spectra, search: search, extent: extent)
    for stage in SpeedSearch.Stage.allCases {
      for window in speeds.windows(most: stage == .both ? 2 : 3) {
        for candidate in speeds.candidates(stage, window: window, wanted: 3)
        where candidate.z > 6.5 {
          let sharp = sharpened(spectra, candidate)
          guard sharp.z > 8 else { continue }
          let map = StatisticMap(
            spectra, 0..<spectra.count, schedule: schedule, pitch: sharp.alignment.pitch,
            spacing: sharp.alignment.spacing)
          return ReadableAlignment(
            map: map, candidate: search.refine(map, sharp, limit: 0..<map.count))
        }
      }
    }
    return nil
  }
}
