import AudioMark
import AudioStreams
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
    default:
      print("usage: measure-marks search KEY FILE ...")
    }
  }

  static func load(_ path: String, seconds: Int = 190) throws -> SpectrumMap {
    let reader = try AudioReader(path: path)
    let channels = reader.format.channelCount
    let spectra = SpectrumMap(
      sampleRate: reader.format.sampleRate, channelCount: channels, capacity: 300 * seconds)
    let buffer = UnsafeMutableBufferPointer<Float>.allocate(capacity: 4096 * channels)
    defer { buffer.deallocate() }
    while case let got = try reader.read(into: buffer), got > 0, !spectra.isFull {
      _ = spectra.append(UnsafePointer(buffer.baseAddress!), frames: got)
    }
    return spectra
  }

  static func search(_ path: String, _ key: MarkKey) throws {
    let clock = ContinuousClock()
    var spectra: SpectrumMap!
    let loaded = try clock.measure { spectra = try load(path) }
    print(path, "frames", spectra.count, "load", loaded)
    for line in ChunkDetector(key: key, threshold: 1e-6).survey(spectra) { print("  ", line) }
  }
}
