/// Reads a stretch beside the recording it may be a copy of.
///
/// To a blind reader the music itself is noise, far louder than the mark. Where both variants of the
/// recording are at hand it can be taken off: what remains is what the copying did, and it is known
/// for each band and symbol how the variants differ. So a few seconds suffice after codecs that leave
/// little, and the place in the title is known as well. Only copies at the plain speed are read.
///
/// Neither the place nor how much is trusted depends on which of the variants a symbol has.
package final class InformedReader {
  private typealias G = MarkGeometry

  /// Longer recordings can be read without this.
  package static let mostSeconds = 60
  /// Alignments given where the recording resembles itself.
  private static let mostPlaces = 4
  /// Standard deviations from which a place counts.
  private static let leastZ = 6.5
  /// Parts of the best agreement from which another place counts, too.
  private static let closeToBest = 0.5
  /// Feature frames by which places are looked for.
  private static let longestQuery = 20 * G.frameRate
  /// Feature frames of the host looked at in one piece.
  private static let pieceLength = 60 * G.frameRate

  private let schedule: SlotSchedule
  private let levels: BandLevels
  /// Which bands the copy has, in the order of the places of the key.
  private let copyIsValid: [Bool]

  /// Takes what a search has taken in; nil where that was too much or too little.
  package init?(_ search: ReadingSearch) {
    guard let spectra = search.wholeSpectra,
      (G.frameRate...Self.mostSeconds * G.frameRate).contains(spectra.count)
    else { return nil }
    schedule = search.schedule
    let layout = BandLayout(lineWidth: spectra.lineWidth, lineCount: spectra.usableLines)
    levels = BandLevels(spectra, 0..<spectra.count, schedule: schedule, layout)
    copyIsValid = schedule.bandAtPlace.map { $0 < layout.validCount }
  }

  /// Reads the stretch as a copy of a recording.
  ///
  /// - Parameter host: the recording.
  /// - Returns: what the symbols say at each place where it may come from, the likeliest first; none
  ///   where it does not come from this recording.
  /// - Throws: what reading the host throws.
  package func readings(beside host: MarkedHost) throws -> [MarkReading] {
    let places = try places(in: host).map { try sharpened($0.frame, host) }
      .sorted { $0.agreement > $1.agreement }
    // Elsewhere the recording resembles itself, but not in what is as short as a symbol.
    guard let best = places.first?.agreement else { return [] }
    return try places.filter { $0.agreement > Self.closeToBest * best }.enumerated()
      .compactMap { rank, place in try reading(beside: host, start: place.start, rank: rank) }
  }

  private func layout(_ host: SpectrumMap) -> (BandLayout, BandMask) {
    let layout = BandLayout(lineWidth: host.lineWidth, lineCount: host.usableLines)
    let isValid = zip(schedule.bandAtPlace, copyIsValid).map { $0 < layout.validCount && $1 }
    return (layout, BandMask(isValid: isValid))
  }

  /// Looks for the stretch, or its middle, in the whole host.
  private func places(in host: MarkedHost) throws -> [HostPlaces.Place] {
    let length = min(levels.count, Self.longestQuery)
    let first = (levels.count - length) / 2
    var query: LevelOutline?
    var places = HostPlaces(most: Self.mostPlaces)
    let total = host.frameCount * G.frameRate / host.sampleRate
    // Half of the stretch may lie before the beginning or behind the end.
    var piece = -length / 2 / LevelOutline.stride * LevelOutline.stride
    while piece + length / 2 < total {
      let count = min(Self.pieceLength, total - piece - length / 2) + length + LevelOutline.stride
      let spectra = try host.spectra(
        .a, from: piece * host.sampleRate / G.frameRate, frames: count)
      let (layout, mask) = layout(spectra)
      let outline = LevelOutline(
        BandLevels(spectra, 0..<count, schedule: schedule, layout), mask: mask)
      if query == nil { query = LevelOutline(levels, first..<first + length, mask: mask) }
      if let query {
        places.add(query.correlations(with: outline), firstFrame: piece - first)
      }
      piece += Self.pieceLength
    }
    return places.outstanding(Self.leastZ)
  }

  /// Finds the sample of the host at which the stretch begins, and how well they agree then.
  private func sharpened(
    _ frame: Int, _ host: MarkedHost
  ) throws -> (start: Int, agreement: Double) {
    let length = min(levels.count, Self.longestQuery / 2)
    let first = (levels.count - length) / 2
    func sample(_ frame: Double) -> Int {
      Int((frame * Double(host.sampleRate) / Double(G.frameRate)).rounded())
    }
    var best = (start: Double(frame), agreement: -Double.infinity)
    func look(_ start: Double, lags: ClosedRange<Int>) throws {
      let from = start + Double(first + lags.lowerBound)
      let count = length + lags.count
      let spectra = try host.spectra(.a, from: sample(from), frames: count)
      let (layout, mask) = layout(spectra)
      let theirs = BandLevels(spectra, 0..<count, schedule: schedule, layout)
      let statistic = DifferenceMap(theirs, 0..<count - 1, mask: mask)
      let own = DifferenceMap(levels, first..<first + length - 1, mask: mask)
      for lag in lags {
        let agreement = own.agreement(with: statistic, at: lag - lags.lowerBound)
        if agreement > best.agreement { best = (start + Double(lag), agreement) }
      }
    }
    for quarter in 0..<4 { try look(Double(frame) + Double(quarter) / 4, lags: -6...6) }
    for offset in [-0.125, 0.125] { try look(best.start + offset, lags: 0...0) }
    return (sample(best.start), best.agreement)
  }

  private func reading(beside host: MarkedHost, start: Int, rank: Int) throws -> MarkReading? {
    let spectra = try MarkVariant.allCases.map {
      try host.spectra($0, from: start, frames: levels.count)
    }
    let (layout, mask) = layout(spectra[0])
    let variants = spectra.map {
      BandLevels($0, 0..<levels.count, schedule: schedule, layout)
    }
    // Symbols of the host whose frames all lie in the stretch.
    let rate = Double(host.sampleRate)
    let origin = -Double(start) * Double(G.frameRate) / rate
    let last = host.frameCount * G.symbolRate / host.sampleRate
    let end = Int((Double(levels.count) - origin) / Double(G.framesPerSymbol)) - 1
    let begin = max(0, Int((-origin / Double(G.framesPerSymbol)).rounded(.up)))
    guard begin < min(last, end) else { return nil }
    var evidence = InformedEvidence(mask)
    for symbol in begin..<min(last, end) {
      let frame = Int((origin + Double(symbol * G.framesPerSymbol)).rounded())
      guard frame >= 0, frame + G.framesPerHop < levels.count else {
        evidence.appendNothing()
        continue
      }
      evidence.append(
        copy: levels, a: variants[0], b: variants[1], frame: frame,
        isShared: schedule.layer[symbol % G.period] == .copyright)
    }
    let weighed = evidence.weighed()
    return MarkReading(
      titleSymbol: begin, ratios: weighed.ratios, powerRatio: weighed.powerRatio,
      origin: origin + Double(begin * G.framesPerSymbol), rank: rank)
  }
}
