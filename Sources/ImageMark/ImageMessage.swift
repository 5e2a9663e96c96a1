package import MarkKeys

/// What a picture is marked with: the message of all media, or a short one.
package enum ImageMessage: Sendable, Hashable, CustomStringConvertible {
  /// 128 bits.
  case full(Message)
  /// 64 bits: survives more, and fits smaller pictures.
  case short(ShortMessage)

  /// 128 or 64.
  package var bitCount: Int {
    switch self {
    case .full: 128
    case .short: 64
    }
  }

  /// 32 or 16 lower-case hexadecimal digits.
  package var description: String {
    switch self {
    case .full(let message): message.description
    case .short(let message): message.description
    }
  }
}
