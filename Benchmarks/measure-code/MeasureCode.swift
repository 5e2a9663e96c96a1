import Glibc
import MarkCode

/// Measures the message code.
///
/// `docs/code.md` has the results and the commands.
@main
struct MeasureCode {
  static let usage = """
    usage: measure-code rates     [blocks] [outputs]   error rates over SNR, and required SNR
           measure-code lists     [blocks]             lists, start states, memories
           measure-code windows   [blocks]             best and worst window, erasures
           measure-code speed     [blocks]             CPU time of a decode
           measure-code contrast  [blocks]             what an early verdict is worth
           measure-code bound                          the normal approximation
    """

  static func main() {
    let arguments = CommandLine.arguments
    let number = arguments.count > 2 ? Int(arguments[2]) : 2000
    guard arguments.count > 1, let blocks = number, blocks > 0 else { fail() }
    switch arguments[1] {
    case "rates": rates(blocks, outputs: arguments.count > 3 ? Int(arguments[3]) ?? 12 : 12)
    case "lists": lists(blocks)
    case "windows": windows(blocks)
    case "speed": speed(blocks)
    case "contrast": contrast(blocks)
    case "bound": bound()
    default: fail()
    }
  }

  static func fail() -> Never {
    let bytes = Array(usage.utf8) + [10]
    _ = write(2, bytes, bytes.count)
    exit(2)
  }

  /// SNR in dB around which a window becomes readable.
  static let centres: [(window: Int, decibels: Double)] = [
    (250, 1.7), (400, -1.1), (750, -4.3), (1824, -8.3),
  ]

  static func rates(_ blocks: Int, outputs: Int) {
    let code = MessageCode(outputs: outputs)
    let decoder = MessageDecoder(code: code)
    print("outputs \(outputs), \(blocks) blocks a point")
    print("window  SNR dB  Es/N0   Eb/N0   block errors  bound 128")
    for (window, centre) in centres where window <= code.codedBits || outputs == 12 {
      var points: [(Double, Double)] = []
      for step in -3...4 {
        let snr = centre + 0.25 * Double(step)
        let channel = Channel(code: code, window: window, decibels: snr, seed: 1)
        let trial = Trial(channel, decoder: decoder, blocks: blocks)
        let bound = NormalApproximation(snr: pow(10, snr / 10))
        let best = bound.errorRate(bits: 128, positions: window)
        let es = snr - 10 * log10(2)
        let eb = es + 10 * log10(Double(window) / 128)
        print(
          "\(window)  \(text(snr, 2))  \(text(es, 2))  \(text(eb, 2))  "
            + "\(text(trial.errorRate, 4))  \(text(best, 4))")
        points.append((snr, trial.errorRate))
        if trial.errorRate < 0.004 { break }
      }
      for target in [0.1, 0.01] {
        guard let snr = crossing(points, target) else { continue }
        let information = NormalApproximation(snr: pow(10, snr / 10)).capacity
        let gap =
          snr
          - NormalApproximation.decibels(bits: 128, positions: window, errorRate: target)
        print(
          "  window \(window): \(text(100 * target, 0)) % at SNR \(text(snr, 2)) dB, Es/N0 "
            + "\(text(snr - 3.0103, 2)) dB, \(text(information, 4)) bit a position, "
            + "\(text(information * Double(window) / 152, 3)) x 152 bits, "
            + "\(text(gap, 2)) dB above the bound")
      }
    }
  }

  /// Where the error rate crosses a target, by straight lines in the logarithm.
  static func crossing(_ points: [(Double, Double)], _ target: Double) -> Double? {
    for (left, right) in zip(points, points.dropFirst())
    where left.1 > target && right.1 <= target && right.1 > 0 {
      let part = log(left.1 / target) / log(left.1 / right.1)
      return left.0 + part * (right.0 - left.0)
    }
    return nil
  }

  static func lists(_ blocks: Int) {
    print("memory  states tried  list  window  SNR dB  block errors  ms missed (median)")
    for (window, snr) in [(250, 1.5), (400, -1.25), (1824, -8.5)] {
      for (memory, states, size) in variants {
        let code = Variants.code(memory: memory)
        let decoder = MessageDecoder(code: code, listSize: size, startStates: states)
        let channel = Channel(code: code, window: window, decibels: snr, seed: 2)
        let trial = Trial(channel, decoder: decoder, blocks: blocks)
        print(
          "\(memory)  \(states)  \(size)  \(window)  \(text(snr, 2))  "
            + "\(text(trial.errorRate, 4))  \(text(1000 * median(trial.missed), 2))")
      }
    }
  }

