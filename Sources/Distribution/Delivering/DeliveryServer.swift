package import CommandLineSupport
import FingerprintCode
package import Ledger
import MarkKeys
import Masters
import Signing
package import Trade

/// A delivery server at work: takes orders, marks, and records what was delivered.
package final class DeliveryServer {
  package let log: LedgerLog
  package let author: Author
  package let masters: MasterCache
  let lockMilliseconds: Int
  /// Whether the hash of each copy goes into the ledger, or a receipt; parcels always have theirs.
  package var hashesCopies = false

  package init(_ log: LedgerLog, _ author: Author, _ masters: MasterCache, lockMilliseconds: Int) {
    self.log = log
    self.author = author
    self.masters = masters
    self.lockMilliseconds = lockMilliseconds
  }

  /// An order that came in, with the line it came in.
  package struct Request {
    package let line: SignedLine
    package let order: Order

    package init(line: SignedLine, order: Order) {
      self.line = line
      self.order = order
    }
  }

  /// Orders that are being carried out; nobody else works on them meanwhile.
  package struct Work {
    let locks: OrderLocks
    /// The copies that are to be written, those of an order together.
    package let jobs: [CopyJob]
    /// What is wrong with the orders that are not carried out.
    package let faults: [any ExplainedError]
  }

  /// Checks orders, gets their masters, and puts the markings of all copies on the disk.
  ///
  /// Orders that are delivered already are left out. Copies that were begun before keep their
  /// serials and messages.
  ///
  /// - Parameters:
  ///   - requests: the orders; none may be there twice.
  ///   - isAgain: whether what is delivered is to be sent again.
  ///   - check: makes sure that a master can be delivered as wanted, before it is marked.
  /// - Returns: the copies to write.
  /// - Throws: what the ledger throws; faults of single orders are in the result.
  package func begin(
    _ requests: [Request], isAgain: Bool = false, check: (HeldMaster) throws -> Void
  ) throws -> Work {
    let locks = try OrderLocks(requests.map(\.order.ordered.order), in: masters.store)
    var faults: [any ExplainedError] = []
    try log.refresh()
    var held: [SHA256Hash: HeldMaster] = [:]
    var good: [Request] = []
    for request in requests {
      do {
        if try !OrderCheck(log.facts, author).check(request), !isAgain { continue }
        for item in request.order.items where held[item.master] == nil {
          let master = try masters.master(item, self)
          try check(master)
          held[item.master] = master
        }
        good.append(request)
      } catch let error as any ExplainedError where !(error is LedgerFault) {
        faults.append(error)
      }
    }
    if good.isEmpty { return Work(locks: locks, jobs: [], faults: faults) }
    var jobs: [CopyJob] = []
    _ = try log.append(by: author, lockMilliseconds: lockMilliseconds) { facts in
      var markings = MarkingPlan(facts, author)
      for request in good {
        do { jobs += try markings.add(request.order, held) } catch let error as DeliveryFault {
          faults.append(error)
        }
      }
      return markings.drafts
    }
    return Work(locks: locks, jobs: jobs, faults: faults)
  }

  /// Records that copies were delivered, with the report and the bill that go with each order, in
  /// one step.
  ///
  /// - Parameters:
  ///   - written: what was sent of the copies, those of an order together.
  ///   - work: what they belong to; its orders are given up.
  /// - Throws: as `LedgerLog.append`.
  package func finish(_ written: [(job: CopyJob, copy: WrittenCopy)], _ work: Work) throws {
    _ = try log.append(by: author, lockMilliseconds: lockMilliseconds) { facts in
      try DeliveryRecords(facts, author.name).drafts(written)
    }
    work.locks.end()
  }

  /// Appends entries that belong to no order.
  func append(_ drafts: [Draft]) throws {
    _ = try log.append(drafts, by: author, lockMilliseconds: lockMilliseconds)
  }

  /// Makes the order of a user who comes without one (paragraph 25), or finds it again.
  ///
  /// - Parameters:
  ///   - id: what it is called.
  ///   - user: who wants it.
  ///   - contents: what is wanted.
  ///   - contentServer: whose titles they are.
  ///   - use: what is paid for.
  ///   - seconds: how long it is good.
  /// - Returns: the order, which stands in the ledger.
  /// - Throws: `DeliveryFault`, or as `LedgerLog.append`.
  package func order(
    _ id: Handle, for user: PartyName, _ contents: [Handle], from contentServer: PartyName?,
    use: PriceUnit, seconds: Int64
  ) throws -> Request {
    var order: Order?
    _ = try log.append(by: author, lockMilliseconds: lockMilliseconds) { facts in
      let items = try contents.map { content in
        guard let title = try facts.title(content), let master = title.master else {
          throw DeliveryFault.unpublished(content)
        }
        guard let price = title.tariff.prices[use] else {
          throw DeliveryFault.noPrice(content, use)
        }
        return Order.Item(
          content: content, master: master, currency: title.tariff.currency, price: price,
          taxRate: title.tariff.taxRate)
      }
      let entry = try DeliveryIdentifiers.joined(["\(id)", "ordered"])
      let known = try facts.entry(entry)?.event.body as? Ordered
      let ordered = Ordered(
        order: id, user: user, contents: contents,
        contentServer: try contentServer ?? log.opener().name, deliveryServer: author.name,
        use: use,
        expires: try known?.expires ?? UTCTime(seconds: author.clock().seconds + seconds))
      order = try Order(ordered, items: items)
      return [Draft(id: entry, ordered)]
    }
    guard let order else { throw DeliveryFault.notInLedger(id) }
    return Request(line: order.signed(by: author.name, with: author.key), order: order)
  }
}
