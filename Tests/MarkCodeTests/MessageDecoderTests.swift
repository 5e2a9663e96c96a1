import Glibc
import MarkCode
import Testing

@Suite struct MessageDecoderTests {
  @Test func everyStretchOf250IsReadWithoutNoise() {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code, listSize: 64, startStates: 4)
    var signals = Signals(seed: 5)
    let (high, low) = (signals.next(), signals.next())
    let block = signs(code, high: high, low: low)
    for start in 0..<code.codedBits {
      let found = decoder.decode(stretch(block, from: start, count: 250))
      #expect(found.count == 1 && found[0].high == high && found[0].low == low, "from \(start)")
      #expect(found.first?.correlation == 250)
      #expect(found.first?.rank == 0, "from \(start)")
    }
  }

  @Test(arguments: [(2, 200), (2, 250), (3, 456), (6, 912), (12, 1824), (12, 5000)])
  func readsWithoutNoise(outputs: Int, count: Int) {
    let code = MessageCode(outputs: outputs)
    let decoder = MessageDecoder(code: code)
    var signals = Signals(seed: 6)
    for _ in 0..<5 {
      let (high, low) = (signals.next(), signals.next())
      let block = signs(code, high: high, low: low)
      let found = decoder.decode(stretch(block, from: 31, count: count))
      #expect(found.contains { $0.high == high && $0.low == low })
    }
  }

  /// SNR well above the thresholds of docs/code.md.
  @Test(
    arguments: [
      (12, 250, 3.0), (12, 400, 0.0), (12, 750, -3), (12, 1824, -7), (6, 912, -4), (3, 456, -0.5),
    ] as [(Int, Int, Float)], [11, 12] as [UInt64])
  func readsThroughNoise(
    channel: (outputs: Int, count: Int, decibels: Float), seed: UInt64
  ) {
    let code = MessageCode(outputs: channel.outputs)
    let decoder = MessageDecoder(code: code)
    var signals = Signals(seed: seed)
    let sigma = pow(10, -channel.decibels / 20)
    var read = 0
    for _ in 0..<20 {
      let (high, low) = (signals.next(), signals.next())
      let block = signs(code, high: high, low: low)
      var soft = [Float](repeating: 0, count: block.count)
      let start = Int(signals.next() % UInt64(block.count))
      for step in 0..<channel.count {
        let position = (start + step) % block.count
        soft[position] += Float(block[position]) + sigma * signals.normal()
      }
      let found = decoder.decode(soft)
      if found.contains(where: { $0.high == high && $0.low == low }) { read += 1 }
    }
    #expect(read >= 19, "\(read) of 20 read, seed \(seed), \(channel)")
  }

  /// Positions received, and an SNR well above what 88 bits need.
  @Test(arguments: [(12, 150, 4.5), (12, 300, 0), (12, 1056, -6.5)] as [(Int, Int, Float)])
  func shortMessagesAreReadThroughNoise(outputs: Int, count: Int, decibels: Float) {
    let code = MessageCode(outputs: outputs, messageBits: 64)
    let decoder = MessageDecoder(code: code)
    var signals = Signals(seed: 15)
    let sigma = pow(10, -decibels / 20)
    var read = 0
    for _ in 0..<20 {
      let message = signals.next()
      let block = signs(code, Information(short: message))
      var soft = [Float](repeating: 0, count: block.count)
      let start = Int(signals.next() % UInt64(block.count))
      for step in 0..<count {
        let position = (start + step) % block.count
        soft[position] += Float(block[position]) + sigma * signals.normal()
      }
      if decoder.decode(soft).contains(where: { $0.high == message && $0.low == 0 }) { read += 1 }
    }
    #expect(read >= 19, "\(read) of 20 read at \(decibels) dB")
  }

  @Test func aCheckOfOnesOwnReplacesTheCRC() {
    let code = MessageCode(outputs: 12, messageBits: 64)
    let decoder = MessageDecoder(code: code)
    let block = signs(code, Information(short: 77, check: 0x12_3456))
    let soft = block.map { Float($0) }
    #expect(decoder.decode(soft).isEmpty)
    let found = soft.withUnsafeBufferPointer {
      decoder.decode($0, isConsistent: { $0.check == 0x12_3456 })
    }
    #expect(found.first?.high == 77)
  }

  @Test func scaleDoesNotMatter() {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code)
    let block = signs(code, high: 1, low: 2)
    for scale: Float in [1e-36, 1e-20, 0.001, 1, 1e10, 1e36] {
      let soft = stretch(block, from: 900, count: 400).map { $0 * scale }
      #expect(decoder.decode(soft).contains { $0.high == 1 && $0.low == 2 }, "scale \(scale)")
    }
  }

  @Test func erasuresAndHugeValuesDoNoHarm() {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code)
    let block = signs(code, high: 7, low: 9)
    var signals = Signals(seed: 7)
    var soft = stretch(block, from: 0, count: 1824)
    for position in soft.indices where signals.next() % 4 != 0 { soft[position] = 0 }
    soft[5] = .nan
    soft[6] = .infinity
    soft[7] = -.infinity
    soft[8] = 1000 * Float(block[8])
    #expect(decoder.decode(soft).contains { $0.high == 7 && $0.low == 9 })
  }

  @Test func nothingGivesNothing() {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code)
    #expect(decoder.decode([Float](repeating: 0, count: 1824)).isEmpty)
    #expect(decoder.decode([Float](repeating: .nan, count: 1824)).isEmpty)
    #expect(decoder.decode([Float](repeating: .leastNonzeroMagnitude, count: 1824)).isEmpty)
    #expect(decoder.contrast([Float](repeating: 0, count: 1824)) == 0)
  }

  /// A constant is what a biased receiver gives; it must not read as the message 0.
  @Test func constantsGiveNoMessage() {
    let decoder = MessageDecoder(code: MessageCode(), listSize: 1, startStates: 1)
    #expect(decoder.decode([Float](repeating: 1, count: 1824)).isEmpty)
    #expect(decoder.decode([Float](repeating: -1, count: 1824)).isEmpty)
  }

  /// A wrong message passes once in 2^24 paths: of 300 blocks with 512 paths, 0.01 expected.
  @Test func noiseGivesNoMessage() {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code, listSize: 512, startStates: 4)
    var signals = Signals(seed: 8)
    var messages = 0
    for _ in 0..<300 {
      let soft = (0..<1824).map { $0 < 400 ? signals.normal() : 0 }
      messages += decoder.decode(soft).count
    }
    #expect(messages == 0)
  }

  @Test func messagesHaveTheirCorrelation() {
    let code = MessageCode(outputs: 3)
    let decoder = MessageDecoder(code: code)
    var signals = Signals(seed: 9)
    let block = signs(code, high: 3, low: 4)
    let soft = block.map { Float($0) + 0.8 * signals.normal() }
    for message in decoder.decode(soft) {
      let own = signs(code, high: message.high, low: message.low)
      let sum = zip(soft, own).reduce(Float(0)) { $0 + $1.0 * Float($1.1) }
      #expect(message.correlation == sum)
    }
  }

  @Test func sameInputGivesSameOutput() {
    let code = MessageCode()
    let first = MessageDecoder(code: code)
    let second = MessageDecoder(code: code)
    var signals = Signals(seed: 10)
    for _ in 0..<10 {
      let block = signs(code, high: signals.next(), low: signals.next())
      let soft = stretch(block, from: 200, count: 300).map { $0 + 0.8 * signals.normal() }
      let other = soft.map { _ in signals.normal() }
      let result = first.decode(soft)
      _ = first.decode(other)
      #expect(first.decode(soft) == result)
      #expect(second.decode(soft) == result)
    }
  }

  @Test func contrastTellsCleanFromNoise() {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code)
    var signals = Signals(seed: 13)
    let block = signs(code, high: 1, low: 1)
    #expect(decoder.contrast(block.map { Float($0) }) == 1)
    #expect(decoder.contrast(block.map { _ in signals.normal() }) < 0.5)
    let found = block.map { Float($0) }.withUnsafeBufferPointer {
      decoder.decode($0, minimumContrast: 1.01)
    }
    #expect(found.isEmpty)
  }
}
