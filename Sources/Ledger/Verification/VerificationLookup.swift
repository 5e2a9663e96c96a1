import Trade

/// Finds earlier entries while a ledger is verified, from what the pass itself has seen.
final class VerificationLookup: EntryLookup {
  private let storage: any LogStorage
  private var terms = TermMap()
  private var balances: [IndexStretch.BalanceKey: Int64] = [:]
  private var buffer = [UInt8](repeating: 0, count: EntryReader.longestLine + 1)

  init(_ storage: any LogStorage) { self.storage = storage }

  /// Takes an entry into account.
  func add(_ id: Term, _ terms: [Term], _ event: Event?, at place: Int64) {
    self.terms.add(id, at: place)
    for term in terms where term.isOfState { self.terms.add(term, at: place) }
    guard let event, event.kind == .payment, let payment = event.body as? Payment else { return }
    // Rules ask for no other balance than what was paid ahead.
    guard payment.funds == .prepaid || payment.splits.contains(where: { $0.purpose == .prepaid })
    else { return }
    for posting in postings(of: event) {
      guard case .prepaidBy = posting.account.path else { continue }
      let key = IndexStretch.BalanceKey(account: posting.account, currency: payment.currency)
      balances[key, default: 0] += posting.amount
    }
  }

  func places(of term: Term) -> [Int64] { terms.places(of: term) }

  func lastPlace(of term: Term) -> Int64? { terms.last(of: term) }

  func balance(_ account: Account, _ currency: Currency) -> Int64 {
    balances[IndexStretch.BalanceKey(account: account, currency: currency)] ?? 0
  }

  func withLine<Result>(
    at place: Int64, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result {
    var size = 1024
    while true {
      let count = try buffer.withUnsafeMutableBytes { bytes in
        try storage.read(at: place, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<size]))
      }
      let found = try buffer.withUnsafeBytes { bytes in
        try bytes.firstLineEnd(in: 0..<count).map { end in
          try body(UnsafeRawBufferPointer(rebasing: bytes[..<end]))
        }
      }
      if let found { return found }
      if count < size || size == buffer.count { throw LedgerFault.shrunk(storage.name, 0) }
      size = buffer.count
    }
  }
}
