package import Signing
package import Trade

/// What the ledger says so far: parties, bills and payments, folded from the few entries that
/// concern them.
package struct Facts {
  private let lookup: any EntryLookup
  private let memory: Memory
  private var reader: EntryReader { memory.reader }

  package init(_ lookup: any EntryLookup) { self.init(lookup, Memory()) }

  /// - Parameters:
  ///   - lookup: where entries are found.
  ///   - memory: what was remembered of them so far.
  init(_ lookup: any EntryLookup, _ memory: Memory) {
    self.lookup = lookup
    self.memory = memory
  }

  /// What need not be looked up again.
  ///
  /// It is apart from the facts so that a ledger can keep it without keeping itself alive.
  final class Memory {
    fileprivate let reader = EntryReader()
    fileprivate var parties: [String: Party] = [:]
    fileprivate var titles: [Handle: Published?] = [:]

    /// Forgets what was remembered, since an entry may have changed it.
    func forget() {
      parties.removeAll()
      titles.removeAll()
    }
  }

  /// What is known of a party.
  package struct Party: Sendable {
    package let name: PartyName
    package let role: PartyKind
    /// The number in the space of the role.
    package let number: Int64
    /// The key the party signs with now.
    package var key: PublicKey?
    package var isRevoked = false
    package let administrator: PartyName?

    /// The reference in bills and payments.
    package var reference: PartyReference { PartyReference(role, name) }
  }

  /// A bill and what is left of it.
  package struct Bill: Sendable {
    package let id: Handle
    package let body: Billed
    /// When it was written.
    package let time: UTCTime
    /// What credit notes have taken off, in minor units.
    package var credited: Int64 = 0
    /// What of that was tax, in minor units.
    package var creditedTax: Int64 = 0
    /// What has been paid and not given back, in minor units.
    package var paid: Int64 = 0

    /// What is still owed, in minor units.
    package var open: Int64 { body.amount - credited - paid }

    /// The tax that credit notes have left, in minor units.
    package var remainingTax: Int64 { body.tax - creditedTax }
  }

  /// A payment and what of it was not given back.
  package struct Paid: Sendable {
    package let body: Payment
    package var remaining: [PaymentSplit.Target: Int64]
    /// The tax among it.
    package var remainingTax: [PaymentSplit.Target: Int64]
  }

  /// An entry.
  package struct Entry: Sendable {
    package let event: Event
    package let author: PartyName
    package let time: UTCTime
    /// Its number, from 0.
    package let index: Int64
  }

  /// Forgets what was remembered, since an entry may have changed it.
  func forget() { memory.forget() }

  /// What is known of a party, nil when it is not enrolled.
  package func party(_ name: String) throws -> Party? {
    // Equal texts of Swift may have other bytes, under which nobody is enrolled.
    if let party = memory.parties[name], name.utf8.elementsEqual(party.name.description.utf8) {
      return party
    }
    var party: Party?
    try visit(Term(.party, name)) { _, event in
      switch event.body {
      case let opened as Opened where "\(opened.party)" == name:
        party = Party(
          name: opened.party, role: .contentServer, number: 1, key: opened.key,
          administrator: nil)
      case let enrolled as Enrolled where "\(enrolled.party)" == name:
        party = Party(
          name: enrolled.party, role: enrolled.role, number: enrolled.number, key: enrolled.key,
          administrator: enrolled.administrator)
      case let rekeyed as Rekeyed where "\(rekeyed.party)" == name:
        party?.key = rekeyed.key
        party?.isRevoked = false
      case let revoked as Revoked where "\(revoked.party)" == name: party?.isRevoked = true
      default: break
      }
    }
    if let party {
      if memory.parties.count > 1 << 16 { memory.parties.removeAll(keepingCapacity: true) }
      memory.parties[name] = party
    }
    return party
  }

  /// The party that has a number.
  package func holder(of number: Int64, in space: NumberSpace) throws -> PartyName? {
    var holder: PartyName?
    try visit(Term(.number, "\(space.rawValue)/\(number)")) { _, event in
      switch event.body {
      case let opened as Opened where space == PartyKind.contentServer.numberSpace && number == 1:
        holder = opened.party
      case let enrolled as Enrolled
      where enrolled.number == number && enrolled.role.numberSpace == space:
        holder = enrolled.party
      default: break
      }
    }
    return holder
  }

  /// The number given out last in a space, 0 when none was.
  package func lastNumber(in space: NumberSpace) throws -> Int64 {
    guard let place = try lookup.lastPlace(of: Term(.space, space.rawValue)) else { return 0 }
    switch try event(at: place).body {
    case let enrolled as Enrolled where enrolled.role.numberSpace == space: return enrolled.number
    default: return 1
    }
  }

  /// The serial that a content server's next delivery gets.
  package func nextSerial(of contentServer: PartyName) throws -> Int64 {
    guard let place = try lookup.lastPlace(of: Term(.series, "\(contentServer)")),
      let marking = try event(at: place).body as? Marking
    else { return 1 }
    return marking.serial + 1
  }

  /// Whether a content server has used a serial.
  package func hasSerial(_ serial: Int64, of contentServer: PartyName) throws -> Bool {
    var found = false
    try visit(Term(.serial, "\(contentServer)/\(serial)")) { _, event in
      if let marking = event.body as? Marking, marking.serial == serial,
        marking.contentServer == contentServer
      {
        found = true
      }
    }
    return found
  }

  /// The terms of a title, nil when it was never published or is withdrawn.
  package func title(_ content: Handle) throws -> Published? {
    if let title = memory.titles[content] { return title }
    var title: Published?
    try visit(Term(.title, "\(content)")) { _, event in
      switch event.body {
      case let published as Published where published.content == content: title = published
      case let withdrawn as Withdrawn where withdrawn.content == content: title = nil
      default: break
      }
    }
    if memory.titles.count > 1000 { memory.titles.removeAll(keepingCapacity: true) }
    memory.titles[content] = .some(title)
    return title
  }

  /// The terms a title had when an entry was written, nil when it was not offered then.
  ///
  /// - Parameters:
  ///   - content: the title.
  ///   - index: the number of the entry; it and later ones do not count.
  /// - Returns: what was published last.
  /// - Throws: what the ledger's storage throws.
  package func title(_ content: Handle, before index: Int64) throws -> Published? {
    var title: Published?
    for place in try lookup.places(of: Term(.title, "\(content)")) {
      try lookup.withLine(at: place) { line in
        let head = try reader.read(line)
        guard head.index < index else { return }
        switch try head.event().body {
        case let published as Published where published.content == content: title = published
        case let withdrawn as Withdrawn where withdrawn.content == content: title = nil
        default: break
        }
      }
    }
    return title
  }

  /// A bill by the identifier of its entry, nil when there is none.
  package func bill(_ id: Handle) throws -> Bill? {
    guard let found = try entry(id), let body = found.event.body as? Billed, body.reverses == nil
    else { return nil }
    var bill = Bill(id: id, body: body, time: found.time)
    try visit(Term(.bill, "\(id)")) { _, event in
      switch event.body {
      case let note as Billed where note.reverses == id:
        bill.credited += note.amount
        bill.creditedTax += note.tax
      case let payment as Payment:
        for split in payment.splits where split.bill == id {
          bill.paid += payment.reverses == nil ? split.amount : -split.amount
        }
      default: break
      }
    }
    return bill
  }

  /// A payment by the identifier of its entry, nil when there is none.
  package func payment(_ id: Handle) throws -> Paid? {
    guard let body = try entry(id)?.event.body as? Payment, body.reverses == nil else { return nil }
    var remaining: [PaymentSplit.Target: Int64] = [:]
    var tax: [PaymentSplit.Target: Int64] = [:]
    for split in body.splits {
      remaining[split.target] = split.amount
      tax[split.target] = split.tax
    }
    try visit(Term(.refund, "\(id)")) { _, event in
      guard let refund = event.body as? Payment, refund.reverses == id else { return }
      for split in refund.splits {
        remaining[split.target, default: 0] -= split.amount
        tax[split.target, default: 0] -= split.tax
      }
    }
    return Paid(body: body, remaining: remaining, remainingTax: tax)
  }

  /// What a payer has paid a payee ahead of bills, in minor units.
  package func prepaid(
    by payer: PartyReference, to payee: PartyReference, _ currency: Currency
  ) throws -> Int64 {
    try -lookup.balance(Account(book: payee, .prepaidBy(payer)), currency)
  }

  /// The bills of a payer that are not settled, oldest first.
  ///
  /// - Parameters:
  ///   - payer: who owes.
  ///   - payee: to whom; nil for all.
  /// - Returns: the bills of which something is open.
  /// - Throws: what the ledger's storage throws.
  package func openBills(
    of payer: PartyReference, to payee: PartyReference? = nil
  ) throws -> [Bill] {
    var ids: [Handle] = []
    try visit(Term(.account, "\(payer)"), kinds: [.billed]) { id, event in
      guard let billed = event.body as? Billed, billed.reverses == nil, billed.payer == payer,
        payee == nil || billed.payee == payee
      else { return }
      ids.append(id)
    }
    return try ids.compactMap { try bill($0) }.filter { $0.open > 0 }
  }

  /// An entry by its identifier.
  package func entry(_ id: Handle) throws -> Entry? {
    for place in try lookup.places(of: Term(.id, "\(id)")) {
      let found = try lookup.withLine(at: place) { line in
        let head = try reader.read(line)
        guard head.id.string == id.description else { return nil as Entry? }
        return Entry(
          event: try head.event(), author: try head.authorName, time: head.time, index: head.index)
      }
      if let found { return found }
    }
    return nil
  }

  private func event(at place: Int64) throws -> Event {
    try lookup.withLine(at: place) { try reader.read($0).event() }
  }

  /// Shows the entries with a term, oldest first; some may be of other terms.
  package func visit(
    _ term: Term, kinds: Set<EventKind>? = nil, _ body: (Handle, Event) throws -> Void
  ) throws {
    for place in try lookup.places(of: term) {
      try lookup.withLine(at: place) { line in
        let head = try reader.read(line)
        if let kinds, !kinds.contains(head.kind) { return }
        try body(Handle(head.id.string ?? ""), head.event())
      }
    }
  }
}
