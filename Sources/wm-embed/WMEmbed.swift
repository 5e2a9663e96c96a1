import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys

/// Marks audio with a message.
@main struct WMEmbed: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-embed", abstract: "Mark audio with a message", version: suiteVersion)

  @Option(name: .shortAndLong) var output: String?
  @Option(name: .shortAndLong) var key: String
  @Option var message: String
  @Option var strength: Double = 1
  @Argument var input: String = "-"

  func run() throws {
    let key = try MarkKeyFile(reading: self.key)
    let message = try Message(hexadecimal: self.message)
    let output = try OutputFile(output, contents: .binary, inputs: [input])
    let reader = try AudioReader(path: input)
    let writer = try AudioWriter(
      to: output, format: reader.format.written(as: .forOutput(option: nil, path: self.output)),
      metadata: reader.metadata, frameCount: reader.frameCount)
    let schedule = SlotSchedule(key: key.key)
    let bits = SymbolBits(schedule: schedule, plan: .direct, messages: [.identity: message])
    let rate = reader.format.sampleRate
    let channels = reader.format.channelCount
    let marker = SymbolMarker(
      schedule: schedule, sampleRate: rate, channelCount: channels,
      strength: .init(factor: strength))
    let room = (rate / 50 + 1) * channels
    let host = UnsafeMutableBufferPointer<Float>.allocate(capacity: room)
    let delta = UnsafeMutablePointer<Float>.allocate(capacity: room)
    var symbol = 0
    var limiter = PeakLimiter(sampleRate: rate)
    while true {
      let length = SymbolMarker.start(ofSymbol: symbol + 1, sampleRate: rate)
        - SymbolMarker.start(ofSymbol: symbol, sampleRate: rate)
      let got = try reader.read(into: UnsafeMutableBufferPointer(rebasing: host[..<(length * channels)]))
      if got == length {
        _ = marker.mark(
          symbol: symbol, bits: bits, host: UnsafePointer(host.baseAddress!), frames: length, delta: delta)
        _ = limiter.limit(UnsafePointer(host.baseAddress!), delta, frames: length, channelCount: channels, least: -1, most: 32767/32768)
        for i in 0..<length * channels { host[i] += delta[i] }
      }
      if got == 0 { break }
      try writer.write(UnsafeBufferPointer(rebasing: host[..<(got * channels)]))
      symbol += 1
    }
    try writer.finish(metadata: reader.metadata)
  }
}
