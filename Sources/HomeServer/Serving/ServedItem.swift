package import AudioStreams
import CommandLineSupport
import Distribution
import Ledger
package import MovieFragments
package import Outlets

/// A copy that players can get.
package struct ServedItem: Sendable {
  /// What a copy holds.
  package enum Medium: Sendable {
    /// Sound, and how many frames it has; of MP3 as its header has it.
    case sound(AudioFormat, frameCount: Int)
    /// A film in segments.
    case film(MovieLayout)
    /// A picture, whose kind is the end of its name.
    case picture
  }

  /// Its number, from 0.
  package let number: Int
  /// Its bytes.
  package let file: HeldFile
  /// Which time lies in which bytes.
  package let times: ByteTimes
  /// What it holds.
  package let medium: Medium
  /// Its name in URLs, such as `1.flac`.
  package let name: String
  /// What people call it; nil when nobody said.
  package let title: String?
  /// Who plays it; nil when nobody said.
  package let artist: String?

  /// The media type, as browsers and players know it.
  package var mediaType: String {
    switch medium {
    case .film: "video/mp4"
    case .picture: name.hasSuffix(".png") ? "image/png" : "image/jpeg"
    case .sound(let format, _):
      switch format.container {
      case .flac: "audio/flac"
      case .wav, .rf64: "audio/wav"
      case .mp3: "audio/mpeg"
      case .ogg, .opus: "audio/ogg"
      default: "application/octet-stream"
      }
    }
  }

  /// Opens a copy.
  ///
  /// - Throws: `HoldingFault`, `SystemError` or `AudioError`.
  init(_ holding: Holding, _ number: Int) throws {
    let item = holding.items[number]
    self.number = number
    let file = try holding.open(number)
    self.file = file
    title = item.title
    artist = item.artist
    let suffix = item.file.split(separator: ".").last.map(String.init) ?? ""
    switch suffix {
    case "png", "jpg":
      medium = .picture
      times = .picture(file)
      name = "\(number + 1).\(suffix)"
    case "mp4":
      let layout: MovieLayout
      do {
        layout = try MovieLayout { place, count in
          try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = try file.read(at: place, into: UnsafeMutableRawBufferPointer(buffer))
          }
        }
      } catch is MovieFault { throw HoldingFault.damaged(item.file) }
      medium = .film(layout)
      times = ByteTimes(layout)
      name = "\(number + 1).mp4"
    default:
      let reader = try Self.reader(file, item.file)
      let frameCount = reader.announcedFrameCount ?? 0
      medium = .sound(reader.format, frameCount: frameCount)
      times = try ByteTimes(file, reader.format, frameCount: frameCount)
      name = "\(number + 1).\(reader.format.container.rawValue)"
    }
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
