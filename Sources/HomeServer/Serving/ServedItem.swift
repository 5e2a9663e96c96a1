package import AudioStreams
import CommandLineSupport
import Distribution
import Ledger
package import Outlets

/// A copy that players can get.
package struct ServedItem: Sendable {
  /// Its number, from 0.
  package let number: Int
  /// Its bytes.
  package let file: HeldFile
  /// Which time lies in which bytes.
  package let times: ByteTimes
  /// What it holds.
  package let format: AudioFormat
  /// How many frames it has; of MP3 as its header has it.
  package let frameCount: Int
  /// Its name in URLs, such as `1.flac`.
  package let name: String
  /// What people call it; nil when nobody said.
  package let title: String?
  /// Who plays it; nil when nobody said.
  package let artist: String?

  /// The media type, as browsers and players know it.
  package var mediaType: String {
    switch format.container {
    case .flac: "audio/flac"
    case .wav, .rf64: "audio/wav"
    case .mp3: "audio/mpeg"
    case .ogg, .opus: "audio/ogg"
    default: "application/octet-stream"
    }
  }

  /// Opens a copy.
  ///
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  init(_ holding: Holding, _ number: Int) throws {
    let item = holding.items[number]
    self.number = number
    file = try holding.open(number)
    let reader = try Self.reader(file, item.file)
    format = reader.format
    frameCount = reader.announcedFrameCount ?? 0
    times = try ByteTimes(file, format, frameCount: frameCount)
    name = "\(number + 1).\(format.container.rawValue)"
    title = item.title
    artist = item.artist
  }

  /// Its samples, for whoever wants to make something else of them.
  ///
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  package func audio() throws -> AudioReader { try Self.reader(file, name) }

  private static func reader(_ file: HeldFile, _ name: String) throws -> AudioReader {
    try AudioReader(
      ByteSource(name: name, length: file.byteCount) { offset, buffer in
        try file.read(at: offset, into: buffer)
      })
  }
}
