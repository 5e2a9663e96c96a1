import CSQLite
import CommandLineSupport

/// A small face of SQLite: statements are prepared once and stepped through.
final class Database {
  fileprivate let handle: OpaquePointer
  private var statements: [String: Statement] = [:]

  /// Opens a database file.
  ///
  /// A reader that may write the file takes back what a writer that died has left half done.
  ///
  /// - Parameters:
  ///   - path: the file.
  ///   - creating: whether it is made when it is not there.
  /// - Throws: `DatabaseError`.
  init(_ path: String, creating: Bool) throws {
    var opened: OpaquePointer?
    let flags = SQLITE_OPEN_READWRITE | (creating ? SQLITE_OPEN_CREATE : 0) | SQLITE_OPEN_NOMUTEX
    let code = sqlite3_open_v2(path, &opened, flags, nil)
    guard code == SQLITE_OK, let opened else {
      sqlite3_close_v2(opened)
      throw DatabaseError(code: code)
    }
    handle = opened
  }

  deinit {
    for statement in statements.values { statement.finalize() }
    sqlite3_close_v2(handle)
  }

  /// How long to wait for other processes.
  func waits(milliseconds: Int32) { sqlite3_busy_timeout(handle, milliseconds) }

  /// Runs statements that give no rows.
  func execute(_ text: String) throws {
    let code = sqlite3_exec(handle, text, nil, nil, nil)
    if code != SQLITE_OK { throw DatabaseError(code: code) }
  }

  /// Runs one statement that gives no rows and is used often.
  func run(_ text: String) throws { try statement(text).run() }

  /// The statement of a text, ready to be bound.
  func statement(_ text: String) throws -> Statement {
    if let statement = statements[text] {
      statement.reset()
      return statement
    }
    var prepared: OpaquePointer?
    let code = sqlite3_prepare_v2(handle, text, -1, &prepared, nil)
    guard code == SQLITE_OK, let prepared else { throw DatabaseError(code: code) }
    let statement = Statement(prepared)
    statements[text] = statement
    return statement
  }
}

/// A prepared statement; columns count from 0, parameters from 1.
final class Statement {
  private let handle: OpaquePointer
  private static let copies = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

  fileprivate init(_ handle: OpaquePointer) { self.handle = handle }

  func reset() {
    sqlite3_reset(handle)
    sqlite3_clear_bindings(handle)
  }

  fileprivate func finalize() { sqlite3_finalize(handle) }

  func bind(_ parameter: Int32, _ value: Int64) { sqlite3_bind_int64(handle, parameter, value) }

  func bind(_ parameter: Int32, _ text: String) {
    sqlite3_bind_text(handle, parameter, text, -1, Self.copies)
  }

  func bind(_ parameter: Int32, _ bytes: [UInt8]) {
    sqlite3_bind_blob(handle, parameter, bytes, Int32(bytes.count), Self.copies)
  }

  /// Moves to the next row; false at the end.
  func step() throws -> Bool {
    switch sqlite3_step(handle) {
    case SQLITE_ROW: return true
    case SQLITE_DONE: return false
    case let code:
      sqlite3_reset(handle)
      throw DatabaseError(code: code)
    }
  }

  /// Runs to the end and makes ready for the next binding.
  func run() throws {
    while try step() {}
    sqlite3_reset(handle)
  }

  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }

  func text(_ column: Int32) -> String {
    sqlite3_column_text(handle, column).map { String(cString: $0) } ?? ""
  }

  func bytes(_ column: Int32) -> [UInt8] {
    guard let base = sqlite3_column_blob(handle, column) else { return [] }
    return Array(
      UnsafeRawBufferPointer(start: base, count: Int(sqlite3_column_bytes(handle, column))))
  }
}

/// What SQLite says went wrong.
struct DatabaseError: ExplainedError, Equatable {
  /// A result code of SQLite.
  let code: Int32

  /// Whether another process is using the database; nothing is wrong then.
  var isBusy: Bool { code & 0xFF == SQLITE_BUSY || code & 0xFF == SQLITE_LOCKED }

  /// Whether there is no such table.
  var isIncomplete: Bool { code == SQLITE_ERROR }

  /// Whether a writer died half-way, and only one who may write the file can take it back.
  var needsWriter: Bool { code & 0xFF == SQLITE_READONLY || code & 0xFF == SQLITE_CANTOPEN }

  /// Whether the file itself is no good.
  var isDamage: Bool { code & 0xFF == SQLITE_CORRUPT || code & 0xFF == SQLITE_NOTADB }

  var description: String { "the index: " + String(cString: sqlite3_errstr(code)) }
}