  static let variants: [(memory: Int, states: Int, list: Int)] = [
    (10, 32, 1), (10, 32, 16), (10, 32, 256), (10, 32, 1024), (10, 32, 4096), (10, 32, 16384),
    (10, 1, 4096), (10, 4, 4096), (10, 8, 4096), (10, 16, 4096), (10, 64, 4096),
    (10, 128, 16384), (8, 64, 4096), (9, 64, 4096), (11, 32, 4096), (12, 32, 4096),
  ]

  static func windows(_ blocks: Int) {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code)
    print("each stretch of 250 from a multiple of 38: block errors at 1.75 dB")
    var line = ""
    for start in stride(from: 0, to: 1824, by: 38) {
      let channel = Channel(code: code, window: 250, decibels: 1.75, seed: 3)
      let trial = Trial(channel, decoder: decoder, blocks: blocks, windowStarts: [start])
      line += text(trial.errorRate, 3) + " "
    }
    print(line)
    print("positions  erased  received  SNR dB  block errors")
    for (window, erased) in [(250, 0.0), (312, 0.2), (500, 0.5), (1824, 0.863)] {
      var channel = Channel(code: code, window: window, decibels: 1.75, seed: 4)
      channel.erasures = erased
      let trial = Trial(channel, decoder: decoder, blocks: blocks)
      let received = Double(window) * (1 - erased)
      print(
        "\(window)  \(text(erased, 2))  \(text(received, 0))  1.75  \(text(trial.errorRate, 4))")
    }
  }

  static func speed(_ blocks: Int) {
    print("outputs  window  states tried  ms found  ms missed  ms noise (medians)  wrong messages")
    for (outputs, window, snr) in [
      (12, 250, 2.0), (12, 1824, -8.0), (6, 912, -5.0), (3, 456, -1.5),
    ] {
      let code = MessageCode(outputs: outputs)
      let decoder = MessageDecoder(code: code)
      for states in [4, 32] {
        let channel = Channel(code: code, window: window, decibels: snr, seed: 5)
        let trial = Trial(channel, decoder: decoder, blocks: blocks, startStates: states)
        let silent = Channel(code: code, window: window, decibels: -60, seed: 6)
        let idle = Trial(silent, decoder: decoder, blocks: blocks, startStates: states)
        print(
          "\(outputs)  \(window)  \(states)  \(text(1000 * median(trial.found), 2))  "
            + "\(text(1000 * median(trial.missed), 2))  \(text(1000 * median(idle.missed), 2))  "
            + "\(idle.falseMessages) of \(blocks)")
      }
    }
  }

  static func contrast(_ blocks: Int) {
    let code = MessageCode()
    let decoder = MessageDecoder(code: code)
    let signs = UnsafeMutableBufferPointer<Int8>.allocate(capacity: code.codedBits)
    let soft = UnsafeMutableBufferPointer<Float>.allocate(capacity: code.codedBits)
    print("window  SNR dB  contrast of 1 in 1000 read blocks  noise: median, share below, ms")
    for (window, snr) in [(250, 1.6), (400, -1.2), (750, -4.4), (1824, -8.4)] {
      var channel = Channel(code: code, window: window, decibels: snr, seed: 7)
      var right: [Double] = []
      var wrong: [Double] = []
      var seconds: [Double] = []
      for _ in 0..<blocks {
        let message = channel.send(signs: signs, soft: soft)
        let list = decoder.decode(UnsafeBufferPointer(soft))
        if list.contains(where: { $0.high == message.high && $0.low == message.low }) {
          right.append(Double(decoder.contrast(UnsafeBufferPointer(soft))))
        }
        for position in 0..<code.codedBits where channel.noise.next() & 1 == 1 {
          soft[position] = -soft[position]
        }
        let before = cpuSeconds()
        wrong.append(Double(decoder.contrast(UnsafeBufferPointer(soft))))
        seconds.append(cpuSeconds() - before)
      }
      right.sort()
      let threshold = right[right.count / 1000]
      let below = Double(wrong.filter { $0 < threshold }.count) / Double(wrong.count)
      print(
        "\(window)  \(text(snr, 2))  \(text(threshold))  \(text(median(wrong)))  \(text(below, 2))  "
          + text(1000 * median(seconds), 3))
    }
  }

  static func bound() {
    print("positions  bits  SNR dB at 10 %  at 1 %")
    for (window, _) in centres {
      for bits in [128, 152] {
        let ten = NormalApproximation.decibels(bits: bits, positions: window, errorRate: 0.1)
        let one = NormalApproximation.decibels(bits: bits, positions: window, errorRate: 0.01)
        print("\(window)  \(bits)  \(text(ten, 2))  \(text(one, 2))")
      }
    }
  }
}
