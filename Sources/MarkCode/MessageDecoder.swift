/// Lists the messages that fit soft values best: Viterbi's algorithm on a ring, with a list.
///
/// The ring of times is cut at the seam, where the soft values are strongest. One pass forward
/// and one backward give, for each state at the seam, the metric of the best paths through it. Then
/// for each of the most likely states a pass is run that starts and ends in that state, and the
/// paths of all these passes are looked at in the order of their metrics, until `listSize` better
/// ones are known. Paths whose CRC is right are returned. `docs/code.md` says why this, and not a
/// longer memory, is what brings the error rate down.
///
/// Not for use by two tasks at once. Nothing is allocated after `init` but the result.
package final class MessageDecoder {
  /// The code of the blocks.
  package let code: MessageCode
  /// Paths on the list, over all states.
  package let listSize: Int
  /// States tried at the seam, at most.
  package let startStates: Int

  private var block: SoftBlock
  private let forward: ForwardPass
  private let backward: ForwardPass
  private var tracer: PathTracer
  /// Two columns of metrics.
  private let metrics: UnsafeMutablePointer<Int16>
  /// Metric of the best path through each state at the seam, both ways round.
  private let throughs: UnsafeMutablePointer<Int32>
  private let mirroredStates: UnsafeMutablePointer<UInt16>
  private let signs: UnsafeMutableBufferPointer<Int8>

  /// A decoder of blocks of one code.
  ///
  /// - Parameters:
  ///   - code: the code.
  ///   - listSize: 1 to 65536 paths.
  ///   - startStates: states tried, 1 to 1024; each costs up to 0.1 ms with its paths.
  package init(code: MessageCode, listSize: Int = 4096, startStates: Int = 32) {
    precondition((1...65536).contains(listSize), "1 to 65536 paths")
    precondition((1...1024).contains(startStates), "1 to 1024 states")
    self.code = code
    self.listSize = listSize
    self.startStates = startStates
    block = SoftBlock(code: code)
    forward = ForwardPass(code: code)
    backward = ForwardPass(code: code.mirrored)
    tracer = PathTracer(memory: code.memory, times: code.times, wanted: listSize)
    let states = forward.states
    metrics = UnsafeMutableRawPointer.allocate(byteCount: 4 * states, alignment: 64)
      .bindMemory(to: Int16.self, capacity: 2 * states)
    metrics.initialize(repeating: 0, count: 2 * states)
    throughs = .allocate(capacity: states)
    throughs.initialize(repeating: 0, count: states)
    mirroredStates = .allocate(capacity: states)
    for state in 0..<states {
      let mirror = MessageCode.mirror(UInt32(state), bits: code.memory)
      (mirroredStates + state).initialize(to: UInt16(truncatingIfNeeded: mirror))
    }
    signs = .allocate(capacity: code.codedBits)
    signs.initialize(repeating: 1)
  }

  deinit {
    block.deallocate()
    forward.deallocate()
    backward.deallocate()
    tracer.deallocate()
    UnsafeMutableRawPointer(metrics).deallocate()
    throughs.deallocate()
    mirroredStates.deallocate()
    signs.deallocate()
  }

  /// Lists the messages with a right CRC among the best paths, best first.
  ///
  /// Stops after the state at the seam for which there was one, so the list is nearly always empty
  /// or of one message. A wrong message passes the CRC once in `2^24` paths looked at.
  ///
  /// - Parameters:
  ///   - soft: `code.codedBits` values, one for each position, at any positive scale; best is the
  ///     log-likelihood ratio, positive for coded bit 0, and 0 where nothing was received. Values
  ///     that are not finite count as 0.
  ///   - startStates: states tried, at most; `nil` for those given at `init`. With 4 a
  ///     hopeless block costs a third of the time; docs/code.md says what it misses.
  ///   - minimumContrast: blocks of less `contrast` are given up after the first two passes.
  ///   - isConsistent: whether a path's check bits are right; the CRC unless told otherwise.
  /// - Returns: what passes the check, best first.
  package func decode(
    _ soft: UnsafeBufferPointer<Float>, startStates: Int? = nil, minimumContrast: Float = 0,
    isConsistent: (Information) -> Bool = { $0.isConsistent }
  ) -> [DecodedMessage] {
    precondition(soft.count == code.codedBits, "the block has \(code.codedBits) positions")
    guard block.load(soft) else { return [] }
    let bound = passBothWays()
    guard contrast(bound: bound) >= minimumContrast else { return [] }
    tracer.removeAll()
    var found: [DecodedMessage] = []
    for _ in 0..<min(startStates ?? self.startStates, forward.states) {
      let state = takeBestState()
      // Two rounds of a closed path are no better than the best path through its state.
      let loss = (bound - Int(throughs[state])) / 2
      if loss > tracer.limit { break }
      let metric = closedPass(from: state)
      tracer.list(end: state, loss: bound / 2 + 1 - metric) { word, rank in
        let information = word.information(seam: block.seam)
        if isConsistent(information) {
          found.append(message(information, soft, rank: rank))
        }
      }
      if !found.isEmpty { break }
      throughs[state] = .min
    }
    found.sort { ($0.correlation, $1.rank) > ($1.correlation, $0.rank) }
    return found
  }

  /// The best path's share of all the magnitudes, 0 to 1, as known after the first two passes.
  ///
  /// What noise alone gives depends on the number of positions received; `docs/code.md` has a table.
  package func contrast(_ soft: UnsafeBufferPointer<Float>) -> Float {
    precondition(soft.count == code.codedBits, "the block has \(code.codedBits) positions")
    guard block.load(soft) else { return 0 }
    return contrast(bound: passBothWays())
  }

  // MARK: Passes

  private func contrast(bound: Int) -> Float {
    Float(bound) / Float(2 * block.total)
  }

  /// Fills `throughs`; returns the largest.
  private func passBothWays() -> Int {
    forward.load(block.values)
    backward.load(block.mirrored)
    let states = forward.states
    metrics.update(repeating: 0, count: states)
    var offset = pass(forward, firstTime: block.seam)
    for state in 0..<states {
      throughs[state] = Int32(metrics[state])
    }
    metrics.update(repeating: 0, count: states)
    let times = code.times
    offset += pass(backward, firstTime: (code.memory + 1 - block.seam + times) % times)
    var best = Int32.min
    for state in 0..<states {
      let through =
        throughs[state] + Int32(metrics[Int(mirroredStates[state])])
        + Int32(truncatingIfNeeded: offset)
      throughs[state] = through
      best = max(best, through)
    }
    return Int(best)
  }

  /// Once round the ring from the metrics in the first column and back to it; returns the metric
  /// to which the new ones are relative.
  private func pass(_ trellis: ForwardPass, firstTime: Int) -> Int {
    var (old, new) = (column(0), column(1))
    var time = firstTime
    var offset = 0
    for _ in 0..<code.times {
      offset += Int(old[0][0])
      trellis.step(time: time, from: old, to: new)
      swap(&old, &new)
      time = time + 1 == code.times ? 0 : time + 1
    }
    return offset
  }

  /// Once round the ring from a state, keeping margins; returns the best metric back to the state.
  private func closedPass(from state: Int) -> Int {
    metrics.update(repeating: -block.penalty, count: forward.states)
    metrics[state] = 0
    var (old, new) = (column(0), column(1))
    var time = block.seam
    var offset = 0
    for step in 0..<code.times {
      offset += Int(old[0][0])
      forward.step(time: time, from: old, to: new, margins: tracer.margins(step: step))
      swap(&old, &new)
      time = time + 1 == code.times ? 0 : time + 1
    }
    return offset + Int(metrics[state])
  }

  @inline(__always)
  private func column(_ index: Int) -> UnsafeMutablePointer<ForwardPass.Lanes> {
    UnsafeMutableRawPointer(metrics + index * forward.states)
      .assumingMemoryBound(to: ForwardPass.Lanes.self)
  }

  private func takeBestState() -> Int {
    var best = 0
    for state in 1..<forward.states where throughs[state] > throughs[best] {
      best = state
    }
    return best
  }

  private func message(
    _ information: Information, _ soft: UnsafeBufferPointer<Float>, rank: Int
  ) -> DecodedMessage {
    code.encode(information, into: signs)
    var sum: Float = 0
    for position in 0..<code.codedBits where soft[position].isFinite {
      sum += soft[position] * Float(signs[position])
    }
    return DecodedMessage(
      high: information.high, low: information.low, correlation: sum, rank: rank)
  }
}
