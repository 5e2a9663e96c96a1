import CommandLineSupport
import Glibc
import Signing
import Trade
import TransparencyLog

/// A disposable index beside the ledger: `NAME.index`, an SQLite database that can be removed at any
/// time and is then made again from the ledger.
///
/// It covers a beginning of the ledger that is on the disk; what follows is read from the ledger.
final class LedgerIndex {
  private let database: Database
  let isWritable: Bool
  /// Whether it is seen as it was at `beginReading()`.
  private(set) var isReading = false
  /// What it covers.
  private(set) var coverage: Coverage

  /// The version of the tables.
  private static let format: Int64 = 3
  private static let pageSize: Int64 = 4096

  /// Opens an index, or for writing makes an empty one.
  ///
  /// - Throws: `IndexFault` or `DatabaseError`.
  init(_ path: String, writing: Bool) throws {
    isWritable = writing
    if !writing, access(path, R_OK) != 0 { throw IndexFault.absent }
    database = try Database(path, creating: writing)
    database.waits(milliseconds: 5000)
    coverage = Coverage()
    if writing {
      try database.execute("PRAGMA page_size=\(Self.pageSize);")
      try database.execute("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL;")
      try database.execute("PRAGMA cache_size=-32768;")
      try database.execute("BEGIN IMMEDIATE; \(Self.tables) COMMIT;")
    }
    do { coverage = try readCoverage() } catch let error as DatabaseError where error.isIncomplete {
      // Its maker died before the tables were there.
      throw IndexFault.absent
    }
    // SQLite counts pages only and would read the rest of the last one as zeros.
    if let size = FileStatus(path: path)?.size, size % Self.pageSize != 0 {
      throw IndexFault.damaged
    }
  }

  private static let tables = """
    CREATE TABLE IF NOT EXISTS reference (
      term INTEGER NOT NULL, place INTEGER NOT NULL, PRIMARY KEY (term, place)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS block (
      number INTEGER PRIMARY KEY, place INTEGER NOT NULL, hash BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS balance (
      book TEXT NOT NULL, account TEXT NOT NULL, currency TEXT NOT NULL, amount INTEGER NOT NULL,
      PRIMARY KEY (book, account, currency)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS coverage (
      one INTEGER PRIMARY KEY CHECK (one = 1), format INTEGER NOT NULL, count INTEGER NOT NULL,
      end INTEGER NOT NULL, lastPlace INTEGER NOT NULL, lastLeaf BLOB NOT NULL,
      lastTime INTEGER NOT NULL, blockPlace INTEGER NOT NULL, blocks BLOB NOT NULL,
      block BLOB NOT NULL);
    """

  private func readCoverage() throws -> Coverage {
    let row = try database.statement(
      "SELECT format, count, end, lastPlace, lastLeaf, lastTime, blockPlace, blocks, block "
        + "FROM coverage")
    guard try row.step() else { return Coverage() }
    defer { row.reset() }
    guard row.integer(0) == Self.format else { throw IndexFault.absent }
    var coverage = Coverage()
    coverage.count = row.integer(1)
    coverage.end = row.integer(2)
    coverage.lastPlace = row.integer(3)
    coverage.lastLeaf = SHA256Hash(bytes: row.bytes(4))
    coverage.lastTime = try? UTCTime(seconds: row.integer(5))
    coverage.blockPlace = row.integer(6)
    let inBlock = coverage.count % Coverage.blockSize
    guard
      let blocks = MerkleFrontier(
        size: Int(coverage.count - inBlock), hashes: Self.hashes(row.bytes(7))),
      let block = MerkleFrontier(size: Int(inBlock), hashes: Self.hashes(row.bytes(8)))
    else { throw IndexFault.damaged }
    coverage.blocks = blocks
    coverage.block = block
    return coverage
  }

  private static func hashes(_ bytes: [UInt8]) -> [SHA256Hash] {
    stride(from: 0, to: bytes.count, by: 32).compactMap {
      SHA256Hash(bytes: bytes[$0..<min($0 + 32, bytes.count)])
    }
  }

  /// Removes the files of an index.
  static func remove(_ path: String) {
    unlink(path)
    unlink(path + "-journal")
  }

  /// Sees the index as it is now until `endReading()`, which also spares a lock for each look-up.
  ///
  /// The index cannot be extended meanwhile.
  func beginReading() throws {
    database.waits(milliseconds: 5000)
    try database.run("BEGIN")
    isReading = true
  }

  /// Ends `beginReading()`.
  func endReading() {
    if isReading { try? database.run("COMMIT") }
    isReading = false
  }

  /// Whether the index still ends where it did when it was read.
  func isCurrent() throws -> Bool { try readCoverage().end == coverage.end }

  /// Looks again how far the index reaches, since another process may have extended it.
  func refresh() throws { coverage = try readCoverage() }

  /// The places of a term in the coverage, ascending.
  func places(of term: Term) throws -> [Int64] {
    let rows = try database.statement(
      "SELECT place FROM reference WHERE term = ? AND place < ? ORDER BY place")
    rows.bind(1, Int64(bitPattern: term.high))
    rows.bind(2, coverage.end)
    var places: [Int64] = []
    while try rows.step() { places.append(rows.integer(0)) }
    rows.reset()
    return places
  }

  /// The last place of a term in the coverage.
  func lastPlace(of term: Term) throws -> Int64? {
    let rows = try database.statement(
      "SELECT place FROM reference WHERE term = ? AND place < ? ORDER BY place DESC LIMIT 1")
    rows.bind(1, Int64(bitPattern: term.high))
    rows.bind(2, coverage.end)
    defer { rows.reset() }
    return try rows.step() ? rows.integer(0) : nil
  }

