import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys
import Masters

/// Makes masters, and copies by chance of them: for tests and measurements, never installed.
@main struct Splice: Tool {
  static let configuration = CommandConfiguration(
    commandName: "_splice", abstract: "Make a master, or a copy of one", version: suiteVersion)

  @Option(help: "Make the master of INPUT with this key instead of a copy.") var key: String?
  @Option(name: .shortAndLong) var output: String?
  @Option(name: .shortAndLong) var format: String = "wav"
  @Option(help: "The seed of identity and codeword.") var seed: UInt64 = 1
  @Flag(help: "Check all hashes first.") var verify = false
  @Argument(help: "The master.") var master: String
  @Argument(help: "The recording.") var input: String?

  func run() throws {
    if let key {
      let writer = MasterWriter(
        content: "t1", key: try MarkKeyFile(reading: key).key,
        copyright: Message(high: seed, low: 1))
      _ = try writer.write(AudioReader(path: input ?? "-"), to: master)
      return
    }
    let master = try Master(path: master)
    if verify { try master.verify() }
    var state = seed
    let codeword = (0..<master.index.count(of: .fingerprint)).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int8(state >> 63 == 0 ? 1 : -1)
    }
    let choice = try VariantChoice(
      master, identity: Message(high: seed, low: ~seed), codeword: codeword)
    let tags = CopyTags(master.manifest.tags, order: "o1", notice: "This copy is personal.")
    let output = try OutputFile(output, contents: .binary)
    let splicer = Splicer(master)
    switch try AudioContainer.forOutput(option: format, path: nil) {
    case .flac: try splicer.writeFLAC(choice, tags: tags, to: output)
    case let container: try splicer.writeWave(choice, tags: tags, as: container, to: output)
    }
    try output.finish()
  }
}
