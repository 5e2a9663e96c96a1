import Synchronization
import Testing
import _TestSupport

@testable import ShopServer

/// Bytes that several threads make come in order, and faults where they belong.
@Suite struct DiscStreamTests {
  private struct Fault: Error {}

  /// Parts of all kinds, and their bytes.
  private static func parts(
    _ random: inout SeededGenerator
  ) -> (parts: [DiscPart], bytes: [UInt8]) {
    var parts: [DiscPart] = []
    var all: [UInt8] = []
    for _ in 0..<Int.random(in: 0...9, using: &random) {
      let longest = [3, 5000, 3_000_000].randomElement(using: &random) ?? 0
      let size = Int.random(in: 0...longest, using: &random)
      let kind = Int.random(in: 0..<4, using: &random)
      let first = UInt8.random(in: 0...255, using: &random)
      let bytes = (0..<size).map {
        kind == 0 ? 0 : UInt8(truncatingIfNeeded: $0 &* $0 >> 7) &+ first
      }
      let piece = Int.random(in: 1...400_000, using: &random)
      switch kind {
      case 0: parts.append(.zeros(Int64(size)))
      case 1: parts.append(.bytes(bytes))
      case 2:
        parts.append(
          .placed(byteCount: Int64(size)) {
            { place, buffer in
              buffer.copyBytes(from: bytes[Int(place)..<Int(place) + buffer.count])
            }
          })
      default:
        parts.append(
          .streamed { body in
            for start in stride(from: 0, to: bytes.count, by: piece) {
              try bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes(body)
            }
          })
      }
      all += bytes
    }
    return (parts, all)
  }

  @Test func anyParts() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<40 {
      let (parts, bytes) = Self.parts(&random)
      var taken: [UInt8] = []
      try DiscStream(parts).run { taken += $0 }
      #expect(taken == bytes, "seed \(seed)")
    }
  }

  /// A part that fails at any place ends everything there; what was in front of it has come.
  @Test(arguments: ["open", "fill", "send", "send late", "take"])
  func faults(_ kind: String) throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let (before, bytes) = Self.parts(&random)
      let (after, _) = Self.parts(&random)
      let fault: DiscPart
      switch kind {
      case "open": fault = .placed(byteCount: 1) { throw Fault() }
      case "fill": fault = .placed(byteCount: 1) { { _, _ in throw Fault() } }
      case "send": fault = .streamed { _ in throw Fault() }
      case "send late":
        fault = .streamed { body in
          try [1, 2, 3].withUnsafeBytes(body)
          throw Fault()
        }
      default: fault = .bytes([1])
      }
      var taken: [UInt8] = []
      #expect(throws: Fault.self, "seed \(seed)") {
        try DiscStream(before + [fault] + after).run {
          taken += $0
          if kind == "take", taken.count > bytes.count { throw Fault() }
        }
      }
      #expect(taken.starts(with: bytes), "seed \(seed)")
      if kind != "take" { #expect(taken.count == bytes.count, "seed \(seed)") }
    }
  }

  /// What a part holds is let go of behind it: a disc of many titles opens few at a time.
  @Test func partsAreLetGo() throws {
    final class Open: Sendable {
      private static let now = Mutex(0)
      static let most = Mutex(0)
      init() {
        let count = Self.now.withLock { now in
          now += 1
          return now
        }
        Self.most.withLock { $0 = max($0, count) }
      }
      deinit { Self.now.withLock { $0 -= 1 } }
    }
    var count = 0
    try DiscStream(
      (0..<200).map { _ in
        .placed(byteCount: 1000) {
          let open = Open()
          return { _, _ in withExtendedLifetime(open) {} }
        }
      }
    ).run { count += $0.count }
    #expect(count == 200_000)
    #expect(Open.most.withLock { $0 } <= 6)
  }
}
