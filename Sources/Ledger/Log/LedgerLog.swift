import CommandLineSupport
import Signing
package import Trade
import TransparencyLog

/// A ledger that is read and appended to: the log, the index beside it, and what the index does not
/// cover yet, in memory.
package final class LedgerLog {
  package let storage: any LogStorage
  /// The name of the ledger, from its first entry.
  package let origin: Origin
  /// How far the ledger has been read.
  package internal(set) var coverage = Coverage()
  /// Bytes behind the last complete line: what a writer that died has left.
  package private(set) var tornBytes = 0

  /// By how many seconds the time of what was appended last is earlier than the entry before.
  ///
  /// It is 0 when the clock is right; entries are in the order of their numbers all the same.
  package internal(set) var secondsBehind: Int64 = 0

  let indexPath: String?
  private let writesIndex: Bool
  var index: LedgerIndex?
  /// Whether the index has failed and this process goes without it.
  private var ignoresIndex = false
  /// Whether the start from the index has failed and is to be tried again.
  private var hasToStart = false
  /// What lies behind the index.
  var stretch = IndexStretch()
  var terms = TermMap()
  /// The last bytes of the ledger, from `recentPlace` to the end of the coverage.
  var recent: [UInt8] = []
  var recentPlace: Int64 = 0
  /// Whether entries have been taken into account that are not on the disk yet.
  var isAdding = false
  /// How much of the ledger is known to be on the disk.
  var durableEnd: Int64 = 0
  let reader = EntryReader()
  var buffer = [UInt8](repeating: 0, count: 1 << 18)
  private var lineBuffer = [UInt8](repeating: 0, count: 2048)

  private let memory = Facts.Memory()

  /// What the ledger says so far.
  package var facts: Facts { Facts(self, memory) }

  /// How many entries may lie behind the index before it is extended.
  ///
  /// Who writes many allows more, since fewer and larger extensions write fewer pages, and extends
  /// the index at the end.
  package var indexLag: Int64 = 256

  /// Opens a ledger and reads what its index does not cover.
  ///
  /// - Parameters:
  ///   - storage: where the bytes are.
  ///   - indexPath: the index; nil for none.
  ///   - writesIndex: whether a missing, damaged or short index is made again.
  /// - Throws: `LedgerFault`, `IndexFault`, or what the storage throws.
  package init(_ storage: any LogStorage, indexPath: String?, writesIndex: Bool) throws {
    self.storage = storage
    self.indexPath = indexPath
    self.writesIndex = writesIndex
    origin = try Self.readOrigin(storage)
    try start()
    try catchUp()
    try refresh()
  }

  static func readOrigin(_ storage: any LogStorage) throws -> Origin {
    var line = [UInt8](repeating: 0, count: EntryReader.longestLine + 1)
    let count = try line.withUnsafeMutableBytes { try storage.read(at: 0, into: $0) }
    if count == 0 { throw LedgerFault.empty(storage.name) }
    let reader = EntryReader()
    let origin = line[..<count].withUnsafeBytes { bytes in
      bytes.firstLineEnd(in: 0..<count).flatMap { end in
        try? (reader.read(UnsafeRawBufferPointer(rebasing: bytes[..<end])).event().body as? Opened)?
          .origin
      }
    }
    guard let origin else { throw LedgerFault.notALedger(storage.name) }
    return origin
  }

  /// Starts from what the index covers.
  private func start() throws {
    hasToStart = true
    isAdding = false
    stretch = IndexStretch()
    terms.removeAll()
    recent.removeAll(keepingCapacity: true)
    do { try index?.refresh() } catch { index = nil }
    if index == nil, let indexPath, !ignoresIndex {
      index = try? LedgerIndex(indexPath, writing: false)
    }
    coverage = index?.coverage ?? Coverage()
    recentPlace = coverage.end
    durableEnd = coverage.end
    try checkIndex()
    hasToStart = false
  }

  /// Makes sure that the last entry the index covers is where it was.
  private func checkIndex() throws {
    guard coverage.count > 0, let indexPath else { return }
    if try storage.size() < coverage.end {
      throw IndexFault.ledgerIsShorter(
        ledger: storage.name, index: indexPath, entries: coverage.count)
    }
    guard coverage.isPlausible else {
      index = nil
      if writesIndex { LedgerIndex.remove(indexPath) } else { ignoresIndex = true }
      return try start()
    }
    var line = [UInt8](repeating: 0, count: Int(coverage.end - coverage.lastPlace))
    let count = try line.withUnsafeMutableBytes {
      try storage.read(at: coverage.lastPlace, into: $0)
    }
    let leaf = line.withUnsafeBytes {
      MerkleTree.leafHash(UnsafeRawBufferPointer(rebasing: $0[..<max(0, count - 1)]))
    }
    if leaf != coverage.lastLeaf || line.last != UInt8(ascii: "\n") {
      throw IndexFault.ledgerDiffers(
        ledger: storage.name, index: indexPath, entry: coverage.count - 1)
    }
  }

  /// Indexes a long ledger step by step, without holding its lock: only what is on the disk.
  private func catchUp() throws {
    guard isFarBehind, let size = try settledSize() else { return }
    var end: Int64
    repeat {
      end = coverage.end
      try read(until: size) { self.stretch.references.count < 1 << 19 }
      durableEnd = coverage.end
      extendIndex()
      // A torn tail, or an index that cannot be written, ends it.
    } while coverage.end > end && stretch.references.isEmpty
  }

  /// Whether the index ought to be extended before anything else is done.
  private var isFarBehind: Bool {
    guard writesIndex, let size = try? storage.size() else { return false }
    return size - coverage.end > Self.largeLag
  }

  /// The size of what is on the disk and stays, nil while another process keeps the lock.
  private func settledSize() throws -> Int64? {
    // Under the lock nothing is half written, and what is whole is never taken back.
    do { try storage.lock(milliseconds: 1000) } catch StorageFault.locked { return nil }
    defer { storage.unlock() }
    try storage.synchronize()
    return try TornTail.sizeWithoutZeros(storage, storage.size())
  }

  /// How many bytes behind the index are read in one piece.
  static let largeLag: Int64 = 1 << 22

  /// Reads what has been added since, under the lock.
  ///
  /// What was read without it may have been taken back since then by a writer whose disk failed,
  /// and others may have written something else in its place.
  ///
  /// - Throws: as `refresh()`.
  func refreshUnderLock() throws {
    if coverage.end > durableEnd, try !isUnchanged() { reset() }
    try refresh()
  }

  /// Whether what was read, but is not known to be on the disk, is still what the ledger says.
  private func isUnchanged() throws -> Bool {
    let size = try storage.size()
    if size < durableEnd { throw LedgerFault.shrunk(storage.name, coverage.count) }
    if size < coverage.end || recentPlace > durableEnd { return false }
    var place = durableEnd
    while place < coverage.end {
      let wanted = Int(min(Int64(buffer.count), coverage.end - place))
      let count = try buffer.withUnsafeMutableBytes { bytes in
        try storage.read(at: place, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<wanted]))
      }
      let start = Int(place - recentPlace)
      guard count == wanted, recent[start..<start + count].elementsEqual(buffer[..<count]) else {
        return false
      }
      place += Int64(count)
    }
    return true
  }

  /// Reads what has been added since.
  ///
  /// Lines are checked for their form and numbers; signatures are the business of verification.
  ///
  /// - Throws: `LedgerFault`.
  package func refresh() throws {
    if hasToStart { try start() }
    let size = try storage.size()
    let written = try size == coverage.end ? size : TornTail.sizeWithoutZeros(storage, size)
    if written < coverage.end { throw LedgerFault.shrunk(storage.name, coverage.count) }
    try read(until: written) { true }
    tornBytes = Int(size - coverage.end)
  }

  private func read(until size: Int64, while isWanted: () -> Bool) throws {
    if size == coverage.end { return }
    do {
      try LineScanner(storage).scan(from: coverage.end, to: size, &buffer) { line, place in
        try ingest(line, at: place)
        return isWanted()
      }
    } catch let error as any ExplainedError where !(error is SystemError) {
      throw LedgerFault.badEntry(storage.name, coverage.count, error.description)
    }
  }

  private func ingest(_ line: UnsafeRawBufferPointer, at place: Int64) throws {
    let head = try reader.read(line)
    if head.index != coverage.count {
      throw EntryFault.wrongIndex(head.index, expected: coverage.count)
    }
    try ingest(
      line, head.event(), leaf: MerkleTree.leafHash(line), id: head.idTerm, time: head.time,
      at: place)
  }

  /// Takes the next entry into account.
  func ingest(
    _ line: UnsafeRawBufferPointer, _ event: Event, leaf: SHA256Hash, id: Term, time: UTCTime,
    at place: Int64
  ) throws {
    terms.add(id, at: place)
    stretch.references.append((id.high, place))
    for term in event.body.terms {
      terms.add(term, at: place)
      stretch.references.append((term.high, place))
    }
    stretch.add(event)
    if event.kind.changesFacts { memory.forget() }
    recent.append(contentsOf: line)
    recent.append(UInt8(ascii: "\n"))
    let end = place + Int64(line.count) + 1
    if let block = coverage.add(leaf: leaf, at: place, until: end, time: time) {
      stretch.blocks.append(block)
    }
    if recent.count > 4 << 20, !isAdding { forgetRecent() }
  }

  /// Lets the bytes go that can be read from the storage.
  func forgetRecent() {
    recent.removeAll(keepingCapacity: true)
    recentPlace = coverage.end
  }

  /// Forgets what was read and starts again from the index, after entries could not be added.
  func reset() {
    memory.forget()
    // Where that fails, the next refresh tries again and says what is wrong.
    try? start()
  }

  /// Looks something up in the index; nil when there is none.
  ///
  /// An index that fails is left alone and one that is damaged is removed: the ledger itself is
  /// read instead.
  func fromIndex<Result>(_ body: (LedgerIndex) throws -> Result?) throws -> Result? {
    guard let index, let indexPath else { return nil }
    do { return try body(index) } catch let error as any ExplainedError {
      let isDamaged = (error as? DatabaseError)?.isDamage ?? (error as? IndexFault == .damaged)
      guard error is DatabaseError || isDamaged else { throw error }
      if isDamaged, writesIndex { LedgerIndex.remove(indexPath) } else { ignoresIndex = true }
      let isHalfWay = isAdding
      index.endReading()
      self.index = nil
      reset()
      // What is being added is forgotten with the rest.
      if isHalfWay { throw error }
      try refresh()
      return nil
    }
  }

  /// Extends the index to the end of what was read, which must be on the disk.
  ///
  /// What cannot be written is left for another time: the ledger is complete without it.
  package func extendIndex() {
    guard let indexPath, writesIndex, durableEnd == coverage.end,
      coverage.count > index?.coverage.count ?? 0
    else { return }
    do {
      let known = index?.coverage.end ?? 0
      let writer: LedgerIndex
      if let index, index.isWritable {
        writer = index
      } else {
        writer = try LedgerIndex(indexPath, writing: true)
      }
      guard try writer.extend(with: stretch, from: known, to: coverage) else {
        // Another process was first: what lies behind the index is less than was thought.
        return reset()
      }
      index = writer
      stretch = IndexStretch()
      terms.removeAll()
      forgetRecent()
    } catch let error as DatabaseError where !error.isDamage {
      // Busy, or the folder may not be written, or the disk is full.
    } catch {
      LedgerIndex.remove(indexPath)
    }
  }
}