  /// A complete block by its number.
  func block(_ number: Int64) throws -> Coverage.Block? {
    let rows = try database.statement("SELECT place, hash FROM block WHERE number = ?")
    rows.bind(1, number)
    defer { rows.reset() }
    guard try rows.step() else { return nil }
    guard let hash = SHA256Hash(bytes: rows.bytes(1)) else { throw IndexFault.damaged }
    return Coverage.Block(number: number, place: rows.integer(0), hash: hash)
  }

  /// All complete blocks, in order.
  func blocks(_ body: (Coverage.Block) throws -> Void) throws {
    let rows = try database.statement("SELECT number, place, hash FROM block ORDER BY number")
    while try rows.step() {
      guard let hash = SHA256Hash(bytes: rows.bytes(2)) else { throw IndexFault.damaged }
      try body(Coverage.Block(number: rows.integer(0), place: rows.integer(1), hash: hash))
    }
    rows.reset()
  }

  /// What an account holds, in minor units.
  func balance(book: String, account: String, currency: String) throws -> Int64 {
    let rows = try database.statement(
      "SELECT amount FROM balance WHERE book = ? AND account = ? AND currency = ?")
    rows.bind(1, book)
    rows.bind(2, account)
    rows.bind(3, currency)
    defer { rows.reset() }
    return try rows.step() ? rows.integer(0) : 0
  }

  /// All references, in no order.
  func references(_ body: (_ term: UInt64, _ place: Int64) -> Void) throws {
    let rows = try database.statement("SELECT term, place FROM reference")
    while try rows.step() { body(UInt64(bitPattern: rows.integer(0)), rows.integer(1)) }
    rows.reset()
  }

  /// All balances, in no order.
  func balances(
    _ body: (_ book: String, _ account: String, _ currency: String, _ amount: Int64) throws -> Void
  ) throws {
    let rows = try database.statement("SELECT book, account, currency, amount FROM balance")
    while try rows.step() {
      try body(rows.text(0), rows.text(1), rows.text(2), rows.integer(3))
    }
    rows.reset()
  }

  /// Adds what a stretch of the ledger has; all of it or nothing.
  ///
  /// - Parameters:
  ///   - stretch: what lies between the two.
  ///   - end: where the coverage must end now.
  ///   - coverage: what is covered then.
  /// - Returns: false when another process has extended the index meanwhile.
  /// - Throws: `DatabaseError`.
  func extend(
    with stretch: IndexStretch, from end: Int64, to coverage: Coverage
  ) throws -> Bool {
    // A reader that takes long is not waited for: the index may lag.
    database.waits(milliseconds: 50)
    try database.execute("BEGIN IMMEDIATE")
    do {
      guard try readCoverage().end == end else {
        try database.execute("ROLLBACK")
        return false
      }
      // In order, since that is how the tree of the table grows fastest.
      let reference = try database.statement("INSERT OR IGNORE INTO reference VALUES (?, ?)")
      for (term, place) in stretch.sortedReferences {
        reference.bind(1, Int64(bitPattern: term))
        reference.bind(2, place)
        try reference.run()
      }
      let block = try database.statement("INSERT OR REPLACE INTO block VALUES (?, ?, ?)")
      for complete in stretch.blocks {
        block.bind(1, complete.number)
        block.bind(2, complete.place)
        block.bind(3, complete.hash.bytes)
        try block.run()
      }
      let balance = try database.statement(
        "INSERT INTO balance VALUES (?, ?, ?, ?) "
          + "ON CONFLICT DO UPDATE SET amount = amount + excluded.amount")
      for (key, amount) in stretch.balances {
        balance.bind(1, key.account.book.description)
        balance.bind(2, key.account.path.description)
        balance.bind(3, key.currency.description)
        balance.bind(4, amount)
        try balance.run()
      }
      try write(coverage)
      try database.execute("COMMIT")
    } catch {
      try? database.execute("ROLLBACK")
      throw error
    }
    self.coverage = coverage
    return true
  }

  private func write(_ coverage: Coverage) throws {
    let row = try database.statement(
      "INSERT OR REPLACE INTO coverage VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
    row.bind(1, Self.format)
    row.bind(2, coverage.count)
    row.bind(3, coverage.end)
    row.bind(4, coverage.lastPlace)
    row.bind(5, coverage.lastLeaf?.bytes ?? [])
    row.bind(6, coverage.lastTime?.seconds ?? 0)
    row.bind(7, coverage.blockPlace)
    row.bind(8, coverage.blocks.hashes.flatMap(\.bytes))
    row.bind(9, coverage.block.hashes.flatMap(\.bytes))
    try row.run()
  }
}

/// What a stretch of the ledger adds to the index.
struct IndexStretch {
  /// An account and a currency.
  struct BalanceKey: Hashable {
    let account: Account
    let currency: Currency
  }

  /// Where terms occur.
  var references: [(term: UInt64, place: Int64)] = []
  /// The blocks that were completed.
  var blocks: [Coverage.Block] = []
  /// What was added to accounts, in minor units.
  var balances: [BalanceKey: Int64] = [:]

  /// Adds what an event moves.
  mutating func add(_ event: Event) {
    let currency: Currency
    switch event.body {
    case let billed as Billed: currency = billed.currency
    case let payment as Payment: currency = payment.currency
    default: return
    }
    for posting in postings(of: event) {
      balances[BalanceKey(account: posting.account, currency: currency), default: 0] +=
        posting.amount
    }
  }

  /// The references in the order of the index.
  var sortedReferences: [(term: UInt64, place: Int64)] {
    references.sorted {
      // As SQLite orders its signed integers.
      let (a, b) = (Int64(bitPattern: $0.term), Int64(bitPattern: $1.term))
      return a == b ? $0.place < $1.place : a < b
    }
  }
}
