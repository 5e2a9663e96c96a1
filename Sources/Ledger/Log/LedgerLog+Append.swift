import CommandLineSupport
package import Signing
package import Trade
import TransparencyLog

/// Who writes entries: a party, its key, and its clock.
package struct Author: Sendable {
  package let name: PartyName
  package let key: SigningKey
  /// Tells the time.
  package let clock: @Sendable () -> UTCTime

  package init(name: PartyName, key: SigningKey, clock: @escaping @Sendable () -> UTCTime) {
    self.name = name
    self.key = key
    self.clock = clock
  }
}

extension LedgerLog {
  /// Appends entries: all of them, or none when one of them is wrong.
  ///
  /// The steps are: lock, read what others have added, cut off what a writer that died has left,
  /// look up the identifiers, check, one write, one sync, and only then the receipts. An entry that
  /// is there already, with the same author and body, is not written again.
  ///
  /// - Parameters:
  ///   - drafts: the entries, in order; later ones may refer to earlier ones.
  ///   - author: who writes them.
  ///   - lockMilliseconds: how long to wait for the lock.
  /// - Returns: the receipts, in the order of the drafts.
  /// - Throws: `EntryFault`, `RuleFault` or `LedgerFault.conflict` with nothing written; what the
  ///   storage throws, or `LedgerFault.unknown` when the disk failed and entries may be there or
  ///   not.
  package func append(
    _ drafts: [Draft], by author: Author, lockMilliseconds: Int
  ) throws -> [Receipt] {
    try append(by: author, lockMilliseconds: lockMilliseconds) { _ in drafts }
  }

  /// Appends entries that depend on what the ledger says, which cannot change meanwhile.
  ///
  /// - Parameters:
  ///   - author: who writes them.
  ///   - lockMilliseconds: how long to wait for the lock.
  ///   - make: makes the entries from the facts; called once, under the lock.
  /// - Returns: the receipts, in the order of the drafts.
  /// - Throws: as above, and what `make` throws.
  package func append(
    by author: Author, lockMilliseconds: Int, _ make: (Facts) throws -> [Draft]
  ) throws -> [Receipt] {
    try storage.lock(milliseconds: lockMilliseconds)
    defer { storage.unlock() }
    do {
      let index = try holdIndex()
      defer { index?.endReading() }
      try refreshUnderLock()
      try cutTornTail()
      let start = coverage.end
      let (known, drafts) = try separate(make(facts), author)
      let written = try prepare(drafts, author)
      index?.endReading()
      try store(from: start)
      let receipts = known.map { entry in
        switch entry {
        case .written(let receipt): receipt
        case .new(let number): written[number]
        case .again(let number): written[number].replay
        }
      }
      if coverage.count - (self.index?.coverage.count ?? 0) >= indexLag { extendIndex() }
      return receipts
    } catch {
      reset()
      throw error
    }
  }

  /// Holds the index as it is until its `endReading()`; nil when there is none.
  ///
  /// What another process has added to it must not come to light half-way.
  private func holdIndex() throws -> LedgerIndex? {
    try? index?.beginReading()
    if try fromIndex({ try $0.isCurrent() }) == false { reset() }
    return index
  }

  /// Finds out what `append` would write, without the lock and without writing.
  ///
  /// - Parameters:
  ///   - author: who would write.
  ///   - make: makes the entries from the facts.
  /// - Returns: the new entries.
  /// - Throws: as `append`.
  package func rehearse(by author: Author, _ make: (Facts) throws -> [Draft]) throws -> [Draft] {
    defer { reset() }
    let index = try holdIndex()
    defer { index?.endReading() }
    try refresh()
    let new = try separate(make(facts), author).new
    _ = try prepare(new, author)
    return new
  }

  /// Removes a line that was being written when its writer died, and nothing else.
  private func cutTornTail() throws {
    guard tornBytes > 0 else { return }
    if try !isTorn() { throw LedgerFault.strangeTail(storage.name, coverage.count + 1) }
    try storage.truncate(to: coverage.end)
  }

  /// Where a draft stands.
  private enum Standing {
    /// In the ledger.
    case written(Receipt)
    /// Among the new entries, by number.
    case new(Int)
    /// The same as one of them.
    case again(Int)
  }

  /// Separates what is there already from what is new.
  private func separate(
    _ drafts: [Draft], _ author: Author
  ) throws -> (standings: [Standing], new: [Draft]) {
    var standings: [Standing] = []
    var new: [Draft] = []
    var numbers: [Handle: Int] = [:]
    for draft in drafts {
      try draft.locating { try separate(draft) }
    }
    return (standings, new)

    func separate(_ draft: Draft) throws {
      if let number = numbers[draft.id] {
        guard new[number].body == draft.body, new[number].event.kind == draft.event.kind else {
          throw LedgerFault.conflict(
            id: "\(draft.id)", entry: coverage.count + Int64(number), author: "\(author.name)")
        }
        standings.append(.again(number))
      } else if let receipt = try receipt(draft, author.name) {
        standings.append(.written(receipt))
      } else {
        numbers[draft.id] = new.count
        standings.append(.new(new.count))
        new.append(draft)
      }
    }
  }

