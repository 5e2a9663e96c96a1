import CommandLineSupport
import Ledger
import Testing
import Trade
import TransparencyLog
import _TestSupport

/// Entries are appended once, all or none, and found again with and without an index.
@Suite struct AppendTests {
  private let ledger: TestLedger

  init() throws { ledger = try TestLedger() }

  private func drafts(_ ids: some Sequence<Int>, net: Int64 = 400) throws -> [Draft] {
    try ids.map { try Draft(id: Handle("b\($0)"), TestLedger.bill(net: net, tax: 0)) }
  }

  private func append(_ drafts: [Draft], to log: LedgerLog? = nil) throws -> [Receipt] {
    try (log ?? ledger.log).append(drafts, by: TestLedger.author("cs"), lockMilliseconds: 1000)
  }

  @Test func theSameAgainIsTheFirstReceipt() throws {
    let first = try append(drafts(1...3))
    let bytes = try ledger.bytes
    let again = try append(drafts([3, 1]))
    #expect(again.map(\.index) == [first[2].index, first[0].index])
    #expect(again.map(\.leaf) == [first[2].leaf, first[0].leaf])
    #expect(again.allSatisfy(\.isReplay) && first.allSatisfy { !$0.isReplay })
    #expect(try ledger.bytes == bytes)
  }

  @Test func theSameIdentifierForAnotherEntryIsAConflict() throws {
    _ = try append(drafts([1]))
    let bytes = try ledger.bytes
    for other in [
      try Draft(id: Handle("b1"), TestLedger.bill(net: 401, tax: 0)),
      try Draft(id: Handle("b1"), Withdrawn(content: Handle("song"))),
    ] {
      #expect(throws: LedgerFault.self) { try append([other]) }
      // Not even what stands before it in the batch is written.
      #expect(throws: LedgerFault.self) { try append(drafts([7]) + [other]) }
    }
    #expect(throws: LedgerFault.self) { try append(drafts([8]) + drafts([8], net: 1)) }
    #expect(try ledger.bytes == bytes)
  }

  @Test func aBatchMayRepeatItself() throws {
    let receipts = try append(drafts([1, 2, 1]))
    #expect(receipts[0].index == receipts[2].index && receipts[2].isReplay)
    #expect(receipts[1].index == receipts[0].index + 1)
  }

  @Test func laterEntriesOfABatchMayReferToEarlierOnes() throws {
    let pay = try Draft(
      id: Handle("p1"), TestLedger.payment([TestLedger.split(400, "b1")]))
    #expect(throws: RuleFault.self) { try append([pay] + drafts([1])) }
    _ = try append(drafts([1]) + [pay])
    #expect(try ledger.log.facts.bill(Handle("b1"))?.open == 0)
  }

  @Test func aWrongEntryTakesTheWholeBatchWithIt() throws {
    let bytes = try ledger.bytes
    let wrong = try Draft(id: Handle("w"), TestLedger.bill(to: "user:nobody"))
    #expect(throws: RuleFault.self) { try append(drafts(1...100) + [wrong]) }
    #expect(try ledger.bytes == bytes)
    #expect(try append(drafts(1...100)).count == 100)
    #expect(try ledger.fault() == nil)
  }

  @Test func anotherWriterIsSeen() throws {
    let other = try ledger.file.appending()
    let mine = try append(drafts([1, 2]))
    let replayed = try append(drafts([2, 3]), to: other)
    #expect(replayed.map(\.index) == [mine[1].index, mine[1].index + 1])
    #expect(try append(drafts([3]))[0].isReplay)
  }

  /// Whatever the index covers, the same is found.
  @Test(arguments: [0, 200, 300, 2000])
  func theIndexChangesNothing(_ count: Int) throws {
    for start in stride(from: 0, to: count, by: 100) {
      _ = try append(drafts(start..<start + 100))
      _ = try append([
        Draft(
          id: Handle("p\(start)"),
          TestLedger.payment([TestLedger.split(150, "b\(start)")]))
      ])
    }
    let hasIndex = ledger.folder.entries.contains("ledger.index")
    #expect(hasIndex == (count >= 300))
    let plain = try LedgerLog(
      FileStorage(ledger.file.path, .reading), indexPath: nil, writesIndex: false)
    let indexed = try ledger.file.appending()
    for log in [plain, indexed, ledger.log] {
      for start in stride(from: 0, to: count, by: 100) {
        #expect(try log.facts.bill(Handle("b\(start)"))?.open == 250)
        #expect(try log.facts.bill(Handle("b\(start + 99)"))?.open == 400)
      }
      #expect(try log.facts.bill(Handle("b\(count)")) == nil)
      #expect(try log.facts.lastNumber(in: .user) == 2)
      let alice = try PartyReference("user:alice")
      let receivable = Account(
        book: try PartyReference("content-server:cs"), .receivableFrom(alice))
      #expect(
        try log.balance(receivable, Currency("JPY")) == Int64(count * 400 - count / 100 * 150))
      #expect(try log.head == plain.head)
    }
    #expect(try ledger.fault() == nil)
  }

  /// Proofs hold whether they come from the index or from the lines, at all sizes.
  @Test func proofsHold() throws {
    _ = try append(drafts(0..<700))
    let plain = try LedgerLog(
      FileStorage(ledger.file.path, .reading), indexPath: nil, writesIndex: false)
    let count = plain.coverage.count
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<60 {
      let size = Int64.random(in: 1...count, using: &generator)
      let entry = Int64.random(in: 0..<size, using: &generator)
      let head = TreeHead(size: Int(size), root: try plain.root(ofFirst: size))
      #expect(try ledger.log.root(ofFirst: size) == head.root)
      let line = try #require(try ledger.log.line(of: entry))
      let leaf = line.withUnsafeBytes { MerkleTree.leafHash($0) }
      let proof = try ledger.log.inclusionProof(of: entry, size: size)
      #expect(try plain.inclusionProof(of: entry, size: size) == proof)
      try MerkleProofs.verifyInclusion(of: leaf, at: Int(entry), in: head, proof: proof)
      let whole = try ledger.log.head
      try MerkleProofs.verifyConsistency(
        from: head, to: whole, proof: ledger.log.consistencyProof(from: size, to: count))
    }
  }

  @Test func aLineThatIsTooLongIsRefused() throws {
    let lines = try (0..<700).map { number in
      try BillLine(
        purpose: .content, content: Handle("title-\(number)"), quantity: 1, unit: .purchase,
        unitPrice: 1, tax: 0)
    }
    let body = Billed(
      payer: try PartyReference("user:alice"), payee: try PartyReference("content-server:cs"),
      currency: try Currency("JPY"), lines: lines)
    let bytes = try ledger.bytes
    let error = #expect(throws: EntryFault.self) { try append([Draft(id: Handle("long"), body)]) }
    #expect(error?.description.contains("more than 65535") == true)
    #expect(try ledger.bytes == bytes)
  }

  @Test func networkFileSystemsAreKnown() {
    for (type, kind) in [
      (0x6969, "NFS"), (0xFE53_4D42, "SMB"), (0xFF53_4D42, "SMB"), (0x517B, "SMB"),
      (0x6573_5546, "FUSE"),
    ] {
      #expect(FileStorage.networkKind(type) == kind)
    }
    for local in [0xEF53, 0x0102_1994, 0x5846_5342, 0x9123_683E, 0x2FC1_2FC1] {
      #expect(FileStorage.networkKind(local) == nil)
    }
  }
}
