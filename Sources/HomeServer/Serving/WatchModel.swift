/// What a listener has probably heard of what was delivered to him.
///
/// Players fetch ahead, and nobody owes for what he only fetched. So delivered parts of a title wait
/// in a queue, and leave it as heard no faster than time passes, times the speed that the player
/// states (1 when it states none). Without any sign of life for `patience` time stops: what is left
/// in the queue then was fetched ahead and is forgotten.
///
/// A player that fetches elsewhere begins another queue; the one that grew last is what is heard. A
/// player that states how much it has ahead (CMCD `bl`) corrects the queue.
package struct WatchModel: Sendable {
  /// Delivered parts of one stretch of a copy.
  private struct Queue {
    let item: Int
    var parts: [Range<Int64>] = []
    /// Milliseconds in the queue.
    var ahead: Int64 = 0
    /// Where the delivered stretch ends.
    var end: Int64

    /// All that was delivered of the stretch.
    private(set) var delivered = MediaIntervals()

    init(item: Int, end: Int64) {
      self.item = item
      self.end = end
    }

    /// Puts a part at the end.
    mutating func append(_ part: Range<Int64>) {
      if let last = parts.last, last.upperBound == part.lowerBound {
        parts[parts.count - 1] = last.lowerBound..<part.upperBound
      } else {
        parts.append(part)
      }
      ahead += part.upperBound - part.lowerBound
      end = part.upperBound
      delivered.insert(part)
    }

    /// Goes on from another place of what was delivered.
    mutating func restart(from place: Int64) {
      parts = delivered.ranges.compactMap { part in
        let start = max(part.lowerBound, place)
        return start < part.upperBound ? start..<part.upperBound : nil
      }
      ahead = parts.reduce(0) { $0 + $1.upperBound - $1.lowerBound }
    }

    /// Takes time out at the front.
    mutating func skip(_ milliseconds: Int64) {
      var left = milliseconds
      while left > 0, let part = parts.first {
        let count = min(left, part.upperBound - part.lowerBound)
        left -= count
        ahead -= count
        if count == part.upperBound - part.lowerBound {
          parts.removeFirst()
        } else {
          parts[0] = part.lowerBound + count..<part.upperBound
        }
      }
    }
  }

  /// How long time goes on without a sign of life, in milliseconds.
  package let patience: Int64

  private var queues: [Queue] = []
  private var now: Int64
  private var lastSign: Int64
  private var rate = 1.0
  /// Milliseconds of media that could be heard and were not yet.
  private var credit = 0.0

  /// The most stretches that are remembered.
  private static let mostQueues = 16
  /// How long time goes on when the player has broken off, in milliseconds.
  private static let grace: Int64 = 5000
  /// How much the queue and what a player states may differ without meaning, in milliseconds.
  private static let tolerance: Int64 = 1500
  /// How far apart two requests may be and still be one stretch, in milliseconds.
  private static let nearness: Int64 = 2000
  /// What was heard and not asked for yet.
  private var heard: [(item: Int, milliseconds: Range<Int64>)] = []

  /// - Parameters:
  ///   - patience: how long time goes on without a sign of life, in milliseconds.
  ///   - now: the time, in milliseconds of any clock that only goes forward.
  package init(patience: Int64, now: Int64) {
    self.patience = patience
    self.now = now
    lastSign = now
  }

  /// How much was delivered of the stretch that is heard and not heard yet, in milliseconds.
  package var ahead: Int64 { queues.last?.ahead ?? 0 }

  /// When the player last showed that it lives.
  package var lastSignOfLife: Int64 { lastSign }

  /// Whether the player has said that it pauses.
  package var isPaused: Bool { rate == 0 }

  /// A part of a copy was delivered.
  ///
  /// - Parameters:
  ///   - item: the copy.
  ///   - milliseconds: which part.
  ///   - now: when.
  package mutating func delivered(
    item: Int, _ milliseconds: Range<Int64>, now: Int64
  ) {
    sign(now)
    if milliseconds.isEmpty { return }
    let place = queues.lastIndex { queue in
      queue.item == item && milliseconds.lowerBound <= queue.end + Self.nearness
        && milliseconds.lowerBound >= queue.end - Self.nearness
    }
    var queue = Queue(item: item, end: milliseconds.lowerBound)
    if let place {
      queue = queues.remove(at: place)
    } else if queues.count == Self.mostQueues {
      queues.removeFirst()
    }
    // What two requests have in common is heard once.
    let start = place == nil ? milliseconds.lowerBound : max(milliseconds.lowerBound, queue.end)
    if start < milliseconds.upperBound { queue.append(start..<milliseconds.upperBound) }
    queues.append(queue)
  }

  /// The player waits for more that it has asked for, which is a sign of life.
  ///
  /// - Parameter now: when.
  package mutating func waits(now: Int64) { sign(now) }

  /// The player has broken off in the middle of what it was given: it has gone, or comes back at
  /// once for another part.
  ///
  /// - Parameter now: when.
  package mutating func brokeOff(now: Int64) {
    sign(now)
    lastSign = min(lastSign, now - patience + Self.grace)
  }

  /// The player says how it is.
  ///
  /// - Parameters:
  ///   - report: what it says.
  ///   - now: when.
  package mutating func reported(_ report: CMCD, now: Int64) {
    sign(now)
    if let rate = report.rate { self.rate = rate }
    guard let buffer = report.buffer, var queue = queues.last,
      abs(buffer - queue.ahead) > Self.tolerance
    else { return }
    // It has moved within what it has, or stood still.
    queue.restart(from: queue.end - buffer)
    queues[queues.count - 1] = queue
  }

  /// Lets time pass.
  ///
  /// - Parameter now: the time it is.
  /// - Returns: what was heard since this was called last.
  package mutating func advance(to now: Int64) -> [(item: Int, milliseconds: Range<Int64>)] {
    pass(to: now)
    if now > lastSign + patience { queues = [] }
    defer { heard = [] }
    return heard
  }

  /// Lets the time up to now pass first, so that what comes is not heard before it came.
  private mutating func sign(_ now: Int64) {
    pass(to: now)
    if now > lastSign + patience { queues = [] }
    lastSign = max(lastSign, now)
  }

  private mutating func pass(to now: Int64) {
    let end = min(now, lastSign + patience)
    if end > self.now { credit += Double(end - self.now) * rate }
    self.now = max(self.now, now)
    while credit >= 1, var queue = queues.last, let part = queue.parts.first {
      let count = min(Int64(credit), part.upperBound - part.lowerBound)
      heard.append((queue.item, part.lowerBound..<part.lowerBound + count))
      credit -= Double(count)
      queue.skip(count)
      queues[queues.count - 1] = queue
    }
    // Who waits for more hears nothing meanwhile.
    if credit >= 1 { credit = 0 }
  }
}
