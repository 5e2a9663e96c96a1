import Glibc
import Ledger
import Testing
import Trade
import TransparencyLog
import _TestSupport

/// A process that has had a ledger open while others went on.
@Suite struct SharedIndexTests {
  let folder = TemporaryFolder()
  let file: LedgerFile
  private let schedule = SimulatedDiskTests.Schedule(seed: 1)

  init() throws {
    file = LedgerFile(folder.path("ledger"))
    try folder.write("ledger", SimulatedDiskTests.beginning)
  }

  private func append(_ drafts: [Draft], to log: LedgerLog) throws -> [Int64] {
    try log.append(drafts, by: SimulatedDiskTests.author, lockMilliseconds: 1000).map(\.index)
  }

  private func payment(_ id: String, _ funds: Funds, _ purpose: PaymentPurpose) throws -> Draft {
    Draft(
      id: try Handle(id),
      Payment(
        payer: try PartyReference("user:u1"), payee: try PartyReference("content-server:cs"),
        currency: try Currency("JPY"), funds: funds,
        splits: [PaymentSplit(purpose: purpose, amount: 50)]))
  }

  /// Rules that ask for a balance in the middle of a batch see the index as it was at its start.
  @Test func indexExtendedByAnotherProcessIsNotMetHalfWay() throws {
    func drafts(_ numbers: Range<Int>) throws -> [Draft] {
      try numbers.map { try schedule.draft("other-\($0)") }
    }
    _ = try append(drafts(0..<300) + [payment("ahead", .bank, .prepaid)], to: file.appending())
    #expect(folder.entries.contains("ledger.index"))
    let log = try file.appending()
    _ = try append(drafts(300..<600), to: file.appending())
    #expect(
      try append(
        [schedule.draft("first"), payment("later", .prepaid, .content), schedule.draft("last")],
        to: log) == [603, 604, 605])
    let audit = try IndexAudit(of: file)
    #expect(
      try LedgerVerifier(FileStorage(file.path, .reading), audit: audit).verify().head.size == 606)
  }

  /// Entries that were lost are not forgotten after the first complaint.
  @Test func lostEntriesAreComplainedOfAgain() throws {
    let log = try file.appending()
    _ = try append((0..<300).map { try schedule.draft("\($0)") }, to: log)
    let bytes = try folder.read("ledger")
    #expect(truncate(file.path, off_t(bytes.count / 2)) == 0)
    for _ in 0..<3 {
      #expect(throws: (any Error).self) { try append([schedule.draft("new")], to: log) }
    }
    #expect(try folder.read("ledger").count == bytes.count / 2)
  }
}
