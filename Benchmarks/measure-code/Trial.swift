import Glibc
import MarkCode

/// Block errors and times of a decoder on a channel.
struct Trial {
  var blocks = 0
  var errors = 0
  var falseMessages = 0
  /// CPU seconds of each decode, of found and of missed blocks.
  var found: [Double] = []
  var missed: [Double] = []

  var errorRate: Double { Double(errors) / Double(blocks) }

  /// Decodes until there were enough blocks or errors.
  init(
    _ channel: Channel, decoder: MessageDecoder, blocks limit: Int, errors enough: Int = .max,
    startStates: Int? = nil, windowStarts: [Int]? = nil
  ) {
    var channel = channel
    let signs = UnsafeMutableBufferPointer<Int8>.allocate(capacity: channel.code.codedBits)
    let soft = UnsafeMutableBufferPointer<Float>.allocate(capacity: channel.code.codedBits)
    defer {
      signs.deallocate()
      soft.deallocate()
    }
    while blocks < limit && errors < enough {
      let start = windowStarts.map { $0[blocks % $0.count] }
      let message = channel.send(signs: signs, soft: soft, start: start)
      let before = cpuSeconds()
      let list = decoder.decode(UnsafeBufferPointer(soft), startStates: startStates)
      let time = cpuSeconds() - before
      blocks += 1
      let right = list.filter { $0.high == message.high && $0.low == message.low }
      falseMessages += list.count - right.count
      if right.isEmpty {
        errors += 1
        missed.append(time)
      } else {
        found.append(time)
      }
    }
  }
}

/// CPU time of the process in seconds.
func cpuSeconds() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
  return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}

/// The middle value; 0 of none.
func median(_ values: [Double]) -> Double {
  values.isEmpty ? 0 : values.sorted()[values.count / 2]
}

/// A number with some digits after the point.
func text(_ value: Double, _ digits: Int = 3) -> String {
  if digits == 0 { return String(Int(value.rounded())) }
  let scale = pow(10, Double(digits))
  let whole = Int((abs(value) * scale).rounded())
  let unit = Int(scale)
  let fraction = String(whole % unit)
  let zeros = String(repeating: "0", count: digits - fraction.count)
  return (value < 0 ? "-" : "") + "\(whole / unit).\(zeros)\(fraction)"
}
