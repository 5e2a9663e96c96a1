import CommandLineSupport
import Ledger
import Signing
import Testing
import Trade
import _TestSupport

/// Many orders in one process, and what becomes of them when it is killed.
@Suite struct BatchTests {
  @Test func manyOrdersAndBadOnesAmongThem() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1", seconds: 1)
    try shell.publish("t2", seconds: 1, seed: 9)
    var lines = ""
    for number in 0..<300 {
      let contents = number % 10 == 0 ? ["t1", "t2"] : ["t\(number % 2 + 1)"]
      lines += try shell.order("o\(number)", contents, user: number % 3 == 0 ? "bob" : "alice")
    }
    lines += try shell.order("late", ["t1"], expires: "2020-01-01T00:00:00Z")
    try shell.folder.write("orders", Array(lines.utf8))
    let result = try shell.run(
      """
      mkdir out
      ds --batch 'out/{order}-{content}.{ext}' orders
      echo $?
      flac --silent --test out/*.flac 2>&1 | grep -v MD5
      ds --batch 'out/{order}-{content}.{ext}' < orders
      ls out | wc -l
      """)
    #expect(result.text == "2\n330\n", "\(result.text)")
    #expect(result.errors.contains("'late' has expired"))
    try expectAllDelivered(shell, (0..<300).map { "o\($0)" }, "out")
  }

  /// Every order is delivered and billed once, and every file is what the ledger says.
  private func expectAllDelivered(
    _ shell: DeliveryShell, _ orders: [String], _ folder: String,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    var serials: Set<Int64> = []
    let reader = EntryReader()
    var delivered: [String: Int] = [:]
    var billed: [String: Int] = [:]
    for line in try shell.folder.read("l").split(separator: UInt8(ascii: "\n")) {
      try Array(line).withUnsafeBytes { bytes in
        switch try reader.read(bytes).event().body {
        case let marking as Marking:
          #expect(serials.insert(marking.serial).inserted, sourceLocation: location)
        case let entry as Delivered:
          delivered["\(entry.order)", default: 0] += 1
          let file = try shell.folder.read("\(folder)/\(entry.order)-\(entry.content).flac")
          #expect(entry.bytes == file.count, sourceLocation: location)
          #expect(
            entry.hash == nil || entry.hash == file.withUnsafeBytes { .of($0) },
            sourceLocation: location)
        case let entry as Billed:
          billed["\(entry.order?.description ?? "")", default: 0] += 1
        default: break
        }
      }
    }
    for order in orders {
      let count = try shell.events(of: order).count { $0.event.body is Marking }
      #expect(delivered[order] == count && billed[order] == 1, "\(order)", sourceLocation: location)
    }
    #expect(billed.count == orders.count, sourceLocation: location)
  }

  @Test func killedAtAnyMoment() throws {
    let shell = try DeliveryShell()
    try shell.publish("t1", seconds: 2)
    var lines = ""
    var orders: [String] = []
    for number in 0..<400 {
      orders.append("k\(number)")
      lines += try shell.order("k\(number)", ["t1"])
    }
    try shell.folder.write("orders", Array(lines.utf8))
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    // Ten orders more each time, so that every process has something to do.
    for round in 1...40 {
      let delay = Int.random(in: 5...250, using: &random)
      _ = try shell.run(
        """
        mkdir -p out
        head -n \(round * 10) orders > some
        "$DS" --batch 'out/{order}-{content}.{ext}' some 2> errors & id=$!
        sleep 0.\(String(1000 + delay).dropFirst())
        kill -9 $id 2> none; wait $id 2> none; true
        """)
    }
    let result = try shell.run(
      """
      ds --batch 'out/{order}-{content}.{ext}' --resume orders
      ds --batch 'out/{order}-{content}.{ext}' orders
      flac --silent --test out/*.flac 2>&1 | grep -v MD5
      """)
    #expect(result.errors.isEmpty && result.text.isEmpty, "seed \(seed): \(result.errors)")
    try expectAllDelivered(shell, orders, "out")
  }
}
