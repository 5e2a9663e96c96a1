import Ledger
import MarkKeys
import Signing
import Testing
import Trade
import TransparencyLog
import _TestSupport

/// Seeded schedules of appends by several writers, faults, kills and power failures.
@Suite struct SimulatedDiskTests {
  static let author: Author = {
    guard let name = try? PartyName("cs"), let time = try? UTCTime(seconds: 1_790_000_000)
    else { fatalError("no author") }
    let key = SigningKey(name: "cs", seed: Secret([UInt8](1...32)))
    return Author(name: name, key: key, clock: { time })
  }()

  /// The bytes of a ledger with two entries, made once with the real code.
  static let beginning: [UInt8] = {
    let folder = TemporaryFolder()
    do {
      let file = LedgerFile(folder.path("ledger"))
      _ = try file.create(origin: Origin("cs.example/disk"), author: author, id: Handle("open"))
      let user = Enrolled(party: try PartyName("u1"), role: .user, number: 1, key: nil)
      _ = try file.appending().append(
        [Draft(id: Handle("u1"), user)], by: author, lockMilliseconds: 1000)
      return try folder.read("ledger")
    } catch { fatalError("\(error)") }
  }()

  /// A schedule, and what it has promised so far.
  struct Schedule {
    let seed: UInt64
    var random: SeededGenerator
    let disk: SimulatedDisk
    /// The index, nil for none.
    let indexPath: String?
    /// The places that receipts have told, by identifier.
    var promised: [String: Int64] = [:]
    /// All that was ever to be appended.
    var wanted: Set<String> = []
    var next = 0
    /// The last of them.
    private var lastWanted: [String] = []

    init(seed: UInt64, indexPath: String? = nil) {
      self.seed = seed
      self.indexPath = indexPath
      random = SeededGenerator(seed: seed)
      disk = SimulatedDisk(seed: random.next())
      let file = SimulatedFile(disk)
      try? file.lock(milliseconds: 0)
      try? beginning.withUnsafeBytes { try file.append($0) }
      try? file.synchronize()
      file.unlock()
    }

    /// A writer and its file.
    struct Writer {
      let file: SimulatedFile
      let log: LedgerLog
    }

    func open() throws -> Writer {
      let file = SimulatedFile(disk)
      return Writer(
        file: file,
        log: try LedgerLog(file, indexPath: indexPath, writesIndex: indexPath != nil))
    }

    func draft(_ id: String) throws -> Draft {
      Draft(
        id: try Handle(id),
        Reported(
          order: try Handle("o-\(id)"), content: try Handle("c"), user: try PartyName("u1"),
          contentServer: author.name, matter: .delivery, fee: 100, currency: try Currency("JPY")))
    }

    /// Some new entries, and some that are old or whose fate is not known.
    mutating func batch(_ sizes: ClosedRange<Int>) -> [String] {
      var ids: [String] = []
      for _ in 0..<Int.random(in: sizes, using: &random) {
        if Int.random(in: 0..<3, using: &random) == 0,
          let old = lastWanted.randomElement(using: &random)
        {
          ids.append(old)
        } else {
          ids.append("e\(next)")
          next += 1
        }
      }
      wanted.formUnion(ids)
      lastWanted = (lastWanted + ids).suffix(40)
      return ids
    }

    /// Takes receipts into account.
    mutating func note(_ receipts: [Receipt], for ids: [String]) {
      #expect(receipts.map(\.id.description) == ids, "seed \(seed)")
      for receipt in receipts {
        let id = receipt.id.description
        if let place = promised[id] {
          if place != receipt.index || !receipt.isReplay {
            Issue.record("seed \(seed): \(id) at \(place) and \(receipt.index)")
          }
        }
        promised[id] = receipt.index
      }
    }

    /// Holds the bytes that readers see against what was promised.
    func check(_ moment: String) throws {
      let reader = EntryReader()
      var places: [String: Int64] = [:]
      let whole = disk.bytes.prefix((disk.bytes.lastIndex(of: 0x0A) ?? -1) + 1)
      for (number, line) in whole.split(separator: 0x0A, omittingEmptySubsequences: false)
        .dropLast().enumerated()
      {
        let head = try Array(line).withUnsafeBytes { bytes in
          let head = try reader.read(bytes)
          return (index: head.index, id: head.id.string ?? "")
        }
        let earlier = places.updateValue(head.index, forKey: head.id)
        if head.index != Int64(number) || earlier != nil || number > 1 && !wanted.contains(head.id)
        {
          Issue.record("seed \(seed), \(moment): \(head.id) at \(number)")
        }
      }
      for (id, place) in promised where places[id] != place {
        Issue.record("seed \(seed), \(moment): \(id) was to be at \(place)")
      }
    }
  }

