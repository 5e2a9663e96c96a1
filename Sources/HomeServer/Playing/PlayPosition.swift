import CommandLineSupport
import Distribution
package import Outlets

/// Where a listener left off: a file in the holding, which goes with it.
package struct PlayPosition: Sendable, Equatable {
  /// The copy, from 0.
  package var item: Int
  /// The place in it.
  package var milliseconds: Int64

  package init(item: Int, milliseconds: Int64) {
    self.item = item
    self.milliseconds = milliseconds
  }

  /// The name of the file.
  static let name = "position"

  /// Where the listener of a holding left off; nil when he never did, or heard all of it.
  package init?(of holding: Holding) {
    guard let file = try? FileDescriptor.reading(holding.path + "/" + Self.name),
      let bytes = try? file.readAvailable(64)
    else { return nil }
    let words = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace)
    guard words.count == 2, let number = Int(words[0]), let place = Int64(words[1]), place >= 0,
      holding.items.indices.contains(number - 1)
    else { return nil }
    self.init(item: number - 1, milliseconds: place)
  }

  /// Remembers the place.
  ///
  /// - Throws: `SystemError`.
  package func save(in holding: Holding) throws {
    guard holding.isHeld else { return }
    let output = try OutputFile(holding.path + "/" + Self.name, contents: .text)
    try Array("\(item + 1) \(milliseconds)\n".utf8).withUnsafeBytes { try output.write($0) }
    try output.finish()
  }
}
