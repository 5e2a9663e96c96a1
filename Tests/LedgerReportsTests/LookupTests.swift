import CommandLineSupport
import Ledger
import LedgerReports
import MarkKeys
import Signing
import Testing
import Trade
import TransparencyLog
import _TestSupport

/// What is looked up with the index is what is found in all entries.
@Suite struct LookupTests {
  private typealias Report = (name: String, make: (ReportSource, ReportOutput) throws -> Void)

  private func deliveries(
    _ random: RandomDeliveries, _ window: ReportWindow, _ format: ReportFormat
  ) throws -> [Report] {
    var reports: [Report] = []
    func add(
      _ name: String, user: String? = nil, content: String? = nil, order: String? = nil,
      serial: Int64? = nil, message: Message? = nil, party: String? = nil
    ) throws {
      let filter = try DeliveryReport.Filter(
        user: user.map(PartyName.init), content: content.map(Handle.init),
        order: order.map(Handle.init), serial: serial, message: message,
        party: party.map(PartySelector.init))
      reports.append(
        ("deliveries \(name)", { try DeliveryReport($0, filter, window: window).write(format, $1) })
      )
    }
    let (user, order) = (try random.pick(RandomDeliveries.users), "o,\(try random.pick(1...26))")
    let (content, serial) = ("t\(try random.pick(1...4))", Int64(try random.pick(0...40)))
    try add("of all")
    try add("--order \(order)", order: order)
    try add("--serial \(serial)", serial: serial)
    let message = try random.message()
    try add("--message \(message)", message: message)
    try add("--user \(user)", user: user)
    try add("--content \(content)", content: content)
    for party in ["user:\(user)", "cs", "cs-2.x", "ds-k", "home", "nobody", "shop:\(user)"] {
      try add("--party \(party)", party: party)
      try add("--party \(party) --content \(content)", content: content, party: party)
    }
    try add("--user \(user) --content \(content)", user: user, content: content)
    try add("--order \(order) --serial \(serial)", order: order, serial: serial)
    return reports
  }

  private func bills(
    _ random: RandomDeliveries, _ window: ReportWindow, _ format: ReportFormat
  ) throws -> [Report] {
    var reports: [Report] = []
    let known = try random.pick(RandomTrade.parties + ["content-server:cs"])
    for text in [known, "\(try PartyReference(known).name)", "shop:alice", "nobody"] {
      let party = try PartySelector(text)
      reports.append(
        (
          "statement \(text)",
          { try StatementReport($0, of: party, window: window).write(format, $1) }
        ))
      let bill = try Handle("e,\(try random.pick(1...300)):x")
      for (name, choice) in [
        ("", Invoice.Choice.open), ("--all ", .all), ("--bill \(bill) ", .one(bill)),
      ] {
        reports.append(
          (
            "invoice \(name)\(text)",
            {
              try Invoice($0, for: party, choice, window: window).writeRecords(format, $1)
            }
          ))
      }
    }
    return reports
  }

  /// What a report writes, or why it does not.
  private func outcome(
    _ random: RandomDeliveries, _ name: String, _ extent: ReportExtent, _ report: Report
  ) throws -> String {
    let folder = random.trade.folder
    let file = LedgerFile(folder.path(name))
    do {
      try report.make(
        ReportSource(file, extent), ReportOutput(OutputFile(folder.path("report"), contents: .text))
      )
      return String(decoding: try folder.read("report"), as: UTF8.self)
    } catch let error as any ExplainedError {
      return error.description.replacing(file.path, with: "ledger")
    }
  }