  private static func run(
    _ schedule: inout Schedule, steps: Int, sizes: ClosedRange<Int>
  ) throws {
    let seed = schedule.seed
    var writers: [Schedule.Writer] = []
    for step in 0..<steps {
      let moment = "step \(step)"
      switch Int.random(in: 0..<12, using: &schedule.random) {
      case 0:
        for writer in writers { writer.file.kill() }
        writers = []
        schedule.disk.crash()
        try schedule.check("\(moment), power failure")
      case 1:
        // Readers are let in at any time.
        let reader = try LedgerLog(
          SimulatedFile(schedule.disk), indexPath: schedule.indexPath, writesIndex: false)
        #expect(
          reader.coverage.count > schedule.promised.values.max() ?? 1, "seed \(seed), \(moment)")
      default:
        schedule.disk.faultPercentage = 0
        if writers.count < 3 { writers.append(try schedule.open()) }
        let number = Int.random(in: 0..<writers.count, using: &schedule.random)
        let writer = writers[number]
        let isKilled = Int.random(in: 0..<5, using: &schedule.random) == 0
        if isKilled {
          writer.file.lastCall = writer.file.calls + Int.random(in: 1...9, using: &schedule.random)
        }
        schedule.disk.faultPercentage = [0, 0, 10, 40].randomElement(using: &schedule.random) ?? 0
        let ids = schedule.batch(sizes)
        do {
          let receipts = try writer.log.append(
            ids.map { try schedule.draft($0) }, by: author, lockMilliseconds: 0)
          schedule.note(receipts, for: ids)
        } catch is SimulatedFile.Fault {
        } catch LedgerFault.unknown {
        } catch {
          Issue.record("seed \(seed), \(moment): \(error)")
        }
        // A process whose disk has failed ends, or tries again with the same result.
        if isKilled || Bool.random(using: &schedule.random) {
          writer.file.kill()
          writers.remove(at: number)
        }
        try schedule.check(moment)
      }
    }
    schedule.disk.faultPercentage = 0
    for writer in writers { writer.file.kill() }
    schedule.disk.crash()
    try schedule.check("at the end")
    // All that was wanted is appended in the end, once.
    let last = try schedule.open()
    let ids = schedule.wanted.sorted()
    schedule.note(
      try last.log.append(
        ids.map { try schedule.draft($0) }, by: author, lockMilliseconds: 0), for: ids)
    try schedule.check("after all")
    let verified = try LedgerVerifier(SimulatedFile(schedule.disk)).verify()
    #expect(verified.head.size == ids.count + 2 && verified.tornBytes == 0, "seed \(seed)")
  }

  @Test(arguments: 0..<10)
  func promisesOutliveFaults(_ group: Int) throws {
    var random = SystemRandomNumberGenerator()
    let first = random.next() >> 16
    for seed in first..<first + 150 {
      var schedule = Schedule(seed: seed)
      do { try Self.run(&schedule, steps: 24, sizes: 1...4) } catch {
        Issue.record("seed \(seed): \(error)")
      }
    }
  }

  @Test func promisesOutliveFaultsWithAnIndex() throws {
    var random = SystemRandomNumberGenerator()
    let first = random.next() >> 16
    let folder = TemporaryFolder()
    for seed in first..<first + 30 {
      let path = folder.path("\(seed)")
      var schedule = Schedule(seed: seed, indexPath: path)
      do {
        try Self.run(&schedule, steps: 24, sizes: 1...150)
        #expect(folder.entries.contains("\(seed)"), "no index was made")
      } catch { Issue.record("seed \(seed): \(error)") }
    }
  }

  /// A ledger that nobody uses any more is closed.
  @Test func closedLedgerIsLetGo() throws {
    let schedule = Schedule(seed: 1)
    weak var log: LedgerLog?
    do {
      let writer = try schedule.open()
      _ = try writer.log.append(
        [schedule.draft("a")], by: Self.author, lockMilliseconds: 0)
      log = writer.log
      #expect(log != nil)
    }
    #expect(log == nil)
  }

  /// A writer has seen an entry that was taken back, and another one stands in its place.
  @Test(arguments: ["b", "longer", "s"]) func ghostsAreForgotten(_ other: String) throws {
    let schedule = Schedule(seed: 1)
    let size = Int64(schedule.disk.bytes.count)
    _ = try schedule.open().log.append(
      [schedule.draft("a-")], by: Self.author, lockMilliseconds: 0)
    // It reads the entry without the lock.
    let writer = try schedule.open()
    let file = SimulatedFile(schedule.disk)
    try file.lock(milliseconds: 0)
    try file.truncate(to: size)
    file.unlock()
    _ = try schedule.open().log.append(
      [schedule.draft(other + "-")], by: Self.author, lockMilliseconds: 0)
    let receipts = try writer.log.append(
      [schedule.draft("a-"), schedule.draft(other + "-")], by: Self.author, lockMilliseconds: 0)
    #expect(receipts.map(\.index) == [3, 2])
    #expect(receipts.map(\.isReplay) == [false, true])
    #expect(try LedgerVerifier(SimulatedFile(schedule.disk)).verify().head.size == 4)
  }

  /// All that a power failure can leave of one write of several entries, byte by byte.
  @Test(arguments: [0, 1, 500, 70_000])
  func everyBeginningOfABatchIsRecoveredFrom(_ zeros: Int) throws {
    let schedule = Schedule(seed: 1)
    let ids = ["a", "b", "c"]
    _ = try schedule.open().log.append(
      ids.map { try schedule.draft($0) }, by: Self.author, lockMilliseconds: 0)
    let whole = schedule.disk.bytes
    for length in Self.beginning.count...whole.count {
      let disk = SimulatedDisk(seed: 1)
      let file = SimulatedFile(disk)
      try file.lock(milliseconds: 0)
      let bytes = whole[..<length] + [UInt8](repeating: 0, count: zeros)
      try bytes.withUnsafeBytes { try file.append($0) }
      file.unlock()
      let lines = whole[..<length].count { $0 == 0x0A }
      let verified = try LedgerVerifier(SimulatedFile(disk)).verify()
      #expect(verified.head.size == lines, "\(length) bytes")
      let log = try LedgerLog(SimulatedFile(disk), indexPath: nil, writesIndex: false)
      let receipts = try log.append(
        ids.map { try schedule.draft($0) }, by: Self.author, lockMilliseconds: 0)
      #expect(receipts.map(\.isReplay) == ids.indices.map { $0 + 2 < lines }, "\(length) bytes")
      let isWhole = disk.bytes == whole
      #expect(isWhole, "\(length) bytes")
    }
  }
}
