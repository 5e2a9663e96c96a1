import AudioMark
import AudioStreams
import Glibc
import MarkCode
import MarkKeys

/// Measures the detector's parts on real audio; for development.
@main struct MeasureMarks {
  static func main() throws {
    var arguments = CommandLine.arguments.dropFirst()
    let command = arguments.popFirst() ?? ""
    switch command {
    case "search":
      let key = try MarkKeyFile(reading: arguments.popFirst() ?? "").key
      for path in arguments { try search(path, key) }
    case "certainty":
      let key = try MarkKeyFile(reading: arguments.popFirst() ?? "").key
      for path in arguments {
        let z = ChunkDetector(key: key, threshold: 1e-6).certainty(
          try load(path), startSymbolFrame: 0)
        print(path, z.map { ($0 * 10).rounded() / 10 })
      }
    case "wrong-keys":
      let trials = Int(arguments.popFirst() ?? "") ?? 1000
      try wrongKeys(trials, Array(arguments))
    default:
      print("usage: measure-marks search|certainty KEY FILE ... | wrong-keys TRIALS FILE ...")
    }
  }

  static func load(_ path: String, seconds: Int = 190) throws -> SpectrumMap {
    let reader = try AudioReader(path: path)
    let channels = reader.format.channelCount
    let spectra = SpectrumMap(
      sampleRate: reader.format.sampleRate, channelCount: channels, capacity: 300 * seconds)
    var buffer = [Float](repeating: 0, count: 4096 * channels)
    while !spectra.isFull {
      let got = try buffer.withUnsafeMutableBufferPointer { try reader.read(into: $0) }
      if got == 0 { break }
      _ = spectra.append(buffer, frames: got)
    }
    return spectra
  }

  static func search(_ path: String, _ key: MarkKey) throws {
    let clock = ContinuousClock()
    let begin = clock.now
    let spectra = try load(path)
    print(path, "frames", spectra.count, "load", clock.now - begin)
    for line in ChunkDetector(key: key, threshold: 1e-6).survey(spectra) { print("  ", line) }
  }

  /// Tries keys that marked nothing on ten seconds of audio each, and counts what is found.
  static func wrongKeys(_ trials: Int, _ paths: [String]) throws {
    let maps = try paths.map { try load($0) }
    let decoder = MessageDecoder(code: MessageCode(outputs: 12))
    var decoded = 0
    var vouched = 0
    var smallest = 0.0
    var claimed = [Int](repeating: 0, count: 8)
    for trial in 0..<trials {
      var stream = PRFStream(
        key: Secret([UInt8](repeating: 7, count: 32)), domain: 99, index: UInt64(trial))
      let key = MarkKey(name: "wrong", secret: Secret(stream.bytes(32)))
      let map = maps[trial % maps.count]
      let length = min(3000, map.count)
      let start = stream.next(below: map.count - length + 1)
      let result = WrongKeyTrial(
        key: key, spectra: map, range: start..<start + length, decoder: decoder,
        fixed: Message(bytes: stream.bytes(16)))
      if let bound = result.decodedBound {
        decoded += 1
        if bound < log(1e-6) { vouched += 1 }
        smallest = min(smallest, bound)
      }
      for power in 1..<8 where result.fixedBound <= -Double(power) / 2 * log(10.0) {
        claimed[power] += 1
      }
      if (trial + 1) % 20_000 == 0 || trial + 1 == trials {
        print("trials \(trial + 1): right CRC \(decoded), vouched for \(vouched)")
      }
    }
    print("claimed  observed (fixed message, Chernoff)")
    for power in 1..<8 {
      print("10^-\(Double(power) / 2)  \(Double(claimed[power]) / Double(trials))")
    }
  }
}
