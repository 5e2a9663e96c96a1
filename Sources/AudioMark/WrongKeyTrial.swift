package import MarkCode
package import MarkKeys

/// What a key that marked nothing gives on real audio: for measuring false positives.
package struct WrongKeyTrial: Sendable {
  /// Natural logarithm of the bound for the message that was decoded; nil where none was.
  package let decodedBound: Double?
  /// Natural logarithm of Chernoff's bound for one message fixed beforehand.
  package let fixedBound: Double

  /// Looks for the key's best alignment in the spectra and reads it, as a detector would.
  ///
  /// - Parameters:
  ///   - key: the key to try.
  ///   - spectra: of audio that does not carry a mark of the key.
  ///   - range: frames to use.
  ///   - decoder: of plan direct.
  ///   - fixed: the message of `fixedBound`.
  package init(
    key: MarkKey, spectra: SpectrumMap, range: Range<Int>, decoder: MessageDecoder, fixed: Message
  ) {
    let schedule = SlotSchedule(key: key)
    let search = AlignmentSearch(schedule: schedule)
    let map = StatisticMap(
      spectra, range, schedule: schedule, pitch: 1, spacing: Double(MarkGeometry.framesPerHop))
    let step = Double(MarkGeometry.framesPerSymbol)
    guard
      let best = search.candidates(map, in: 0..<map.count, step: step, pitch: 1, wanted: 1).first
    else {
      decodedBound = nil
      fixedBound = 0
      return
    }
    var block = LayerBlock(
      schedule: schedule, plan: .direct, layer: .identity, code: decoder.code)
    block.add(
      map, best.alignment, symbols: map.symbols(best.alignment, in: 0..<map.count),
      schedule: schedule)
    func bound(_ message: Message) -> Double {
      let correlation = block.correlation(SymbolBits.encode(message, decoder.code))
      return block.soft.withUnsafeBufferPointer {
        FalsePositiveBound.logarithm(soft: $0, correlation: correlation)
      }
    }
    fixedBound = bound(fixed)
    decodedBound = block.soft.withUnsafeBufferPointer { decoder.decode($0) }.map { candidate in
      FalsePositiveBound.overMessages(
        logarithm: bound(Message(high: candidate.high, low: candidate.low)), attempts: 1)
    }.min()
  }
}
