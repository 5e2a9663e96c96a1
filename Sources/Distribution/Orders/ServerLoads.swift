package import Ledger
package import Trade

/// How many orders each delivery server was given lately: those of the last 24 hours among the last
/// 512 KiB of a ledger, a thousand entries or more, so that an order costs the same in a ledger of any
/// length.
package struct ServerLoads: Sendable, Equatable {
  private var counts: [PartyName: Int] = [:]

  /// The end of the ledger that is looked at, in bytes.
  static let window: Int64 = 512 << 10

  /// Nothing was ordered.
  package init() {}

  /// Reads the end of a ledger.
  ///
  /// - Parameters:
  ///   - storage: where the ledger is.
  ///   - now: the time.
  /// - Throws: what the storage throws.
  package init(_ storage: any LogStorage, now: UTCTime) throws {
    let size = try storage.size()
    let start = max(0, size - Self.window)
    var bytes = [UInt8](repeating: 0, count: Int(size - start))
    let count = try bytes.withUnsafeMutableBytes { try storage.read(at: start, into: $0) }
    let reader = EntryReader()
    let newline = UInt8(ascii: "\n")
    var position = start == 0 ? 0 : (bytes.firstIndex(of: newline) ?? count) + 1
    while position < count, let end = bytes[position..<count].firstIndex(of: newline) {
      bytes[position..<end].withUnsafeBytes { line in
        // What cannot be read is for ledger-verify to complain about.
        guard let head = try? reader.read(line), head.kind == .ordered,
          head.time.seconds > now.seconds - UTCTime.secondsPerDay,
          let ordered = try? head.event().body as? Ordered
        else { return }
        add(ordered.deliveryServer)
      }
      position = end + 1
    }
  }

  /// Takes note of an order.
  package mutating func add(_ server: PartyName) { counts[server, default: 0] += 1 }

  /// The number of orders of a server.
  package subscript(server: PartyName) -> Int { counts[server] ?? 0 }
}
