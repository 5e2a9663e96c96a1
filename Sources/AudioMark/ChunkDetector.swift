import Glibc
import MarkCode
package import MarkKeys

/// Looks for the marks of one key in one stretch of spectra, a few minutes at most.
package final class ChunkDetector {
  private typealias G = MarkGeometry
  private typealias Candidate = AlignmentSearch.Candidate

  package let keyName: String
  private let schedule: SlotSchedule
  private let search: AlignmentSearch
  private let layers: [(empty: LayerBlock, decoder: MessageDecoder, code: MessageCode)]
  /// Natural logarithm of the largest bound that counts as a detection.
  private let logThreshold: Double
  /// Blocks decoded so far: what the bound of every detection is multiplied with.
  package private(set) var attempts = 0
  /// Where the mark lay in the stretch before: looked at first.
  private var lastFound: (pitch: Double, step: Double)?

  /// - Parameters:
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
  package func detect(
    _ spectra: SpectrumMap, start: Double, extent: SearchExtent
  ) -> [MarkDetection] {
    guard spectra.count >= 2 * G.frameRate else { return [] }
    let plain = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: 1, spacing: Double(G.framesPerHop))
    guard plain.activity > 0 else { return [] }
    let step = Double(G.framesPerSymbol)
    if let last = lastFound, last.pitch != 1 || abs(last.step - step) > 0.002 {
      let found = follow(spectra, pitch: last.pitch, step: last.step, start: start)
      if !found.isEmpty { return found }
    }
    var found = decode(plain, candidates(plain, step: step, pitch: 1), start: start)
    guard found.isEmpty, extent != .narrow else { return found }
    let speeds = SpeedSearch(spectra: spectra, search: search, extent: extent)
    for stage in SpeedSearch.Stage.allCases {
      for window in speeds.windows(most: stage == .both ? 1 : 3) {
        let candidates = speeds.candidates(stage, window: window, wanted: 6)
        for candidate in candidates where candidate.z > 5 {
          let sharp = sharpened(spectra, candidate, window: window)
          found = follow(
            spectra, pitch: sharp.pitch, step: sharp.step, start: start, hint: (sharp, window))
          if !found.isEmpty { return found }
        }
      }
    }
    return []
  }

  /// Tries pitches between those of the search, and the spacing that goes with the step.
  private func sharpened(
    _ spectra: SpectrumMap, _ candidate: Candidate, window: Range<Int>
  ) -> Alignment {
    var best = candidate
    best.z = -.infinity
    for tilt in [-0.01, 0, 0.01] {
      var alignment = candidate.alignment
      alignment.pitch *= 1 + tilt
      if abs(alignment.pitch - 1) < 0.004 { alignment.pitch = 1 }
      let map = StatisticMap(
        spectra, window, schedule: schedule, pitch: alignment.pitch, spacing: alignment.spacing)
      alignment.frame -= Double(window.lowerBound)
      var sharp = search.refine(
        map, Candidate(alignment: alignment, range: 0..<map.count, z: 0), limit: 0..<map.count)
      sharp.alignment.frame += Double(window.lowerBound)
      if sharp.z > best.z { best = sharp }
    }
    return best.alignment
  }

  /// Looks through the whole stretch at a known pitch and step.
  private func follow(
    _ spectra: SpectrumMap, pitch: Double, step: Double, start: Double,
    hint: (alignment: Alignment, window: Range<Int>)? = nil
  ) -> [MarkDetection] {
    let map = StatisticMap(
      spectra, 0..<spectra.count, schedule: schedule, pitch: pitch, spacing: step / 3)
    var list = candidates(map, step: step, pitch: pitch)
    if let hint {
      let range = hint.window.clamped(to: 0..<map.count)
      let z = map.z(
        hint.alignment, symbols: map.symbols(hint.alignment, in: range), schedule: schedule)
      list.insert(Candidate(alignment: hint.alignment, range: range, z: max(z, 6)), at: 0)
    }
    let found = decode(map, list, start: start)
    if let first = found.first {
      lastFound = (pitch, Double(G.framesPerSymbol) / first.speed)
    }
    return found
  }

  /// Candidates at one step: of the whole stretch, and of windows in case it has been cut.
  private func candidates(_ map: StatisticMap, step: Double, pitch: Double) -> [Candidate] {
    let whole = 0..<map.count
    var list = search.candidates(map, in: whole, step: step, pitch: pitch, wanted: 8)
    let length = 10 * G.frameRate
    if map.count > length * 3 / 2 {
      var lower = 0
      while lower < map.count - length / 2 {
        let window = lower..<min(lower + length, map.count)
        for candidate in search.candidates(map, in: window, step: step, pitch: pitch, wanted: 2) {
          AlignmentSearch.insert(candidate, into: &list, wanted: 12)
        }
        lower += length / 2
      }
    }
    return list
  }

  /// Turns candidates into alignments that cover the stretch, and decodes what they read.
  private func decode(
    _ map: StatisticMap, _ candidates: [Candidate], start: Double
  ) -> [MarkDetection] {
    var found: [MarkDetection] = []
    for (index, candidate) in candidates.enumerated() {
      if index > 0, candidate.z < 3.5 { break }
      let locks = lock(map, candidate)
      found = read(map, locks, start: start)
      if !found.isEmpty { return found }
      if locks.count > 1 {
        found = read(map, [locks[0]], start: start)
        if !found.isEmpty { return found }
      }
    }
    return []
  }

  /// Follows a candidate as far as it goes, then looks for it again in what is left on both sides.
  private func lock(_ map: StatisticMap, _ candidate: Candidate) -> [Candidate] {
    let first = search.refine(map, candidate, limit: 0..<map.count)
    var locks = [first]
    var open = [0..<first.range.lowerBound, first.range.upperBound..<map.count]
    while let range = open.popLast(), locks.count < 64 {
      guard range.count >= 3 * G.frameRate else { continue }
      // Short windows first at the seam, so that a cut soon after does not hide the rest.
      let step = first.alignment.step
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
          let detection = decodeBlock(block, decoder, code, pieces: pieces, map, locks, start: start)
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
          speed: main.speed, pitch: main.pitch, score: correlation / max(total, 1e-30),
          bound: exp(bound), logBound: bound, pieces: evidence),
        rest
      )
    }
    return nil
  }
}
