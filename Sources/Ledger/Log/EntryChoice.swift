import CommandLineSupport
package import TransparencyLog

/// Entries found by their terms, so that not all have to be looked at.
package struct EntryChoice {
  private let log: LedgerLog
  private let reader = EntryReader()
  /// More entries than these are left to a scan: one that is found and read by itself takes twice
  /// as long as in a scan on two cores, and a scan gains from each further core.
  private let most: Int
  private var terms: Set<Term> = []
  /// Where the entries are.
  fileprivate private(set) var places: Set<Int64> = []

  fileprivate init(_ log: LedgerLog) {
    self.log = log
    most = max(4096, Int(log.coverage.count / 8))
  }

  /// There are too many to choose from.
  fileprivate struct TooMany: Error {}

  /// What the ledger says so far.
  package var facts: Facts { log.facts }

  /// Chooses the entries with a term; some may be of other terms.
  package mutating func add(_ term: Term) throws {
    guard terms.insert(term).inserted else { return }
    places.formUnion(try log.places(of: term))
    if places.count > most { throw TooMany() }
  }

  /// The events of a kind with a term, which are not chosen by that; some may be of other terms.
  package func events(_ kind: EventKind, with term: Term) throws -> [Event] {
    let places = try log.places(of: term)
    if places.count > most { throw TooMany() }
    return try places.compactMap { place in
      try log.withLine(at: place) { line in
        let head = try reader.read(line)
        return head.kind == kind ? try head.event() : nil
      }
    }
  }
}

extension LedgerLog {
  /// Takes something from each entry that is chosen by its terms, in the order of the entries.
  ///
  /// - Parameters:
  ///   - limit: the number of the entry to stop before.
  ///   - choose: chooses at least the entries that are wanted; false when it has no terms for them.
  ///   - take: what is wanted from an entry, nil for nothing.
  /// - Returns: the values, and the tree of all entries up to the limit; nil when all entries have
  ///   to be gone through: because too many are chosen, the index is damaged or held by another
  ///   process, or an entry cannot be read.
  /// - Throws: `SystemError`, and what is no `ExplainedError`.
  package func look<Value>(
    limit: Int64, choose: (inout EntryChoice) throws -> Bool,
    take: (EntryHead) throws -> Value?
  ) throws -> (values: [Value], head: TreeHead)? {
    if limit < 1 { return nil }
    do {
      var choice = EntryChoice(self)
      guard try readingIndex({ try choose(&choice) }) else { return nil }
      let head = try tree(limit)
      let reader = EntryReader()
      let values = try choice.places.sorted().compactMap { place in
        try withLine(at: place) { line in
          let entry = try reader.read(line)
          return entry.index < limit ? try take(entry) : nil
        }
      }
      return (values, head)
    } catch is EntryChoice.TooMany {
      return nil
    } catch let error as any ExplainedError where !(error is SystemError) {
      return nil
    }
  }

  /// The tree of the first entries, or of all where there are fewer.
  private func tree(_ limit: Int64) throws -> TreeHead {
    limit < coverage.count
      ? try TreeHead(size: Int(limit), root: root(ofFirst: limit)) : try head
  }
}