extension LedgerLog: EntryLookup {
  package func places(of term: Term) throws -> [Int64] {
    // In this order, since an index that fails is made up for in memory.
    let indexed = try fromIndex { try $0.places(of: term) } ?? []
    return indexed + terms.places(of: term)
  }

  package func lastPlace(of term: Term) throws -> Int64? {
    if let place = terms.last(of: term) { return place }
    return try fromIndex { try $0.lastPlace(of: term) } ?? terms.last(of: term)
  }

  package func balance(_ account: Account, _ currency: Currency) throws -> Int64 {
    // The rows of an index that was extended meanwhile have moved on.
    if try fromIndex({ try $0.isCurrent() }) == false {
      // While entries are added the index is held as it is.
      if isAdding { throw IndexFault.damaged }
      reset()
      try refresh()
    }
    let kept = try fromIndex {
      try $0.balance(
        book: account.book.description, account: account.path.description,
        currency: currency.code)
    }
    return (kept ?? 0)
      + (stretch.balances[IndexStretch.BalanceKey(account: account, currency: currency)] ?? 0)
  }

  package func withLine<Result>(
    at place: Int64, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    if place >= recentPlace, place - recentPlace < recent.count {
      return try recent.withUnsafeBytes { bytes in
        let start = Int(place - recentPlace)
        guard let end = bytes.firstLineEnd(in: start..<bytes.count) else {
          throw LedgerFault.shrunk(storage.name, coverage.count)
        }
        return try body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      }
    }
    var size = 2048
    while true {
      if lineBuffer.count < size { lineBuffer = [UInt8](repeating: 0, count: size) }
      let count = try lineBuffer.withUnsafeMutableBytes { buffer in
        try storage.read(at: place, into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<size]))
      }
      let found = try lineBuffer.withUnsafeBytes { bytes in
        try bytes.firstLineEnd(in: 0..<count).map { end in
          try body(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
      }
      if let found { return found }
      if count < size || size > EntryReader.longestLine {
        throw LedgerFault.shrunk(storage.name, coverage.count)
      }
      size = size < 1 << 16 ? 1 << 16 : 1 << 17
    }
  }
}
