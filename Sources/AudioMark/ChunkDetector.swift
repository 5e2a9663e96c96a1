import Glibc
import MarkCode
package import MarkKeys

/// Looks for the marks of one key in one stretch of spectra, a few minutes at most.
package final class ChunkDetector {
  private typealias G = MarkGeometry
  typealias Candidate = AlignmentSearch.Candidate

  package let keyName: String
  let schedule: SlotSchedule
  let search: AlignmentSearch
  private let layers: [(empty: LayerBlock, decoder: MessageDecoder, code: MessageCode)]
  /// Natural logarithm of the largest bound that counts as a detection.
  private let logThreshold: Double
  /// Blocks decoded so far: what the bound of every detection is multiplied with.
  package private(set) var attempts = 0
  /// Where the mark lay in the stretch before: looked at first.
  private var lastFound: (pitch: Double, step: Double)?

  /// - Parameters:
  ///   - key: whose marks to look for.
  ///   - threshold: the largest bound that counts as a detection.
  package init(key: MarkKey, threshold: Double) {
    keyName = key.name
    schedule = SlotSchedule(key: key)
    search = AlignmentSearch(schedule: schedule)
    logThreshold = log(threshold)
    var layers: [(LayerBlock, MessageDecoder, MessageCode)] = []
    for (plan, layer) in [
      (MarkPlan.direct, MarkLayer.identity), (.delivery, .identity), (.delivery, .copyright),
    ] {
      guard let code = plan.code(of: layer) else { continue }
      layers.append(
        (
          LayerBlock(schedule: schedule, plan: plan, layer: layer, code: code),
          MessageDecoder(code: code), code
        ))
    }
    self.layers = layers
  }

  /// Finds the marks in the spectra.
  ///
  /// - Parameters:
  ///   - spectra: what to look at.
  ///   - start: seconds at which its first frame begins.
  ///   - extent: how far to look.
  /// - Returns: what is certain; nothing where nothing is.
  package func detect(
    _ spectra: SpectrumMap, start: Double, extent: SearchExtent
  ) -> [MarkDetection] {
    guard spectra.count >= 2 * G.frameRate else { return [] }
    let step = Double(G.framesPerSymbol)
    if let last = lastFound, last.pitch != 1 || abs(last.step - step) > 0.002 {
      let found = follow(spectra, pitch: last.pitch, step: last.step, start: start)
      if !found.isEmpty {
        return PitchMeasurement.applied(to: found, spectra, start: start, schedule: schedule)
      }
    }
    let plain = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: 1, spacing: Double(G.framesPerHop))
    guard plain.activity > 0 else { return [] }
    var found = decode(plain, candidates(plain, step: step, pitch: 1), start: start)
    if found.isEmpty, extent != .narrow {
      found = searchSpeeds(spectra, start: start, extent: extent)
    }
    return PitchMeasurement.applied(to: found, spectra, start: start, schedule: schedule)
  }

  /// Looks for other speeds and pitches, window by window, and follows what is found everywhere.
  private func searchSpeeds(
    _ spectra: SpectrumMap, start: Double, extent: SearchExtent
  ) -> [MarkDetection] {
    let speeds = SpeedSearch(spectra: spectra, search: search, extent: extent)
    for stage in SpeedSearch.Stage.allCases {
      for window in speeds.windows(most: stage == .both ? 2 : 3) {
        let isWhole = window.count * 3 > spectra.count * 2
        let list = speeds.candidates(stage, window: window, wanted: isWhole ? 6 : 3)
        for candidate in list where candidate.z > (isWhole ? 4 : 5) {
          let sharp = sharpened(spectra, candidate)
          // Chance does not go on outside the window it was found in.
          guard isWhole || sharp.z > 6.5 else { continue }
          let found = follow(
            spectra, pitch: sharp.alignment.pitch, step: sharp.alignment.step, start: start,
            hint: sharp)
          if !found.isEmpty { return found }
        }
      }
    }
    return []
  }

  /// Tries pitches between those of the search, on a range three times as long where there is one.
  func sharpened(_ spectra: SpectrumMap, _ candidate: Candidate) -> Candidate {
    let window = candidate.range
    let lower = max(0, window.lowerBound - window.count)
    let wide = lower..<min(spectra.count, window.upperBound + window.count)
    var best = candidate
    best.z = -.infinity
    for tilt in [-0.01, 0, 0.01] {
      var trial = candidate
      trial.alignment.pitch *= 1 + tilt
      if abs(trial.alignment.pitch - 1) < 0.004 { trial.alignment.pitch = 1 }
      let map = StatisticMap(
        spectra, wide, schedule: schedule, pitch: trial.alignment.pitch,
        spacing: trial.alignment.spacing)
      trial.alignment.frame -= Double(lower)
      trial.range = (window.lowerBound - lower..<window.upperBound - lower)
        .clamped(to: 0..<map.count)
      trial = search.refine(map, trial, limit: 0..<map.count)
      trial.alignment.frame += Double(lower)
      trial.range = trial.range.lowerBound + lower..<trial.range.upperBound + lower
      if trial.z > best.z { best = trial }
    }
    return best
  }

  /// Looks through the whole stretch at a known pitch and step.
  private func follow(
    _ spectra: SpectrumMap, pitch: Double, step: Double, start: Double, hint: Candidate? = nil
  ) -> [MarkDetection] {
    let map = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: pitch, spacing: step / 3)
    var found: [MarkDetection] = []
    if let hint { found = decode(map, [hint], start: start) }
    // Elsewhere than at the hint only what is certain by itself is worth looking for.
    if found.isEmpty, hint.map({ $0.z > 6.5 }) ?? true {
      found = decode(map, candidates(map, step: step, pitch: pitch), start: start)
    }
    if let first = found.first {
      lastFound = (pitch, Double(G.framesPerSymbol) / first.speed)
    }
    return found
  }

  /// Candidates at one step: of the whole stretch, and of windows in case it has been cut.
  func candidates(_ map: StatisticMap, step: Double, pitch: Double) -> [Candidate] {
    let whole = 0..<map.count
    var list = search.candidates(map, in: whole, step: step, pitch: pitch, wanted: 16)
    if let first = list.first, first.z > 12 { return [first] }
    let length = 10 * G.frameRate
    if map.count > length * 3 / 2 {
      var lower = 0
      while lower < map.count - length / 2 {
        let window = lower..<min(lower + length, map.count)
        for candidate in search.candidates(map, in: window, step: step, pitch: pitch, wanted: 2) {
          AlignmentSearch.insert(candidate, into: &list, wanted: 16)
        }
        lower += length / 2
      }
    }
    return list
  }

  /// Turns candidates into alignments that cover the stretch, and decodes what they read.
  ///
  /// Each candidate is decoded where it was found; only a message, or an alignment that cannot be
  /// chance, is followed through the rest of the stretch.
  private func decode(
    _ map: StatisticMap, _ candidates: [Candidate], start: Double
  ) -> [MarkDetection] {
    // Short stretches are decoded at many places, since energies alone do not tell them apart.
    let seconds = map.count / G.frameRate
    let (most, least): (Int, Float) = seconds < 16 ? (16, 2.5) : seconds < 61 ? (12, 3.2) : (5, 4.5)
    for (index, candidate) in candidates.prefix(most).enumerated() {
      if index > 0, candidate.z < least { break }
      let first = search.refine(map, candidate, limit: 0..<map.count)
      var found = read(map, [first], start: start)
      guard !found.isEmpty || first.z > 7 else { continue }
      let locks = lock(map, first)
      if locks.count > 1 {
        let all = read(map, locks, start: start)
        if !all.isEmpty { found = all }
      }
      if !found.isEmpty { return found + readGaps(map, found, first.alignment, start: start) }
    }
    return []
  }

  /// Looks again where the messages that were found do not reach: another copy may lie there, at
  /// the same step and another offset.
  private func readGaps(
    _ map: StatisticMap, _ found: [MarkDetection], _ alignment: Alignment, start: Double
  ) -> [MarkDetection] {
    var more: [MarkDetection] = []
    var open = gaps(0..<map.count, found, start: start)
    while let range = open.popLast(), more.count < 32 {
      guard range.count >= 4 * G.frameRate else { continue }
      let list = search.candidates(
        map, in: range, step: alignment.step, pitch: alignment.pitch, wanted: 3)
      for candidate in list where candidate.z > 5 {
        let next = read(map, [search.refine(map, candidate, limit: range)], start: start)
        guard !next.isEmpty else { continue }
        more += next
        open += gaps(range, next, start: start).filter { $0 != range }
        break
      }
    }
    return more
  }

  /// The parts of a range in which no detection has evidence.
  private func gaps(
    _ range: Range<Int>, _ found: [MarkDetection], start: Double
  ) -> [Range<Int>] {
    func frame(_ seconds: Double) -> Int {
      Int(((seconds - start) * Double(G.frameRate)).rounded())
    }
    let pieces = found.flatMap(\.pieces).sorted { $0.start < $1.start }
    var result: [Range<Int>] = []
    var lower = range.lowerBound
    for piece in pieces {
      if frame(piece.start) > lower { result.append(lower..<frame(piece.start)) }
      lower = max(lower, frame(piece.end))
    }
    if lower < range.upperBound { result.append(lower..<range.upperBound) }
    return result
  }

  /// Looks for the alignment of a candidate again in what is left on both sides of it.
  func lock(_ map: StatisticMap, _ first: Candidate) -> [Candidate] {
    var locks = [first]
    var open = [0..<first.range.lowerBound, first.range.upperBound..<map.count]
    let step = first.alignment.step
    while let range = open.popLast(), locks.count < 64 {
      guard range.count >= 3 * G.frameRate else { continue }
      var best: Candidate?
      for seconds in [20, 8] {
        let length = seconds * G.frameRate
        var lower = range.lowerBound
        while lower < range.upperBound - min(length, range.count) / 2 {
          let window = lower..<min(lower + length, range.upperBound)
          for candidate in search.candidates(
            map, in: window, step: step, pitch: first.alignment.pitch, wanted: 1)
          where candidate.z > max(5, best?.z ?? 0) {
            best = candidate
          }
          lower += length / 2
        }
        if let best, best.z > 7 { break }
      }
      guard let best else { continue }
      let next = search.refine(map, best, limit: range)
      locks.append(next)
      open.append(range.lowerBound..<next.range.lowerBound)
      open.append(next.range.upperBound..<range.upperBound)
    }
    return locks
  }

  /// Decodes all layers, and what is left over once more, for copies put together from several.
  private func read(
    _ map: StatisticMap, _ locks: [Candidate], start: Double
  ) -> [MarkDetection] {
    var found: [MarkDetection] = []
    for (empty, decoder, code) in layers {
      var pieces = self.pieces(map, locks, empty)
      while !pieces.isEmpty {
        var block = empty
        for piece in pieces { block.add(piece.block) }
        guard
          let detection = decodeBlock(
            block, decoder, code, pieces: pieces, map, locks, start: start)
        else { break }
        found.append(detection.0)
        let rest = detection.1
        guard rest.count < pieces.count, rest.count >= 2 else { break }
        pieces = rest
      }
    }
    return found
  }

  /// A few seconds of an alignment and the soft values they give.
  private struct SoftPiece {
    var range: Range<Int>
    var block: LayerBlock
    var energy: Double
    var symbols: Int
  }

  private func pieces(
    _ map: StatisticMap, _ locks: [Candidate], _ empty: LayerBlock
  ) -> [SoftPiece] {
    var result: [SoftPiece] = []
    let length = 3 * G.frameRate
    for lock in locks {
      var lower = lock.range.lowerBound
      while lower < lock.range.upperBound {
        var upper = min(lower + length, lock.range.upperBound)
        if lock.range.upperBound - upper < length / 2 { upper = lock.range.upperBound }
        var block = empty
        let symbols = map.symbols(lock.alignment, in: lower..<upper)
        block.add(map, lock.alignment, symbols: symbols, schedule: schedule)
        let energy = block.soft.reduce(0.0) { $0 + Double($1) * Double($1) }
        result.append(
          SoftPiece(range: lower..<upper, block: block, energy: energy, symbols: symbols.count))
        lower = upper
      }
    }
    return result.sorted { $0.range.lowerBound < $1.range.lowerBound }
  }

  private func decodeBlock(
    _ block: LayerBlock, _ decoder: MessageDecoder, _ code: MessageCode, pieces: [SoftPiece],
    _ map: StatisticMap, _ locks: [Candidate], start: Double
  ) -> (MarkDetection, [SoftPiece])? {
    attempts += 1
    let decoded = block.soft.withUnsafeBufferPointer { decoder.decode($0) }
    for candidate in decoded {
      let message = Message(high: candidate.high, low: candidate.low)
      let signs = SymbolBits.encode(message, code)
      let correlation = block.correlation(signs)
      let one = block.soft.withUnsafeBufferPointer {
        FalsePositiveBound.logarithm(soft: $0, correlation: correlation)
      }
      let bound = FalsePositiveBound.overMessages(logarithm: one, attempts: attempts)
      guard bound < logThreshold else { continue }
      var evidence: [MarkDetection.Piece] = []
      var rest: [SoftPiece] = []
      for piece in pieces {
        let z = piece.block.correlation(signs) / max(piece.energy.squareRoot(), 1e-30)
        if z > 2.5 {
          evidence.append(
            MarkDetection.Piece(
              start: start + Double(piece.range.lowerBound) / Double(G.frameRate),
              end: start + Double(piece.range.upperBound) / Double(G.frameRate), z: z,
              symbols: piece.symbols))
        } else {
          rest.append(piece)
        }
      }
      let total = block.soft.reduce(0.0) { $0 + Double(abs($1)) }
      let main = locks[0].alignment
      let seconds = 1 / Double(G.frameRate)
      return (
        MarkDetection(
          key: keyName, message: message, plan: block.plan, layer: block.layer,
          start: evidence.first?.start ?? start + Double(locks[0].range.lowerBound) * seconds,
          end: evidence.last?.end ?? start + Double(locks[0].range.upperBound) * seconds,
          speed: main.speed, pitch: main.pitch, alignment: main,
          score: correlation / max(total, 1e-30),
          bound: exp(bound), logBound: bound, pieces: evidence),
        rest
      )
    }
    return nil
  }
}
