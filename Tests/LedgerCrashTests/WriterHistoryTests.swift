import Testing
import _TestSupport

/// Many writers that are killed at any time: the ledger keeps what it has promised, and no more.
@Suite struct WriterHistoryTests {
  private static let writers = 8
  private static let entriesOfEach = 500

  /// Each writer starts again after each kill with its last acknowledged entry, once more, and all
  /// that follow; after some seconds it is not started again.
  @Test(arguments: [false, true])
  func acknowledgedEntriesAreThereOnce(_ hasIndex: Bool) throws {
    var random = SystemRandomNumberGenerator()
    let seed = Int.random(in: 0..<30_000, using: &random)
    let ledger = try hasIndex ? CrashLedger(entries: 300, indexed: 256) : CrashLedger()
    let first = try ledger.lines().count
    for writer in 0..<Self.writers {
      let lines = (0..<Self.entriesOfEach).map { CrashLedger.report("w\(writer)-\($0)") + "\n" }
      try ledger.folder.write("entries.\(writer)", lines.joined().utf8)
    }
    let command = try ledger.command().map { "'\($0)'" }.joined(separator: " ")
    let ended = try Subprocess.shell(
      """
      writer() {
        RANDOM=$((\(seed) + $1)) acknowledged=0
        : > receipts.$1
        while [ $acknowledged -lt \(Self.entriesOfEach) ] && [ $SECONDS -lt 12 ]; do
          timeout -s KILL 0.$(printf %03d $((RANDOM % 900 + 30))) \(command) - \
            < <(tail -n +$((acknowledged > 0 ? acknowledged : 1)) entries.$1) \
            >> receipts.$1 2>> errors
          status=$?
          [ $status = 0 ] || [ $status = 137 ] || echo "writer $1: status $status"
          echo x >> runs
          acknowledged=$(awk -F '[- ]' 'END { print $3 + (NR > 0) }' receipts.$1)
        done
      }
      for w in $(seq 0 \(Self.writers - 1)); do writer $w & done
      wait
      cat errors
      """, folder: ledger.folder.path, seconds: 120)
    #expect(ended.text.isEmpty, "seed \(seed): \(ended.text)\(ended.errors)")
    let checked = try ledger.verify()
    #expect(checked.status == 0, "seed \(seed): \(checked.text)\(checked.errors)")
    var receipts: [[String: Set<Int>]] = []
    for writer in 0..<Self.writers {
      let text = String(decoding: try ledger.folder.read("receipts.\(writer)"), as: UTF8.self)
      var places: [String: Set<Int>] = [:]
      for line in text.split(separator: "\n") {
        let words = line.split(separator: " ")
        places[String(words[1]), default: []].insert(Int(words[0]) ?? -1)
      }
      receipts.append(places)
    }
    let faults = try Self.faults(
      lines: Array(ledger.lines()[first...]), first: first, receipts: receipts)
    #expect(faults.isEmpty, "seed \(seed): \(faults.prefix(5))")
    let runs = try ledger.folder.read("runs").count / 2
    #expect(runs > 3 * Self.writers, "seed \(seed): hardly anybody was killed")
    // Those that were cut off go on afterwards.
    for writer in 0..<Self.writers {
      let rest = try Subprocess.shell(
        "\(command) --batch 500 entries.\(writer)", folder: ledger.folder.path)
      #expect(rest.text.split(separator: "\n").count == Self.entriesOfEach, "seed \(seed)")
      for (id, places) in receipts[writer] {
        #expect(places.count == 1 && rest.text.contains("\(places.first ?? -1) \(id) again\n"))
      }
    }
    #expect(try ledger.lines().count == first + Self.writers * Self.entriesOfEach)
    #expect(try ledger.verify().status == 0, "seed \(seed)")
  }

  /// What a ledger's lines and the receipts of the writers say against each other.
  ///
  /// - Parameters:
  ///   - lines: the lines behind those that were there at the start.
  ///   - first: the number of the first of them.
  ///   - receipts: for each writer the places it was told, by identifier.
  /// - Returns: what is wrong.
  static func faults(lines: [String], first: Int, receipts: [[String: Set<Int>]]) -> [String] {
    var faults: [String] = []
    var places: [String: Int] = [:]
    var last = [Int](repeating: -1, count: receipts.count)
    for (offset, line) in lines.enumerated() {
      let place = first + offset
      guard let match = line.firstMatch(of: /,"id":"(w(\d+)-(\d+))","index":(\d+),/),
        let writer = Int(match.2), let number = Int(match.3)
      else {
        faults.append("entry \(place) is nobody's")
        continue
      }
      let id = String(match.1)
      if Int(match.4) != place { faults.append("entry \(place) says it is \(match.4)") }
      if places.updateValue(place, forKey: id) != nil { faults.append("\(id) is there twice") }
      // In order, and none left out: a writer goes on only from what was acknowledged.
      if number != last[writer] + 1 { faults.append("\(id) comes after \(last[writer])") }
      last[writer] = number
    }
    for (id, told) in receipts.joined() where told != [places[id] ?? -1] {
      faults.append("\(id) is at \(places[id] ?? -1), receipts say \(told)")
    }
    return faults
  }

  @Test func checkerFindsFaults() {
    func line(_ id: String, _ index: Int) -> String { #"{"id":"\#(id)","index":\#(index),"# }
    func faults(_ lines: [String], _ receipts: [String: Set<Int>]) -> Int {
      Self.faults(
        lines: lines.map { #"{"author":"cs","body":{}"# + "," + $0.dropFirst() }, first: 2,
        receipts: [receipts]
      ).count
    }
    #expect(faults([line("w0-0", 2), line("w0-1", 3)], ["w0-0": [2]]) == 0)
    #expect(faults([line("w0-0", 2), line("w0-0", 3)], ["w0-0": [2]]) > 0)
    #expect(faults([line("w0-0", 3)], [:]) > 0)
    #expect(faults([line("w0-0", 2), line("w0-2", 3)], [:]) > 0)
    #expect(faults([line("w0-0", 2)], ["w0-1": [3]]) > 0)
    #expect(faults([line("w0-0", 2)], ["w0-0": [2, 3]]) > 0)
    #expect(faults([line("x", 2)], [:]) > 0)
  }
}
