import ArgumentParser
import AudioMark
import AudioStreams
import CommandLineSupport
import ImageStreams
import MarkKeys
import VideoStreams

/// Marks sound, a picture or a film with a message.
@main struct WMEmbed: Tool {
  static let configuration = CommandConfiguration(
    commandName: "wm-embed",
    abstract: "Mark sound, a picture or a film with a message",
    usage: "wm-embed [options] --key KEY --message HEX [-o OUT] [IN]",
    version: suiteVersion)

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("The marked copy; - is standard output.", valueName: "out"))
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

  @Argument(help: ArgumentHelp("What to mark; - is standard input.", valueName: "in"))
  var input: String = "-"

  func validate() throws {
    if key == "-", input == "-" {
      throw ValidationError("the key and the input cannot both be standard input")
    }
  }

  func run() throws {
    let diagnostics = verbosity.diagnostics(for: Self.name)
    let keyFile = try KeyChoice.key(option: key)
    if let warning = keyFile.warning { diagnostics.warning(warning, hint: keyFile.hint) }
    let output = try OutputFile(output, contents: .binary, inputs: [input, keyFile.path])
    let source = try ByteSource(path: input)
    let summary =
      switch audio.raw == nil ? try MediaKind(of: source) : .sound {
      case .picture, .otherPicture:
        try markPicture(source, keyFile.key, to: output, diagnostics)
      case .film: try markFilm(source, keyFile.key, to: output, diagnostics)
      case .sound: try markSound(source, keyFile.key, to: output, diagnostics)
      }
    guard json else { return }
    if output.path == nil {
      diagnostics.data(summary.compact)
    } else {
      try StandardOutput().writeLine(summary)
    }
  }

  /// - Returns: the summary.
  private func markSound(
    _ source: ByteSource, _ key: MarkKey, to output: OutputFile, _ diagnostics: Diagnostics
  ) throws -> JSONValue {
    if let bits = identity.bits, bits != 128 {
      throw ValidationError("--bits 64 is for pictures and film, and sound takes 128")
    }
    let raw = try audio.raw.map { try RawFormat(parsing: $0) }
    let embedding = try Embedding(
      reader: AudioReader(source, raw: raw), key: key, message: identity.parsed(), mark: mark,
      isRemarkAllowed: remark)
    let container = try AudioContainer.forOutput(option: audio.format, path: self.output)
    let summary = try embedding.run(
      to: output, as: container, quality: audio.quality,
      progress: Progress(
        "marking", total: embedding.reader.frameCount.map(Double.init), diagnostics: diagnostics))
    for warning in embedding.reader.warnings { diagnostics.warning(warning) }
    diagnostics.note(summary.text)
    return summary.json
  }

  /// - Returns: the summary.
  private func markPicture(
    _ source: ByteSource, _ key: MarkKey, to output: OutputFile, _ diagnostics: Diagnostics
  ) throws -> JSONValue {
    let embedding = try PictureEmbedding(
      image: StillImage(source), key: key, message: identity.parsedForPicture(), mark: mark,
      isRemarkAllowed: remark,
      quality: audio.quality.map { max(Int(($0 * 100).rounded()), 1) }
        ?? PictureEmbedding.leastQuality)
    try embedding.image.checkWritable()
    try audio.check(for: embedding.image, mark, output: self.output)
    let summary = try embedding.run(to: output)
    for warning in embedding.image.warnings { diagnostics.warning(warning) }
    if let warning = summary.warning { diagnostics.warning(warning.text, hint: warning.hint) }
    diagnostics.note(summary.text)
    return summary.json
  }

  /// - Returns: the summary.
  private func markFilm(
    _ source: ByteSource, _ key: MarkKey, to output: OutputFile, _ diagnostics: Diagnostics
  ) throws -> JSONValue {
    try audio.checkForFilm(source.name, mark, output: self.output)
    let embedding = try FilmEmbedding(
      reader: FilmReader(source), key: key, message: identity.parsedForPicture(), mark: mark,
      isRemarkAllowed: remark)
    let summary = try embedding.run(
      to: output, progress: Progress("marking", total: nil, diagnostics: diagnostics))
    if let warning = summary.warning { diagnostics.warning(warning.text, hint: warning.hint) }
    diagnostics.note(summary.text)
    return summary.json
  }
}
