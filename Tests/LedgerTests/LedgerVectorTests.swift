import Ledger
import Signing
import Testing
import TransparencyLog
import _TestSupport

/// The vectors of whole ledgers hold for this implementation as for any other.
///
/// Most were made by another program, in another language, from `docs/ledger-format.md`.
@Suite struct LedgerVectorTests {
  static let names = Vector.names(in: "ledger")

  @Test func mostVectorsAreNegative() {
    let bad = Self.names.filter { !$0.hasPrefix("good-") }
    #expect(bad.count > 100 && Self.names.count > bad.count)
  }

  @Test(arguments: names)
  func vector(_ name: String) throws {
    let vector = try Vector("ledger", name)
    let verifier = LedgerVerifier(MemoryStorage(vector.body))
    guard try vector.text("expect") == "success" else {
      let fault = #expect(throws: VerificationFault.self) { try verifier.verify() }
      switch fault {
      case .entry(let index, let reason):
        #expect(Int(index) == (try vector.number("entry")), "\(reason)")
        #expect(reason.contains(try vector.text("says")), "\(reason)")
      case .strangeTail(let line):
        #expect(Int(line) == (try vector.number("entry")) + 1)
        #expect(fault?.description.contains(try vector.text("says")) == true)
      default: Issue.record("\(fault?.description ?? "nothing is thrown")")
      }
      return
    }
    let count = try vector.number("entries")
    let verified = try verifier.verify(sizes: Set(1...Int64(count)))
    #expect(verified.head.size == count)
    #expect(verified.head.root.base64 == (try vector.text("root")))
    #expect(verified.tornBytes == (try vector.fields["torn-bytes"].map { Int($0) ?? -1 } ?? 0))
    for size in 1..<Int64(count) {
      guard let root = vector.fields["root-\(size)"] else { continue }
      #expect(verified.roots[size]?.base64 == root)
    }
    #expect(!verified.backwardClocks.isEmpty == (name == "good-clock-backwards.txt"))
  }

  /// The ledger with every kind has every kind, so that no kind is without a vector.
  @Test func everyKindHasAVector() throws {
    let lines = try Vector("ledger", "good-every-kind.txt").body.split(separator: 0x0A)
    let reader = EntryReader()
    let kinds = try lines.map { line in try Array(line).withUnsafeBytes { try reader.read($0).kind }
    }
    #expect(Set(kinds) == Set(EventKind.allCases))
  }
}
