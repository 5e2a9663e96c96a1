/// Where terms occur, held in memory: for the end of a ledger that no index covers yet, and for
/// verification.
struct TermMap {
  private var first: [UInt64: Int64] = [:]
  /// Further places of a term, in ascending order.
  private var more: [UInt64: [Int64]] = [:]

  /// The places of a term, in ascending order; other terms with the same 64 bits are among them.
  func places(of term: Term) -> [Int64] {
    guard let place = first[term.high] else { return [] }
    return [place] + (more[term.high] ?? [])
  }

  /// The last place of a term.
  func last(of term: Term) -> Int64? {
    guard let place = first[term.high] else { return nil }
    return more[term.high]?.last ?? place
  }

  /// Adds a place behind all others.
  mutating func add(_ term: Term, at place: Int64) {
    if let existing = first[term.high] {
      if existing != place, more[term.high]?.last != place {
        more[term.high, default: []].append(place)
      }
    } else {
      first[term.high] = place
    }
  }

  /// Forgets all places from one on.
  mutating func removeAll(from place: Int64) {
    first = first.filter { $0.value < place }
    more = more.compactMapValues { places in
      let kept = places.filter { $0 < place }
      return kept.isEmpty ? nil : kept
    }
  }

  mutating func removeAll() {
    first.removeAll(keepingCapacity: true)
    more.removeAll(keepingCapacity: true)
  }

  /// All terms and places.
  var pairs: [(term: UInt64, place: Int64)] {
    first.map { ($0.key, $0.value) } + more.flatMap { entry in entry.value.map { (entry.key, $0) } }
  }
}
