import Testing
import _TestSupport

/// An index that was changed is called wrong, whichever table it is; without it all is well.
@Suite struct IndexAuditTests {
  static let changes = [
    ("DELETE FROM reference WHERE place = 0", "its references are others"),
    ("INSERT INTO reference VALUES (1, 0)", "its references are others"),
    (
      "UPDATE OR IGNORE reference SET place = 0 WHERE term = (SELECT max(term) FROM reference)",
      "its references are others"
    ),
    ("UPDATE block SET hash = zeroblob(32)", "its block 0 is another one"),
    ("UPDATE block SET hash = x'00'", "the index is damaged"),
    ("UPDATE block SET place = 100", "its block 0 is another one"),
    ("DELETE FROM block", "its block 0 is missing"),
    ("INSERT INTO block VALUES (1, 9, zeroblob(32))", "its block 1 is another one"),
    ("UPDATE balance SET amount = amount + 1", "is wrong"),
    ("UPDATE balance SET currency = 'KRW' WHERE currency = 'JPY'", "is wrong"),
    ("DELETE FROM balance", "is missing"),
    ("INSERT INTO balance VALUES ('shop:s', 'x', 'JPY', 1)", "is wrong"),
    ("UPDATE coverage SET count = count - 1", ""), ("UPDATE coverage SET count = count + 1", ""),
    ("UPDATE coverage SET count = count + 256", "more than the ledger has"),
    ("UPDATE coverage SET end = end + 1", "its last entries"),
    ("UPDATE coverage SET lastPlace = 0", "its last entries"),
    ("UPDATE coverage SET lastLeaf = zeroblob(32)", "its last entries"),
    ("UPDATE coverage SET lastTime = 0", "its last entries"),
    ("UPDATE coverage SET blockPlace = 0", "its last entries"),
    ("UPDATE coverage SET blocks = zeroblob(32)", "is another one"),
    ("UPDATE coverage SET block = zeroblob(length(block))", "is another one"),
    ("UPDATE coverage SET block = x'00'", "damaged"),
    ("DROP TABLE balance", "one of its tables is missing"),
    ("DROP TABLE block", "one of its tables is missing"),
    ("DROP TABLE reference", "one of its tables is missing"),
  ]

  let shell: VerifyShell

  init() throws {
    shell = try VerifyShell()
    try shell.append(
      (0..<300).map { number in
        #"{"body":{"amount":300,"currency":"JPY","lines":[{"content":"t1","net":300,"#
          + #""purpose":"content","quantity":1,"tax":0,"unit":"view","unit-price":300}],"#
          + #""payee":"content-server:cs","payer":"user:bob"},"id":"x\#(number)","kind":"billed"}"#
      })
    try shell.expect(0, "ledger-verify", "verified entries=310")
    #expect(shell.folder.entries.contains("l.index"))
  }

  @Test func everyChangeIsFound() throws {
    let good = try shell.folder.read("l.index")
    for (statement, reason) in Self.changes {
      try shell.folder.write("l.index", good)
      try shell.expect(0, "sqlite3 l.index \"\(statement)\"")
      let text = try shell.expect(1, "ledger-verify", "l: the index is wrong: ")
      #expect(text.contains(reason), "\(statement): \(text)")
      try shell.expect(0, "ledger-verify --no-index", "verified entries=310")
      try shell.expect(0, "rm l.index; ledger-verify", "verified entries=310")
    }
  }

  /// One of another format, or emptied, is none: it is made again.
  @Test func anotherFormatIsNoIndex() throws {
    for statement in ["UPDATE coverage SET format = 99", "DELETE FROM coverage"] {
      try shell.expect(0, "sqlite3 l.index \"\(statement)\"; ledger-verify", "verified entries=310")
    }
  }
}
