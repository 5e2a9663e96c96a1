package import AudioStreams
import CommandLineSupport
package import Masters

/// The format of copies: that of sound can be chosen, film and pictures have their own.
package enum DeliveredFormat: Sendable, Equatable {
  /// What the master is of decides; sound becomes FLAC.
  case automatic
  /// A format of sound.
  case sound(AudioContainer)
  /// Fragmented MP4.
  case film
  case picture(PictureManifest.Kind)

  /// The ends of names that are known.
  package static let extensions: [String: DeliveredFormat] = [
    "flac": .sound(.flac), "wav": .sound(.wav), "rf64": .sound(.rf64), "opus": .sound(.opus),
    "mp3": .sound(.mp3), "ogg": .sound(.ogg), "mp4": .film, "png": .picture(.png),
    "jpg": .picture(.jpeg), "jpeg": .picture(.jpeg),
  ]

  /// The format of copies of a master.
  ///
  /// - Throws: `DeliveryFault.otherFormat` when they cannot be had in this one.
  func format(of held: HeldMaster) throws -> DeliveredFormat {
    let own: DeliveredFormat
    switch held.medium {
    case .sound:
      if case .sound = self { return self }
      own = .sound(.flac)
    case .film: own = .film
    case .picture(let master): own = .picture(master.manifest.kind)
    }
    guard self == .automatic || self == own else {
      throw DeliveryFault.otherFormat(held.files.outline.content, self, own)
    }
    return own
  }

  /// What people call it, and the end of names.
  package var name: String {
    switch self {
    case .automatic: ""
    case .sound(let container): container.rawValue
    case .film: "mp4"
    case .picture(.png): "png"
    case .picture(.jpeg): "jpg"
    }
  }
}