  /// The receipt of an entry that is there already.
  ///
  /// - Throws: `LedgerFault.conflict` when the identifier belongs to another one.
  private func receipt(_ draft: Draft, _ author: PartyName) throws -> Receipt? {
    for place in try places(of: Term(.id, "\(draft.id)")) {
      let receipt = try withLine(at: place) { line -> Receipt? in
        let head = try reader.read(line)
        guard head.id.string == draft.id.description else { return nil }
        let isSame =
          head.kind == draft.event.kind && head.author.string == author.description
          && head.body.bytes.elementsEqual(draft.body)
        guard isSame else {
          throw LedgerFault.conflict(
            id: "\(draft.id)", entry: head.index, author: head.author.string ?? "")
        }
        return Receipt(
          id: draft.id, index: head.index, time: head.time, leaf: MerkleTree.leafHash(line),
          isReplay: true)
      }
      if let receipt { return receipt }
    }
    return nil
  }

  /// Writes and checks the lines, in memory.
  private func prepare(_ entries: [Draft], _ author: Author) throws -> [Receipt] {
    if entries.isEmpty { return [] }
    guard let party = try facts.party("\(author.name)") else {
      throw EntryFault.unknownAuthor("\(author.name)")
    }
    guard let key = party.key else { throw EntryFault.noKey(author.name) }
    if party.isRevoked { throw EntryFault.revoked(author.name) }
    if key != author.key.publicKey { throw LedgerFault.wrongKey("\(author.name)") }
    let time = author.clock()
    secondsBehind = max(0, (coverage.lastTime ?? time).seconds - time.seconds)
    let lines = try signedLines(entries, author, time)
    isAdding = true
    var receipts: [Receipt] = []
    let rules = Rules(facts)
    for (entry, line) in zip(entries, lines) {
      let event = entry.event
      // An earlier entry of the same batch may have changed what the author may do.
      guard let now = try facts.party("\(author.name)") else { continue }
      if now.isRevoked { throw EntryFault.revoked(author.name) }
      if now.key != key { throw LedgerFault.wrongKey("\(author.name)") }
      try entry.locating { try rules.check(event, by: now) }
      let place = coverage.end
      try line.bytes.withUnsafeBytes { bytes in
        try ingest(
          bytes, event, leaf: line.leaf, id: Term(.id, "\(entry.id)"), time: time, at: place)
      }
      receipts.append(
        Receipt(
          id: entry.id, index: coverage.count - 1, time: time, leaf: line.leaf,
          isReplay: false))
    }
    return receipts
  }

  /// A signed line and its leaf hash.
  private struct SignedLine: Sendable {
    let bytes: [UInt8]
    let leaf: SHA256Hash
  }

  /// Signs on all cores, since a signature takes longer than all else.
  private func signedLines(
    _ entries: [Draft], _ author: Author, _ time: UTCTime
  ) throws -> [SignedLine] {
    let writer = EntryWriter(origin: origin, author: author.name, time: time, key: author.key)
    let first = coverage.count
    @Sendable func line(_ number: Int, _ reader: EntryReader) throws -> SignedLine {
      let entry = entries[number]
      let bytes = try writer.line(
        body: entry.body, id: entry.id, index: first + Int64(number), kind: entry.event.kind)
      return try bytes.withUnsafeBytes { line in
        // What is written must be readable: an event that was made and not read may break its form.
        if !entry.isRead { _ = try reader.read(line).event() }
        return SignedLine(bytes: bytes, leaf: MerkleTree.leafHash(line))
      }
    }
    @Sendable func lines(_ numbers: Range<Int>) throws -> [SignedLine] {
      let reader = EntryReader()
      return try numbers.map { number in
        try entries[number].locating { try line(number, reader) }
      }
    }
    if entries.count < 64 { return try lines(entries.indices) }
    let pieces = (entries.count + 127) / 128
    let results = ParallelResults<[SignedLine]>(count: pieces)
    inParallel(pieces) { piece in
      results.set(piece) {
        try lines(piece * 128..<min(piece * 128 + 128, entries.count))
      }
    }
    return try results.values().flatMap { $0 }
  }

  /// Puts the new lines on the disk.
  private func store(from start: Int64) throws {
    if coverage.end == durableEnd { return }
    let size = coverage.end
    if start < size {
      do {
        try recent.withUnsafeBytes { bytes in
          try storage.append(UnsafeRawBufferPointer(rebasing: bytes[Int(start - recentPlace)...]))
        }
      } catch {
        // Nobody was promised anything: what was written of it goes.
        try? storage.truncate(to: start)
        throw error
      }
    }
    do { try storage.synchronize() } catch let error as any ExplainedError {
      if start < size { try? storage.truncate(to: start) }
      throw LedgerFault.unknown(error.description)
    }
    isAdding = false
    durableEnd = size
    if recent.count > 4 << 20 { forgetRecent() }
  }
}

extension Receipt {
  /// The receipt of the same entry, given once more.
  fileprivate var replay: Receipt {
    Receipt(id: id, index: index, time: time, leaf: leaf, isReplay: true)
  }
}
