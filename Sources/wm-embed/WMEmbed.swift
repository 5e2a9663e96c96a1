import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import MarkKeys

/// Marks audio with a message.
@main struct WMEmbed: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-embed",
    abstract: "Mark audio with a message",
    usage: "wm-embed [options] --key KEY --message HEX [-o OUT] [IN]",
    version: suiteVersion)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The marked audio; - is standard output.", valueName: "out"))
  var output: String?

  @Option(
    name: .shortAndLong, help: "The mark key. (default: what SUKASHI_KEY names)")
  var key: String?

  @OptionGroup(title: "Message") var identity: MessageOptions
  @OptionGroup(title: "Mark") var mark: MarkOptions
  @OptionGroup(title: "Audio") var audio: AudioOptions

  @Flag(help: "Mark also what already carries a mark of the key.")
  var remark = false

  @Flag(help: "Print a summary as a line of JSON.")
  var json = false

  @OptionGroup var verbosity: VerbosityOptions

  @Argument(help: ArgumentHelp("The audio to mark; - is standard input.", valueName: "in"))
  var input: String = "-"

  func validate() throws {
    if key == "-", input == "-" {
      throw ValidationError("the key and the audio cannot both be standard input")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let message = try identity.parsed()
    let keyFile = try KeyChoice.key(option: key)
    if let warning = keyFile.warning { diagnostics.warning(warning, hint: keyFile.hint) }
    let output = try OutputFile(output, contents: .binary, inputs: [input, keyFile.path])
    let raw = try audio.raw.map { try RawFormat(parsing: $0) }
    let embedding = try Embedding(
      reader: AudioReader(path: input, raw: raw), key: keyFile.key, message: message,
      mark: mark, isRemarkAllowed: remark)
    let container = try AudioContainer.forOutput(option: audio.format, path: self.output)
    let summary = try embedding.run(
      to: output, as: container, quality: audio.quality,
      progress: Progress(
        "marking", total: embedding.reader.frameCount.map(Double.init), diagnostics: diagnostics))
    for warning in embedding.reader.warnings { diagnostics.warning(warning) }
    diagnostics.note(summary.text)
    guard json else { return }
    if output.path == nil {
      diagnostics.data(summary.json.compact)
    } else {
      try StandardOutput().writeLine(summary.json)
    }
  }
}
