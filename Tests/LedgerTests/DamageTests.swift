import Ledger
import Testing
import TransparencyLog
import _TestSupport

/// A ledger that is cut off or changed anywhere is found out, and the first wrong entry is named.
@Suite struct DamageTests {
  /// A ledger of a few entries, and where each line ends.
  private let bytes: [UInt8]
  private let ends: [Int]
  private let head: TreeHead

  init() throws {
    let all = try Vector("ledger", "good-every-kind.txt").body
    let lines = all.split(separator: 0x0A)
    let few = Array(lines[..<5].joined(separator: [0x0A])) + [0x0A]
    bytes = few
    ends = few.indices.filter { few[$0] == 0x0A }
    head = try LedgerVerifier(MemoryStorage(few)).verify().head
  }

  private enum Outcome: Equatable {
    case good(TreeHead, torn: Int)
    case bad(Int64)
    case strangeTail(Int64)
  }

  private func outcome(_ bytes: [UInt8]) throws -> Outcome {
    do {
      let verified = try LedgerVerifier(MemoryStorage(bytes)).verify()
      return .good(verified.head, torn: verified.tornBytes)
    } catch VerificationFault.entry(let index, _) {
      return .bad(index)
    } catch VerificationFault.strangeTail(let line) {
      return .strangeTail(line - 1)
    }
  }

  /// The number of the entry a byte belongs to, its line end included.
  private func entry(of offset: Int) -> Int { ends.firstIndex { offset <= $0 } ?? ends.count }

  @Test func everyTruncationIsFound() throws {
    for count in 1..<bytes.count {
      let whole = ends.filter { $0 < count }.count
      let outcome = try outcome(Array(bytes[..<count]))
      let torn = count - (whole == 0 ? 0 : ends[whole - 1] + 1)
      if whole == 0 {
        // Not even the first entry is there.
        #expect(outcome == .bad(0), "\(count)")
        continue
      }
      guard case .good(let found, let foundTorn) = outcome else {
        Issue.record("cut off after \(count) bytes: \(outcome)")
        continue
      }
      #expect(found.size == whole && foundTorn == torn, "\(count)")
      // Who holds a checkpoint knows that entries are missing.
      #expect(found.size < head.size)
    }
  }

  /// Every bit of every byte, one at a time.
  @Test func everyChangeIsFound() throws {
    for offset in bytes.indices {
      let changed = entry(of: offset)
      for bit in 0..<8 {
        var copy = bytes
        copy[offset] ^= 1 << UInt8(bit)
        switch try outcome(copy) {
        case .bad(let index), .strangeTail(let index):
          // A line end that is none any more makes one line of two: the first of them is wrong.
          #expect(Int(index) == changed, "byte \(offset), bit \(bit)")
        case .good(let found, let torn):
          Issue.record("byte \(offset), bit \(bit): \(found.size) entries, \(torn) bytes torn")
        }
      }
    }
  }

  /// Without the key nothing can be put in the place of an entry; with it, a checkpoint tells.
  @Test func aRewrittenLedgerIsFoundByACheckpoint() throws {
    let first = try TestLedger()
    let second = try TestLedger()
    try first.append(TestLedger.bill(), id: "b1")
    try second.append(TestLedger.bill(net: 300, tax: 30), id: "b1")
    let (old, new) = (try first.log.head, try second.log.head)
    #expect(old.size == new.size && old.root != new.root)
    #expect(try second.fault() == nil)
    #expect(throws: VerificationFault.self) {
      try second.log.check(Checkpoint(origin: "ledger.example/cs", head: old))
    }
    try second.log.check(Checkpoint(origin: "ledger.example/cs", head: new))
  }
}
