import CommandLineSupport
package import Signing
import Trade
package import TransparencyLog

/// Checks every entry of a ledger: form, number, rules, signature; and computes its tree.
package final class LedgerVerifier {
  /// What a ledger was found to be.
  package struct Verified: Sendable {
    package let origin: Origin
    /// The size and root of the tree.
    package let head: TreeHead
    /// The roots that were asked for, by size.
    package let roots: [Int64: SHA256Hash]
    /// The keys of the content server that opened the ledger, the first one first.
    package let openerKeys: [PublicKey]
    /// Bytes of a line that was being written when its writer died.
    package let tornBytes: Int
    /// Entries whose time lies before that of the entry before them.
    package let backwardClocks: [Int64]
  }

  private let storage: any LogStorage
  private let lookup: VerificationLookup
  private let facts: Facts
  private let rules: Rules
  private var origin: Origin?
  private var opener: PartyName?
  private var openerKeys: [PublicKey] = []
  private let audit: IndexAudit?
  private var lastTime: UTCTime?
  private var backwardClocks: [Int64] = []
  private var frontier = MerkleFrontier()
  private var roots: [Int64: SHA256Hash] = [:]

  /// - Parameters:
  ///   - storage: where the ledger is.
  ///   - audit: the index to hold against it, nil for none.
  package init(_ storage: any LogStorage, audit: IndexAudit? = nil) {
    self.storage = storage
    self.audit = audit
    lookup = VerificationLookup(storage)
    facts = Facts(lookup)
    rules = Rules(facts)
  }

  /// Goes through the whole ledger once.
  ///
  /// - Parameters:
  ///   - trusted: how many entries at the start were verified before; their signatures and rules
  ///     are not checked again, but their bytes still make up the tree.
  ///   - sizes: at which sizes the root is wanted besides.
  ///   - progress: called with the number of bytes done.
  /// - Returns: what the ledger is.
  /// - Throws: `VerificationFault` for the first wrong entry, or what the storage throws.
  package func verify(
    trusted: Int64 = 0, sizes: Set<Int64> = [], progress: (Int64) -> Void = { _ in }
  ) throws -> Verified {
    let size = try storage.size()
    if size == 0 { throw LedgerFault.empty(storage.name) }
    var count: Int64 = 0
    let end: Int64
    do {
      let written = try TornTail.sizeWithoutZeros(storage, size)
      end = try LineBlocks(storage: storage).read(from: 0, first: 0, to: written) { run in
        try check(run, trusted: trusted, sizes: sizes.union(audit?.sizes ?? []))
        count = run.first + Int64(run.count)
        progress(run.place + Int64(run.starts[run.count]))
      }
    } catch let error as EntryFault {
      throw VerificationFault.entry(count, error.description)
    }
    let torn = Int(size - end)
    if torn > 0, try !TornTail.isPlausible(storage, from: end, count: torn) {
      throw VerificationFault.strangeTail(line: count + 1)
    }
    try audit?.finish()
    guard let origin else {
      throw VerificationFault.entry(0, EntryFault.notOpened.description)
    }
    return Verified(
      origin: origin, head: frontier.head, roots: roots, openerKeys: openerKeys,
      tornBytes: torn, backwardClocks: backwardClocks)
  }

  private struct UncheckedRun: @unchecked Sendable {
    // The bytes of a run stay in place and unchanged while its blocks are worked on.
    let run: LineBlocks.Run
  }

  private func check(_ run: LineBlocks.Run, trusted: Int64, sizes: Set<Int64>) throws {
    let shared = UncheckedRun(run: run)
    let results = ParallelResults<ReadBlock>(count: run.blockCount)
    inParallel(run.blockCount) { block in
      results.set(block) { ReadBlock(shared.run, block, trusted: trusted) }
    }
    let blocks = try results.values()
    var wrong = blocks.lazy.compactMap(\.wrong).first
    var keys: [PublicKey?] = []
    keys.reserveCapacity(run.count)
    var index = run.first
    consider: for block in blocks {
      for entry in block.entries {
        if let wrong, index >= wrong.index { break consider }
        do {
          let place = run.place + Int64(run.starts[Int(index - run.first)])
          keys.append(try consider(entry, index, at: place, isTrusted: index < trusted))
        } catch let error as any ExplainedError where !(error is SystemError) {
          wrong = WrongEntry(index: index, reason: error.description)
          break consider
        }
        index += 1
      }
    }
    // A wrong signature before it is found first.
    try checkSignatures(run, blocks, keys, trusted: trusted)
    if let wrong { throw VerificationFault.entry(wrong.index, wrong.reason) }
    grow(blocks, sizes)
  }

  /// Holds an entry against those before it.
  ///
  /// - Returns: the key its signature is to be checked with, nil for a trusted entry.
  private func consider(
    _ entry: ReadEntry, _ index: Int64, at place: Int64, isTrusted: Bool
  ) throws -> PublicKey? {
    if let lastTime, entry.time < lastTime { backwardClocks.append(index) }
    lastTime = entry.time
    let key = try isTrusted && index > 0 ? nil : self.key(of: entry, index)
    if let rekeyed = entry.event?.body as? Rekeyed, rekeyed.party == opener {
      openerKeys.append(rekeyed.key)
    }
    lookup.add(entry.idTerm, entry.terms, entry.event, at: place)
    audit?.add(entry, at: place)
    if entry.event?.kind.changesFacts == true { facts.forget() }
    return key
  }

  /// The key an entry must be signed with, once it is known to fit to those before it.
  private func key(of entry: ReadEntry, _ index: Int64) throws -> PublicKey {
    guard let event = entry.event else { throw EntryFault.notOpened }
    if index == 0 {
      guard let opened = event.body as? Opened, "\(opened.party)" == entry.author else {
        throw EntryFault.notOpened
      }
      (origin, opener, openerKeys) = (opened.origin, opened.party, [opened.key])
      return opened.key
    }
    guard let author = try facts.party(entry.author) else {
      throw EntryFault.unknownAuthor(entry.author)
    }
    guard let key = author.key else { throw EntryFault.noKey(author.name) }
    if author.isRevoked { throw EntryFault.revoked(author.name) }
    if !lookup.places(of: entry.idTerm).isEmpty, try facts.entry(Handle(entry.id)) != nil {
      throw EntryFault.repeatedID(entry.id)
    }
    try rules.check(event, by: author)
    return key
  }

  private func checkSignatures(
    _ run: LineBlocks.Run, _ blocks: [ReadBlock], _ keys: [PublicKey?], trusted: Int64
  ) throws {
    guard let origin, run.first + Int64(keys.count) > trusted else { return }
    let shared = UncheckedRun(run: run)
    let results = ParallelResults<Int64?>(count: blocks.count)
    inParallel(blocks.count) { number in
      results.set(number) {
        var signed = SignedBytes(origin: origin)
        for (position, lineNumber) in shared.run.lines(ofBlock: number).enumerated() {
          guard lineNumber < keys.count else { break }
          guard let key = keys[lineNumber] else { continue }
          let index = shared.run.first + Int64(lineNumber)
          let entry = blocks[number].entries[position]
          let isGood = signed.of(shared.run.line(lineNumber), without: entry.signatureMember) {
            key.verifies(entry.signature, of: $0)
          }
          if !isGood { return index }
        }
        return nil
      }
    }
    guard let index = try results.values().lazy.compactMap({ $0 }).first else { return }
    let offset = Int(index - run.first)
    let size = Int(Coverage.blockSize)
    let author = try PartyName(blocks[offset / size].entries[offset % size].author)
    throw VerificationFault.entry(index, EntryFault.signature(author).description)
  }

  /// Adds the leaves to the tree.
  private func grow(_ blocks: [ReadBlock], _ sizes: Set<Int64>) {
    for block in blocks {
      let first = Int64(frontier.size)
      let isAsked = sizes.contains { first < $0 && $0 <= first + Int64(block.leaves.count) }
      let isComplete = block.leaves.count == Int(Coverage.blockSize)
      if isComplete, !isAsked || audit != nil {
        let root = MerkleTree.root(of: block.leaves)
        audit?.add(block: first / Coverage.blockSize, root: root)
        if !isAsked {
          frontier.append(root, level: 8)
          continue
        }
      }
      for leaf in block.leaves {
        frontier.append(leaf)
        if sizes.contains(Int64(frontier.size)) {
          roots[Int64(frontier.size)] = frontier.root
          audit?.add(root: frontier.root, at: Int64(frontier.size))
        }
      }
    }
  }
}