  /// Compares reports of all entries and of earlier ones; `ledger` has an index, `cold` has none.
  private func compare(_ random: RandomDeliveries, _ when: String, extents count: Int) throws -> Int
  {
    let size = Int(random.trade.log.coverage.count)
    let part = try random.pick(1...size)
    let cold = LedgerFile(random.trade.folder.path("cold"))
    let truth = try cold.scanning().run(limit: Int64(part)) { _ in
      nil as Bool?
    } gather: { _ in
    }.root
    let origin = "ledger.example/random"
    let checkpoints = [
      (part, truth, origin), (part, MerkleTree.emptyRoot, origin), (size + 1, truth, origin),
      (part, truth, "ledger.example/other"), (0, MerkleTree.emptyRoot, origin),
    ]
    let rarer =
      try [ReportExtent.size(Int64(size)), .size(Int64(size + 1))]
      + checkpoints.map {
        .checkpoint(
          try Checkpoint(origin: $0.2, head: TreeHead(size: $0.0, root: $0.1)), file: "checkpoint")
      }
    let windows = [ReportWindow.always, ReportWindow(try Period("2026-11"), from: nil, until: nil)]
    let extents = try [.all, random.pick(rarer), .size(Int64(part))].prefix(count)
    var rows = 0
    for (number, extent) in extents.enumerated() {
      let window = windows[number == 2 ? 1 : 0]
      let format = try random.pick([ReportFormat.tsv, .ndjson])
      let reports = try deliveries(random, window, format) + bills(random, window, format)
      for report in reports {
        let all = try outcome(random, "cold", extent, report)
        let some = try outcome(random, "ledger", extent, report)
        #expect(some == all, "\(when), \(extent), \(window): \(report.name)")
        rows += all.split(separator: "\n").count
      }
    }
    return rows
  }

  @Test(arguments: [UInt64](61...64))
  func whatIsLookedUpIsWhatIsFoundInAllEntries(_ seed: UInt64) throws {
    let random = try RandomDeliveries(seed: seed)
    let (log, folder) = (random.trade.log, random.trade.folder)
    log.indexLag = .max
    try random.run(150)
    log.extendIndex()
    try random.run(100)
    let cold = try Subprocess.shell("ln ledger cold", folder: folder.path)
    #expect(cold.status == 0)
    let file = random.trade.file
    let lagging = try #require(try file.indexed())
    #expect(lagging.coverage.count == log.coverage.count)
    var rows = try compare(random, "seed \(seed), lagging index", extents: 3)
    log.extendIndex()
    rows += try compare(random, "seed \(seed), full index", extents: 3)
    // Where the index leads to is no entry.
    let damaged = try Subprocess.shell(
      """
      python3 -c "
      import sqlite3
      with sqlite3.connect('ledger.index') as index:
          index.execute('UPDATE reference SET place = place + 1')
      "
      """, folder: folder.path)
    #expect(damaged.status == 0, "\(damaged.errors)")
    rows += try compare(random, "seed \(seed), damaged index", extents: 2)
    try folder.write("ledger.index", Array("no database".utf8))
    rows += try compare(random, "seed \(seed), no index", extents: 1)
    #expect(rows > 2000, "seed \(seed)")
  }

  /// How many entries are read does not depend on how many there are.
  @Test func fewEntriesAreLookedAt() throws {
    let random = try RandomDeliveries(seed: 67)
    try random.run(250)
    let log = try #require(try random.trade.file.indexed())
    var looked = 0
    let found = try #require(
      try log.look(limit: .max) {
        try $0.add(Term(.order, "o,3"))
        return true
      } take: { head in
        looked += 1
        return head.body["order"]?.string
      })
    #expect(Set(found.values) == ["o,3"])
    #expect(looked == found.values.count && looked > 2 && looked < 40)
    #expect(try found.head == log.head)
  }

  /// What the index is asked for too often is looked for in all entries, and what is no entry, too.
  @Test func someChoicesAreNone() throws {
    let random = try RandomDeliveries(seed: 68)
    try random.run(30)
    random.trade.log.extendIndex()
    let log = try #require(try random.trade.file.indexed())
    let take = { (_: EntryHead) in true }
    #expect(try log.look(limit: .max, choose: { _ in false }, take: take) == nil)
    #expect(try log.look(limit: 0, choose: { _ in true }, take: take) == nil)
    #expect(try log.look(limit: 5, choose: { _ in true }, take: take)?.head.size == 5)
    let order = try Handle("o,1")
    let add = { (choice: inout EntryChoice) in
      try choice.add(Term(.order, "\(order)"))
      return true
    }
    #expect(try log.look(limit: .max, choose: add, take: take) != nil)
    try random.delete(order, times: 4200)
    let longer = try #require(try random.trade.file.indexed())
    #expect(try longer.look(limit: .max, choose: add, take: take) == nil)
  }
}
