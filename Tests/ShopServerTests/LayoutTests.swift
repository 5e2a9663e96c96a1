import CommandLineSupport
import Testing
import Trade
import _TestSupport

@testable import DiscLayout
@testable import ShopServer

/// The figures of discs, without any.
@Suite struct LayoutTests {
  @Test func sectors() {
    for (frames, sectors) in [
      (0, 300), (1, 300), (300 * 588, 300), (300 * 588 + 1, 301), (44_100 * 60, 4500),
    ] {
      #expect(RedBook.sectors(ofFrames: frames) == sectors)
    }
    for (sector, time) in [
      (0, "00:00:00"), (74, "00:00:74"), (75, "00:01:00"), (359_999, "79:59:74"),
    ] {
      #expect(RedBook.time(ofSector: sector) == time)
    }
    #expect(DiscCapacity.minutes(74).sectors == 333_000)
    #expect(DiscCapacity.minutes(80).sectors == 360_000)
  }

  @Test func plans() throws {
    let capacity = DiscCapacity(sectors: 1000, name: "1000 sectors")
    for (sizes, overhead, most, plan) in [
      ([1000], 0, 99, [0..<1]), ([600, 400, 1], 0, 99, [0..<2, 2..<3]),
      ([600, 500, 500], 0, 99, [0..<1, 1..<3]), ([1, 1, 1], 0, 2, [0..<2, 2..<3]),
      ([500, 400], 100, 99, [0..<2]), ([500, 401], 100, 99, [0..<1, 1..<2]), ([], 0, 99, []),
    ] {
      #expect(
        try DiscPlan.split(sizes, overhead: overhead, mostItems: most, capacity: capacity) == plan)
    }
    #expect(throws: LayoutFault.tooLong(item: 1, sectors: 1001, of: capacity)) {
      try DiscPlan.split([1, 1001], capacity: capacity)
    }
    #expect(throws: LayoutFault.self) {
      try DiscPlan.split([901], overhead: 100, capacity: capacity)
    }
  }

  /// Nothing is lost and no disc is too full, whatever the sizes.
  @Test func anyPlan() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let sizes = (0..<Int.random(in: 1...300, using: &random)).map { _ in
        Int.random(in: 1...5000, using: &random)
      }
      let plan = try DiscPlan.split(
        sizes, mostItems: 99, capacity: DiscCapacity(sectors: 9000, name: ""))
      #expect(plan.flatMap(Array.init) == Array(sizes.indices), "seed \(seed)")
      #expect(plan.allSatisfy { sizes[$0].reduce(0, +) <= 9000 && $0.count <= 99 }, "seed \(seed)")
    }
  }

  /// Texts that would end a line or a string, and letters that ISO 8859-1 has not.
  @Test func texts() {
    #expect(SheetText.cue("a\"b\nc\u{7}ö透") == Array("\"a'bc".utf8) + [0xF6] + Array("?\"".utf8))
    #expect(SheetText.canHold("Öl") && SheetText.canHold("透かし abc") && !SheetText.canHold("透かし"))
    #expect(SheetText.toc("a\"b\\c\nÿ透") == #""a\"b\\c\377?""#)
    #expect(SheetText.cue(String(repeating: "x", count: 500)).count == 162)
  }

  /// The dither's error has no mean, a variance of a quarter step squared beyond rounding, and does
  /// not depend on the signal.
  @Test func dither() {
    for value in [0, 0.25, 0.5, 0.3] as [Float] {
      let samples = [Float](repeating: (100 + value) / 32768, count: 200_000)
      var output = [Int16](repeating: 0, count: samples.count)
      var dither = Dither(seed: 7)
      samples.withUnsafeBufferPointer { samples in
        output.withUnsafeMutableBufferPointer { dither.round(samples, into: $0) }
      }
      let errors = output.map { Double($0) - 100 - Double(value) }
      let mean = errors.reduce(0, +) / Double(errors.count)
      let variance = errors.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(errors.count)
      #expect(abs(mean) < 0.01, "\(value): \(mean)")
      #expect(abs(variance - 0.25) < 0.01, "\(value): \(variance)")
    }
    var output: [Int16] = [0, 0, 0, 0]
    var dither = Dither(seed: 1)
    [2, -2, .nan, .infinity].withUnsafeBufferPointer { (samples: UnsafeBufferPointer<Float>) in
      output.withUnsafeMutableBufferPointer { dither.round(samples, into: $0) }
    }
    #expect(output[0] == 32767 && output[1] == -32768 && abs(output[2]) <= 1 && output[3] == 32767)
  }

  /// Sound that is read some samples earlier or later is the same; a flipped bit, a missing piece or
  /// another offset in the middle is not.
  @Test func alignment() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var random = SeededGenerator(seed: seed)
    let size = 3_000_000
    var sound = (0..<size).map { _ in UInt8.random(in: 0...255, using: &random) }
    sound.replaceSubrange(0..<20_000, with: repeatElement(0, count: 20_000))
    for offset in [0, 4, -4, 2412, -2412, 32_768, -32_768] {
      let zeros = [UInt8](repeating: 0, count: abs(offset))
      let read =
        offset >= 0
        ? zeros + sound.dropLast(offset) : Array(sound.dropFirst(-offset)) + zeros
      #expect(try isSame(sound, read), "\(offset), seed \(seed)")
      var flipped = read
      flipped[Int.random(in: 100_000..<size - 100_000, using: &random)] ^= 16
      #expect(try !isSame(sound, flipped), "\(offset), seed \(seed)")
      var short = read
      short.removeSubrange(1_500_000..<1_500_004)
      #expect(try !isSame(sound, short), "\(offset), seed \(seed)")
      #expect(try !isSame(sound, Array(read.dropLast(200_000))), "\(offset), seed \(seed)")
    }
    #expect(try !isSame(sound, [UInt8](repeating: 0, count: size)), "seed \(seed)")
    #expect(try !isSame(sound, [UInt8](repeating: 0, count: 40_000) + sound), "seed \(seed)")
    let silence = [UInt8](repeating: 0, count: 300_000)
    #expect(try isSame(silence, silence))
    #expect(try !isSame(silence, silence.dropLast(4) + [1, 0, 0, 0]))
  }

  private func isSame(_ written: [UInt8], _ read: some Sequence<UInt8>) throws -> Bool {
    let folder = TemporaryFolder()
    let file = try FileDescriptor.reading(folder.write("read", Array(read)))
    var comparison = AlignedComparison(reading: file)
    do {
      for start in stride(from: 0, to: written.count, by: 18_816) {
        try written[start..<min(start + 18_816, written.count)].withUnsafeBytes {
          try comparison.take($0)
        }
      }
      return try comparison.finish()
    } catch AlignedComparison.Difference.found { return false }
  }
}
