/// Takes paths from a list, follows them back and adds the paths that turn off from them.
///
/// A path that turned off soon meets its parent again; from there on both are equal, so its bits and
/// margins are copied instead of followed.
struct PathTracer {
  private static let marginStride = 160

  private let memory: Int
  private let states: Int
  /// Steps of a pass.
  private let times: Int
  /// Paths taken for one state at the seam, at most.
  private let capacity: Int
  private var paths: PathList
  /// Preference of each state after each step for its second predecessor, -127 to 127.
  private let stored: UnsafeMutablePointer<Int8>
  private let words: UnsafeMutablePointer<UInt64>
  /// `own[path * stride + step]`: what it costs to turn a path's decision in a step.
  private let own: UnsafeMutablePointer<Int16>
  private var taken = 0

  /// Largest loss that can still be on the list.
  var limit: Int { paths.limit }

  init(memory: Int, times: Int, wanted: Int) {
    self.memory = memory
    self.times = times
    states = 1 << memory
    capacity = max(wanted / 8, min(wanted, 64))
    paths = PathList(wanted: wanted)
    let bytes = times * states
    stored = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
      .bindMemory(to: Int8.self, capacity: bytes)
    stored.initialize(repeating: 0, count: bytes)
    words = .allocate(capacity: capacity * Word.limbs)
    words.initialize(repeating: 0, count: capacity * Word.limbs)
    let margins = capacity * Self.marginStride
    own = UnsafeMutableRawPointer.allocate(byteCount: 2 * margins, alignment: 64)
      .bindMemory(to: Int16.self, capacity: margins)
    own.initialize(repeating: .max, count: margins)
  }

  func deallocate() {
    paths.deallocate()
    UnsafeMutableRawPointer(stored).deallocate()
    words.deallocate()
    UnsafeMutableRawPointer(own).deallocate()
  }

  /// Where a pass stores the margins of a step.
  @inline(__always)
  func margins(step: Int) -> UnsafeMutablePointer<ForwardPass.Lanes> {
    UnsafeMutableRawPointer(stored + step * states)
      .assumingMemoryBound(to: ForwardPass.Lanes.self)
  }

  /// Begins a new block.
  mutating func removeAll() {
    paths.removeAll()
    taken = 0
  }

  /// Visits the paths of the pass just stored, best first, as long as they are on the list.
  ///
  /// - Parameters:
  ///   - end: the state in which the paths begin and end.
  ///   - loss: loss of the best of them.
  ///   - visit: gets the path's bits and the number of paths visited before.
  @inline(__always)
  mutating func list(end: Int, loss: Int, visit: (Word, Int) -> Void) {
    paths.removePending()
    paths.add(loss: loss, parent: -1, place: end)
    var count = 0
    while count < capacity, let (loss, path) = paths.next() {
      visit(follow(path, loss: loss, number: count), taken)
      count += 1
      taken += 1
    }
  }

  private mutating func follow(_ path: PathList.Pending, loss: Int, number: Int) -> Word {
    let word = Word(limbs: words + number * Word.limbs, times: times)
    let costs = own + number * Self.marginStride
    let parent = max(0, Int(path.parent))
    var state: Int
    var step: Int
    if path.parent < 0 {
      step = times
      state = Int(path.place)
      word.replaceEnding(by: state, memory: memory)
    } else {
      word.copy(from: Word(limbs: words + parent * Word.limbs, times: times))
      step = Int(path.place)
      let place = word.place(ofStep: step - 1 - memory)
      word.change(at: place, by: 1)
      state = word.state(beforeStep: step - 1, memory: memory)
      step -= 1
    }
    // Decisions of the first `memory` steps are those of the start state.
    let enough = path.parent < 0 ? .max : memory
    var equal = 0
    var row = UnsafePointer(stored) + (step - 1) * states
    while step > memory {
      let margin = Int(row[state])
      let bit = UInt64(truncatingIfNeeded: -margin) >> 63
      let cost = abs(margin)
      costs[step] = Int16(truncatingIfNeeded: cost)
      paths.add(loss: loss + cost, parent: number, place: step)
      let place = word.place(ofStep: step - 1 - memory)
      let change = word.bit(at: place) ^ bit
      word.change(at: place, by: change)
      state = state >> 1 | Int(truncatingIfNeeded: bit) << (memory - 1)
      equal = change == 0 ? equal + 1 : 0
      step -= 1
      row -= states
      if equal == enough { break }
    }
    if step > memory {
      inherit(from: own + parent * Self.marginStride, costs, upTo: step, loss, number)
    }
    return word
  }

  /// Copies the costs of a parent up to a step and adds what can still be on the list.
  private mutating func inherit(
    from parent: UnsafePointer<Int16>, _ costs: UnsafeMutablePointer<Int16>, upTo step: Int,
    _ loss: Int, _ number: Int
  ) {
    typealias Lanes = SIMD16<Int16>
    let threshold = Int16(truncatingIfNeeded: min(paths.limit - loss, 127))
    var first = memory / 16 * 16
    while first <= step {
      let values = UnsafeRawPointer(parent + first).load(as: Lanes.self)
      if any(values .<= Lanes(repeating: threshold)) {
        for at in max(first, memory + 1)...min(first + 15, step) where parent[at] <= threshold {
          paths.add(loss: loss + Int(parent[at]), parent: number, place: at)
        }
      }
      if first + 15 <= step {
        UnsafeMutableRawPointer(costs + first).storeBytes(of: values, as: Lanes.self)
      } else {
        (costs + first).update(from: parent + first, count: step - first + 1)
      }
      first += 16
    }
  }
}
