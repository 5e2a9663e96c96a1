/// Paths through the trellis in the order of their loss.
///
/// The best path of a start state stands by itself; every other is a path already taken (its
/// parent) with one decision turned, which then, going back, follows survivors again. Pending paths
/// lie in one bucket for each loss, an integer, so that adding and taking cost a few instructions.
/// `limit` falls as soon as enough paths of smaller losses are known, over all start states, and
/// keeps the work near the paths that can still be among the best `wanted`.
/// (Tree of deviations: F. K. Soong and E.-F. Huang, ICASSP 1991.)
struct PathList {
  struct Pending {
    /// Number of the parent; -1 for a best path.
    var parent: Int32
    /// Step whose decision is turned; for a best path its end state.
    var place: Int32
    fileprivate var next: Int32
  }

  private static let buckets = 1 << 14

  private let wanted: Int
  private let capacity: Int
  private let pool: UnsafeMutablePointer<Pending>
  private let heads: UnsafeMutablePointer<Int32>
  private let counts: UnsafeMutablePointer<Int32>
  private var used = 0
  private var total = 0
  private var current = 0
  /// Largest loss that can still be on the list.
  private(set) var limit = 0

  init(wanted: Int) {
    self.wanted = wanted
    capacity = 16 * wanted + 1024
    pool = .allocate(capacity: capacity)
    pool.initialize(repeating: Pending(parent: -1, place: 0, next: -1), count: capacity)
    heads = .allocate(capacity: Self.buckets)
    heads.initialize(repeating: -1, count: Self.buckets)
    counts = .allocate(capacity: Self.buckets)
    counts.initialize(repeating: 0, count: Self.buckets)
  }

  func deallocate() {
    pool.deallocate()
    heads.deallocate()
    counts.deallocate()
  }

  mutating func removeAll() {
    heads.update(repeating: -1, count: Self.buckets)
    counts.update(repeating: 0, count: Self.buckets)
    used = 0
    total = 0
    current = 0
    limit = Self.buckets - 1
  }

  /// Forgets pending paths, but not how many paths of each loss there were.
  mutating func removePending() {
    heads.update(repeating: -1, count: limit + 1)
    used = 0
    current = 0
  }

  /// Adds a path unless it cannot be on the list.
  @inline(__always)
  mutating func add(loss: Int, parent: Int, place: Int) {
    guard loss <= limit, used < capacity else { return }
    pool[used] = Pending(
      parent: Int32(truncatingIfNeeded: parent), place: Int32(truncatingIfNeeded: place),
      next: heads[loss])
    heads[loss] = Int32(truncatingIfNeeded: used)
    counts[loss] += 1
    used += 1
    total += 1
    while total - Int(counts[limit]) >= wanted {
      total -= Int(counts[limit])
      limit -= 1
    }
  }

  /// Takes the pending path of the smallest loss.
  @inline(__always)
  mutating func next() -> (loss: Int, path: Pending)? {
    while current <= limit {
      let head = heads[current]
      if head >= 0 {
        let path = pool[Int(head)]
        heads[current] = path.next
        return (current, path)
      }
      current += 1
    }
    return nil
  }
}
